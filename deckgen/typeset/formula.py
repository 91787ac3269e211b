"""Formulas as outlines (ziamath, in STIX Two Math): what they look like, and how much room they take, in ems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from deckgen.frozen import frozen
from deckgen.late import loaded_late
from deckgen.model.path import Path, Segment
from deckgen.units import Point

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ziamath.mathfont import MathFont

EM = 1000.0
"""The size at which outlines are made."""
Step = Literal["move", "line", "curve", "close"]
NUMBER = re.compile(r"[MLQCZ]|-?[\d.]+(?:e-?\d+)?")


@frozen
class Outline:
    """A formula's path from its left end on the baseline, y downward; all in ems."""

    width: float
    ascent: float
    descent: float
    path: Path
    """Filled by the winding rule."""

    @property
    def height(self) -> float:
        return self.ascent + self.descent


@lru_cache(4096)
def outline(latex: str, display: bool) -> Outline:
    """The outline of a formula that has no fault."""
    from xml.etree.ElementTree import Element

    from deckgen.typeset.latex import mathml

    drawn = zmath().Math(copied(mathml(latex, display)), size=EM)
    box = drawn.node.bbox
    left = min(0.0, box.xmin)
    width = max(box.xmax, drawn.node.xadvance()) - left
    svg = Element("svg")
    drawn.node.draw(-left, 0, svg)
    path = tuple(segment for node in svg.iter() for segment in segments(node))
    return Outline(width / EM, max(box.ymax, 0) / EM, max(-box.ymin, 0) / EM, path)


@cache
def zmath() -> Any:
    """The library, told to write plain paths, which every program draws.

    It compiles the names of 2,000 characters as one expression when it is loaded, for MathML that is text; ours is
    none.
    """
    with loaded_late("ziamath.escapes"):
        from ziamath import zmath
        from ziamath.config import config
    config.svg2 = False
    return zmath


def copied(node: Element) -> Element:
    """A tree of its own: ziamath changes what it draws."""
    found = node.makeelement(node.tag, dict(node.attrib))
    found.text = node.text
    found.extend([copied(child) for child in node])
    return found


def segments(node: Element) -> Iterator[Segment]:
    """What a drawn element adds to the path; strokes as the areas that they cover."""
    numbers = {name: float(node.get(name, 0)) for name in ("x", "y", "width", "height", "stroke-width")}
    if node.tag == "path" and numbers["stroke-width"]:
        yield from stroke(node, numbers["stroke-width"] / 2)
    elif node.tag == "path":
        yield from glyph(node.get("d", ""))
    elif node.tag == "rect":
        x, y, width, height, line = numbers.values()
        half = line / 2
        yield from rectangle(x - half, y - half, width + line, height + line)
        if line:  # A frame: the inner edge runs the other way.
            yield from rectangle(x + width - half, y + half, line - width, height - line)


def glyph(path: str) -> Iterator[Segment]:
    """The path of an SVG `d` attribute in absolute coordinates, quadratic curves as cubic ones."""
    words = NUMBER.findall(path)
    at, i = Point(0, 0), 0
    while i < len(words):
        command = words[i]
        count = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}[command]
        values = [float(word) / EM for word in words[i + 1 : i + 1 + count]]
        points = tuple(Point(x, y) for x, y in zip(values[::2], values[1::2], strict=True))
        if command == "Q":
            points = cubic(at, *points)
        at = points[-1] if points else at
        yield Segment(STEPS[command], points)
        i += 1 + count


STEPS: dict[str, Step] = {"M": "move", "L": "line", "Q": "curve", "C": "curve", "Z": "close"}


def cubic(start: Point, handle: Point, end: Point) -> tuple[Point, Point, Point]:
    """A quadratic Bézier curve as a cubic one."""
    first = Point(start.x + (handle.x - start.x) * 2 / 3, start.y + (handle.y - start.y) * 2 / 3)
    second = Point(end.x + (handle.x - end.x) * 2 / 3, end.y + (handle.y - end.y) * 2 / 3)
    return first, second, end


def rectangle(x: float, y: float, width: float, height: float) -> Iterator[Segment]:
    yield from polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))


def stroke(node: Element, half: float) -> Iterator[Segment]:
    """A straight line as the area that it covers."""
    x1, y1, x2, y2 = (float(word) for word in NUMBER.findall(node.get("d", "")) if word not in STEPS)
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    dx, dy = -(y2 - y1) / length * half, (x2 - x1) / length * half
    yield from polygon(((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)))


def polygon(corners: tuple[tuple[float, float], ...]) -> Iterator[Segment]:
    first, *others = (Point(x / EM, y / EM) for x, y in corners)
    yield Segment("move", (first,))
    for corner in others:
        yield Segment("line", (corner,))
    yield Segment("close")


def placed(drawn: Outline, size_pt: float, origin: Point) -> Path:
    """The path at a size in points, its left end on the baseline at `origin`."""
    return tuple(
        Segment(step, tuple(Point(origin.x + x * size_pt, origin.y + y * size_pt) for x, y in points))
        for step, points in drawn.path
    )


def missing_characters(latex: str) -> str:
    """The characters of a formula that the maths font has no glyph for."""
    from deckgen.typeset.latex import mathml

    font = maths_font()
    found = {letter for node in mathml(latex, True).iter() for letter in node.text or "" if not letter.isspace()}
    return "".join(sorted(letter for letter in found if not font.glyphindex(letter)))


def maths_font() -> MathFont:
    font: MathFont = zmath().loadedfonts["default"]
    return font
