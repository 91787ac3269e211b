"""Lines and areas; each is named at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from deckgen.frozen import frozen
from deckgen.model.chart import Axis, Part, PointLabel, Scale, Series
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Freeform, Stroke
from deckgen.model.path import Segment
from deckgen.typeset.charts.bars import scale_of, spans
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.extras import Tag, end_tags, level_mark, tag_places
from deckgen.typeset.charts.plan import Plan, Plotted
from deckgen.typeset.charts.scale import nice_scale
from deckgen.typeset.charts.upright import (
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

ALONE_PT = 120.0
"""The width of a plot with a single point."""
END_GAP_PT = 10.0
"""Between the end of a line and its name."""


@frozen
class Track:
    """A line with its places; None where a number is missing."""

    index: int
    series: Plotted
    places: tuple[Point | None, ...]
    width_pt: float
    marker_pt: float
    labels: tuple[PointLabel, ...] = ()
    hot: tuple[int, ...] = ()
    dots: bool = False
    """Every point has a marker, not the last alone."""

    @property
    def last(self) -> int:
        return max((i for i, place in enumerate(self.places) if place), default=-1)

    @property
    def markers(self) -> tuple[int, ...]:
        there = [i for i, place in enumerate(self.places) if place]
        alone = [i for i in there if not ({i - 1, i + 1} & set(there))]
        return tuple(sorted({*(there if self.dots else there[-1:]), *alone, *(set(self.hot) & set(there))}))

    def native(self) -> Series:
        one = self.series
        hot = tuple((p, "accent") for p in self.hot if one.colour != "accent")
        return Series(
            one.name, one.values, one.colour, "line", one.format.code, hot=hot, width_pt=self.width_pt,
            markers=self.markers, marker_pt=self.marker_pt, labels=self.labels, second=one.second,
        )  # fmt: skip


def track_shapes(track: Track, board: Board) -> Iterator[AnyShape]:
    """The line in stretches between missing numbers, then its markers."""
    key = f"{board.sheet.key}/line-{track.index + 1}"
    stroke = Stroke(track.series.colour, track.width_pt, rounded=True)
    stretches = [list(group) for there, group in groupby(track.places, key=bool) if there]
    for i, stretch in enumerate(stretches, start=1):
        points = [point for point in stretch if point]
        if len(points) > 1:
            yield Freeform(key=f"{key}/{i}", path=polyline(points), stroke=stroke)
    for p in track.markers:
        if point := track.places[p]:
            half = track.marker_pt / 2
            dot = Box(point.x - half, point.y - half, track.marker_pt, track.marker_pt)
            fill = "accent" if p in track.hot else track.series.colour
            yield AutoShape(key=f"{key}/point-{p + 1}", box=dot, geometry="ellipse", fill=fill)


def polyline(points: list[Point]) -> tuple[Segment, ...]:
    return (Segment("move", (points[0],)), *(Segment("line", (point,)) for point in points[1:]))


@frozen
class Lines:
    """Lines, or areas on top of each other, over an axis of numbers and a grid."""

    plan: Plan
    board: Board

    @property
    def filled(self) -> bool:
        return self.plan.kind == "area"

    @cached_property
    def scale(self) -> Scale:
        if self.filled:
            return scale_of(self.plan)
        values = [v for one in self.plan.series for v in one.values if v is not None]
        marks = [self.plan.mark[0]] if self.plan.mark else []
        zero = self.plan.low is None or self.plan.low <= 0
        return nice_scale([*values, *marks], low=self.plan.low, high=self.plan.high, zero=zero)

    @cached_property
    def ticks(self) -> tuple[tuple[str, ...], str]:
        return tick_words(self.scale, self.board, percent=self.plan.stack == "share")

    def end_words(self, one: Plotted) -> str:
        """A line's name with its last number."""
        last = next((v for v in reversed(one.values) if v is not None), None)
        number = one.format.text(last, self.board.sheet.language) if last is not None else ""
        return ", ".join(part for part in (one.name, number) if part)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The labels at the right: a name for each series, then that of the line of reference."""
        found = []
        for one, row in zip(self.plan.series, spans(self.plan), strict=True):
            span = next((span for span in reversed(row) if span), (0.0, 0.0))
            at = sum(span) / 2 if self.filled else span[1]
            found.append(Tag(self.end_words(one), height(self.plot, self.scale, at), self.board.ink(one.colour)))
        if self.plan.mark:
            y = height(self.plot, self.scale, self.plan.mark[0])
            found.append(Tag(self.plan.mark[1], y, "muted", plain=True))
        return tuple(found)

    @cached_property
    def plot_width(self) -> tuple[float, float]:
        """Where the plot begins and how wide it is."""
        words = [self.end_words(one) for one in self.plan.series]
        right = max(
            self.board.widest(words, "chart_value"), self.board.width(self.plan.mark[1]) if self.plan.mark else 0
        )
        left = self.board.widest(self.ticks[0]) * ROOM + TICK_GAP_PT + 1
        width = self.board.box.width - left - right * ROOM - END_GAP_PT - 2
        return left, min(width, ALONE_PT) if self.between else width

    @property
    def between(self) -> bool:
        """Whether a single point stands in the middle."""
        return len(self.plan.categories) == 1

    @cached_property
    def names(self) -> Names:
        pitch = self.plot_width[1] / max(1, len(self.plan.categories) - 1)
        return names_below(self.plan.categories, pitch, self.board, thin=True) or Names(1, 1)

    @cached_property
    def plot(self) -> Box:
        box, (left, width) = self.board.box, self.plot_width
        top, below = room_above(self.board), room_below(self.names.lines, self.board)
        return Box(box.x + left, box.y + top, width, box.height - top - below)

    def place(self, index: int) -> float:
        if self.between:
            return self.plot.x + self.plot.width / 2
        return self.plot.x + self.plot.width * index / (len(self.plan.categories) - 1)

    def trouble(self) -> str:
        room = ALONE_PT if self.between else self.board.box.width / 3
        if self.plot_width[1] < room:
            return "the names at the ends of the lines leave no room for the lines"
        apart = self.board.leading("chart_value")
        if len(self.tags) * apart > self.board.box.height:
            return "the names at the ends of the lines have no room"
        return ""

    def draw(self) -> tuple[AnyShape, ...]:
        board, plot = self.board, self.plot
        drawn: list[AnyShape] = list(draw_ticks(plot, self.scale, self.ticks[0], board))
        series: tuple[Series, ...]
        if self.filled:
            drawn += self.areas()
            series = tuple(
                Series(one.name, one.values, one.colour, "area", one.format.code) for one in self.plan.series
            )
            drawn.append(zero_line(plot, self.scale, board))
        else:
            drawn.append(zero_line(plot, self.scale, board))
            for track in sorted(self.tracks, key=lambda track: track.series.hot):
                drawn += track_shapes(track, board)
            series = tuple(track.native() for track in self.tracks)
        pitch = plot.width / max(1, len(self.plan.categories) - 1)
        centres = [self.place(i) for i in range(len(self.plan.categories))]
        names = list(draw_names(self.plan.categories, centres, plot, pitch, self.names, board))
        data = board.data(
            self.plan,
            plot,
            Axis(self.scale, self.ticks[1]),
            series=series,
            every=self.names.every,
            between=self.between,
        )
        ends = list(end_tags(self.tags, plot, board))
        own = [] if self.filled else ends[: len(self.plan.series)]
        shapes = (*own, *drawn, *self.hot_labels(), *names)
        chart = Chart(key=f"{board.sheet.key}/chart", box=board.box, data=data, shapes=shapes, trouble=self.trouble())
        at = height(plot, self.scale, self.plan.mark[0]) if self.plan.mark else 0.0
        mark = level_mark(board, plot, at, chart) if self.plan.mark else ()
        return (*(ends[: len(self.plan.series)] if self.filled else ()), chart, *mark, *ends[len(self.plan.series) :])

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The lines with their labels; the hot one is the widest."""
        look, places = self.board.look, tag_places(self.tags, self.plot, self.board)
        found = []
        for s, one in enumerate(self.plan.series):
            points = tuple(
                Point(self.place(i), height(self.plot, self.scale, v)) if v is not None else None
                for i, v in enumerate(one.values)
            )
            width = look.hot_line_pt if one.colour == "accent" else look.line_pt
            track = Track(s, one, points, width, look.marker_pt, hot=self.plan.hot_points)
            found.append(replace(track, labels=self.labels(track, self.tags[s], places[s])))
        return tuple(found)

    def labels(self, track: Track, tag: Tag, y: float) -> tuple[PointLabel, ...]:
        """The native label at a line's end, moved from its usual place to where it is drawn; those of hot points."""
        one, last = track.series, track.places[track.last]
        found = []
        for p in track.hot:
            if track.places[p] and p != track.last:
                found.append(PointLabel(p, ("value",), "above", "accent"))
        if last:
            parts: tuple[Part, ...] = ("name", "value") if one.name else ("value",)
            dx = self.plot.right - last.x
            width = self.board.width(tag.words, "chart_value")
            found.append(PointLabel(track.last, parts, "right", tag.colour, dx, y - last.y, width))
        return tuple(found)

    def hot_labels(self) -> Iterator[AnyShape]:
        """The numbers of the points that matter, above them."""
        for track in self.tracks:
            for p in track.hot:
                place, value = track.places[p], track.series.values[p]
                if place and value is not None and p != track.last:
                    words = track.series.format.text(value, self.board.sheet.language)
                    y = place.y - track.marker_pt / 2 - 2 - self.board.leading("chart_value") / 2
                    key = f"{track.index + 1}/{p + 1}/value"
                    yield self.board.tag(key, words, place.x, y, "chart_value", "accent", "center")

    def areas(self) -> Iterator[AnyShape]:
        """The areas, each on top of the one before."""
        for s, row in enumerate(spans(self.plan)):
            upper = [Point(self.place(i), height(self.plot, self.scale, (r or (0, 0))[1])) for i, r in enumerate(row)]
            lower = [Point(self.place(i), height(self.plot, self.scale, (r or (0, 0))[0])) for i, r in enumerate(row)]
            outline = (*polyline([*upper, *reversed(lower)]), Segment("close"))
            key = f"{self.board.sheet.key}/area-{s + 1}"
            yield Freeform(key=key, path=outline, fill=self.plan.series[s].colour)
