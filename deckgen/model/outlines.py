"""The forms of shapes: what they leave for text, and outlines that PowerPoint has no good form of its own for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from deckgen.model.drawing import AutoShape, Cell, Table
from deckgen.model.path import Segment
from deckgen.units import Box, Point

ROUND = 0.5522847
"""How far a Bézier curve's handles reach, as a share of the radius, for a quarter of an ellipse."""
ROUND_CORNER, ROUND_SIDE = 0.29289, 0.14645
"""What round corners take from a text, in radii, and an ellipse on each side, in diameters: 1 - cos 45°, half of it."""


def rounded(shape: AutoShape, radius_pt: float) -> AutoShape:
    """The rectangle with round corners, if they have a radius."""
    return replace(shape, geometry="round", measure_pt=radius_pt) if radius_pt else shape


def inner(shape: AutoShape) -> Box:
    """Where text stands: what the form leaves for it (`rect` in ECMA-376's shape definitions), less the insets."""
    width, height, measure = shape.box.width, shape.box.height, shape.measure_pt
    left, top, right, bottom = {
        "rect": (0.0, 0.0, 0.0, 0.0),
        "round": (measure * ROUND_CORNER,) * 4,
        "ellipse": (width * ROUND_SIDE, height * ROUND_SIDE) * 2,
        "diamond": (width / 4, height / 4) * 2,
        "chevron": (measure, 0.0) * 2,
        "pentagon": (0.0, 0.0, measure / 2, 0.0),
        "can": (0.0, measure, 0.0, measure / 2),
    }[shape.geometry]
    left, right = left + shape.inset_left_pt, right + shape.inset_right_pt
    return Box(shape.box.x + left, shape.box.y + top, width - left - right, height - top - bottom)


def cylinder(box: Box, lid: float) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """A cylinder whose lid is `lid` points high: its outline, and the front edge of the lid."""
    rx, ry, middle = box.width / 2, lid / 2, box.x + box.width / 2
    top, low = box.y + ry, box.bottom - ry

    def half(y: float, height: float, sign: int) -> tuple[Segment, ...]:
        """Half of an ellipse, from one side to the other, to the right for a `sign` of 1."""
        reach, far = rx * ROUND * sign, middle + rx * sign
        return (
            curve((middle - rx * sign, y + height * ROUND), (middle - reach, y + height), (middle, y + height)),
            curve((middle + reach, y + height), (far, y + height * ROUND), (far, y)),
        )

    start = Segment("move", (Point(box.x, top),))
    side = Segment("line", (Point(box.right, low),))
    return (start, *half(top, -ry, 1), side, *half(low, ry, -1), Segment("close")), (start, *half(top, ry, 1))


def arc(centre: Point, radius: float, start: float, end: float) -> tuple[Segment, ...]:
    """A part of a circle, clockwise from one angle to another; angles in radians, 0 at the top."""
    parts = max(1, math.ceil((end - start) / (math.pi / 2)))
    step = (end - start) / parts
    reach = 4 / 3 * math.tan(step / 4) * radius
    path = [Segment("move", (on_circle(centre, radius, start),))]
    for i in range(parts):
        one, other = start + i * step, start + (i + 1) * step
        a, b = on_circle(centre, radius, one), on_circle(centre, radius, other)
        path.append(
            curve(
                (a.x + reach * math.cos(one), a.y + reach * math.sin(one)),
                (b.x - reach * math.cos(other), b.y - reach * math.sin(other)),
                b,
            )
        )
    return tuple(path)


def on_circle(centre: Point, radius: float, angle: float) -> Point:
    return Point(centre.x + radius * math.sin(angle), centre.y - radius * math.cos(angle))


def curve(*points: tuple[float, float]) -> Segment:
    return Segment("curve", tuple(Point(*point) for point in points))


def placed_cells(table: Table) -> Iterator[tuple[Cell, Box]]:
    """The cells that show, each with its rectangle."""
    xs = [*accumulate(table.columns_pt, initial=table.at.x)]
    ys = [*accumulate((row.height_pt for row in table.rows), initial=table.at.y)]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if not cell.covered:
                box = Box(xs[c], ys[r], xs[c + cell.columns] - xs[c], ys[r + cell.rows] - ys[r])
                yield cell, box._replace(x=xs[0] + xs[-1] - box.right) if table.right_to_left else box
