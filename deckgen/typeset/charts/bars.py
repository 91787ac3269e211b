"""Bars and columns, side by side or stacked."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.frozen import frozen
from deckgen.model.chart import Axis, Part, PointLabel, Scale, Series
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Line, Stroke, TextBox
from deckgen.typeset.charts.board import LABEL_GAP_PT, ROOM, Board
from deckgen.typeset.charts.extras import LONG_NAMES, key_line, key_room, mark_lines
from deckgen.typeset.charts.plan import Plan, Plotted
from deckgen.typeset.charts.scale import TICKS, lowered, nice_scale
from deckgen.units import Box, Point

NAME_GAP_PT = 6.0
"""Between a name and the axis."""
NAME_SHARES = (0.24, 0.36)
"""Of the width, at most for names; the second where names would take more than two lines in the first."""
SPARE = 1.25
"""The height that a line of names takes in other programs, in lines of ours."""
CLUSTER_PT = 24.0
"""The thickness of bars that stand together, at most."""
SEGMENT_PAD_PT = 6.0
FINE_STEPS = 20
"""The steps of an axis whose numbers are not shown."""

Span = tuple[float, float]
"""From where to where a bar reaches, as values of its axis."""


def spans(plan: Plan) -> tuple[tuple[Span | None, ...], ...]:
    """For each series, where each of its bars begins and ends; stacked bars on the ends of those before them."""
    count = len(plan.categories)
    above, below = [0.0] * count, [0.0] * count
    found = []
    for series in plan.series:
        row: list[Span | None] = []
        for i in range(count):
            value = share_of(plan, series, i)
            if value is None:
                row.append(None)
            elif plan.stack == "none":
                row.append((0.0, value))
            else:
                ends = above if value >= 0 else below
                row.append((ends[i], ends[i] + value))
                ends[i] += value
        found.append(tuple(row))
    return tuple(found)


def share_of(plan: Plan, series: Plotted, index: int) -> float | None:
    """A value as its axis measures it: itself, or its share of all in its category."""
    value = series.values[index]
    if value is None or plan.stack != "share":
        return value
    whole = sum(abs(other.values[index] or 0.0) for other in plan.series)
    return value / whole if whole else 0.0


def scale_of(plan: Plan, hidden: bool = False) -> Scale:
    """The axis of the bars. One that is `hidden` ends soon after the longest bar."""
    if plan.stack == "share":
        low = -1.0 if any((end or 0) < 0 for row in spans(plan) for _, end in filter(None, row)) else 0.0
        return Scale(low, 1.0, 0.25)
    ends = [end for row in spans(plan) for _, end in filter(None, row)]
    marks = [plan.mark[0]] if plan.mark else []
    return nice_scale([*ends, *marks], low=plan.low, high=plan.high, most=FINE_STEPS if hidden else TICKS)


def colour_of(plan: Plan, series: Plotted, point: int) -> str:
    return "accent" if point in plan.hot_points else series.colour


@frozen
class Bars:
    """Level bars with their names at the left and their values at their ends."""

    plan: Plan
    board: Board

    @property
    def beside(self) -> int:
        """How many bars stand together."""
        return len(self.plan.series) if self.plan.stack == "none" else 1

    @property
    def stacked(self) -> bool:
        return self.plan.stack != "none"

    def names_width(self) -> float:
        natural = self.board.widest(self.plan.categories) * ROOM + 1
        widths = [min(natural, self.board.box.width * share) for share in NAME_SHARES]
        return next((width for width in widths if self.most_lines(width) <= 2), widths[-1])

    def most_lines(self, width: float) -> int:
        return max(self.board.lines(name, width) for name in self.plan.categories)

    def least_pitch(self) -> float:
        """The height that a category needs."""
        names = self.most_lines(self.names_width()) * self.board.leading() * SPARE
        return max(names, self.beside * self.board.leading("chart_value") * 0.85 + 4)

    def pitch(self) -> float:
        """The height of a category with the gap to the next."""
        look = self.board.look
        wanted = look.pitch if self.beside == 1 else CLUSTER_PT * (self.beside + look.gap / 100)
        room = self.board.box.height - self.head()
        return max(self.least_pitch(), min(wanted, room / len(self.plan.categories)))

    def head(self) -> float:
        """The height of what stands over the bars."""
        keys = self.board.leading() + 8 if self.stacked and len(self.plan.series) > 1 else 0.0
        return keys + (self.board.leading() + 2 if self.plan.mark else 0.0)

    def words(self, series: int, point: int) -> str:
        """The label of a bar; at the first group it names the series."""
        one = self.plan.series[series]
        value = one.values[point]
        words = one.format.text(value, self.board.sheet.language) if value is not None else ""
        named = self.beside > 1 and point == self.first(series)
        return f"{one.name}, {words}" if named and one.name else words

    def first(self, series: int) -> int:
        """The first category that has a bar of a series."""
        values = self.plan.series[series].values
        return next((i for i, value in enumerate(values) if value is not None), -1)

    def plot(self, scale: Scale) -> Box:
        """The area of the bars: as wide as the longest bar with its label allows."""
        box = self.board.box
        left = box.x + self.names_width() + NAME_GAP_PT
        width = box.right - left
        if not self.stacked:
            before = self.outside(scale, -1)
            left, width = left + before, width - before
            for share, label in self.reaches(scale):
                width = min(width, (box.right - left - label) / share if share > 0 else width)
        return Box(left, box.y + self.head(), width, self.pitch() * len(self.plan.categories))

    def outside(self, scale: Scale, sign: int) -> float:
        """The room that labels of bars to the left need beside the plot."""
        if self.stacked:
            return 0.0
        reached = [
            self.board.width(self.words(s, p), "chart_value") + LABEL_GAP_PT
            for s, series in enumerate(self.plan.series)
            for p, value in enumerate(series.values)
            if value is not None and value * sign > 0 and scale.share(value) < 0.25
        ]
        return max(reached, default=0.0)

    def reaches(self, scale: Scale) -> Iterator[Span]:
        """For each bar to the right, the share of the plot that it takes and the room of its label."""
        for s, series in enumerate(self.plan.series):
            for p, value in enumerate(series.values):
                if value is not None and value >= 0:
                    yield (
                        scale.share(value),
                        self.board.width(self.words(s, p), "chart_value") * 1.03 + LABEL_GAP_PT + 2,
                    )

    def trouble(self) -> str:
        room, count = self.board.box.height - self.head(), len(self.plan.categories)
        most = int(room / self.least_pitch())
        if count > most:
            return f"the chart has {count} {'groups of ' if self.beside > 1 else ''}bars, and there is room for {most}"
        if self.plot(scale_of(self.plan, hidden=not self.stacked)).width < self.board.box.width / 4:
            return "the names and labels leave no room for the bars"
        keyed = self.stacked and len(self.plan.series) > 1
        return (
            LONG_NAMES if keyed and key_room(self.plan, self.board, self.board.box.x + self.names_width()) < 0 else ""
        )

    def draw(self) -> tuple[AnyShape, ...]:
        """The chart, and what stands beside it on the slide."""
        board, plan = self.board, self.plan
        scale = scale_of(plan, hidden=not self.stacked)
        plot = self.plot(scale)
        zero = plot.x + plot.width * scale.share(0.0)
        drawn: list[AnyShape] = []
        series: list[Series] = []
        for s, row in enumerate(spans(plan)):
            bars, labels = self.draw_series(s, row, plot, scale)
            drawn += bars
            series.append(self.native(s, labels))
        stroke = Stroke(board.look.stroke, board.look.zero_pt)
        key = board.sheet.key
        line = Line(key=f"{key}/axis", start=Point(zero, plot.y), end=Point(zero, plot.bottom), stroke=stroke)
        drawn += [line, *self.draw_names(plot)]
        box = Box(board.box.x, board.box.y, board.box.width, plot.bottom - board.box.y)
        before = self.outside(scale, -1)  # in the native chart, the names stand at the left edge of the plot
        whole = plot._replace(x=plot.x - before, width=plot.width + before)
        axis = Axis(lowered(scale, before / plot.width))
        data = board.data(plan, whole, axis, series=tuple(series), gap=board.look.gap)
        chart = Chart(key=f"{key}/chart", box=box, data=data, shapes=tuple(drawn), trouble=self.trouble())
        keys = key_line(plan, board, plot.x, board.box.y) if self.stacked and len(plan.series) > 1 else ()
        return (*keys, chart, *self.mark(plot, scale, chart))

    def thickness(self) -> float:
        return self.pitch() / (self.beside + self.board.look.gap / 100)

    def draw_series(
        self, s: int, row: tuple[Span | None, ...], plot: Box, scale: Scale
    ) -> tuple[list[AnyShape], list[PointLabel]]:
        shapes: list[AnyShape] = []
        labels: list[PointLabel] = []
        thick, pitch = self.thickness(), self.pitch()
        lead = (pitch - thick * self.beside) / 2 + (0 if self.stacked else s * thick)
        for p, span in enumerate(row):
            if span is None:
                continue
            ends = sorted(plot.x + plot.width * scale.share(value) for value in span)
            bar = Box(ends[0], plot.y + p * pitch + lead, ends[1] - ends[0], thick)
            colour = colour_of(self.plan, self.plan.series[s], p)
            edge = Stroke("bg", 1) if self.stacked else None
            name = f"{self.board.sheet.key}/{s + 1}/{p + 1}"
            shapes.append(AutoShape(key=name, box=bar, fill=colour, stroke=edge))
            if found := self.label(s, p, bar, span, colour):
                shapes.append(found[0])
                labels.append(found[1])
        return shapes, labels

    def label(self, s: int, p: int, bar: Box, span: Span, colour: str) -> tuple[TextBox, PointLabel] | None:
        """The value of a bar: at its end, or in the middle of a stacked one where it has room."""
        board, words = self.board, self.words(s, p)
        width, middle = board.width(words, "chart_value"), bar.y + bar.height / 2
        parts: tuple[Part, ...] = ("name", "value") if words.startswith(f"{self.plan.series[s].name}, ") else ("value",)
        key = f"{s + 1}/{p + 1}/value"
        if self.stacked:
            if width + SEGMENT_PAD_PT > bar.width:
                return None
            ink = board.ink_on(colour)
            box = board.tag(key, words, bar.x + bar.width / 2, middle, "chart_value", ink, "center")
            return box, PointLabel(p, ("value",), "inside", ink, width_pt=width)
        named = len(self.plan.series) > 1 and colour not in ("quiet", "muted")
        ink = board.ink(colour) if named or colour == "accent" else "text"
        if span[1] < 0:
            box = board.tag(key, words, bar.x - LABEL_GAP_PT, middle, "chart_value", ink, "right")
        else:
            box = board.tag(key, words, bar.right + LABEL_GAP_PT, middle, "chart_value", ink)
        return box, PointLabel(p, parts, "outside", ink, width_pt=width)

    def draw_names(self, plot: Box) -> Iterator[TextBox]:
        width, pitch = self.names_width(), self.pitch()
        for p, name in enumerate(self.plan.categories):
            if name:
                row = Box(self.board.box.x, plot.y + p * pitch, width, pitch)
                yield self.board.text(f"name-{p + 1}", name, row, align="right")

    def native(self, s: int, labels: list[PointLabel]) -> Series:
        one = self.plan.series[s]
        hot = tuple((p, "accent") for p in self.plan.hot_points if p < len(one.values) and one.colour != "accent")
        return Series(
            name=one.name, values=one.values, colour=one.colour, kind="bar", format=one.format.code, hot=hot,
            labels=tuple(labels), width_pt=1,
        )  # fmt: skip

    def mark(self, plot: Box, scale: Scale, chart: Chart) -> Iterator[AnyShape]:
        """The line of reference, its label above the bars."""
        if not self.plan.mark:
            return
        value, words = self.plan.mark
        x = plot.x + plot.width * scale.share(value)
        top = plot.y - 2
        yield from mark_lines(self.board, Point(x, top), Point(x, plot.bottom), chart)
        width = self.board.width(words)
        centre = min(max(x, plot.x + width / 2), self.board.box.right - width / 2 - 2)
        yield self.board.tag(
            "mark/label", words, centre, top - self.board.leading() / 2, colour="muted", align="center"
        )
