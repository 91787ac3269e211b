"""What stands on a slide, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from lxml import etree

from deckgen.frozen import frozen
from deckgen.importing.powerpoint.package import Package
from deckgen.namespaces import MC, A, P

Kind = Literal["text", "picture", "frame", "connector", "other"]
KINDS: dict[str, Kind] = {
    f"{P}sp": "text", f"{P}pic": "picture", f"{P}graphicFrame": "frame", f"{P}cxnSp": "connector",
}  # fmt: skip
FURNITURE = ("dt", "ftr", "sldNum", "hdr", "sldImg")
"""Placeholders that repeat on every slide."""
SAME = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "chart": "body", "tbl": "body", "dgm": "body"}
"""Placeholders of slides -> those of the master that they take after (ECMA-376, 19.7.10)."""
MOST_ORDERED = 1000
"""Shapes of one slide; more are taken from top to bottom alone."""
KNOWN = {
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "http://schemas.microsoft.com/office/drawing/2014/main",
}
"""The namespaces that a program must know to take a choice that is read here."""


class Box(NamedTuple):
    """A place on the slide, in EMU."""

    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0

    def beside(self, other: Box) -> bool:
        """Whether both stand at one height, one to the left of the other; they may overlap a little."""
        shared = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        over = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        apart = over <= 0.25 * min(self.width, other.width)
        return apart and shared > 0.5 * min(self.height, other.height)


def around(boxes: list[Box]) -> Box:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    return Box(left, top, right - left, max(box.top + box.height for box in boxes) - top)


@frozen
class Shape:
    kind: Kind
    node: etree._Element
    part: str
    box: Box
    holder: str = ""
    """The type of its placeholder; empty for free shapes."""
    index: str = ""
    groups: tuple[str, ...] = ()
    """The ids of the groups that it is in, the outermost first."""

    @property
    def properties(self) -> etree._Element | None:
        return self.node.find(f"*/{P}cNvPr")

    def named(self, key: str) -> str:
        return "" if self.properties is None else self.properties.get(key, "")


@frozen
class Place:
    """What shapes in a group are moved and stretched by."""

    x: float = 0
    y: float = 0
    sx: float = 1
    sy: float = 1

    def of(self, box: Box) -> Box:
        return Box(self.x + box.left * self.sx, self.y + box.top * self.sy, box.width * self.sx, box.height * self.sy)


class Layouts:
    """The layout and the master that a slide is made from."""

    def __init__(self, package: Package, slide: str) -> None:
        self.layout = package.related(slide, "slideLayout")
        self.master = package.related(self.layout, "slideMaster") if self.layout else ""
        self.trees = [package.tree(part) for part in (self.layout, self.master) if part]

    @property
    def type(self) -> str:
        return self.trees[0].get("type", "") if self.trees else ""

    @property
    def name(self) -> str:
        common = self.trees[0].find(f"{P}cSld") if self.trees else None
        return "" if common is None else common.get("name", "")

    def above(self, holder: str, index: str) -> Iterator[etree._Element]:
        """The placeholders of layout and master that one takes after."""
        for tree in self.trees:
            all_ = [(node, ph) for node in tree.iter(f"{P}sp", f"{P}pic") if (ph := placeholder(node)) is not None]
            by_index = [node for node, ph in all_ if ph.get("idx", "0") == index and index != "0"]
            by_type = [node for node, ph in all_ if ph.get("type", "obj") == holder]
            wider = [node for node, ph in all_ if ph.get("type", "obj") == SAME.get(holder, holder)]
            found = [*by_index, *by_type, *wider] if tree is self.trees[0] else [*by_type, *wider]
            yield from found[:1]


def placeholder(node: etree._Element) -> etree._Element | None:
    return node.find(f"*/{P}nvPr/{P}ph")


def shapes(tree: etree._Element, part: str, layouts: Layouts) -> list[Shape]:
    """The shapes of a slide in reading order; those in groups stand among the others, group by group."""
    root = tree.find(f"{P}cSld/{P}spTree")
    return [] if root is None else in_order(list(walk(root, part, layouts, Place(), ())))


def walk(node: etree._Element, part: str, layouts: Layouts, place: Place, groups: tuple[str, ...]) -> Iterator[Shape]:
    for child in node:
        if child.tag == f"{MC}AlternateContent":
            taken = chosen(child)
            yield from walk(taken, part, layouts, place, groups) if taken is not child else ()
        elif child.tag == f"{P}grpSp":
            properties = child.find(f"*/{P}cNvPr")
            own = "" if properties is None else properties.get("id", "")
            if properties is None or properties.get("hidden") not in ("1", "true"):
                yield from walk(child, part, layouts, inner(child, place), (*groups, own))
        elif child.tag in KINDS or child.tag == f"{P}contentPart":
            found = placeholder(child)
            holder = "" if found is None else found.get("type", "obj")
            index = "" if found is None else found.get("idx", "0")
            box = place.of(own_box(child) or inherited(layouts, holder, index))
            yield Shape(KINDS.get(str(child.tag), "other"), child, part, box, holder, index, groups)


def chosen(node: etree._Element) -> etree._Element:
    """What to read of alternatives (ISO/IEC 29500-3): the first whose needs are known, else the fallback."""
    choices = [
        child
        for child in node.iterfind(f"{MC}Choice")
        if {child.nsmap.get(prefix) for prefix in child.get("Requires", "").split()} <= KNOWN
    ]
    fallback = node.find(f"{MC}Fallback")
    return choices[0] if choices else fallback if fallback is not None else node


def own_box(node: etree._Element) -> Box | None:
    found = node.find(f"{P}spPr/{A}xfrm")
    found = node.find(f"{P}xfrm") if found is None else found
    if found is None or found.find(f"{A}off") is None or found.find(f"{A}ext") is None:
        return None
    return Box(*lengths(found, "off", "x", "y"), *lengths(found, "ext", "cx", "cy"))


def lengths(node: etree._Element, name: str, one: str, other: str) -> tuple[float, float]:
    found = node.find(f"{A}{name}")
    return (0, 0) if found is None else (number(found.get(one)), number(found.get(other)))


def number(text: str | None) -> float:
    try:
        return max(-1e12, min(float(text or 0), 1e12))
    except ValueError:
        return 0


def count(text: str | None, missing: int) -> int:
    """A whole number of few digits; `missing` for all else."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else missing


def inherited(layouts: Layouts, holder: str, index: str) -> Box:
    if not holder:
        return Box()
    return next((box for node in layouts.above(holder, index) if (box := own_box(node))), Box())


def inner(group: etree._Element, place: Place) -> Place:
    """The place of what a group holds, whose coordinates are its own."""
    frame = group.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None:
        return place
    x, y = lengths(frame, "off", "x", "y")
    cx, cy = lengths(frame, "ext", "cx", "cy")
    from_x, from_y = lengths(frame, "chOff", "x", "y")
    from_cx, from_cy = lengths(frame, "chExt", "cx", "cy")
    sx, sy = cx / from_cx if from_cx else 1, cy / from_cy if from_cy else 1
    return Place(
        place.x + (x - from_x * sx) * place.sx, place.y + (y - from_y * sy) * place.sy, place.sx * sx, place.sy * sy
    )


def in_order(found: Sequence[Shape]) -> list[Shape]:
    """From top to bottom, and from left to right among those at one height."""
    left = sorted(found, key=lambda shape: (shape.box.top, shape.box.left))
    ordered: list[Shape] = []
    while left and len(found) <= MOST_ORDERED:
        row = [shape for shape in left if shape is left[0] or shape.box.beside(left[0].box)]
        ordered += sorted(row, key=lambda shape: shape.box.left)
        taken = {id(shape) for shape in row}
        left = [shape for shape in left if id(shape) not in taken]
    return [*ordered, *left]


def type_pt(shape: Shape) -> float:
    """The largest size of type that the runs of a shape set, in points; 0 if they leave it to others."""
    return max((number(node.get("sz")) / 100 for node in shape.node.iter(f"{A}rPr", f"{A}defRPr")), default=0)


def is_text_box(shape: Shape) -> bool:
    """Whether a shape shows its text alone: it is called so, or is a rectangle without ground and line."""
    found, own = shape.node.find(f"*/{P}cNvSpPr"), shape.node.find(f"{P}spPr")
    if found is not None and found.get("txBox") in ("1", "true"):
        return True
    if own is None or (geometry := own.find(f"{A}prstGeom")) is None or geometry.get("prst") != "rect":
        return False
    return not (seen(own, shape.node, "fillRef") or seen(own.find(f"{A}ln"), shape.node, "lnRef"))


def seen(own: etree._Element | None, shape: etree._Element, style: str) -> bool:
    """Whether a ground or line has a colour, of its own or by the shape's style (ECMA-376, 20.1.4.1)."""
    kinds = [] if own is None else [etree.QName(child).localname for child in own if isinstance(child.tag, str)]
    if fill := next((kind for kind in kinds if kind.endswith("Fill")), ""):
        return fill != "noFill"
    found = shape.find(f"{P}style/{A}{style}")
    return found is not None and found.get("idx", "0") != "0"
