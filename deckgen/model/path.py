"""Paths: outlines of straight and curved steps, filled by the winding rule."""

from __future__ import annotations

from typing import Literal, NamedTuple

from deckgen.units import Box, Point, around


class Segment(NamedTuple):
    """A step of a path: to a place, along a Bézier curve (two handles and a place), or back to where it began."""

    step: Literal["move", "line", "curve", "close"]
    points: tuple[Point, ...] = ()


Path = tuple[Segment, ...]


def extent(path: Path) -> Box:
    """The rectangle round all points, handles included."""
    return around([point for segment in path for point in segment.points])


def shifted(path: Path, dx: float, dy: float) -> Path:
    return tuple(Segment(step, tuple(point.moved(dx, dy) for point in points)) for step, points in path)
