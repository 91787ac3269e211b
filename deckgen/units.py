"""Lengths are points (1/72 inch); a box is a rectangle of them. 0.01 pt is exactly 127 EMU."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NamedTuple

EMU_PER_CENTIPOINT = 127
PT_PER_INCH = 72.0
PT_PER_MM = 72.0 / 25.4

Inches = Annotated[float, "inches"]
"""A length that a theme writes in inches; once read, it is held in points."""


def emu(points: float) -> int:
    """Points as EMU, rounded to the nearest 0.01 pt."""
    return round(points * 100) * EMU_PER_CENTIPOINT


class Size(NamedTuple):
    """A width and a height in points."""

    width: float
    height: float


class Point(NamedTuple):
    """A place in points; x grows to the right, y grows downward."""

    x: float
    y: float

    def moved(self, dx: float, dy: float) -> Point:
        return Point(self.x + dx, self.y + dy)


class Box(NamedTuple):
    """A rectangle in points; x and y are its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def columns(self, count: int, gap: float) -> tuple[Box, ...]:
        """Split into `count` equal boxes side by side, `gap` points apart."""
        width = (self.width - gap * (count - 1)) / count
        return tuple(Box(self.x + i * (width + gap), self.y, width, self.height) for i in range(count))


def around(points: Iterable[Point]) -> Box:
    """The smallest box round some points, at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
