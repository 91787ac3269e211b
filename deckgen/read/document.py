"""A Markdown text of the source: its tokens as a tree, its footnotes, and the places of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from deckgen.diagnostics import Span
from deckgen.model.text import Text
from deckgen.read.inline import Notes, read_tokens
from deckgen.read.parser import parse
from deckgen.read.reader import Places, Reader
from deckgen.read.yaml import Scalar

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
    "math_block": "an equation",
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
                    self.error(element, f"the footnote {label!r} stands here twice", "give one of them another name")
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
            self.error(element, rule, "leave out lists, tables and empty lines in it")
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
