"""SVG drawings made safe: one file that refers to nothing outside, runs nothing, and takes bounded time to draw.

What runs or moves is taken out. What would leave the picture incomplete (another file, a text without its font, HTML)
is an error: a picture that lacks a part must not pass for whole.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from deckgen.model.asset import Image
from deckgen.typeset.raster import Unusable, read_pixels

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
MOST_ELEMENTS = 20_000
"""Elements that are drawn, each as often as it is used."""
MOST_DEPTH = 100
MOST_FILTERS = 100
SAFE_FILTERS = frozenset(
    ("feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA", "feFuncB",
     "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset")
)  # fmt: skip
MOVING = frozenset(
    ("animate", "animateColor", "animateMotion", "animateTransform", "handler", "listener", "metadata", "script", "set")
)
"""Elements that are taken out: what runs, what moves, and what nobody sees."""
LENGTH = re.compile(r"\s*([+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?)\s*(px|pt|pc|mm|cm|in|)\s*")
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
OUTWARD = re.compile(r"url\(\s*['\"]?\s*(?!#)[^)]|@import|expression\(", re.IGNORECASE)
INLINE_PIXELS = re.compile(r"data:image/(?:png|jpe?g);base64,(.+)", re.DOTALL)
OUTLINES = "turn its text into paths before you save it (Inkscape: Path > Object to Path; Figma and others do so)"


def read_svg(data: bytes, name: str) -> Image:
    """The drawing without what runs or moves. Raises `Unusable` for one that can't be drawn safely and whole."""
    try:
        text = data.decode("utf-8-sig")
        root = parsed(text, name)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        raise Unusable(f"{name} is no SVG that can be read", "save it as plain SVG, in UTF-8") from None
    if root.tag != f"{SVG}svg":
        raise Unusable(f"{name} is no SVG picture")
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in [element for element in root.iter() if local(element) in MOVING and element in parents]:
        parents[element].remove(element)
    ids = {element.get("id", ""): element for element in root.iter()}
    for element in root.iter():
        make_safe(element, name)
    filters = sum(1 for element in root.iter() if local(element).startswith("fe"))
    if drawn(root, ids, {}, name) > MOST_ELEMENTS or filters > MOST_FILTERS:
        raise Unusable(f"the drawing {name} is too complex", "simplify it, or save it as PNG")
    width, height = size(root, name)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", XLINK[1:].partition("}")[0])
    safe = ElementTree.tostring(root, encoding="unicode").encode()
    return Image(hashlib.sha256(data).hexdigest(), "svg", max(1, round(width)), max(1, round(height)), safe, name)


def parsed(text: str, name: str) -> Element:
    if "<!ENTITY" in text:
        raise Unusable(f"{name} defines entities of its own", "save it as plain SVG")
    depth = 0
    parser = ElementTree.iterparse(io.StringIO(text), events=("start", "end"))
    for event, _ in parser:
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise Unusable(f"the drawing {name} nests deeper than {MOST_DEPTH} levels", "simplify it")
    root: Element = parser.root  # type: ignore[attr-defined]
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def make_safe(element: Element, name: str) -> None:
    """Take out what an element would run or open. Raises `Unusable` for what the picture would lack."""
    kind = local(element)
    if kind == "foreignObject":
        raise Unusable(f"{name} holds HTML, which is no part of a drawing", "save it as plain SVG, or as PNG")
    if kind == "text" and "".join(element.itertext()).strip():
        raise Unusable(f"{name} holds text, and its font may be missing elsewhere", OUTLINES)
    if kind.startswith("fe") and kind not in SAFE_FILTERS:
        raise Unusable(f"{name} uses the filter {kind}, which is not supported", "save it as PNG")
    for key, value in list(element.attrib.items()):
        word = key.rpartition("}")[2]
        if word.lower().startswith("on") or (word == "href" and kind == "a"):
            del element.attrib[key]
        elif word == "href" and not value.startswith("#"):
            check_inline(value, name)
        elif OUTWARD.search(value):
            raise outward(name)
    if kind == "style" and OUTWARD.search(element.text or ""):
        raise outward(name)


def outward(name: str) -> Unusable:
    return Unusable(f"{name} refers to another file", "put what it refers to into the drawing itself")


def check_inline(address: str, name: str) -> None:
    """A picture inside of a drawing must be one that could stand alone."""
    match = INLINE_PIXELS.fullmatch(address.strip())
    if not match:
        raise outward(name)
    try:
        read_pixels(base64.b64decode(match[1]), f"inside of {name}")
    except binascii.Error:
        raise Unusable(f"a picture inside of {name} is damaged") from None


def drawn(element: Element, ids: dict[str, Element], known: dict[Element, int], name: str) -> int:
    """How many elements are drawn for one, those that it uses counted each time."""
    if element not in known:
        known[element] = MOST_ELEMENTS + 1  # A drawing that uses itself has no end.
        parts = [*element, *used(element, ids)]
        known[element] = min(MOST_ELEMENTS + 1, 1 + sum(drawn(part, ids, known, name) for part in parts))
    return known[element]


def used(element: Element, ids: dict[str, Element]) -> Iterator[Element]:
    target = element.get("href") or element.get(XLINK) or ""
    if local(element) == "use" and target[1:] in ids:
        yield ids[target[1:]]


def size(root: Element, name: str) -> tuple[float, float]:
    """Width and height in CSS pixels: as they are given, else as the view box has them."""
    box = [float(n) for n in re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?", root.get("viewBox", ""))]
    given = [pixels(root.get("width", "")), pixels(root.get("height", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[2] / box[3]
        width = given[0] or (given[1] * ratio if given[1] else box[2])
        found = width, given[1] or width / ratio
    else:
        found = given[0], given[1]
    if min(found) <= 0 or max(found) > 100_000 or max(found) > 200 * min(found):
        raise Unusable(f"the drawing {name} has no usable size", "give its <svg> a viewBox, or width and height")
    return found


def pixels(length: str) -> float:
    """A length in pixels; 0 for one that is relative or missing."""
    match = LENGTH.fullmatch(length)
    return float(match[1]) * PIXELS[match[2]] if match else 0.0
