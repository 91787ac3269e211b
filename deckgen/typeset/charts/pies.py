"""Pies and rings, each slice with its name and number beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, combinations, pairwise

from deckgen.frozen import frozen
from deckgen.model.chart import PointLabel, Series
from deckgen.model.drawing import AnyShape, Chart, Freeform, Stroke
from deckgen.model.path import Segment
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.labels import spread
from deckgen.typeset.charts.plan import Plan, slice_colours
from deckgen.units import Box, Point

HOLE = 0.5
"""The hole of a ring, as a share of its diameter."""
LABEL_GAP_PT = 6.0
WIDEST_PT = 290.0
ORIGIN = Point(0, 0)
SIDE = 0.25
"""The labels of slices nearer to the top or the foot than this (a sine) stay where they are."""
TURNS = range(0, 360, 10)
ROUND = 4 / 3


@frozen
class Pie:
    """Slices clockwise from the top, or from where their labels have room."""

    plan: Plan
    board: Board

    @cached_property
    def values(self) -> tuple[float, ...]:
        return tuple(value or 0.0 for value in self.plan.series[0].values)

    @cached_property
    def words(self) -> tuple[str, ...]:
        form, language = self.plan.series[0].format, self.board.sheet.language
        numbers = [form.text(value, language) for value in self.values]
        return tuple(f"{name}, {number}" for name, number in zip(self.plan.categories, numbers, strict=True))

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Of the labels' boxes."""
        return tuple(self.board.width(words, "chart_value") * ROOM + 1 for words in self.words)

    @cached_property
    def radius(self) -> float:
        height = self.board.box.height - 2 * (self.board.leading("chart_value") + LABEL_GAP_PT)
        sides = 2 * (max(self.widths, default=1.0) + LABEL_GAP_PT + 1)
        return min(height, WIDEST_PT, self.board.box.width - sides) / 2

    @cached_property
    def start(self) -> int:
        """The angle at which the first slice begins: the first at which labels have to move least."""
        return min(TURNS, key=lambda turn: (self.covered(turn), round(self.moved(turn)), turn))

    def moved(self, start: int) -> float:
        """How far labels stand from their usual places, in all."""
        usual, placed = self.usual_boxes(start, ORIGIN), self.label_boxes(start, ORIGIN)
        return sum(math.dist(a[:2], b[:2]) for a, b in zip(usual, placed, strict=True))

    def angles(self, start: int) -> tuple[tuple[float, float], ...]:
        """Where each slice begins and ends, in radians clockwise from the top."""
        whole = sum(self.values) or 1.0
        ends = [math.radians(start) + end / whole * math.tau for end in accumulate(self.values, initial=0.0)]
        return tuple(pairwise(ends))

    def label_boxes(self, start: int, centre: Point) -> tuple[Box, ...]:
        """The labels, those of each side apart from each other: they slide along the pie, outside of it."""
        found = list(self.usual_boxes(start, centre))
        tall, away = self.board.leading("chart_value"), self.radius + LABEL_GAP_PT
        middles = [(begin + end) / 2 for begin, end in self.angles(start)]
        for sign in (1, -1):
            side = [i for i, middle in enumerate(middles) if math.sin(middle) * sign > SIDE]
            wanted = [found[i].y + tall / 2 for i in side]
            ends = centre.y - away - tall / 2, centre.y + away + tall / 2
            for i, was, y in zip(side, wanted, spread(wanted, tall, *ends), strict=True):
                if abs(y - was) > 0.5:
                    reach = math.sqrt(max(0.0, away**2 - max(0.0, abs(y - centre.y) - tall / 2) ** 2))
                    x = centre.x + reach if sign > 0 else centre.x - reach - found[i].width
                    found[i] = found[i]._replace(x=x, y=y - tall / 2)
        return tuple(found)

    def usual_boxes(self, start: int, centre: Point) -> tuple[Box, ...]:
        """The labels around the pie: each touches the circle from outside at the middle of its slice."""
        found = []
        tall = self.board.leading("chart_value")
        for wide, (begin, end) in zip(self.widths, self.angles(start), strict=True):
            middle = (begin + end) / 2
            away = self.radius + LABEL_GAP_PT
            x, y = centre.x + away * math.sin(middle), centre.y - away * math.cos(middle)
            left = x - wide / 2 + wide / 2 * eased(math.sin(middle))
            top = y - tall / 2 - tall / 2 * eased(math.cos(middle))
            found.append(Box(left, top, wide, tall))
        return tuple(found)

    def covered(self, start: int) -> bool:
        boxes = self.label_boxes(start, ORIGIN)
        return any(overlap(a, b) for a, b in combinations(boxes, 2))

    @cached_property
    def centre(self) -> Point:
        """The pie stands as far to the left as its labels allow."""
        boxes = self.label_boxes(self.start, ORIGIN)
        left = max(self.radius, *(-box.x for box in boxes))
        return Point(self.board.box.x + left, self.board.box.y + self.board.box.height / 2)

    def trouble(self) -> str:
        if self.radius < 50:
            return "the names leave no room for the slices"
        return "the names of the slices cover each other" if self.covered(self.start) else ""

    def draw(self) -> tuple[AnyShape, ...]:
        board, centre, radius = self.board, self.centre, self.radius
        colours = slice_colours(len(self.values), self.plan.hot_points)
        usual, boxes = self.usual_boxes(self.start, centre), self.label_boxes(self.start, centre)
        drawn: list[AnyShape] = []
        names: list[AnyShape] = []
        labels: list[PointLabel] = []
        key = board.sheet.key
        ring = self.plan.kind == "doughnut"  # its native labels would stand on the ring
        for i, (begin, end) in enumerate(self.angles(self.start)):
            path = tuple(slice_path(centre, radius, HOLE if ring else 0.0, begin, end))
            edge = Stroke("bg", 1)
            drawn.append(Freeform(key=f"{key}/slice-{i + 1}", path=path, fill=colours[i], stroke=edge))
            ink = "accent" if colours[i] == "accent" else "text"
            dx, dy = boxes[i].x - usual[i].x, boxes[i].y - usual[i].y
            labels.append(PointLabel(i, ("category", "value"), "outside", ink, dx, dy, boxes[i].width))
            names.append(board.text(f"name-{i + 1}", self.words[i], boxes[i], "chart_value", ink, "center"))
        one = self.plan.series[0]
        series = Series(
            one.name, one.values, colours[0], self.plan.kind, one.format.code, hot=tuple(enumerate(colours)),
            labels=() if ring else tuple(labels), width_pt=1,
        )  # fmt: skip
        plot = Box(centre.x - radius, centre.y - radius, 2 * radius, 2 * radius)
        hole = round(HOLE * 100) if ring else 0
        data = board.data(self.plan, plot, None, series=(series,), start_degrees=self.start, hole=hole)
        shapes = tuple(drawn) if ring else (*drawn, *names)
        chart = Chart(key=f"{key}/chart", box=board.box, data=data, shapes=shapes, trouble=self.trouble())
        return (chart, *names) if ring else (chart,)


def eased(share: float) -> float:
    """From -1 to 1, quicker than the share itself: labels beside a pie are soon wholly beside it."""
    return math.copysign(min(1.0, abs(share) * 1.6), share)


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom - 1 and b.y < a.bottom - 1


def slice_path(centre: Point, radius: float, hole: float, begin: float, end: float) -> Iterator[Segment]:
    """A slice, or with a hole a part of a ring."""
    yield Segment("move", (on_circle(centre, radius, begin),))
    yield from arc(centre, radius, begin, end)
    if hole:
        yield Segment("line", (on_circle(centre, radius * hole, end),))
        yield from arc(centre, radius * hole, end, begin)
    elif end - begin < math.tau - 1e-6:
        yield Segment("line", (centre,))
    yield Segment("close")


def on_circle(centre: Point, radius: float, angle: float) -> Point:
    return Point(centre.x + radius * math.sin(angle), centre.y - radius * math.cos(angle))


def arc(centre: Point, radius: float, begin: float, end: float) -> Iterator[Segment]:
    """An arc as Bézier curves of a quarter circle at most."""
    count = max(1, math.ceil(abs(end - begin) / (math.pi / 2) - 1e-9))
    step = (end - begin) / count
    reach = ROUND * math.tan(step / 4) * radius
    for i in range(count):
        a, b = begin + i * step, begin + (i + 1) * step
        start, stop = on_circle(centre, radius, a), on_circle(centre, radius, b)
        first = Point(start.x + reach * math.cos(a), start.y + reach * math.sin(a))
        second = Point(stop.x - reach * math.cos(b), stop.y - reach * math.sin(b))
        yield Segment("curve", (first, second, stop))
