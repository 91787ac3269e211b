"""Points and bubbles between two axes of numbers, each with its name beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from deckgen.frozen import frozen
from deckgen.model.chart import HOT_PT, Axis, Place, PointLabel, Scale, Series
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Stroke
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.extras import LONG_NAMES, key_line, key_room, level_mark
from deckgen.typeset.charts.pies import overlap
from deckgen.typeset.charts.plan import Plan
from deckgen.typeset.charts.scale import nice_scale
from deckgen.typeset.charts.upright import (
    NAME_GAP_PT,
    TICK_GAP_PT,
    draw_ticks,
    height,
    room_above,
    room_below,
    rule,
    tick_words,
)
from deckgen.units import Box, Point

DOT_PT = 10.0
LARGEST = 0.25
"""The diameter of the largest bubble, as a share of the plot's smaller side: what programs give it."""
SEE_THROUGH = 0.8
FAR = 0.35
"""An axis begins at zero, unless all values lie farther from it than this share of their span."""


class Dot(NamedTuple):
    """A point on the slide, with its series and number."""

    series: int
    point: int
    at: Point
    diameter: float
    name: str
    colour: str

    @property
    def box(self) -> Box:
        return Box(self.at.x - self.diameter / 2, self.at.y - self.diameter / 2, self.diameter, self.diameter)


class Named(NamedTuple):
    """The name of a point in its place; no place: it has no room."""

    dot: Dot
    place: Place
    box: Box
    clear: bool


@frozen
class Points:
    """Points over a grid."""

    plan: Plan
    board: Board

    @property
    def bubbles(self) -> bool:
        return self.plan.kind == "bubble"

    @cached_property
    def upright(self) -> Scale:
        marks = [self.plan.mark[0]] if self.plan.mark else []
        values = [*(v for one in self.plan.series for v in one.values if v is not None), *marks]
        return near_scale(values, self.plan.low, self.plan.high, roomy=self.bubbles)

    @cached_property
    def level(self) -> Scale:
        return near_scale([x for one in self.plan.series for x in one.x], None, None, roomy=self.bubbles, most=6)

    @cached_property
    def ticks(self) -> tuple[tuple[str, ...], str]:
        return tick_words(self.upright, self.board)

    @cached_property
    def level_ticks(self) -> tuple[tuple[str, ...], str]:
        return tick_words(self.level, self.board)

    @property
    def keyed(self) -> bool:
        return len(self.plan.series) > 1

    @cached_property
    def plot(self) -> Box:
        box, leading = self.board.box, self.board.leading()
        left = self.board.widest(self.ticks[0]) * ROOM + TICK_GAP_PT + 1
        top = (leading + 12 if self.keyed else 0) + (leading + 6 if self.plan.titles[1] else 0) + room_above(self.board)
        below = room_below(1, self.board) + (leading if self.plan.titles[0] else 0)
        right = self.board.width(self.level_ticks[0][-1]) / 2 + 2
        if self.plan.mark:
            right = max(right, self.board.width(self.plan.mark[1]) * ROOM + 12)
        return Box(box.x + left, box.y + top, box.width - left - right, box.height - top - below)

    @cached_property
    def dots(self) -> tuple[Dot, ...]:
        """The points, larger bubbles before smaller ones, so that none hides."""
        largest = max((size for one in self.plan.series for size in one.sizes), default=0.0)
        full = LARGEST * min(self.plot.width, self.plot.height)
        found = []
        for s, one in enumerate(self.plan.series):
            for p, value in enumerate(one.values):
                x = self.plot.x + self.plot.width * self.level.share(one.x[p])
                dot = DOT_PT + (HOT_PT if one.names[p] in self.plan.hot_names and one.names[p] else 0)
                size = full * math.sqrt(max(0.0, one.sizes[p]) / largest) if self.bubbles and largest else dot
                colour = "accent" if one.names[p] in self.plan.hot_names and one.names[p] else one.colour
                at = Point(x, height(self.plot, self.upright, value or 0.0))
                found.append(Dot(s, p, at, size, one.names[p], colour))
        return tuple(sorted(found, key=lambda dot: -dot.diameter) if self.bubbles else found)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """The names, each at the first of four sides where it covers no point or other name, and best no axis."""
        taken: list[Box] = [dot.box for dot in self.dots]
        found: list[Named] = []
        for dot in sorted((d for d in self.dots if d.name), key=lambda d: (d.series, d.point)):
            choices = self.choices(dot)
            clear = [c for c in choices if not any(overlap(c.box, box) for box in taken if box != dot.box)]
            off_axis = [c for c in clear if c.box.bottom <= self.plot.bottom]
            best = next(iter(off_axis or clear), choices[0]._replace(clear=False))
            taken.append(best.box)
            found.append(best)
        return tuple(found)

    def choices(self, dot: Dot) -> list[Named]:
        wide, tall = self.board.width(dot.name, "chart_value") * ROOM + 1, self.board.leading("chart_value")
        x, y, half = dot.at.x, dot.at.y, dot.diameter / 2 + 3
        places: dict[Place, Box] = {
            "right": Box(x + half, y - tall / 2, wide, tall),
            "left": Box(x - half - wide, y - tall / 2, wide, tall),
            "above": Box(x - wide / 2, y - half - tall, wide, tall),
            "below": Box(x - wide / 2, y + half, wide, tall),
        }
        if self.bubbles and wide + 6 < dot.diameter:
            places = {"inside": Box(x - wide / 2, y - tall / 2, wide, tall)}
        plot, frame = self.plot, self.board.box
        inside = {
            k: b for k, b in places.items() if b.x >= plot.x and b.right <= frame.right and b.bottom <= plot.bottom
        }
        return [Named(dot, place, box, True) for place, box in (inside or places).items()]

    def trouble(self) -> str:
        if self.keyed and key_room(self.plan, self.board, self.plot.x) < 0:
            return LONG_NAMES
        covered = [named.dot.name for named in self.names if not named.clear]
        return f"the name of the point {covered[0]!r} covers another" if covered else ""

    def draw(self) -> tuple[AnyShape, ...]:
        board, plot = self.board, self.plot
        key = board.sheet.key
        drawn: list[AnyShape] = list(draw_ticks(plot, self.upright, self.ticks[0], board))
        drawn.append(rule("axis", plot, plot.bottom, Stroke(board.look.stroke, board.look.zero_pt), board))
        for i, (tick, words) in enumerate(zip(self.level.ticks(), self.level_ticks[0], strict=True)):
            x = plot.x + plot.width * self.level.share(tick)
            y = plot.bottom + NAME_GAP_PT + board.leading() / 2
            drawn.append(board.tag(f"level-{i}", words, x, y, align="center"))
        for dot in self.dots:
            name = f"{key}/{dot.series + 1}/{dot.point + 1}"
            edge = Stroke("bg", 1) if self.bubbles else None
            opacity = SEE_THROUGH if self.bubbles else 1
            drawn.append(
                AutoShape(key=name, box=dot.box, geometry="ellipse", fill=dot.colour, opacity=opacity, stroke=edge)
            )
        for named in self.names:
            name = f"{named.dot.series + 1}/{named.dot.point + 1}/name"
            ink = self.ink(named)
            align = {"right": "left", "left": "right"}.get(named.place, "center")
            drawn.append(board.text(name, named.dot.name, named.box, "chart_value", ink, align))  # type: ignore[arg-type]
        data = board.data(
            self.plan, plot, Axis(self.upright, self.ticks[1]), series=self.native(),
            across=Axis(self.level, self.level_ticks[1]),
        )  # fmt: skip
        chart = Chart(key=f"{key}/chart", box=board.box, data=data, shapes=tuple(drawn), trouble=self.trouble())
        keys = key_line(self.plan, board, plot.x, board.box.y) if self.keyed else ()
        return (*keys, chart, *self.titles(), *self.mark(chart))

    def ink(self, named: Named) -> str:
        if named.place == "inside":
            return self.board.ink_on(named.dot.colour)
        return "accent" if named.dot.colour == "accent" else "text"

    def native(self) -> tuple[Series, ...]:
        found = []
        for s, one in enumerate(self.plan.series):
            labels = tuple(
                PointLabel(named.dot.point, (), named.place, self.ink(named), width_pt=named.box.width)
                for named in self.names
                if named.dot.series == s
            )
            hot = tuple((d.point, "accent") for d in self.dots if d.series == s and d.colour != one.colour)
            found.append(
                Series(
                    one.name, one.values, one.colour, self.plan.kind, one.format.code, x=one.x,
                    sizes=one.sizes if self.bubbles else (), names=one.names, hot=tuple(sorted(hot)),
                    width_pt=1, opacity=SEE_THROUGH if self.bubbles else 1,
                    marker_pt=DOT_PT, labels=labels,
                )
            )  # fmt: skip
        return tuple(found)

    def titles(self) -> Iterator[AnyShape]:
        """What the axes measure: above the numbers of the upright, below those of the level axis."""
        level, upright = self.plan.titles
        board, leading = self.board, self.board.leading()
        if upright:
            y = self.plot.y - leading - 4
            yield board.tag("upright", upright, board.box.x, y, colour="muted")
        if level:
            y = self.plot.bottom + NAME_GAP_PT + leading * 1.5
            yield board.tag("across", level, self.plot.right, y, colour="muted", align="right")

    def mark(self, chart: Chart) -> Iterator[AnyShape]:
        if self.plan.mark:
            y = height(self.plot, self.upright, self.plan.mark[0])
            yield from level_mark(self.board, self.plot, y, chart)
            yield self.board.tag("mark/label", self.plan.mark[1], self.plot.right + 10, y, colour="muted")


def near_scale(values: list[float], low: float | None, high: float | None, *, roomy: bool, most: int = 5) -> Scale:
    """A scale of places, which need not hold zero. Bubbles have room beyond the outermost."""
    span = max(values) - min(values)
    zero = (low is None or low <= 0) and min(abs(max(values)), abs(min(values))) <= max(span, 1e-12) * FAR
    scale = nice_scale(values, low=low, high=high, zero=zero, most=most)
    if not roomy:
        return scale
    pad = (scale.high - scale.low) * 0.12
    return nice_scale([min(values) - pad, max(values) + pad], low=low, high=high, zero=False, most=most)
