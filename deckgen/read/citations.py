"""Citations in text: `[@key]`, `[@key, p. 12]`, `[@one; @other]`."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_inline import StateInline

KEY = r"[A-Za-z0-9_][A-Za-z0-9_:.#$%&+?<>~/-]*"
CITATION = re.compile(rf"\[(@{KEY}[^\]\[\n]*)\]")
ITEM = re.compile(rf"@({KEY}?)[.:]?\s*(?:,\s*(.+))?")
LOCATOR = re.compile(r"(?:([^\W\d]+|§)\.?\s*)?(\d.*|[ivxlc]+)")
LABELS = {
    "p": "page", "pp": "page", "page": "page", "pages": "page", "": "page", "ch": "chapter", "chap": "chapter",
    "chapter": "chapter", "sec": "section", "section": "section", "§": "section", "fig": "figure",
    "figure": "figure", "vol": "volume", "volume": "volume", "no": "issue", "l": "line", "line": "line",
    "n": "note", "note": "note", "part": "part", "para": "paragraph", "v": "verse",
}  # fmt: skip
"""What may stand before a number, as the citation styles call it (CSL 1.0.2, locators)."""


class Cited(NamedTuple):
    """A work that a citation names, and the place in it."""

    key: str
    label: str = ""
    place: str = ""
    """As written, such as `12-14`; empty for the whole work."""


def citation_rule(state: StateInline, silent: bool) -> bool:
    """A rule for the parser of inline Markdown: a citation becomes a token of its own."""
    found = CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content, token.markup = found[1], found[0]
    state.pos = found.end()
    return True


def cited(written: str) -> tuple[Cited, ...] | str:
    """The works that `@key, p. 12; @other` names, or what of it means nothing."""
    found = []
    for part in written.split(";"):
        match = ITEM.fullmatch(part.strip())
        place = LOCATOR.fullmatch(match[2].strip()) if match and match[2] else None
        if not match or (match[2] and not (place and (place[1] or "").lower() in LABELS)):
            return part.strip()
        found.append(Cited(match[1], LABELS[(place[1] or "").lower()], place[2]) if place else Cited(match[1]))
    return tuple(found)
