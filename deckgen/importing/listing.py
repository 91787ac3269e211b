"""Fenced code, with what Pandoc, Marp and Slidev write after its backticks -> a block `code`."""

from __future__ import annotations

import re

from deckgen.importing.result import Data, Log
from deckgen.importing.tree import attributes
from deckgen.read.document import Element

CLASS = re.compile(r"(^|\s)\.[A-Za-z]")
MARKS = re.compile(r"(\d[\d-]*|all|none|\*|[,|\s])+")
"""Lines to mark, as Slidev writes them: `2-3|5|all`."""
EVERY = ("all", "none", "*", "")
"""Steps that mark no line."""


def listing(element: Element, line: int, log: Log) -> Data | None:
    """The block; None for code without any."""
    info = element.token.info.strip()
    attributed = re.search(r"\{([^}]*)\}", info)
    classes, keys = attributes(attributed[1]) if attributed and CLASS.search(attributed[1]) else (set(), {})
    language = next(iter(sorted(classes - {"numberLines"})), "") or re.split(r"[\s{\[]", info)[0]
    block: Data = {"language": language} if language else {}
    if attributed and MARKS.fullmatch(attributed[1]):
        count = element.token.content.count("\n")
        parts = [part for one in re.split("[,|]", attributed[1]) if (part := one.strip()) not in EVERY]
        marked = [part for part in parts if re.fullmatch(r"\d+(-\d+)?", part) and lines_of(part)[-1] <= count]
        block |= {"highlight": marked} if marked else {}
        if len(marked) < len(parts):
            log.remark(line, f"the mark {{{attributed[1]}}} names more than lines of the code")
        if "|" in attributed[1]:
            log.remark(line, "the lines of code that were to be marked one after the other are marked at once")
    if keys.get("startFrom", "").isdecimal():
        block["first_line"] = int(keys["startFrom"])
    if keys.get("caption"):
        block["caption"] = keys["caption"]
    text = element.token.content.rstrip("\n").expandtabs(4)
    if not text.strip():
        log.remark(line, "empty code is left out")
        return None
    if language in ("mermaid", "plantuml", "dot"):
        log.remark(line, f"the diagram in {language} is kept as code: draw it as `flow` or `picture`")
    if info.startswith("{="):
        log.remark(line, f"what is written for {info.strip('{=}')} alone is kept as code")
    if "magic-move" in info:
        log.remark(line, "the steps of the code stand in one listing: give each a slide")
    return {"code": {**block, "text": text + "\n"}}


def lines_of(part: str) -> list[int]:
    """The first and the last line of `7` or `2-3`."""
    return [int(number) for number in part.split("-")]
