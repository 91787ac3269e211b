"""Columns, side by side or stacked, and lines over them on a second axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from deckgen.frozen import frozen
from deckgen.model.chart import Axis, PointLabel, Scale, Series
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Stroke, TextBox
from deckgen.typeset.charts.bars import Span, colour_of, scale_of, spans
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.extras import LONG_NAMES, Tag, end_tags, key_line, key_room, level_mark
from deckgen.typeset.charts.lines import Track, track_shapes
from deckgen.typeset.charts.plan import Plan, Plotted
from deckgen.typeset.charts.scale import lowered, nice_scale
from deckgen.typeset.charts.upright import (
    SPARE,
    TICK_GAP_PT,
    Names,
    draw_names,
    draw_ticks,
    height,
    names_below,
    room_above,
    room_below,
    tick_words,
    zero_line,
)
from deckgen.units import Box, Point

THICK_PT = 72.0
"""A column alone is at most this wide, and columns that stand together as wide as `CLUSTER_PT`."""
CLUSTER_PT = 44.0
VALUE_GAP_PT = 4.0
LEAST_THICK_PT = 3.0


@frozen
class Columns:
    """Columns with their names below them; their values on top, or an axis where those have no room."""

    plan: Plan
    board: Board

    @cached_property
    def standing(self) -> Plan:
        """The plan without the series that are lines."""
        return replace(self.plan, series=tuple(one for one in self.plan.series if not one.second))

    @property
    def lines(self) -> tuple[Plotted, ...]:
        return tuple(one for one in self.plan.series if one.second)

    @property
    def stacked(self) -> bool:
        return self.plan.stack != "none"

    @property
    def beside(self) -> int:
        return 1 if self.stacked else len(self.standing.series)

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.standing, hidden=self.valued)

    @cached_property
    def second(self) -> Scale | None:
        """The scale of the lines; it has as many steps as that of the columns, so that one grid serves both."""
        values = [v for one in self.lines for v in one.values if v is not None]
        if not self.lines:
            return None
        steps = round((self.scale.high - self.scale.low) / self.scale.step)
        found = nice_scale(values, most=steps)
        return Scale(found.low, found.low + steps * found.step, found.step)

    @cached_property
    def ticks(self) -> tuple[tuple[str, ...], str]:
        return tick_words(self.scale, self.board, percent=self.plan.stack == "share")

    @cached_property
    def second_ticks(self) -> tuple[tuple[str, ...], str]:
        return tick_words(self.second, self.board, like=self.lines[0].format) if self.second else ((), "")

    @property
    def second_ink(self) -> str:
        """The colour of the numbers along the second axis: that of its line, if it has one."""
        return self.board.ink(self.lines[0].colour) if len(self.lines) == 1 else ""

    @cached_property
    def valued(self) -> bool:
        """Whether every column has its value on top."""
        room = self.pitch_without_axis() - 4 if self.beside == 1 else self.thickness(self.pitch_without_axis()) + 2
        values = [self.words(one, p) for one in self.standing.series for p in range(len(self.plan.categories))]
        return not self.stacked and not self.lines and self.board.widest(values, "chart_value") <= room

    @property
    def keyed(self) -> bool:
        """Whether the series are named above the plot: stacked ones are named at the last column."""
        return len(self.plan.series) > 1 and (not self.stacked or bool(self.lines))

    @property
    def ended(self) -> bool:
        return len(self.plan.series) > 1 and not self.keyed

    def words(self, one: Plotted, point: int) -> str:
        value = one.values[point]
        return one.format.text(value, self.board.sheet.language) if value is not None else ""

    def pitch_without_axis(self) -> float:
        return min(self.widest_pitch(), self.board.box.width / len(self.plan.categories))

    def widest_pitch(self) -> float:
        thick = THICK_PT if self.beside == 1 else CLUSTER_PT
        return thick * (self.beside + self.board.look.gap / 100)

    def thickness(self, pitch: float) -> float:
        return pitch / (self.beside + self.board.look.gap / 100)

    def sides(self) -> tuple[float, float]:
        """The room left and right of the plot."""
        left = 0.0 if self.valued else self.board.widest(self.ticks[0]) * ROOM + TICK_GAP_PT + 1
        right = [self.board.width(words, "chart_value") * ROOM + 12 for words in self.end_words()]
        if self.second:
            right.append(self.board.widest(self.second_ticks[0]) * ROOM + TICK_GAP_PT + 1)
        return left, max(right, default=0.0)

    def end_words(self) -> Iterator[str]:
        if self.ended:
            yield from (one.name for one in self.plan.series)
        if self.plan.mark:
            yield self.plan.mark[1]

    @cached_property
    def pitch(self) -> float:
        room = self.board.box.width - sum(self.sides())
        return min(self.widest_pitch(), room / len(self.plan.categories))

    @cached_property
    def names(self) -> Names | None:
        return names_below(self.plan.categories, self.pitch, self.board, thin=ordered(self.plan.categories))

    @cached_property
    def plot(self) -> Box:
        box, (left, _) = self.board.box, self.sides()
        value = self.board.leading("chart_value")
        top = value * SPARE + VALUE_GAP_PT if self.valued else room_above(self.board)
        top += self.board.leading() + 12 if self.keyed else 0
        below = room_below(self.names.lines if self.names else 1, self.board) + self.below()
        return Box(box.x + left, box.y + top, self.pitch * len(self.plan.categories), box.height - top - below)

    def below(self) -> float:
        """The room for values under the columns that hang from zero."""
        return self.board.leading("chart_value") + VALUE_GAP_PT if self.valued and self.scale.low < 0 else 0.0

    def trouble(self) -> str:
        if self.names is None:
            return "the names under the columns have no room"
        if self.keyed and key_room(self.plan, self.board, self.plot.x) < 0:
            return LONG_NAMES
        return "the columns have no room" if self.thickness(self.pitch) < LEAST_THICK_PT else ""

    def draw(self) -> tuple[AnyShape, ...]:
        board, plot = self.board, self.plot
        drawn: list[AnyShape] = [] if self.valued else list(draw_ticks(plot, self.scale, self.ticks[0], board))
        labels: list[tuple[PointLabel, ...]] = []
        for s, row in enumerate(spans(self.standing)):
            shapes, found = self.draw_series(s, row)
            drawn += shapes
            labels.append(tuple(found))
        drawn.append(zero_line(plot, self.scale, board))
        if self.second:
            drawn += draw_ticks(plot, self.second, self.second_ticks[0], board, self.second_ink, second=True)
            drawn += [shape for track in self.tracks() for shape in track_shapes(track, board)]
        centres = [plot.x + (i + 0.5) * self.pitch for i in range(len(self.plan.categories))]
        names = self.names or Names(1, 1)
        foot = plot._replace(height=plot.height + self.below())
        drawn += draw_names(self.plan.categories, centres, foot, self.pitch, names, board)
        scale = lowered(self.scale, self.below() / plot.height)
        data = board.data(
            self.plan, foot, Axis(scale, "" if self.valued else self.ticks[1]), series=self.native(labels),
            second=Axis(self.second, self.second_ticks[1], self.second_ink) if self.second else None,
            gap=board.look.gap, every=names.every,
        )  # fmt: skip
        chart = Chart(
            key=f"{board.sheet.key}/chart", box=board.box, data=data, shapes=tuple(drawn), trouble=self.trouble()
        )
        keys = key_line(self.plan, board, plot.x, board.box.y) if self.keyed else ()
        return (*keys, chart, *self.beside_plot(chart))

    def draw_series(self, s: int, row: tuple[Span | None, ...]) -> tuple[list[AnyShape], list[PointLabel]]:
        shapes: list[AnyShape] = []
        labels: list[PointLabel] = []
        one, plot, thick = self.standing.series[s], self.plot, self.thickness(self.pitch)
        lead = (self.pitch - thick * self.beside) / 2 + (0 if self.stacked else s * thick)
        for p, span in enumerate(row):
            if span is None:
                continue
            ends = sorted(height(plot, self.scale, value) for value in span)
            column = Box(plot.x + p * self.pitch + lead, ends[0], thick, ends[1] - ends[0])
            colour = colour_of(self.plan, one, p)
            edge = Stroke("bg", 1) if self.stacked else None
            shapes.append(
                AutoShape(key=f"{self.board.sheet.key}/{s + 1}/{p + 1}", box=column, fill=colour, stroke=edge)
            )
            if found := self.label(one, s, p, column, span, colour):
                shapes.append(found[0])
                labels.append(found[1])
        return shapes, labels

    def label(
        self, one: Plotted, s: int, p: int, column: Box, span: Span, colour: str
    ) -> tuple[TextBox, PointLabel] | None:
        board, words = self.board, self.words(one, p)
        width, leading, middle = (
            board.width(words, "chart_value"),
            board.leading("chart_value"),
            column.x + column.width / 2,
        )
        key = f"{s + 1}/{p + 1}/value"
        if self.stacked:
            if width + 4 > column.width or leading > column.height:
                return None
            ink = board.ink_on(colour)
            box = board.tag(key, words, middle, column.y + column.height / 2, "chart_value", ink, "center")
            return box, PointLabel(p, ("value",), "inside", ink, width_pt=width)
        if not self.valued and p not in self.plan.hot_points:
            return None
        ink = "accent" if colour == "accent" else "text"
        y = column.bottom + VALUE_GAP_PT + leading / 2 if span[1] < 0 else column.y - VALUE_GAP_PT - leading / 2
        return board.tag(key, words, middle, y, "chart_value", ink, "center"), PointLabel(
            p, ("value",), "outside", ink, width_pt=width
        )

    def native(self, labels: list[tuple[PointLabel, ...]]) -> tuple[Series, ...]:
        hot = tuple((p, "accent") for p in self.plan.hot_points)
        bars = [
            Series(one.name, one.values, one.colour, "column", one.format.code, hot=hot, labels=found, width_pt=1)
            for one, found in zip(self.standing.series, labels, strict=True)
        ]
        return (*bars, *(track.native() for track in self.tracks()))

    def tracks(self) -> tuple[Track, ...]:
        """The lines over the columns."""
        found = []
        for i, one in enumerate(self.lines, start=len(self.standing.series)):
            places = tuple(
                Point(self.plot.x + (p + 0.5) * self.pitch, height(self.plot, self.second, v))
                if v is not None and self.second
                else None
                for p, v in enumerate(one.values)
            )
            found.append(Track(i, one, places, self.board.look.hot_line_pt, self.board.look.marker_pt, dots=True))
        return tuple(found)

    def beside_plot(self, chart: Chart) -> Iterator[AnyShape]:
        """The names of stacked series at the last column, and the line of reference."""
        tags = []
        if self.ended:
            for one, row in zip(self.standing.series, spans(self.standing), strict=True):
                span = row[-1] or (0.0, 0.0)
                tags.append(Tag(one.name, height(self.plot, self.scale, sum(span) / 2), self.board.ink(one.colour)))
        if self.plan.mark:
            y = height(self.plot, self.scale, self.plan.mark[0])
            yield from level_mark(self.board, self.plot, y, chart)
            tags.append(Tag(self.plan.mark[1], y, "muted", plain=True))
        yield from end_tags(tags, self.plot, self.board)


def ordered(names: tuple[str, ...]) -> bool:
    """Whether names may be thinned: those of many columns, where each follows from the ones beside it."""
    return len(names) > 12 and sum(any(sign.isdigit() for sign in name) for name in names) > len(names) / 2
