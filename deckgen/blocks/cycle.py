"""Phases that return to the first, round a ring.

- cycle:
    - Write
    - Build
    - {name: Run, hot: true}
    - Watch
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AnyShape, Drawing, Freeform, Stroke
from deckgen.model.outlines import arc
from deckgen.model.path import Segment
from deckgen.model.text import plain
from deckgen.model.words import Words
from deckgen.typeset.boxes import SIZES, Boxes, Part, Type, common_size, draw_box, part_problems
from deckgen.typeset.diagram import Diagram, alone
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

MOST = 8
STEP = math.radians(0.5)
GAP_PT = 5.0
"""Between an arrow and the boxes at its ends."""
HEAD_PT = 9.0
WIDEST = 1.6
"""The ring's width, as a share of its height."""


@frozen(kw_only=True)
class Look:
    """A cycle in a theme."""

    boxes: Boxes
    height: Inches
    """Of the whole ring; it is less if the slide has less room."""
    most_width: Inches
    """Of a box, unless a word needs more."""


@frozen(kw_only=True)
class Ring:
    """An ellipse; angles run clockwise from the top."""

    centre: Point
    rx: float
    ry: float

    def at(self, angle: float) -> Point:
        return Point(self.centre.x + self.rx * math.sin(angle), self.centre.y - self.ry * math.cos(angle))

    def arc(self, start: float, end: float) -> tuple[Segment, ...]:
        """A part of the ring: a part of a circle, stretched."""
        return tuple(
            Segment(step, tuple(Point(self.centre.x + x * self.rx, self.centre.y + y * self.ry) for x, y in points))
            for step, points in arc(Point(0, 0), 1, start, end)
        )


@frozen(kw_only=True)
class Cycle(Diagram):
    """Three to eight phases, clockwise from the top."""

    phases: tuple[Part, ...] = key("The phases, clockwise from the top")

    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        yield from part_problems(self.phases, MOST, 3, self.span)

    def figure(self, sheet: Sheet) -> Drawing:
        """The ring in the largest type that leaves room for arrows between the boxes."""
        drawn = [tuple(self.shapes(size, sheet)) for size in SIZES]
        whole = next((shapes for shapes in drawn if self.is_whole(shapes)), drawn[-1])
        return alone(self.group(whole, sheet))

    def is_whole(self, shapes: tuple[AnyShape, ...]) -> bool:
        """Whether each phase has its arrow, which takes two shapes."""
        return sum(isinstance(shape, Freeform) and "/arrow" in shape.key for shape in shapes) == 2 * len(self.phases)

    def shapes(self, size: Type, sheet: Sheet) -> Iterator[AnyShape]:
        look: Look = sheet.look("cycle")
        box = common_size([part.wording for part in self.phases], size, look.most_width, look.boxes, sheet)
        height = min(look.height, sheet.box.height)
        ry = (height - box.height) / 2
        rx = min(ry * WIDEST, (sheet.box.width - box.width) / 2)
        ring = Ring(centre=Point(sheet.box.x + rx + box.width / 2, sheet.box.y + height / 2), rx=rx, ry=ry)
        turn = 2 * math.pi / len(self.phases)
        boxes = [round_point(ring.at(i * turn), box) for i in range(len(self.phases))]
        for i, (part, place) in enumerate(zip(self.phases, boxes, strict=True), start=1):
            yield from draw_box(f"{sheet.key}/{i}", part.wording, place, size, part.rank, look.boxes, sheet)
        for i, place in enumerate(boxes):
            start, end = i * turn, (i + 1) * turn
            while inside(ring.at(start), place) and start < end:
                start += STEP
            while inside(ring.at(end), boxes[(i + 1) % len(boxes)]) and end > start:
                end -= STEP
            yield from arrow(f"{sheet.key}/{i + 1}/arrow", ring, start, end, look.boxes.arrow)

    def told(self, _words: Words) -> str:
        names = [plain(part.name) for part in self.phases]
        return " → ".join([*names, names[0]])


def round_point(centre: Point, size: Size) -> Box:
    return Box(centre.x - size.width / 2, centre.y - size.height / 2, *size)


def inside(point: Point, box: Box) -> bool:
    """Whether a point is in a box, or comes closer than the gap."""
    level = box.x - GAP_PT < point.x < box.right + GAP_PT
    return level and box.y - GAP_PT < point.y < box.bottom + GAP_PT


def arrow(name: str, ring: Ring, start: float, end: float, stroke: Stroke) -> Iterator[Freeform]:
    """A part of the ring with a head; nothing where there is no room for one."""
    neck = end
    while math.dist(ring.at(neck), ring.at(end)) < HEAD_PT and neck > start:
        neck -= STEP
    if neck <= start:
        return
    yield Freeform(key=name, path=ring.arc(start, neck), stroke=stroke, decorative=True)
    tip, back = ring.at(end), ring.at(neck)
    dx, dy = (tip.x - back.x) * 0.45, (tip.y - back.y) * 0.45
    corners = (tip, Point(back.x - dy, back.y + dx), Point(back.x + dy, back.y - dx))
    first, *others = corners
    head = (Segment("move", (first,)), *(Segment("line", (corner,)) for corner in others), Segment("close"))
    yield Freeform(key=f"{name}/head", path=head, fill=stroke.colour, decorative=True)
