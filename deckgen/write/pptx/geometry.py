"""Places, outlines and fills of shapes."""

from __future__ import annotations

from deckgen.model.drawing import Arrow, AutoShape, Freeform, Stroke
from deckgen.model.outlines import cylinder
from deckgen.model.path import Segment
from deckgen.units import Box, Point, emu
from deckgen.write.pptx.markup import element
from deckgen.write.pptx.text import Pen


def placed(box: Box, name: str = "a:xfrm", flip: str = "") -> str:
    """The place of a shape, in EMU."""
    return f"<{name}{flip}>{corners(box)}</{name}>"


def corners(box: Box, off: str = "a:off", ext: str = "a:ext") -> str:
    return f'<{off} x="{emu(box.x)}" y="{emu(box.y)}"/><{ext} cx="{emu(box.width)}" cy="{emu(box.height)}"/>'


def preset(geometry: str, **adjust: int) -> str:
    """A shape of PowerPoint's own (ECMA-376 20.1.10.56), its guides `adjust`ed."""
    guides = "".join(f'<a:gd name="{name}" fmla="val {value}"/>' for name, value in adjust.items())
    return f'<a:prstGeom prst="{geometry}">{element("a:avLst", "", guides)}</a:prstGeom>'


def geometry(shape: AutoShape) -> str:
    """The shape's form. Measures are shares of its shorter side, in thousandths of a percent.

    A cylinder is drawn as an outline: programs do not agree on the connection sites of PowerPoint's own.
    """
    if shape.geometry == "can":
        return custom(shape.box, *cylinder(shape.box, shape.measure_pt))
    name = PRESETS[shape.geometry]
    if not shape.measure_pt:
        return preset(name)
    share = round(shape.measure_pt / min(shape.box.width, shape.box.height) * 100_000)
    return preset(name, adj=min(share, MOST_SHARE.get(name, share)))


PRESETS: dict[str, str] = {
    "rect": "rect", "round": "roundRect", "ellipse": "ellipse", "diamond": "diamond", "chevron": "chevron",
    "pentagon": "homePlate",
}  # fmt: skip
MOST_SHARE = {"roundRect": 50_000}
NO_FILL = ' fill="none"'
STEPS = {"move": "a:moveTo", "line": "a:lnTo", "curve": "a:cubicBezTo", "close": "a:close"}


def freeform(shape: Freeform) -> str:
    return custom(shape.box, shape.path)


def custom(box: Box, *paths: tuple[Segment, ...]) -> str:
    """`a:custGeom` in EMU, with a connection site in the middle of each side, as a rectangle has them.

    The first path is filled, further ones are lines in it.
    """
    width, height = max(1, emu(box.width)), max(1, emu(box.height))

    def place(point: Point) -> str:
        return f'<a:pt x="{emu(point.x - box.x)}" y="{emu(point.y - box.y)}"/>'

    def drawn(path: tuple[Segment, ...], filled: bool) -> str:
        steps = "".join(element(STEPS[step], "", "".join(map(place, points))) for step, points in path)
        return f'<a:path w="{width}" h="{height}"{"" if filled else NO_FILL}>{steps}</a:path>'

    sites = "".join(
        f'<a:cxn ang="{angle}"><a:pos x="{x}" y="{y}"/></a:cxn>'
        for angle, x, y in (("3cd4", "hc", "t"), ("cd2", "l", "vc"), ("cd4", "hc", "b"), ("0", "r", "vc"))
    )
    return (
        f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>"
        '<a:rect l="l" t="t" r="r" b="b"/>'
        f"<a:pathLst>{''.join(drawn(path, path is paths[0]) for path in paths)}</a:pathLst></a:custGeom>"
    )


def fill(role: str, pen: Pen, opacity: float = 1) -> str:
    return pen.fill(role, opacity) if role else "<a:noFill/>"


def outline(stroke: Stroke | None, pen: Pen, name: str = "a:ln", arrow: Arrow = "") -> str:
    """A line; without a stroke one that is not drawn, so that no style draws it either."""
    if stroke is None:
        return f"<{name}><a:noFill/></{name}>"
    cap, join = ("rnd", "<a:round/>") if stroke.rounded else ("flat", "")
    ends = "".join(f'<a:{end} type="triangle"/>' for end, where in ENDS.items() if arrow in where)
    dash = f'<a:prstDash val="{"dash" if stroke.dashed else "solid"}"/>'
    return f'<{name} w="{emu(stroke.width_pt)}" cap="{cap}">{pen.fill(stroke.colour)}{dash}{join}{ends}</{name}>'


ENDS: dict[str, tuple[Arrow, ...]] = {"headEnd": ("start", "both"), "tailEnd": ("end", "both")}


def text_properties(anchor: str, fit: str, insets_pt: tuple[float, float, float, float] = (0, 0, 0, 0)) -> str:
    """`a:bodyPr`; `fit` is the DrawingML element that says how text and box adapt. Insets: left, top, right, bottom."""
    sides = "".join(f' {name}Ins="{emu(inset)}"' for name, inset in zip("ltrb", insets_pt, strict=True))
    return f'<a:bodyPr wrap="square"{sides} rtlCol="0" anchor="{ANCHOR[anchor]}">{fit}</a:bodyPr>'


ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
