"""Four fields between two axes, with things placed in them.

- matrix:
    x: Effort
    y: Value
    fields: [Do at once, Plan, Fill in, Leave]
    items:
      - {name: Cache, x: 20, y: 80, hot: true}
      - {name: Rewrite, x: 85, y: 70}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Line, Stroke, TextBox
from deckgen.model.text import Text, plain
from deckgen.model.words import Words
from deckgen.typeset.columns import line_width
from deckgen.typeset.diagram import Diagram, alone
from deckgen.typeset.labels import fitted
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.routes import touches
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

MOST = 16
FULL = 100
DOT_PT = 9.0
HEAD_PT = 26.0
"""What the name of a field takes of its height."""
GAP_PT = 4.0


@frozen(kw_only=True)
class Look:
    """A matrix in a theme."""

    size: Size
    """Of the four fields together; they are lower if the slide has less room."""
    gap: Inches
    fill: str
    """Of the fields."""
    pad: Inches
    axis: Stroke


@frozen(kw_only=True)
class Item:
    """Something that has its place."""

    name: Text = key("What it is")
    x: float = key("Where it stands, from 0 at the left to 100 at the right")
    y: float = key("Where it stands, from 0 at the foot to 100 at the top")
    hot: bool = key("Mark it as the one that matters", False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen(kw_only=True)
class Matrix(Diagram):
    """Two axes that part a plane in four."""

    x: Text = key("What grows to the right")
    y: Text = key("What grows upward")
    fields: tuple[Text, ...] = key("Names of the four fields: upper left, upper right, lower left, lower right", ())
    items: tuple[Item, ...] = key("What is placed in them", ())

    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        if len(self.fields) not in (0, 4):
            yield error(self.span, f"the number of names of fields is {len(self.fields)}, and there are 4 fields")
        if len(self.items) > MOST:
            message = f"the number of items is {len(self.items)}, and the limit is {MOST}"
            yield error(self.span, message, "leave some out, or divide it in two")
        for item in self.items:
            if not (0 <= item.x <= FULL and 0 <= item.y <= FULL):
                yield error(item.span, f"{plain(item.name)!r} stands outside", "x and y can be 0 to 100")

    def figure(self, sheet: Sheet) -> Drawing:
        """The name of the upright axis stands over it, that of the level one under it."""
        look: Look = sheet.look("matrix")
        leading = sheet.theme.style("label").leading_pt
        width = min(look.size.width, sheet.box.width)
        height = min(look.size.height, max(0.0, sheet.box.height - 2 * (leading + GAP_PT)))
        plane = Box(sheet.box.x, sheet.box.y + leading + GAP_PT, width, height)
        grounds = self.grounds(plane, look, sheet)
        shapes = (
            *grounds,
            *self.axes(plane, leading, sheet),
            *self.names(plane, look, sheet),
            *self.points(plane, sheet),
        )
        return alone(self.group(shapes, sheet))

    def axes(self, plane: Box, leading: float, sheet: Sheet) -> Iterator[AnyShape]:
        """Arrows along the left and the lower edge, each with its name at its end."""
        look: Look = sheet.look("matrix")
        corner = Point(plane.x, plane.bottom)
        under = plane._replace(y=plane.bottom + GAP_PT, height=leading)
        over = plane._replace(y=plane.y - leading - GAP_PT, height=leading)
        yield sheet.text_box("x", self.x, "label_bold", under, align="right")
        yield sheet.text_box("y", self.y, "label_bold", over)
        for name, end in (("x", Point(plane.right, plane.bottom)), ("y", Point(plane.x, plane.y))):
            line = f"{sheet.key}/{name}/line"
            yield Line(key=line, start=corner, end=end, stroke=look.axis, arrow="end", decorative=True)

    def grounds(self, plane: Box, look: Look, sheet: Sheet) -> Iterator[AutoShape]:
        for i, place in enumerate(quarters(plane, look.gap), start=1):
            yield AutoShape(key=f"{sheet.key}/field-{i}", box=place, fill=look.fill, decorative=True)

    def names(self, plane: Box, look: Look, sheet: Sheet) -> Iterator[TextBox]:
        """The names of the fields, in their upper left corners."""
        for i, (name, place) in enumerate(zip(self.fields, quarters(plane, look.gap), strict=False), start=1):
            room = Size(place.width - 2 * look.pad, place.height / 3)
            text = fitted(name, ("label_muted", "node_text_small"), room, sheet)
            at = Box(place.x + look.pad, place.y + look.pad / 2, *room)
            yield TextBox(key=f"{sheet.key}/field-{i}/name", box=at, paragraphs=(text,))

    def points(self, plane: Box, sheet: Sheet) -> Iterator[AnyShape]:
        """A dot for each item, its name beside it where no other name or dot stands."""
        taken = [dot_at(item, plane) for item in self.items]
        heads = [Box(place.x, place.y, place.width, HEAD_PT) for place in quarters(plane, 0)] if self.fields else []
        for i, item in enumerate(self.items, start=1):
            style = sheet.theme.style("label_bold" if item.hot else "label")
            size = Size(line_width(item.name, style, sheet) / SAFE_SHARE + 1, style.leading_pt)
            dot = taken[i - 1]
            others = [*heads, *(box for box in taken if box is not dot)]
            free = (
                box
                for box in beside(dot, size)
                if plane.x <= box.x and box.right <= plane.right and plane.y <= box.y and box.bottom <= plane.bottom
                if not any(touches(box, other) for other in others)
            )
            # A name that finds no place has no height, so that it is an error.
            place = next(free, None) or Box(dot.right, dot.y, size.width, 0)
            taken.append(place)
            fill = "accent" if item.hot else "text"
            name = f"{sheet.key}/item-{i}"
            yield AutoShape(key=name, box=dot, geometry="ellipse", fill=fill, decorative=True)
            text = sheet.set(item.name, style, size.width)
            yield TextBox(key=f"{name}/name", box=place, paragraphs=(text,))

    def told(self, _words: Words) -> str:
        """Each item with its place on both axes."""
        x, y = plain(self.x), plain(self.y)
        told = (f"{plain(item.name)} ({x} {item.x:g}, {y} {item.y:g})" for item in self.items)
        return "; ".join([f"{x} × {y}", *told])


def quarters(plane: Box, gap: float) -> list[Box]:
    """The four fields, as one reads."""
    height = (plane.height - gap) / 2
    tops = (plane.y, plane.y + height + gap)
    return [column._replace(y=y, height=height) for y in tops for column in plane.columns(2, gap)]


def dot_at(item: Item, plane: Box) -> Box:
    x, y = plane.x + plane.width * item.x / FULL, plane.bottom - plane.height * item.y / FULL
    x = min(max(x, plane.x + DOT_PT), plane.right - DOT_PT)
    y = min(max(y, plane.y + DOT_PT), plane.bottom - DOT_PT)
    return Box(x - DOT_PT / 2, y - DOT_PT / 2, DOT_PT, DOT_PT)


def beside(dot: Box, size: Size) -> Iterator[Box]:
    """Places for a name: right and left of its dot, over and under it."""
    level = dot.y + (dot.height - size.height) / 2
    yield Box(dot.right + GAP_PT, level, *size)
    yield Box(dot.x - GAP_PT - size.width, level, *size)
    for share in (0.5, 0.0, 1.0):
        x = dot.x + dot.width / 2 - size.width * share
        yield Box(x, dot.y - size.height, *size)
        yield Box(x, dot.bottom, *size)
