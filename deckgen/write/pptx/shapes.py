"""The shapes of a drawing as native PowerPoint shapes."""

from __future__ import annotations

from typing import assert_never

from deckgen.model.drawing import (
    AnyShape,
    AutoShape,
    Chart,
    Connector,
    Equation,
    Freeform,
    Group,
    Line,
    Picture,
    Table,
    TextBox,
)
from deckgen.units import Box
from deckgen.write.pptx.canvas import Canvas
from deckgen.write.pptx.connectors import connector
from deckgen.write.pptx.geometry import corners, fill, freeform, geometry, outline, placed, preset, text_properties
from deckgen.write.pptx.markup import alternative, element
from deckgen.write.pptx.maths import display, holds_maths, ink, without_maths
from deckgen.write.pptx.media import picture
from deckgen.write.pptx.tables import table_markup
from deckgen.write.pptx.text import body_markup, frame_looks

NO_FIT = "<a:noAutofit/>"


def markup(shape: AnyShape, canvas: Canvas) -> str:
    """The shape as an element of `p:spTree`. An empty placeholder stays away: it would ask to be filled in."""
    if holds_maths(shape):
        return alternative(element_of(shape, canvas), element_of(without_maths(shape), canvas))
    return element_of(shape, canvas)


def element_of(shape: AnyShape, canvas: Canvas) -> str:
    match shape:
        case TextBox() if shape.placeholder:
            return placeholder(shape, canvas) if shape.paragraphs else ""
        case TextBox():
            return text_box(shape, canvas)
        case AutoShape():
            return auto_shape(shape, canvas)
        case Freeform():
            return free_form(shape, canvas)
        case Equation():
            drawn = Freeform(key=shape.key, alt=shape.alt, path=shape.path, fill=shape.colour)
            return alternative(equation(shape, canvas), free_form(drawn, canvas))
        case Picture():
            return picture(shape, canvas)
        case Line():
            return line(shape, canvas)
        case Connector():
            return connector(shape, canvas)
        case Table():
            return table(shape, canvas)
        case Chart():
            return chart(shape, canvas)
        case Group():
            return group(shape, canvas)
        case _:
            assert_never(shape)


def placeholder(shape: TextBox, canvas: Canvas) -> str:
    """A layout's placeholder with text: its place and its look are the layout's."""
    slot = canvas.slots[shape.placeholder]
    place = "" if same_place(shape.box, slot.frame.box) else placed(shape.box)
    anchor = "<a:bodyPr/>" if shape.anchor == slot.frame.anchor else text_properties(shape.anchor, "")
    looks = frame_looks(slot.frame, canvas.pen.theme)
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape, f'{slot.label} ({shape.key})')}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{slot.markup()}</p:nvPr></p:nvSpPr>'
        f"{element('p:spPr', '', place)}"
        f"{body_markup('p:txBody', anchor, shape.paragraphs, looks, canvas.pen, canvas.links)}</p:sp>"
    )


def same_place(a: Box, b: Box) -> bool:
    return all(abs(x - y) < 0.01 for x, y in zip(a, b, strict=True))


def text_box(shape: TextBox, canvas: Canvas) -> str:
    properties = text_properties(shape.anchor, NO_FIT)
    return (
        f'<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr txBox="1"/>{canvas.properties}</p:nvSpPr>'
        f"<p:spPr>{placed(shape.box)}{preset('rect')}<a:noFill/></p:spPr>"
        f"{body_markup('p:txBody', properties, shape.paragraphs, (), canvas.pen, canvas.links)}</p:sp>"
    )


def auto_shape(shape: AutoShape, canvas: Canvas) -> str:
    look = fill(shape.fill, canvas.pen, shape.opacity) + outline(shape.stroke, canvas.pen)
    flip = ' flipH="1"' if shape.flipped and shape.geometry in ("chevron", "pentagon") else ""
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr/>{canvas.properties}</p:nvSpPr>"
        f"<p:spPr>{placed(shape.box, flip=flip)}{geometry(shape)}{look}</p:spPr>{inner_text(shape, canvas)}</p:sp>"
    )


def inner_text(shape: AutoShape, canvas: Canvas) -> str:
    if not shape.text:
        return ""
    lid = shape.measure_pt if shape.geometry == "can" else 0
    insets = (shape.inset_left_pt, lid, shape.inset_right_pt, lid / 2)
    properties = text_properties("middle", NO_FIT, insets)
    return body_markup("p:txBody", properties, shape.text, (), canvas.pen, canvas.links)


def free_form(shape: Freeform, canvas: Canvas) -> str:
    look = fill(shape.fill, canvas.pen, shape.opacity) + outline(shape.stroke, canvas.pen)
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr/>{canvas.properties}</p:nvSpPr>"
        f"<p:spPr>{placed(shape.box)}{freeform(shape)}{look}</p:spPr></p:sp>"
    )


def equation(shape: Equation, canvas: Canvas) -> str:
    paragraph = display(shape.latex, ink(canvas.pen, shape.size_pt, shape.colour))
    return (
        f'<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr txBox="1"/>{canvas.properties}</p:nvSpPr>'
        f"<p:spPr>{placed(shape.room)}{preset('rect')}<a:noFill/></p:spPr>"
        f"<p:txBody>{text_properties('middle', NO_FIT)}<a:lstStyle/>{paragraph}</p:txBody></p:sp>"
    )


def line(shape: Line, canvas: Canvas) -> str:
    (x1, y1), (x2, y2) = shape.start, shape.end
    flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    look = placed(shape.box, flip=flip) + preset("line") + outline(shape.stroke, canvas.pen, arrow=shape.arrow)
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{canvas.identity(shape)}<p:cNvCxnSpPr/>{canvas.properties}</p:nvCxnSpPr>"
        f"<p:spPr>{look}</p:spPr></p:cxnSp>"
    )


def table(shape: Table, canvas: Canvas) -> str:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/table"
    return graphic_frame(shape, uri, table_markup(shape, canvas.pen, canvas.links), canvas)


def chart(shape: Chart, canvas: Canvas) -> str:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    relation = canvas.charts.relation(shape, canvas.pen)
    return graphic_frame(shape, uri, f'<c:chart xmlns:c="{uri}" r:id="{relation}"/>', canvas)


def graphic_frame(shape: Table | Chart, uri: str, content: str, canvas: Canvas) -> str:
    """What PowerPoint shows by a language of its own: a table, a chart."""
    slot = canvas.slots[shape.placeholder] if shape.placeholder else None
    name = f"{slot.label} ({shape.key})" if slot else ""
    properties = f"<p:nvPr>{slot.markup()}</p:nvPr>" if slot else canvas.properties
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{canvas.identity(shape, name)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>{properties}'
        f"</p:nvGraphicFramePr>{placed(shape.box, 'p:xfrm')}<a:graphic>"
        f'<a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
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
