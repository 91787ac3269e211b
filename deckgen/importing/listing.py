"""Fenced code, with what Pandoc, Marp and Slidev write after its backticks -> a block `code`."""

from __future__ import annotations

import re

from deckgen.importing.result import Data, Log
from deckgen.importing.tree import attributes
from deckgen.read.document import Element

CLASS = re.compile(r"(^|\s)\.[A-Za-z]")
MARKS = re.compile(r"(\d[\d-]*|all|none|\*|[,|\s])+")
"""Lines to mark, as Slidev writes them: `2-3|5|all`."""
WORD = re.compile(r"[A-Za-z][\w+-]*")
OPTION = re.compile(r"""([\w-]+)(?:\s*:\s*("[^"]*"|'[^']*'|[^\s,]+))?""")
NUMBERED = ("numberLines", "number-lines", "line-numbers")
"""Classes that number the lines, as all listings here have it."""
EVERY = ("all", "none", "*", "")
"""Steps that mark no line."""


class Info:
    """What stands after the backticks of a fence: `ts [app.ts] {2|3}{startLine:5}`, `{.python #id caption="Words"}`."""

    def __init__(self, written: str) -> None:
        self.written = written
        groups = [] if written.startswith("{=") else re.findall(r"\{([^}]*)\}", written)
        bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", written).split()
        title = re.search(r"(?<=\[)[^\]]+(?=\])", re.sub(r"\{[^}]*\}", "", written))
        self.marks = next((group for group in groups if MARKS.fullmatch(group)), "")
        keys: dict[str, str] = {}
        classes: list[str] = []
        for group in (group for group in groups if group != self.marks):
            found, more = attributes(group) if CLASS.search(group) or "=" in group else (set[str](), options(group))
            classes += sorted(found)
            keys |= more
        only = groups[0] if not bare and groups and WORD.fullmatch(groups[0]) else ""
        self.language = next((name for name in classes if name not in NUMBERED), "") or next(iter(bare), "") or only
        self.marks = self.marks or keys.pop("code-line-numbers", "").strip("\"'")
        self.first_line = keys.pop("startFrom", "") or keys.pop("startLine", "")
        self.caption = keys.pop("caption", "") or keys.pop("lst-cap", "") or (title[0] if title else "")
        known = {self.language, *NUMBERED, "lines", "magic-move"}
        self.others = tuple(dict.fromkeys(word for word in (*bare[1:], *classes, *keys) if word not in known))


def options(group: str) -> dict[str, str]:
    """Slidev's options of a listing, `lines:true, startLine:5`."""
    return {key: value.strip("\"'") for key, value in OPTION.findall(group)}


def listing(element: Element, line: int, log: Log) -> Data | None:
    """The block; None for code without any."""
    info = Info(element.token.info.strip())
    block: Data = {"language": info.language} if info.language else {}
    if info.marks:
        count = element.token.content.count("\n")
        parts = [part for one in re.split("[,|]", info.marks) if (part := one.strip()) not in EVERY]
        marked = [part for part in parts if re.fullmatch(r"\d+(-\d+)?", part) and lines_of(part)[-1] <= count]
        block |= {"highlight": marked} if marked else {}
        if len(marked) < len(parts):
            log.remark(line, f"the mark {{{info.marks}}} names more than lines of the code")
        if "|" in info.marks:
            log.remark(line, "the lines of code that were to be marked one after the other are marked at once")
    if info.first_line.isdecimal():
        block["first_line"] = int(info.first_line)
    if info.caption:
        block["caption"] = info.caption
    if info.others:
        log.remark(line, f"of the code, this is left out: {', '.join(info.others)}")
    language = info.language
    text = element.token.content.rstrip("\n").expandtabs(4)
    if not text.strip():
        log.remark(line, "empty code is left out")
        return None
    if language in ("mermaid", "plantuml", "dot"):
        log.remark(line, f"the diagram in {language} is kept as code: draw it as `flow` or `picture`")
    if info.written.startswith("{="):
        log.remark(line, f"what is written for {info.written.strip('{=}')} alone is kept as code")
    if "magic-move" in info.written:
        log.remark(line, "the steps of the code stand in one listing: give each a slide")
    return {"code": {**block, "text": text + "\n"}}


def lines_of(part: str) -> list[int]:
    """The first and the last line of `7` or `2-3`."""
    return [int(number) for number in part.split("-")]
