"""A drawing: shapes at fixed places, text already broken into lines. All that a writer knows of a slide.

Coordinates are points from the left upper corner of the slide. Colours are roles of the theme's palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Literal

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen
from deckgen.model.asset import UNCUT, Backdrop, Clip, Crop, Image
from deckgen.model.chart import ChartData
from deckgen.model.glue import Glue
from deckgen.model.path import Path, extent, shifted
from deckgen.model.setting import Anchor, SetParagraph
from deckgen.units import PT_PER_INCH, Box, Point, Size, around


@frozen(kw_only=True)
class Shape:
    """What all shapes share. `key` names the shape after its content, never after its position."""

    key: str
    alt: str = ""
    """What a person who can't see the shape has to know; empty for text and for decoration."""
    decorative: bool = False


@frozen(kw_only=True)
class TextBox(Shape):
    """Paragraphs in a box without insets."""

    box: Box
    paragraphs: tuple[SetParagraph, ...]
    anchor: Anchor = "top"
    placeholder: str = ""
    """The frame of the slide's layout that holds the text; empty: a text box of its own."""
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


@frozen
class Stroke:
    colour: str
    width_pt: float
    dashed: bool = False
    rounded: bool = False
    """Round ends and joins, as icons have them."""


Geometry = Literal["rect", "round", "ellipse", "diamond", "chevron", "pentagon", "can"]
"""`round` is a rectangle with round corners; `pentagon` and `chevron` point to the right; `can` is a cylinder."""


@frozen(kw_only=True)
class AutoShape(Shape):
    """One of PowerPoint's own shapes, which may hold text, set in the middle of its height."""

    box: Box
    geometry: Geometry = "rect"
    measure_pt: float = 0
    """The radius of `round` corners; how far the point of `chevron` and `pentagon` stands out; the lid of `can`."""
    fill: str = ""
    opacity: float = 1
    """Of the fill."""
    stroke: Stroke | None = None
    text: tuple[SetParagraph, ...] = ()
    inset_left_pt: float = 0
    inset_right_pt: float = 0
    flipped: bool = False
    """`chevron` and `pentagon` point to the left; their text stays upright."""


@frozen(kw_only=True)
class Freeform(Shape):
    """A shape of its own outline, filled by the winding rule. The path's points are the slide's."""

    path: Path
    fill: str = ""
    opacity: float = 1
    """Of the fill."""
    stroke: Stroke | None = None

    @property
    def box(self) -> Box:
        return extent(self.path)


@frozen(kw_only=True)
class Picture(Shape):
    """What the crop leaves of a picture, filling a box."""

    box: Box
    image: Image
    crop: Crop = UNCUT
    corner_pt: float = 0
    """The radius of its corners."""
    placeholder: str = ""
    clip: Clip | None = None
    """What plays when it is clicked: the picture is its poster."""

    @property
    def whole(self) -> Box:
        """The box that the picture would fill without the crop."""
        width = self.box.width / (1 - self.crop.left - self.crop.right)
        height = self.box.height / (1 - self.crop.top - self.crop.bottom)
        return Box(self.box.x - self.crop.left * width, self.box.y - self.crop.top * height, width, height)

    def pixels(self, per_inch: float) -> int:
        """How wide the whole picture has to be, in pixels, to have so many to the inch here."""
        return max(1, round(self.whole.width / PT_PER_INCH * per_inch))


@frozen(kw_only=True)
class Equation(Shape):
    """A formula that PowerPoint can edit, with the path that it is drawn by elsewhere."""

    latex: str
    size_pt: float
    colour: str
    room: Box
    """What it may take, at most; it stands at the left side, in the middle of the height."""
    path: Path
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def box(self) -> Box:
        return extent(self.path)


Arrow = Literal["", "end", "start", "both"]


@frozen(kw_only=True)
class Line(Shape):
    start: Point
    end: Point
    stroke: Stroke
    arrow: Arrow = ""

    @property
    def box(self) -> Box:
        return around((self.start, self.end))


@frozen(kw_only=True)
class Connector(Shape):
    """A line between shapes that stays with them when they are moved.

    Two points make a straight one, three to six an elbow of level and upright stretches.
    """

    points: tuple[Point, ...]
    stroke: Stroke
    arrow: Arrow = "end"
    start: Glue | None = None
    end: Glue | None = None

    @property
    def box(self) -> Box:
        return around(self.points)


@frozen
class Cell:
    """A table cell. Insets are left and right, in points; text stands in the middle of the row."""

    paragraphs: tuple[SetParagraph, ...]
    inset_left_pt: float = 0
    inset_right_pt: float = 0
    top: Stroke | None = None
    bottom: Stroke | None = None
    fill: str = ""
    columns: int = 1
    """How many columns the cell takes."""
    rows: int = 1
    covered: bool = False
    """A cell to the left or above takes this one's place; it says nothing."""


@frozen
class Row:
    height_pt: float
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class Table(Shape):
    """A native table. `header`, `first_column` and `last_row` turn on these parts of the theme's table style."""

    at: Point
    columns_pt: tuple[float, ...]
    rows: tuple[Row, ...]
    header: bool = False
    first_column: bool = False
    last_row: bool = False
    """The last row holds totals."""
    placeholder: str = ""
    right_to_left: bool = False
    """The first column is the rightmost."""

    @property
    def box(self) -> Box:
        return Box(self.at.x, self.at.y, sum(self.columns_pt), sum(row.height_pt for row in self.rows))


@frozen(kw_only=True)
class Group(Shape):
    """Shapes that belong together and are described together."""

    shapes: tuple[AnyShape, ...]
    room: Box | None = None
    """What the group has to keep to, if its size follows from its content."""

    @property
    def box(self) -> Box:
        return bounds(self.shapes)


@frozen(kw_only=True)
class Chart(Shape):
    """A native chart in PowerPoint; in print it is drawn by `shapes`, which stand for all that it shows."""

    box: Box
    data: ChartData
    shapes: tuple[AnyShape, ...]
    placeholder: str = ""
    trouble: str = ""
    """What has no room, in words; empty if all has."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


AnyShape = TextBox | AutoShape | Freeform | Picture | Line | Connector | Equation | Table | Chart | Group


@frozen
class Drawing:
    """A slide, or a block on its own. Shapes stand in reading order, the lowest first."""

    size: Size
    shapes: tuple[AnyShape, ...] = ()
    backdrop: Backdrop | None = None

    def moved(self, dx: float, dy: float) -> Drawing:
        return Drawing(self.size, tuple(moved(shape, dx, dy) for shape in self.shapes))


def moved(shape: AnyShape, dx: float, dy: float) -> AnyShape:
    """The shape, `dx` to the right and `dy` down."""
    match shape:
        case TextBox() | AutoShape() | Picture():
            return replace(shape, box=shape.box.moved(dx, dy))
        case Line():
            return replace(shape, start=shape.start.moved(dx, dy), end=shape.end.moved(dx, dy))
        case Connector():
            return replace(shape, points=tuple(point.moved(dx, dy) for point in shape.points))
        case Freeform():
            return replace(shape, path=shifted(shape.path, dx, dy))
        case Equation():
            return replace(shape, room=shape.room.moved(dx, dy), path=shifted(shape.path, dx, dy))
        case Table():
            return replace(shape, at=shape.at.moved(dx, dy))
        case Group():
            return replace(shape, shapes=tuple(moved(child, dx, dy) for child in shape.shapes))
        case Chart():
            shapes = tuple(moved(child, dx, dy) for child in shape.shapes)
            return replace(shape, box=shape.box.moved(dx, dy), data=shape.data.moved(dx, dy), shapes=shapes)


def every_shape(shapes: Iterable[AnyShape]) -> Iterator[AnyShape]:
    """The shapes, each group followed by those in it."""
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from every_shape(shape.shapes)


def bounds(shapes: tuple[AnyShape, ...]) -> Box:
    """The smallest rectangle around all shapes; of no size if there are none."""
    boxes = [shape.box for shape in shapes]
    corners = [point for box in boxes for point in (Point(box.x, box.y), Point(box.right, box.bottom))]
    return around(corners) if corners else Box(0, 0, 0, 0)
