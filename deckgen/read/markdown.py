"""Block Markdown -> blocks. What the model has no block for is an error with its place, never left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from markdown_it.token import Token

from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.code import Code
from deckgen.blocks.heading import Heading
from deckgen.blocks.numbered import Numbered
from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.quote import Quote
from deckgen.blocks.table import Table
from deckgen.diagnostics import Span
from deckgen.model.block import Block
from deckgen.model.text import Run, Text
from deckgen.read.inline import BLANK, INLINE_SIGN, SPACE, Notes, parse, read_inline, read_tokens
from deckgen.read.reader import Places, Reader
from deckgen.read.yaml import Scalar

BLOCK_SIGN = re.compile(r"^[ \t]*(?:[-+#>|=:]|\d+[.)]|```|~~~)|^ {4}|^ *\t|\[\^", re.MULTILINE)
"""Text without any of these is paragraphs, and has no footnotes by label."""
PARAGRAPH = re.compile(r"[^ \t\n].*(?:\n[ \t]*[^ \t\n].*)*")
DEEPEST_HEADING = 2
SOURCE_MARK = re.compile("(?:—|–|--) *")
"""A quotation's last paragraph that begins with this names its source."""
NAMES = {
    "hr": "a rule across the page",
    "heading": "a heading",
    "blockquote": "a quotation",
    "table": "a table",
    "fence": "code",
    "code_block": "code (text indented by four spaces)",
    "bullet_list": "a list",
    "ordered_list": "a numbered list",
    "footnote_reference": "a footnote",
    "paragraph": "a paragraph",
}


class Element(NamedTuple):
    """A block token with what stands inside of it."""

    type: str
    token: Token
    children: list[Element]

    @property
    def line(self) -> int:
        """The line of the Markdown text that it begins in, from 0."""
        return self.token.map[0] if self.token.map else self.children[0].line if self.children else 0


def elements(tokens: Sequence[Token]) -> list[Element]:
    """Tokens as a tree."""
    found: list[Element] = []
    stack = [found]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        element = Element(token.type.removesuffix("_open"), token, [])
        stack[-1].append(element)
        if token.nesting > 0:
            stack.append(element.children)
    return found


class Markdown:
    """A Markdown text of the source, its tokens as a tree, and its footnotes."""

    def __init__(self, reader: Reader, scalar: Scalar, footnotes: bool) -> None:
        self.reader = reader
        self.lines = scalar.value.split("\n")
        self.places = Places(reader.source, scalar)
        self.top = elements(parse(reader, scalar.value, self.places.at(0, 0)))
        self.used: set[str] = set()
        self.definitions: dict[str, Element] = {}
        self.notes: Notes | None = None
        if footnotes:
            self.collect_footnotes()

    def collect_footnotes(self) -> None:
        for element in self.top:
            if element.type == "footnote_reference":
                label = element.token.meta["label"]
                if label in self.definitions:
                    self.error(element, f"the footnote {label!r} stands here twice")
                self.definitions.setdefault(label, element)
        self.top = [element for element in self.top if element.type != "footnote_reference"]
        self.notes = {label: self.note_reader(label) for label in self.definitions}

    def note_reader(self, label: str) -> Callable[[], Text]:
        def read() -> Text:
            element = self.definitions[label]
            if label in self.used:
                self.error(element, f"two places refer to the footnote {label!r}", "write it once for each place")
                return ()
            self.used.add(label)
            return self.only_paragraph(element, "a footnote is one paragraph")

        return read

    def check_footnotes(self) -> None:
        """Every footnote must have been referred to by now: one that is not would be lost."""
        for label in self.definitions.keys() - self.used:
            self.error(self.definitions[label], f"no text refers to the footnote {label!r}", f"write [^{label}] in it")

    def only_paragraph(self, element: Element, rule: str) -> Text:
        if len(element.children) != 1 or element.children[0].type != "paragraph":
            self.error(element, rule)
            return ()
        notes, self.notes = self.notes, None
        text = self.text(element.children[0])
        self.notes = notes
        return text

    def text(self, element: Element) -> Text:
        """The inline text of a paragraph, heading or cell."""
        inline = next((child.token for child in element.children if child.type == "inline"), None)
        if inline is None:
            return ()
        first = inline.map[0] if inline.map else element.line
        written = inline.content.split("\n")

        def place(line: int, column: int) -> Span:
            row = self.lines[first + line] if first + line < len(self.lines) else ""
            indent = max(0, row.find(written[line])) if line < len(written) else 0
            return self.places.at(first + line, indent + column)

        return read_tokens(self.reader, inline.content, inline.children or [], place, self.notes)

    def span(self, element: Element) -> Span:
        line = self.lines[element.line] if element.line < len(self.lines) else ""
        return self.places.at(element.line, len(line) - len(line.lstrip()))

    def error(self, element: Element, message: str, hint: str = "") -> None:
        self.reader.error(self.span(element), message, hint)

    def unsupported(self, element: Element, where: str, hint: str = "") -> None:
        self.error(element, f"{NAMES.get(element.type, element.type)} can't stand {where}", hint)


def only_paragraphs(reader: Reader, scalar: Scalar, footnotes: bool) -> list[tuple[Text, Span]] | None:
    """The paragraphs of a text that has nothing else, and their places; None if it may have more.

    Needs no block parser.
    """
    if BLOCK_SIGN.search(scalar.value):
        return None
    places = Places(reader.source, scalar)
    return [paragraph(reader, scalar.value, found, places, footnotes) for found in PARAGRAPH.finditer(scalar.value)]


def paragraph(reader: Reader, text: str, found: re.Match[str], places: Places, footnotes: bool) -> tuple[Text, Span]:
    start = found.start()
    first, indent = text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1
    where = places.at(first, indent)
    if not INLINE_SIGN.search(found[0]):
        words = SPACE.sub(" ", found[0]).rstrip(" ")
        return (Run(words, span=where),) if not BLANK.fullmatch(words) else (), where
    lines = found[0].split("\n")
    indents = [indent, *(len(line) - len(line.lstrip(" \t")) for line in lines[1:])]

    def place(line: int, column: int) -> Span:
        return places.at(first + line, indents[line] + column)

    content = "\n".join([lines[0], *(line.lstrip(" \t") for line in lines[1:])]).rstrip(" \t")
    return read_inline(reader, content, place, {} if footnotes else None), where


def read_blocks(reader: Reader, scalar: Scalar, footnotes: bool) -> tuple[Block, ...]:
    """A Markdown text as blocks; `footnotes` tells whether it may have any."""
    texts = only_paragraphs(reader, scalar, footnotes)
    if texts is not None:
        return tuple(Paragraph(text=text, span=span) for text, span in texts if text)
    document = Markdown(reader, scalar, footnotes)
    blocks = [read_block(document, element) for element in document.top]
    document.check_footnotes()
    return tuple(block for block in blocks if block is not None)


def read_block(document: Markdown, element: Element) -> Block | None:
    span = document.span(element)
    match element.type:
        case "paragraph":
            text = document.text(element)
            return Paragraph(text=text, span=span) if text else None
        case "heading":
            return read_heading(document, element)
        case "bullet_list":
            return Bullets(items=read_items(document, element), span=span)
        case "ordered_list":
            check_numbers(document, element)
            return Numbered(items=read_items(document, element), span=span)
        case "fence" | "code_block":
            return read_code(document, element)
        case "blockquote":
            return read_quote(document, element)
        case "table":
            return read_table(document, element)
        case _:
            document.unsupported(element, "here")
            return None


def read_heading(document: Markdown, element: Element) -> Block | None:
    level = int(element.token.tag[1:])
    text = document.text(element)
    if level > DEEPEST_HEADING:
        document.error(element, f"headings have {DEEPEST_HEADING} levels here, # and ##")
        return None
    if not text:
        document.error(element, "this heading is empty", r"write \# for the sign itself")
        return None
    return Heading(text=text, level=level, span=document.span(element))


def check_numbers(document: Markdown, element: Element) -> None:
    if element.token.attrs.get("start", 1) != 1:
        document.error(element, "a numbered list begins with 1.", r"write '2\.' where the number is part of the text")


def read_items(document: Markdown, element: Element) -> tuple[Item, ...]:
    items = []
    for entry in element.children:
        text, *rest = entry.children or [Element("", entry.token, [])]
        if text.type != "paragraph":
            document.error(entry, "an item of a list begins with its text")
            continue
        below: tuple[Text, ...] = ()
        for child in rest:
            if child.type == "bullet_list":
                below += tuple(sub_item(document, item) for item in child.children)
            else:
                hint = "an item holds one paragraph, and under it a list that begins with '-'"
                document.unsupported(child, "in an item of a list", hint)
        if words := document.text(text):
            items.append(Item(text=words, items=tuple(item for item in below if item)))
    return tuple(items)


def sub_item(document: Markdown, entry: Element) -> Text:
    text, *rest = entry.children or [Element("", entry.token, [])]
    if text.type != "paragraph":
        document.error(entry, "an item of a list begins with its text")
        return ()
    for child in rest:
        document.unsupported(child, "in an item of the second level", "lists have two levels")
    return document.text(text)


def read_code(document: Markdown, element: Element) -> Block | None:
    language, *more = element.token.info.split() or ["text"]
    if more:
        document.error(element, f"only a language can stand after the backticks, found {' '.join(more)!r}")
    text = element.token.content.rstrip("\n").expandtabs(4)
    if not text.strip():
        document.error(element, "there is no code here")
        return None
    return Code(text=text, language=language, span=document.span(element))


def read_quote(document: Markdown, element: Element) -> Block | None:
    for child in element.children:
        if child.type != "paragraph":
            document.unsupported(child, "in a quotation")
            return None
    texts = [document.text(child) for child in element.children]
    source: Text = ()
    if len(texts) == 2 and texts[1] and (found := SOURCE_MARK.match(texts[1][0].text)):
        first = texts[1][0]
        source = (replace(first, text=first.text[found.end() :]), *texts[1][1:])
    elif len(texts) != 1:
        document.error(element, "a quotation is one paragraph", "under it may stand its source: '— ' and the name")
        return None
    return Quote(text=texts[0], source=source, span=document.span(element)) if texts[0] else None


def read_table(document: Markdown, element: Element) -> Block | None:
    rows = [row for part in element.children for row in part.children]
    width = len(rows[0].children)
    for row in rows:
        written = document.lines[row.line].strip().removeprefix("|")
        count = len(re.findall(r"(?<!\\)\|", re.sub(r"(?<!\\)\|$", "", written))) + 1
        if count > width:
            document.error(row, f"this row has {count} cells, and the table {width} columns")
    header, *body = [tuple(document.text(cell) for cell in row.children) for row in rows]
    if not body:
        document.error(element, "the table has no rows under its header")
        return None
    return Table(rows=tuple(body), header=header, span=document.span(element))
