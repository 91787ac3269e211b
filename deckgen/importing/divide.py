"""A Markdown talk -> its slides, by the rules of the program that it was written for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Literal, NamedTuple

from deckgen.frozen import frozen
from deckgen.importing.result import Data
from deckgen.importing.tree import tree
from deckgen.importing.write import plain_yaml
from deckgen.read.document import Element

Dialect = Literal["pandoc", "marp", "slidev", "plain"]
DIALECTS: tuple[Dialect, ...] = ("pandoc", "marp", "slidev", "plain")
RULE = re.compile(r"---+\s*")
CODE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TITLE_BLOCK = ("title", "author", "date")
MARP = re.compile(r"<!--\s*[_$]?(class|paginate|background(Color|Image)|headingDivider|header|footer|theme)\s*:")
SLIDEV_KEYS = {"highlighter", "lineNumbers", "drawings", "mdc", "layout", "routerMode", "colorSchema", "canvasWidth"}
SLIDEV_TEXT = re.compile(r"<v-click|^::(right|left|default)::$|^---\n(layout|class|transition|clicks): ", re.MULTILINE)


@frozen
class Raw:
    """A slide as it is written."""

    line: int
    """Its first line in the file, from 1."""
    elements: tuple[Element, ...]
    first: int = 1
    """The line in the file that the elements count from, from 1."""
    front: Data = field(default_factory=dict)
    """Slidev's settings of one slide."""
    section: bool = False
    """It is the head of a section, in Pandoc's sense."""


class Document(NamedTuple):
    front: Data
    text: str
    first: int
    """The line of the file that the text begins in, from 1."""


def document(text: str) -> Document:
    """A file without its front matter, YAML between lines of `---` at its start."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    if lines and RULE.fullmatch(lines[0]):
        end = next((i for i, line in enumerate(lines[1:], start=1) if re.fullmatch(r"(---|\.\.\.)\s*", line)), 0)
        front = plain_yaml("\n".join(lines[1:end])) if end else None
        if isinstance(front, dict):
            return Document(front, "\n".join(lines[end + 1 :]), end + 2)
    return title_block(lines)


def title_block(lines: list[str]) -> Document:
    """A file without the lines `% title`, `% authors`, `% date` that Pandoc reads at its start."""
    values: list[str] = []
    at = 0
    while at < len(lines) and len(values) <= len(TITLE_BLOCK) and re.match(r"%( |$)", lines[at]):
        parts = [lines[at][1:].strip()]
        at += 1
        while at < len(lines) and re.match(r"[ \t]+\S", lines[at]):
            parts.append(lines[at].strip())
            at += 1
        values.append(", ".join(parts) if len(values) == 1 else " ".join(parts))
    front = {key: value.replace("; ", ", ") for key, value in zip(TITLE_BLOCK, values, strict=False) if value}
    return Document(front, "\n".join(lines[at:]), at + 1)


def dialect_of(found: Document) -> Dialect:
    """The program that a file was probably written for."""
    if "marp" in found.front or MARP.search(found.text):
        return "marp"
    if SLIDEV_KEYS & found.front.keys() or SLIDEV_TEXT.search(found.text):
        return "slidev"
    if re.search(r"^:{3,}", found.text, re.MULTILINE) or re.search(r"^\. \. \.$", found.text, re.MULTILINE):
        return "pandoc"
    return "plain"


def divided(found: Document, dialect: Dialect) -> Iterator[Raw]:
    """The slides in order."""
    if dialect == "slidev":
        yield from by_lines(found)
        return
    elements = tree(found.text)
    if dialect == "marp":
        divider = found.front.get("headingDivider", 0)
        levels = divider if isinstance(divider, list) else range(1, int(divider or 0) + 1)
        yield from by_marks(elements, found.first, {f"h{level}" for level in levels})
    elif any(element.type == "hr" for element in elements) and not headed(elements):
        yield from by_marks(elements, found.first, set())
    else:
        yield from by_headings(elements, found.first)


def by_marks(elements: Sequence[Element], first: int, tags: set[str]) -> Iterator[Raw]:
    """Slides between rules, and before headings with one of these tags."""
    own: list[Element] = []
    for element in elements:
        if element.type == "hr" or (element.type == "heading" and element.token.tag in tags and own):
            yield raw(own, first)
            own = []
        if element.type != "hr":
            own.append(element)
    yield raw(own, first)


def headed(elements: Sequence[Element]) -> bool:
    """Whether headings divide the slides: several stand between two rules."""
    slides = list(by_marks(elements, 1, set()))
    level = slide_level(elements)
    return any(sum(e.type == "heading" and e.token.tag <= level for e in slide.elements) > 1 for slide in slides)


def by_headings(elements: Sequence[Element], first: int) -> Iterator[Raw]:
    """Slides as Pandoc finds them: at rules, and at headings of the level with content; those above it are sections."""
    level, own, head = slide_level(elements), list[Element](), False
    for element in elements:
        tag = element.token.tag if element.type == "heading" else ""
        if element.type == "hr" or (tag and tag <= level):
            if own:
                yield raw(own, first, head)
            own, head = [], bool(tag) and tag < level
        if element.type != "hr":
            own.append(element)
    if own:
        yield raw(own, first, head)


def slide_level(elements: Sequence[Element]) -> str:
    """The highest level of heading that has content right under it: `h1` is the highest."""
    found = [
        one.token.tag
        for one, other in zip(elements, [*elements[1:], None], strict=True)
        if one.type == "heading" and other is not None and other.type not in ("heading", "hr")
    ]
    return min(found, default="h1")


def raw(elements: Sequence[Element], first: int, section: bool = False) -> Raw:
    return Raw(first + (elements[0].line if elements else 0), tuple(elements), first, section=section)


def by_lines(found: Document) -> Iterator[Raw]:
    """Slidev's slides: between lines of `---`, each with settings of its own between two of them."""
    lines = found.text.split("\n")
    start, front, fence = 0, dict(found.front), ""
    i = 0
    while i <= len(lines):
        ends = i == len(lines)
        if not ends and (mark := CODE_FENCE.match(lines[i])):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if ends or (not fence and RULE.fullmatch(lines[i])):
            yield whole(lines, start, i, found.first, front)
            front, start = settings(lines, i + 1)
            i = start
        else:
            i += 1


def whole(lines: Sequence[str], start: int, end: int, first: int, front: Data) -> Raw:
    blank = next((i for i in range(start, end) if lines[i].strip()), start)
    return Raw(first + blank, tuple(tree("\n".join(lines[start:end]))), first + start, front)


def settings(lines: Sequence[str], start: int) -> tuple[Data, int]:
    """The settings that begin at a line, and the line after them; none if that is no YAML. They may be a fence of YAML
    that the slide begins with."""
    blank = next((i for i in range(start, len(lines)) if lines[i].strip()), start)
    if blank < len(lines) and re.fullmatch(r"```ya?ml\s*", lines[blank]):
        end = next((i for i in range(blank, len(lines)) if lines[i].rstrip() == "```"), blank)
        front = plain_yaml("\n".join(lines[blank + 1 : end]))
        return (front, end + 1) if isinstance(front, dict) and front else ({}, start)
    for end in range(start, min(len(lines), start + 60)):
        if RULE.fullmatch(lines[end]) and end > start:
            front = plain_yaml("\n".join(lines[start:end]))
            return (front, end + 1) if isinstance(front, dict) and front else ({}, start)
        if end == start and not re.match(r"\w+:", lines[start]):
            break
    return {}, start
