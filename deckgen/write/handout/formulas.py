"""Formulas in print: vector pictures in the colour of their text, which say their LaTeX to whom can't see them.

The second half leans on WeasyPrint's box tree and structure elements, which are not public: the version is pinned.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

from markupsafe import Markup

from deckgen.model.path import Segment
from deckgen.typeset.formula import outline

MARK = "\ue000"
"""Begins the alternative text of a formula until the PDF is finished; then it names the structure element."""
UNITS = 1000
"""Units of a picture in an em."""
STEPS = {"move": "M", "line": "L", "curve": "C", "close": "Z"}


def picture(latex: str, display: bool) -> Markup:
    """A formula as an image whose size follows the text around it, its baseline on the line's."""
    drawn = outline(latex, display)
    path = "".join(map(step, drawn.path))
    box = f"0 {-drawn.ascent * UNITS:.0f} {drawn.width * UNITS:.0f} {drawn.height * UNITS:.0f}"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}'><path d='{path}'/></svg>"
    style = f"width:{drawn.width:.3f}em"
    if not display:
        style += f";height:{drawn.height:.3f}em;vertical-align:{-drawn.descent:.3f}em"
    address = "data:image/svg+xml," + quote(svg, safe="/:=' ")
    return Markup('<img class="formula" src="{}" style="{}" alt="{}" />').format(address, style, MARK + latex)


def step(segment: Segment) -> str:
    values = (value for point in segment.points for value in point)
    return STEPS[segment.step] + " ".join(f"{value * UNITS:.0f}" for value in values)


def colour_formulas(boxes: Any) -> None:
    """Give the pictures of formulas the colour of the text that they stand in, before the pages are drawn."""
    from weasyprint.images import SVGImage

    for box in boxes:
        if getattr(box, "replacement", None) is not None and box.element.get("class") == "formula":
            tree = ElementTree.fromstring(unquote(box.element.get("src").partition(",")[2]))
            red, green, blue = (round(channel * 255) for channel in box.style["color"].to("srgb").coordinates)
            tree.set("fill", f"rgb({red},{green},{blue})")
            box.replacement = SVGImage(tree, None, None, None)


def name_formulas(pdf: Any) -> None:
    """Make the structure elements of formulas `Formula` (ISO 32000-1, table 338)."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and item["Alt"].string.startswith(MARK):
            item["S"] = "/Formula"
            item["Alt"].string = item["Alt"].string.removeprefix(MARK)
