"""Places, outlines and fills of shapes."""

from __future__ import annotations

from deckgen.model.drawing import Stroke
from deckgen.units import Box, emu
from deckgen.write.pptx.text import Pen


def placed(box: Box, name: str = "a:xfrm", flip: str = "") -> str:
    """The place of a shape, in EMU."""
    return f"<{name}{flip}>{corners(box)}</{name}>"


def corners(box: Box, off: str = "a:off", ext: str = "a:ext") -> str:
    return f'<{off} x="{emu(box.x)}" y="{emu(box.y)}"/><{ext} cx="{emu(box.width)}" cy="{emu(box.height)}"/>'


def preset(geometry: str) -> str:
    return f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>'


def fill(role: str, pen: Pen) -> str:
    return pen.fill(role) if role else "<a:noFill/>"


def outline(stroke: Stroke | None, pen: Pen, name: str = "a:ln") -> str:
    """A line; without a stroke one that is not drawn, so that no style draws it either."""
    if stroke is None:
        return f"<{name}><a:noFill/></{name}>"
    return f'<{name} w="{emu(stroke.width_pt)}" cap="flat">{pen.fill(stroke.colour)}<a:prstDash val="solid"/></{name}>'


def text_properties(anchor: str, fit: str, prefix: str = ' wrap="square"') -> str:
    """`a:bodyPr` without insets; `fit` is the DrawingML element that says how text and box adapt."""
    sides = ' lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'
    return f'<a:bodyPr{prefix}{sides} anchor="{ANCHOR[anchor]}">{fit}</a:bodyPr>'


ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
