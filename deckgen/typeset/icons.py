"""Icons as outlines: the Lucide set (ISC licence), drawn with a pen in a square of 24 units."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.drawing import Freeform, Stroke
from deckgen.model.path import Segment
from deckgen.units import Box, Point

if TYPE_CHECKING:
    from zipfile import ZipFile

UNITS = 24
PEN = 1.75
"""The width of the pen in these units."""
MOST_SUGGESTIONS = 4


def icon(key: str, name: str, box: Box, colour: str) -> tuple[Freeform, ...]:
    """The icon in a square box; none for a name that there is no icon of."""
    if name not in names():
        return ()
    scale = box.width / UNITS
    path = tuple(
        Segment(step, tuple(Point(box.x + x * scale, box.y + y * scale) for x, y in points))
        for step, points in outline(name)
    )
    stroke = Stroke(colour, round(PEN * scale, 2), rounded=True)
    return (Freeform(key=key, path=path, stroke=stroke, decorative=True),)


def unknown_icon(name: str, place: Span) -> Iterator[Diagnostic]:
    """An error for a name that there is no icon of, with names that come close."""
    if name and name not in names():
        near = difflib.get_close_matches(name, sorted(names()), MOST_SUGGESTIONS, 0.6)
        parts = [other for other in sorted(names(), key=lambda other: (len(other), other)) if name in other.split("-")]
        found = list(dict.fromkeys([*parts, *near]))[:MOST_SUGGESTIONS]
        hint = f"did you mean {' or '.join(map(repr, found))}?" if found else "icons are named as on lucide.dev"
        yield error(place, f"there is no icon {name!r}", hint)


@cache
def archive() -> ZipFile:
    from importlib.resources import files
    from zipfile import ZipFile

    return ZipFile(io.BytesIO((files("lucide") / "lucide.zip").read_bytes()))


@cache
def names() -> frozenset[str]:
    return frozenset(name.removesuffix(".svg") for name in archive().namelist() if name.endswith(".svg"))


@cache
def outline(name: str) -> tuple[Segment, ...]:
    """The path of an icon, all its parts one after the other."""
    from fontTools.pens.basePen import BasePen
    from fontTools.svgLib import SVGPath

    class Recorder(BasePen):  # type: ignore[misc]
        """Notes the steps; quadratic curves come as cubic ones."""

        def __init__(self) -> None:
            super().__init__(None)
            self.path: list[Segment] = []

        def _moveTo(self, point: Any) -> None:
            self.path.append(Segment("move", (Point(*point),)))

        def _lineTo(self, point: Any) -> None:
            self.path.append(Segment("line", (Point(*point),)))

        def _curveToOne(self, *points: Any) -> None:
            self.path.append(Segment("curve", tuple(Point(*point) for point in points)))

        def _closePath(self) -> None:
            self.path.append(Segment("close"))

    recorder = Recorder()
    SVGPath.fromstring(archive().read(f"{name}.svg")).draw(recorder)
    return tuple(recorder.path)
