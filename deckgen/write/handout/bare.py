"""Leave bare elements out of the structure tree: they say nothing, and WeasyPrint makes one or two for every line.

Without them the tree of a talk has half its elements, the file is smaller, and what reads it is faster.
"""

from __future__ import annotations

from typing import Any

import pydyf

from deckgen.write.handout.fragments import object_at, rename

BARE = ("/Span", "/NonStruct")
"""They stand for text inside others, and for nothing (ISO 32000-1, tables 338 and 333)."""
KEYS = {"Type", "S", "P", "Pg", "K"}
"""An element with any more than these says something, such as a text to read instead."""
HOLD_TEXT = {
    "/P",
    *(f"/H{level}" for level in range(1, 7)),
    "/Lbl",
    "/LBody",
    "/TH",
    "/TD",
    "/Caption",
    "/Link",
    "/Span",
}
"""Elements whose kids may be text itself (ISO 32000-1, 14.8.4.3 and 14.8.4.4); others group elements."""


def unwrap(pdf: Any) -> None:
    """Put what bare elements hold into the elements that hold them. To be done when nobody asks for a box's own."""
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    moved: dict[bytes, bytes] = {}
    for reference in root["K"]:
        unwrap_in(pdf, object_at(pdf, reference), moved)
    rename(object_at(pdf, root["ParentTree"])["Nums"], moved)


def unwrap_in(pdf: Any, element: Any, moved: dict[bytes, bytes]) -> None:
    """Put what bare elements hold, however deep, into this one; note in `moved` whose content moved to whom."""
    kids = pydyf.Array()
    waiting = [(kid, element.get("Pg")) for kid in reversed(element["K"])]
    while waiting:
        kid, page = waiting.pop()
        inner = object_at(pdf, kid) if isinstance(kid, bytes) else None
        if inner is None or inner.get("Type") != "/StructElem":
            away = isinstance(kid, int) and page != element.get("Pg")
            kids.append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid}) if away else kid)
        elif says_nothing(inner, element):
            waiting += [(kid, inner["Pg"]) for kid in reversed(inner["K"])]
            moved[kid] = element.reference
            inner.clear()
        else:
            inner["P"] = element.reference
            kids.append(kid)
            unwrap_in(pdf, inner, moved)
    element["K"] = kids


def says_nothing(inner: Any, outer: Any) -> bool:
    """Whether an element may be left out of the one that holds it; a link in a link is a box of the same one."""
    bare = inner["S"] == outer["S"] == "/Link" or (outer["S"] in HOLD_TEXT and inner["S"] in BARE)
    return bare and inner.keys() <= KEYS
