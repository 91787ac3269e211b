"""Shapes as PDF path operators, in the drawing's own space."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from deckgen.model.drawing import AutoShape, Connector, Line
from deckgen.model.outlines import ROUND, cylinder
from deckgen.model.path import Segment
from deckgen.units import Box, Point
from deckgen.write.pages.fonts import number

OPERATORS = {"move": "m", "line": "l", "curve": "c"}
ARROW = 3.0
"""Length and width of an arrowhead in line widths: PowerPoint's medium triangle."""
LEAST_ARROW_PT = 2.0
"""Thinner lines have the arrowheads of a line this wide."""


def numbers(*values: float) -> str:
    return " ".join(map(number, values))


def outline(shape: AutoShape) -> str:
    """The path of a shape of PowerPoint's own."""
    box, measure = shape.box, shape.measure_pt
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    cx, cy = x + box.width / 2, y + box.height / 2
    match shape.geometry:
        case "rect":
            return rectangle(box)
        case "round":
            return rounded(box, min(measure, box.width / 2, box.height / 2))
        case "ellipse":
            return ellipse(box)
        case "diamond":
            return polygon([(cx, y), (right, cy), (cx, bottom), (x, cy)])
        case "can":
            return " ".join(map(path, cylinder(box, measure)))
        case "pentagon" | "chevron":
            notch = x + measure if shape.geometry == "chevron" else x
            tip = right - measure
            points = [(x, y), (tip, y), (right, cy), (tip, bottom), (x, bottom), (notch, cy)]
            return polygon((x + right - at, height) for at, height in points) if shape.flipped else polygon(points)


def rectangle(box: Box) -> str:
    return f"{numbers(*box)} re"


def polygon(points: Iterable[tuple[float, float]]) -> str:
    first, *others = points
    return f"{numbers(*first)} m " + " ".join(f"{numbers(*point)} l" for point in others) + " h"


def ellipse(box: Box) -> str:
    """Four Bézier curves, from the right clockwise."""
    rx, ry = box.width / 2, box.height / 2
    cx, cy = box.x + rx, box.y + ry
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    path = [f"{numbers(box.right, cy)} m"]
    for (ax, ay), (bx, by) in pairwise(corners):
        first = numbers(cx + (ax + ROUND * bx) * rx, cy + (ay + ROUND * by) * ry)
        second = numbers(cx + (bx + ROUND * ax) * rx, cy + (by + ROUND * ay) * ry)
        path.append(f"{first} {second} {numbers(cx + bx * rx, cy + by * ry)} c")
    return " ".join(path) + " h"


def rounded(box: Box, radius: float) -> str:
    """A rectangle with round corners, from the left upper corner's right end clockwise."""
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    near = radius * (1 - ROUND)
    return (
        f"{numbers(x + radius, y)} m {numbers(right - radius, y)} l"
        f" {numbers(right - near, y, right, y + near, right, y + radius)} c {numbers(right, bottom - radius)} l"
        f" {numbers(right, bottom - near, right - near, bottom, right - radius, bottom)} c"
        f" {numbers(x + radius, bottom)} l"
        f" {numbers(x + near, bottom, x, bottom - near, x, bottom - radius)} c {numbers(x, y + radius)} l"
        f" {numbers(x, y + near, x + near, y, x + radius, y)} c h"
    )


def path(segments: Iterable[Segment]) -> str:
    return " ".join(
        "h" if step == "close" else f"{numbers(*(value for point in points for value in point))} {OPERATORS[step]}"
        for step, points in segments
    )


def arrows(shape: Line | Connector, points: tuple[Point, ...]) -> list[str]:
    """The arrowheads of a line as filled triangles, their tips at its ends."""
    size = ARROW * max(shape.stroke.width_pt, LEAST_ARROW_PT)
    ends = []
    if shape.arrow in ("end", "both"):
        ends.append((points[-2], points[-1]))
    if shape.arrow in ("start", "both"):
        ends.append((points[1], points[0]))
    return [triangle(before, tip, size) for before, tip in ends if before != tip]


def triangle(before: Point, tip: Point, size: float) -> str:
    length = math.dist(before, tip)
    ux, uy = (tip.x - before.x) / length, (tip.y - before.y) / length
    back_x, back_y = tip.x - ux * size, tip.y - uy * size
    side_x, side_y = -uy * size / 2, ux * size / 2
    return polygon([tip, (back_x + side_x, back_y + side_y), (back_x - side_x, back_y - side_y)])


def shortened(shape: Line | Connector, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The line without what its arrowheads cover, so that it does not show beside their tips."""
    size = ARROW * max(shape.stroke.width_pt, LEAST_ARROW_PT) * 0.8
    kept = list(points)
    if shape.arrow in ("end", "both"):
        kept[-1] = nearer(points[-2], points[-1], size)
    if shape.arrow in ("start", "both"):
        kept[0] = nearer(points[1], points[0], size)
    return tuple(kept)


def nearer(before: Point, tip: Point, by: float) -> Point:
    length = math.dist(before, tip)
    share = max(0.0, 1 - by / length) if length else 0.0
    return Point(before.x + (tip.x - before.x) * share, before.y + (tip.y - before.y) * share)
