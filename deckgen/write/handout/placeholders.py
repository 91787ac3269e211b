"""The pictures of the handout's HTML: those that keep a place for a drawing, and the QR code of the cover."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from deckgen.blocks.closing import talk_address
from deckgen.model.deck import Deck
from deckgen.model.drawing import Group, bounds
from deckgen.model.show import Show
from deckgen.model.words import words
from deckgen.typeset import qr
from deckgen.typeset.slides import FIGURE_WIDTH_PT
from deckgen.units import PT_PER_MM, Size
from deckgen.write.handout.plan import Item

SIGNATURE_SCALE = 0.68
"""The talk's mark on the cover, beside its size on the title slide."""
SIGNATURE_KEY = "title/signature"


def blank(size: Size) -> str:
    """The address of an empty picture of a size in points: it keeps a place for a drawing."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='{size.width:.2f}pt' height='{size.height:.2f}pt'/>"
    return "data:image/svg+xml," + quote(svg, safe="/:='")


def figure(item: Item, show: Show) -> dict[str, Any]:
    """The place that a figure keeps: an empty picture, and its width as a share of the measure."""
    box = bounds(show.figures[item.key].shapes)
    return {"src": blank(Size(box.width, box.height)), "width": round(min(100, 100 * box.width / FIGURE_WIDTH_PT), 2)}


def signature_of(show: Show) -> Group | None:
    """The talk's mark, as the title slide has it."""
    shapes = [shape for page in show.pages[:1] for shape in page.drawing.shapes]
    return next((shape for shape in shapes if isinstance(shape, Group) and shape.key == SIGNATURE_KEY), None)


def signature_size(show: Show) -> Size | None:
    """The size of the talk's mark on the cover, in millimetres."""
    mark, scale = signature_of(show), SIGNATURE_SCALE / PT_PER_MM
    return Size(round(mark.box.width * scale, 3), round(mark.box.height * scale, 3)) if mark else None


def code_of(deck: Deck) -> dict[str, str] | None:
    """The QR code of the cover: its picture's address and its alternative text."""
    address = talk_address(deck)
    if not address:
        return None
    return {"src": "data:image/svg+xml," + quote(qr.svg(address)), "alt": qr.described(address, words(deck.language))}
