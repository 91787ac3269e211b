"""What decks that deckgen made tell by the names of their slides and shapes."""

from __future__ import annotations

import re

from lxml import etree

from deckgen.importing.result import Data
from deckgen.namespaces import P
from deckgen.write.pptx.traces import NAME

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SIDES = ("left", "right")


def slide_name(tree: etree._Element) -> str:
    """The id by which the source knows a slide; empty for slides of other programs."""
    common = tree.find(f"{P}cSld")
    name = "" if common is None else common.get("name", "")
    names = [node.get("name", "") for node in tree.iter(f"{P}cNvPr")]
    found = (NAME.fullmatch(one) for one in names)
    own = "!!title" in names or any(one and one["slide"] == name for one in found)
    return name if name and own else ""


def number_of(part_role: str) -> str:
    """The block that a shape belongs to, by its number on the slide."""
    first = part_role.partition("/")[0]
    return first if first.isdigit() else ""


def said(text: str) -> str:
    """A caption without the number that print gives it."""
    return re.sub(r"^\w+\xa0\d+( · )?", "", text)


def comparison(roles: dict[str, list[Data]]) -> Data | None:
    """The block of a slide whose two sides have shapes of their own."""
    sides: Data = {}
    for side in SIDES:
        title, rows = texts(roles.get(f"{side}_title", [])), roles.get(f"1/{side}/table", [])
        items = [row[0] for block in rows for row in block.get("table", {}).get("rows", []) if isinstance(row[0], str)]
        best = texts(roles.get(f"{side}_best", []))
        if len(title) == 1 and items:
            sides[side] = {"title": title[0], "items": items, **({"best_for": best[-1]} if best else {})}
    return {"comparison": sides} if len(sides) == len(SIDES) else None


def closing(roles: dict[str, list[Data]]) -> Data | None:
    """The block of the last slide; None if there is more on it."""
    if not {*roles} <= {"message", "contact", "link"}:
        return None
    message = " ".join(texts(roles.get("message", [])))
    lists = {key: texts(roles.get(key, [])) for key in ("contact", "link")}
    return {
        "closing": {
            **({"message": message} if message else {}),
            **{key: lines for key, lines in lists.items() if lines},
        }
    }


def texts(found: list[Data]) -> list[str]:
    return [block["paragraph"] for block in found if "paragraph" in block]


def serving(layout: str, title: str, found: list[Data]) -> Data | None:
    """The block of a slide whose title is a quotation or a statement."""
    lines = texts(found)
    if layout == "Quote" and title and len(lines) == len(found) <= 2:
        return {"quote": {"text": title, **dict(zip(("source", "detail"), lines, strict=False))}}
    if layout == "Statement" and title and len(lines) == len(found) <= 1:
        return {"statement": {"text": title, **({"support": lines[0]} if lines else {})}}
    return None
