"""A drawing: shapes at fixed places, text already broken into lines. All that a writer knows of a slide.

Coordinates are points from the left upper corner of the slide. Colours are roles of the theme's palette.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from deckgen.model.setting import Anchor, SetParagraph
from deckgen.units import Box, Point, Size


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What all shapes share. `key` names the shape after its content, never after its position."""

    key: str
    alt: str = ""
    """What a person who can't see the shape has to know; empty for text and for decoration."""
    decorative: bool = False


@dataclass(frozen=True, kw_only=True)
class TextBox(Shape):
    """Paragraphs in a box without insets."""

    box: Box
    paragraphs: tuple[SetParagraph, ...]
    anchor: Anchor = "top"
    placeholder: str = ""
    """The frame of the slide's layout that holds the text; empty: a text box of its own."""
    field: Literal["", "slidenum"] = ""
    """The text is a PowerPoint field of this type."""
    room_pt: float = 0
    """The height that the text may take, where that is less than the box has; 0: the whole box."""

    @property
    def height_pt(self) -> float:
        """The height of the text, which may be more than the box has."""
        return sum(p.height_pt + (p.before_pt if i else 0) for i, p in enumerate(self.paragraphs))

    @property
    def safe_height_pt(self) -> float:
        """The height that the promise of a fit counts."""
        return sum(p.safe_height_pt + (p.before_pt if i else 0) for i, p in enumerate(self.paragraphs))


@dataclass(frozen=True)
class Stroke:
    colour: str
    width_pt: float


@dataclass(frozen=True, kw_only=True)
class AutoShape(Shape):
    """A rectangle or ellipse, which may hold text set in its middle."""

    box: Box
    geometry: Literal["rect", "ellipse"] = "rect"
    fill: str = ""
    stroke: Stroke | None = None
    text: tuple[SetParagraph, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line(Shape):
    start: Point
    end: Point
    stroke: Stroke


@dataclass(frozen=True)
class Cell:
    """A table cell. Insets are left and right, in points; text stands in the middle of the row."""

    paragraphs: tuple[SetParagraph, ...]
    inset_left_pt: float = 0
    inset_right_pt: float = 0
    top: Stroke | None = None
    bottom: Stroke | None = None


@dataclass(frozen=True)
class Row:
    height_pt: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Table(Shape):
    """A native table. `header` and `first_column` turn on these parts of the theme's table style."""

    at: Point
    columns_pt: tuple[float, ...]
    rows: tuple[Row, ...]
    header: bool = False
    first_column: bool = False
    placeholder: str = ""

    @property
    def box(self) -> Box:
        return Box(self.at.x, self.at.y, sum(self.columns_pt), sum(row.height_pt for row in self.rows))


@dataclass(frozen=True, kw_only=True)
class Group(Shape):
    """Shapes that belong together and are described together."""

    shapes: tuple[AnyShape, ...]

    @property
    def box(self) -> Box:
        return bounds(self.shapes)


AnyShape = TextBox | AutoShape | Line | Table | Group


@dataclass(frozen=True)
class Drawing:
    """A slide, or a block on its own. Shapes stand in reading order, the lowest first."""

    size: Size
    shapes: tuple[AnyShape, ...] = ()

    def moved(self, dx: float, dy: float) -> Drawing:
        return Drawing(self.size, tuple(moved(shape, dx, dy) for shape in self.shapes))


def moved(shape: AnyShape, dx: float, dy: float) -> AnyShape:
    """The shape, `dx` to the right and `dy` down."""
    match shape:
        case TextBox() | AutoShape():
            return replace(shape, box=shape.box.moved(dx, dy))
        case Line():
            return replace(shape, start=shape.start.moved(dx, dy), end=shape.end.moved(dx, dy))
        case Table():
            return replace(shape, at=shape.at.moved(dx, dy))
        case Group():
            return replace(shape, shapes=tuple(moved(child, dx, dy) for child in shape.shapes))


def box_of(shape: AnyShape) -> Box:
    """The rectangle that the shape takes."""
    match shape:
        case Line():
            (x1, y1), (x2, y2) = shape.start, shape.end
            return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        case _:
            return shape.box


def bounds(shapes: tuple[AnyShape, ...]) -> Box:
    """The smallest rectangle around all shapes; of no size if there are none."""
    boxes = [box_of(shape) for shape in shapes]
    if not boxes:
        return Box(0, 0, 0, 0)
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)
