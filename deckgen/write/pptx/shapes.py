"""The shapes of a drawing as native PowerPoint shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from deckgen.model.drawing import AnyShape, AutoShape, Group, Line, Shape, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.units import Box
from deckgen.write.pptx.geometry import corners, fill, outline, placed, preset, text_properties
from deckgen.write.pptx.markup import element, identity
from deckgen.write.pptx.placeholders import Slot
from deckgen.write.pptx.tables import table_markup
from deckgen.write.pptx.text import Links, Pen, body_markup, frame_looks

NO_FIT = "<a:noAutofit/>"


@dataclass(frozen=True)
class Canvas:
    """What the shapes of one slide or layout are written with."""

    pen: Pen
    links: Links
    ids: Iterator[int]
    """Shape ids, which have to be unique on the slide only."""
    slots: Mapping[str, Slot]
    """The placeholders of the slide's layout."""
    properties: str = "<p:nvPr/>"
    """`p:nvPr` of a shape that fills no placeholder."""

    def identity(self, shape: Shape, name: str = "") -> str:
        return identity(next(self.ids), name or shape.key, shape.key, shape.alt, shape.decorative)


def markup(shape: AnyShape, canvas: Canvas) -> str:
    """The shape as an element of `p:spTree`. An empty placeholder stays away: it would ask to be filled in."""
    match shape:
        case TextBox() if shape.placeholder:
            return placeholder(shape, canvas) if shape.paragraphs else ""
        case TextBox():
            return text_box(shape, canvas)
        case AutoShape():
            return auto_shape(shape, canvas)
        case Line():
            return line(shape, canvas)
        case Table():
            return table(shape, canvas)
        case Group():
            return group(shape, canvas)
        case _:
            assert_never(shape)


def placeholder(shape: TextBox, canvas: Canvas) -> str:
    """A layout's placeholder with text: its place and its look are the layout's."""
    slot = canvas.slots[shape.placeholder]
    place = "" if same_place(shape.box, slot.frame.box) else placed(shape.box)
    anchor = "<a:bodyPr/>" if shape.anchor == slot.frame.anchor else text_properties(shape.anchor, "", "")
    field = shape.key if shape.field else ""
    looks = frame_looks(slot.frame, canvas.pen.theme)
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape, f'{slot.label} ({shape.key})')}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{slot.markup()}</p:nvPr></p:nvSpPr>'
        f"{element('p:spPr', '', place)}"
        f"{body_markup('p:txBody', anchor, shape.paragraphs, looks, canvas.pen, canvas.links, field)}</p:sp>"
    )


def same_place(a: Box, b: Box) -> bool:
    return all(abs(x - y) < 0.01 for x, y in zip(a, b, strict=True))


def text_box(shape: TextBox, canvas: Canvas) -> str:
    properties = text_properties(shape.anchor, NO_FIT)
    field = shape.key if shape.field else ""
    return (
        f'<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr txBox="1"/>{canvas.properties}</p:nvSpPr>'
        f"<p:spPr>{placed(shape.box)}{preset('rect')}<a:noFill/></p:spPr>"
        f"{body_markup('p:txBody', properties, shape.paragraphs, (), canvas.pen, canvas.links, field)}</p:sp>"
    )


def auto_shape(shape: AutoShape, canvas: Canvas) -> str:
    look = fill(shape.fill, canvas.pen) + outline(shape.stroke, canvas.pen)
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr/>{canvas.properties}</p:nvSpPr>"
        f"<p:spPr>{placed(shape.box)}{preset(shape.geometry)}{look}</p:spPr>{centred(shape.text, canvas)}</p:sp>"
    )


def centred(paragraphs: tuple[SetParagraph, ...], canvas: Canvas) -> str:
    properties = text_properties("middle", NO_FIT)
    return body_markup("p:txBody", properties, paragraphs, (), canvas.pen, canvas.links) if paragraphs else ""


def line(shape: Line, canvas: Canvas) -> str:
    (x1, y1), (x2, y2) = shape.start, shape.end
    flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    box = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{canvas.identity(shape)}<p:cNvCxnSpPr/>{canvas.properties}</p:nvCxnSpPr>"
        f"<p:spPr>{placed(box, flip=flip)}{preset('line')}{outline(shape.stroke, canvas.pen)}</p:spPr></p:cxnSp>"
    )


def table(shape: Table, canvas: Canvas) -> str:
    slot = canvas.slots[shape.placeholder] if shape.placeholder else None
    name = f"{slot.label} ({shape.key})" if slot else ""
    properties = f"<p:nvPr>{slot.markup()}</p:nvPr>" if slot else canvas.properties
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{canvas.identity(shape, name)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>{properties}'
        f"</p:nvGraphicFramePr>{placed(shape.box, 'p:xfrm')}<a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f"{table_markup(shape, canvas.pen, canvas.links)}</a:graphicData></a:graphic></p:graphicFrame>"
    )


def group(shape: Group, canvas: Canvas) -> str:
    """Children keep the slide's coordinates: the group's own system is the slide's."""
    inner = corners(shape.box, "a:chOff", "a:chExt")
    head = f"{canvas.identity(shape)}<p:cNvGrpSpPr/>{canvas.properties}"
    children = "".join(markup(child, canvas) for child in shape.shapes)
    return (
        f"<p:grpSp><p:nvGrpSpPr>{head}</p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{corners(shape.box)}{inner}</a:xfrm></p:grpSpPr>{children}</p:grpSp>"
    )
