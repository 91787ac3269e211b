"""Elements of Markdown -> blocks of the kinds that hold more than text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from deckgen.importing.result import Data, Log
from deckgen.importing.spoken import prose
from deckgen.read.document import Element

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
ALERTS = {"note": "note", "tip": "tip", "important": "key", "warning": "warning", "caution": "warning"}
CALLOUTS = {
    "note": "note", "callout-note": "note", "info": "note", "tip": "tip", "callout-tip": "tip", "important": "key",
    "callout-important": "key", "warning": "warning", "callout-warning": "warning", "caution": "warning",
    "callout-caution": "warning", "danger": "warning",
}  # fmt: skip
"""Classes of divisions, in Pandoc and Quarto."""
TRANSITIONS = {
    "none": "none", "fade": "fade", "fade-out": "fade", "push": "push", "slide": "push", "slide-left": "push",
    "morph": "morph", "view-transition": "morph",
}  # fmt: skip
"""Transitions of Pandoc's formats, Marp and Slidev, and ours."""
STEPS = re.compile(r"\{[\d|,*\s-]*(all)?[\d|,*\s-]*\}\s*\n")
"""What Slidev writes before a formula, to mark its lines one after the other."""


def transition(written: Any) -> str:
    """Our transition for `fade`, `fade 1s` or `fade | slide-right`; empty for one that we have not."""
    return TRANSITIONS.get(next(iter(str(written).split()), ""), "")


def formula(latex: str, line: int, log: Log) -> Data:
    steps = STEPS.match(latex)
    if steps:
        log.remark(line, f"the steps {steps[0].strip()} of the formula are left out")
    return {"equation": {"latex": latex[steps.end() :] if steps else latex}}


def definitions(builder: SlideBuilder, element: Element, line: int) -> Data:
    """Terms and what they mean; what several paragraphs say is one text."""
    items: list[tuple[str, str]] = []
    for child in element.children:
        if child.type == "dt":
            items.append((builder.inline(child, line), ""))
        elif items:
            term, meaning = items[-1]
            items[-1] = (term, " ".join(filter(None, [meaning, *prose(builder, child.children)])))
    return {"definitions": [{term: meaning} for term, meaning in items]}


def table(builder: SlideBuilder, element: Element, line: int) -> Data:
    rows = [[builder.inline(cell, line) for cell in row.children] for part in element.children for row in part.children]
    header, *body = rows
    block: Data = {"header": header} if any(header) else {}
    block["rows"] = body or [header]
    styles = [str(cell.token.attrs.get("style", "")) for cell in element.children[0].children[0].children]
    if any(styles):
        block["align"] = [style.rpartition(":")[2] or "left" for style in styles]
    return {"table": block}


def callout(builder: SlideBuilder, classes: set[str], keys: dict[str, str], element: Element) -> Data | None:
    """The block of a division of such a class; None if it is of another, or holds more than paragraphs."""
    kind = next((CALLOUTS[name] for name in sorted(classes) if name in CALLOUTS), "")
    if not kind or any(child.type != "paragraph" for child in element.children):
        return None
    title = {"title": keys["title"]} if keys.get("title") else {}
    return {"callout": {"kind": kind, **title, "text": " ".join(prose(builder, element.children))}}


def alert(words: str) -> Data | None:
    """The block of a quotation that begins as GitHub's alerts do; None for any other."""
    plain = re.sub(r"\\(.)", r"\1", words)
    found = ALERT.match(plain)
    return {"callout": {"kind": ALERTS[found[1].lower()], "text": plain[found.end() :]}} if found else None
