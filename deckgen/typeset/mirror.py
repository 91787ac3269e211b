"""Slides of a language that runs from right to left: the theme and what is drawn in it, seen in a mirror.

Blocks draw as if the language ran from left to right. Then every place is mirrored, and every paragraph turned, but
not what has a direction of its own: pictures, charts, icons, formulas and code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from deckgen.model.drawing import (
    AnyShape,
    AutoShape,
    Cell,
    Chart,
    Connector,
    Drawing,
    Equation,
    Freeform,
    Group,
    Line,
    Picture,
    Table,
    TextBox,
    bounds,
    moved,
)
from deckgen.model.glue import Glue, Side
from deckgen.model.path import Segment
from deckgen.model.setting import Align, SetParagraph
from deckgen.model.show import Show
from deckgen.model.text import plain
from deckgen.model.theme import Frame, Layout, Mark, Theme
from deckgen.typeset.bidi import directions
from deckgen.units import Box, Point

OTHER_ALIGN: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}
OTHER_SIDE: dict[Side, Side] = {"top": "top", "left": "right", "bottom": "bottom", "right": "left"}


def mirrored_show(show: Show) -> Show:
    """The pages and figures of a show, each mirrored."""
    pages = tuple(replace(page, drawing=mirrored_drawing(page.drawing)) for page in show.pages)
    return replace(show, pages=pages, figures={key: mirrored_drawing(found) for key, found in show.figures.items()})


def mirrored_drawing(drawing: Drawing) -> Drawing:
    return replace(drawing, shapes=mirrored_shapes(drawing.shapes, drawing.size.width))


def mirrored_shapes(shapes: tuple[AnyShape, ...], width: float) -> tuple[AnyShape, ...]:
    """The shapes in their order; a listing and all that belongs to it moves as one."""
    listings = {shape.key.removesuffix("code") for shape in shapes if is_listing(shape)}
    parts = {
        prefix: tuple(s for s in shapes if s.key.startswith(prefix) and not s.key.startswith(f"{prefix}caption"))
        for prefix in listings
    }
    shifts = {id(part): shift_of(bounds(found), width) for found in parts.values() for part in found}
    return tuple(
        moved(shape, shifts[id(shape)], 0) if id(shape) in shifts else mirrored(shape, width) for shape in shapes
    )


def is_listing(shape: AnyShape) -> bool:
    return isinstance(shape, TextBox) and shape.key.endswith("/code") and any(map(is_code, shape.paragraphs))


def is_code(paragraph: SetParagraph) -> bool:
    return bool(paragraph.text) and all(run.code for run in paragraph.text)


def mirrored(shape: AnyShape, width: float) -> AnyShape:
    """The shape on a slide of a width."""
    match shape:
        case TextBox():
            return replace(shape, box=across(shape.box, width), paragraphs=tuple(map(turned, shape.paragraphs)))
        case AutoShape():
            return replace(
                shape,
                box=across(shape.box, width),
                text=tuple(map(turned, shape.text)),
                inset_left_pt=shape.inset_right_pt,
                inset_right_pt=shape.inset_left_pt,
                flipped=not shape.flipped,
            )
        case Freeform() if not (shape.stroke and shape.stroke.rounded):
            path = (Segment(step, tuple(opposite(p, width) for p in points)) for step, points in shape.path)
            return replace(shape, path=tuple(path))
        case Freeform() | Picture() | Equation() | Chart():
            return moved(shape, shift_of(shape.box, width), 0)
        case Line():
            return replace(shape, start=opposite(shape.start, width), end=opposite(shape.end, width))
        case Connector():
            points = tuple(opposite(point, width) for point in shape.points)
            return replace(shape, points=points, start=other_side(shape.start), end=other_side(shape.end))
        case Table():
            return mirrored_table(shape, width)
        case Group():
            return replace(shape, shapes=tuple(mirrored(child, width) for child in shape.shapes))
        case _:
            assert_never(shape)


def mirrored_table(table: Table, width: float) -> Table:
    """The table with its first column at the right."""
    rows = tuple(replace(row, cells=tuple(map(mirrored_cell, row.cells))) for row in table.rows)
    box = across(table.box, width)
    return replace(table, at=Point(box.x, box.y), rows=rows, right_to_left=not table.right_to_left)


def mirrored_cell(cell: Cell) -> Cell:
    return replace(
        cell,
        paragraphs=tuple(map(turned, cell.paragraphs)),
        inset_left_pt=cell.inset_right_pt,
        inset_right_pt=cell.inset_left_pt,
    )


def turned(paragraph: SetParagraph) -> SetParagraph:
    """The paragraph from right to left. Code keeps its place; a text without a word of such a script its direction."""
    if is_code(paragraph):
        return paragraph
    latin = not (paragraph.bullet or paragraph.indent_pt) and directions(plain(paragraph.text)) == {"L"}
    return replace(paragraph, align=OTHER_ALIGN[paragraph.align], right_to_left=not latin)


def across(box: Box, width: float) -> Box:
    return box._replace(x=width - box.right)


def shift_of(box: Box, width: float) -> float:
    """How far a box moves to stand where its mirror image does."""
    return width - box.right - box.x


def opposite(point: Point, width: float) -> Point:
    return Point(width - point.x, point.y)


def other_side(glue: Glue | None) -> Glue | None:
    return glue and glue._replace(side=OTHER_SIDE[glue.side])


def mirrored_theme(theme: Theme) -> Theme:
    """The theme with its frames and marks in their mirrored places, for the writers."""
    return replace(
        theme,
        body=across(theme.body, theme.page.width),
        frames={name: mirrored_frame(name, frame, theme) for name, frame in theme.frames.items()},
        layouts={name: mirrored_layout(layout, theme) for name, layout in theme.layouts.items()},
    )


def mirrored_layout(layout: Layout, theme: Theme) -> Layout:
    width = theme.page.width
    return replace(
        layout,
        frames={name: mirrored_frame(name, frame, theme) for name, frame in layout.frames.items()},
        marks=tuple(mirrored_mark(mark, width) for mark in layout.marks),
        body=layout.body and across(layout.body, width),
    )


def mirrored_frame(name: str, frame: Frame, theme: Theme) -> Frame:
    """The frame with its marks; that of code keeps the direction of its text."""
    width, code = theme.page.width, name == "code"
    return replace(
        frame,
        box=across(frame.box, width),
        align=frame.align if code else OTHER_ALIGN[frame.align],
        right_to_left=not code,
        marks=tuple(mirrored_mark(mark, width) for mark in frame.marks),
    )


def mirrored_mark(mark: Mark, width: float) -> Mark:
    return replace(mark, box=across(mark.box, width), align=OTHER_ALIGN[mark.align])
