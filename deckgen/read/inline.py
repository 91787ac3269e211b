"""Inline Markdown -> runs: CommonMark with sub- and superscript and footnotes; HTML is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from deckgen.diagnostics import Span
from deckgen.model.text import Run, Text
from deckgen.read.reader import Places, Reader
from deckgen.read.yaml import Scalar

MARKUP = re.compile(r"[\\`*_\[\]<>&!~^\n]")
"""Text without any of these is one plain run."""
SPACE = re.compile("[ \t\n\x85\u2028\u2029]+")
"""What counts as one space; a no-break space is none of it."""
LINK_TARGET = re.compile(r"(?:https?://|mailto:)[^\s]+|#[a-z0-9][a-z0-9-]*", re.IGNORECASE)
BLOCK = re.compile(r"^ {0,3}(?:```|~~~|#{2,6} )|\n[ \t]*\n", re.MULTILINE)
"""Block Markdown that no text means by itself."""
BLOCK_IN_LINES = re.compile(r"^ {0,3}(?:[-+*>] |#{1,6} |\d{1,9}[.)] |=+ *$|-+ *$|\|.*\| *$)", re.MULTILINE)
"""Block Markdown where there are several lines; in one line, `> 5 GB` and `# of users` are text."""


@cache
def markdown() -> MarkdownIt:
    """The parser for blocks and inline text. Rules that drop words of the text without a trace are off."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True).use(sub_plugin).use(superscript_plugin)
    parser.disable(["reference", "text_join", "html_block", "html_inline"])
    # Every target passes here, so that a bad one is an error and not plain text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


MAX_LENGTH = 100_000
"""Characters of one Markdown text; the parser's time grows with the square of a hostile text's length."""

Place = Callable[[int, int], Span]
Notes = Mapping[str, Callable[[], Text]]
"""Footnotes by their label; a note is read where a text refers to it."""


class Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    script: str = ""
    link: str = ""


def read_text(reader: Reader, scalar: Scalar) -> Text:
    """A scalar of inline Markdown as runs; errors are noted in the reader."""
    text = scalar.value
    if not MARKUP.search(text):
        words = SPACE.sub(" ", text).strip(" ")
        return (Run(words, span=Places(reader.source, scalar).at(0, 0)),) if words else ()
    places = Places(reader.source, scalar)
    body = text.strip()
    if (found := BLOCK.search(body)) or ("\n" in body and (found := BLOCK_IN_LINES.search(body))):
        line = text.count("\n", 0, text.index(body) + found.start())
        hint = "one line or paragraph is expected here; a backslash before a sign makes it text"
        reader.error(places.at(line, 0), "Markdown blocks can't stand in this text", hint)
        return ()
    start = len(text) - len(text.lstrip())
    first_line, first_column = text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1

    def place(line: int, column: int) -> Span:
        return places.at(first_line + line, column + (0 if line else first_column))

    return read_inline(reader, body, place, None)


def read_inline(reader: Reader, content: str, place: Place, notes: Notes | None) -> Text:
    """Inline Markdown as runs. `place` gives the place of a line and column of `content`, from 0.

    `notes` are the footnotes that the text may refer to; None where footnotes can't stand.
    """
    return read_tokens(reader, content, parse(reader, content, place(0, 0), inline=True), place, notes)


def read_tokens(reader: Reader, content: str, tokens: list[Token], place: Place, notes: Notes | None) -> Text:
    """The tokens of inline Markdown, which were made from `content`, as runs."""
    builder = RunBuilder(reader, content, place, notes)
    for token in tokens:
        builder.take(token)
    return builder.text()


def parse(reader: Reader, text: str, where: Span, inline: bool = False) -> list[Token]:
    """The tokens of a Markdown text; none where it is too long or too nested to parse in bounded time."""
    if len(text) > MAX_LENGTH:
        reader.error(where, f"this text is too long: the limit is {MAX_LENGTH:,} characters", "split it")
        return []
    try:
        tokens = markdown().parseInline(text) if inline else markdown().parse(text)
    except RecursionError:
        reader.error(where, "brackets nest too deep in this text", "a backslash before a bracket makes it text")
        return []
    return (tokens[0].children or []) if inline else tokens


class RunBuilder:
    """Turns inline tokens into runs, and finds each token again in the text that it came from."""

    def __init__(self, reader: Reader, content: str, place: Place, notes: Notes | None) -> None:
        self.reader = reader
        self.content = content
        self.place = place
        self.notes = notes
        self.cursor = 0
        self.looks = [Look()]
        self.runs: list[Run] = []

    def take(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                written = token.markup if token.type == "text_special" else token.content
                self.add(token.content, self.seek(written))
            case "code_inline":
                where = self.seek(token.markup)
                self.add(token.content, where, code=True)
                self.cursor = self.content.find(token.markup, self.cursor) + len(token.markup)
            case "softbreak":
                self.add(" ", self.seek("\n"))
            case "hardbreak":
                self.hard_break()
            case "link_open":
                self.open_link(token)
            case "link_close":
                self.close_link(token)
            case "footnote_ref":
                self.footnote(token)
            case "image":
                self.error("![", "pictures are not supported in text")
            case "s_open":
                self.error("~~", "text can't be struck through", r"write \~\~ for the signs themselves")
            case _:
                self.change_look(token)

    def change_look(self, token: Token) -> None:
        self.seek(token.markup)
        name, _, end = token.type.partition("_")
        if end == "close":
            self.looks.pop() if len(self.looks) > 1 else None
            return
        look = self.looks[-1]
        changes = {
            "strong": look._replace(bold=True),
            "em": look._replace(italic=True),
            "sub": look._replace(script="sub"),
            "sup": look._replace(script="super"),
        }
        self.looks.append(changes.get(name, look))

    def hard_break(self) -> None:
        """Spaces at a line's end are not seen, and mean a space; a backslash was meant to break the line."""
        where = self.seek("\n")
        if self.content[: self.cursor - 1].endswith("\\"):
            self.reader.error(where, "a line can't be broken by hand", "leave out the backslash; lines break by measure")
        self.add(" ", where)

    def open_link(self, token: Token) -> None:
        target = str(token.attrs.get("href", ""))
        self.seek("<" if token.markup == "autolink" else "[")
        if not LINK_TARGET.fullmatch(target):
            hint = "a link leads to https://..., http://..., mailto:... or to #the-id-of-a-slide"
            self.reader.error(self.here(), f"a link can't lead to {target!r}", hint)
        if token.attrs.get("title"):
            self.reader.error(self.here(), "a link can't have a title", "leave out the words in quotes")
        self.looks.append(self.looks[-1]._replace(link=target))

    def close_link(self, token: Token) -> None:
        self.looks.pop()
        self.seek(">" if token.markup == "autolink" else "](")
        if token.markup != "autolink":
            self.seek(")")

    def footnote(self, token: Token) -> None:
        label = token.meta.get("label")
        opening = "^[" if label is None else f"[^{label}]"
        start = self.content.find(opening, self.cursor)
        where = self.seek(opening)
        if self.notes is None:
            hint = r"move it to 'handout'; write \^ for the sign itself"
            self.reader.error(where, "a footnote can stand in handout text only", hint)
        elif label is None:
            self.hang(self.inline_note(start + len(opening)), where)
        elif label in self.notes:
            self.hang(self.notes[label](), where)
        else:
            hint = f"add a line '[^{label}]: ...' after the paragraph"
            self.reader.error(where, f"there is no footnote {label!r}", hint)

    def inline_note(self, start: int) -> Text:
        """The text of `^[...]`, whose bracket was opened before `start`."""
        end, depth = start, 1
        while end < len(self.content) and depth:
            character = self.content[end]
            depth += {"[": 1, "]": -1}.get(character, 0)
            end += 2 if character == "\\" else 1
        self.cursor = end
        line, column = self.line_column(start)

        def place(row: int, at: int) -> Span:
            return self.place(line + row, at if row else column + at)

        return read_inline(self.reader, self.content[start : end - 1].strip(), place, None)

    def hang(self, note: Text, where: Span) -> None:
        while self.runs and not self.runs[-1].code and not self.runs[-1].note:
            words = self.runs[-1].text.rstrip(" ")
            if words:
                self.runs[-1] = replace(self.runs[-1], text=words)
                break
            self.runs.pop()
        if not self.runs:
            self.reader.error(where, "a footnote hangs on the words before it, and there are none")
        elif self.runs[-1].note:
            self.reader.error(where, "two footnotes hang on the same words", "join them into one")
        else:
            self.runs[-1] = replace(self.runs[-1], note=note)

    def add(self, text: str, where: Span, code: bool = False) -> None:
        text = text.replace("\t", " ") if code else SPACE.sub(" ", text)
        if not text:
            return
        look = self.looks[-1]
        last = self.runs[-1] if self.runs else None
        if last and not last.note and (last.bold, last.italic, last.code, last.script, last.link) == (
            look.bold, look.italic, code, look.script, look.link
        ):
            joined = last.text + text
            self.runs[-1] = replace(last, text=joined if code else SPACE.sub(" ", joined))
            return
        if last and not code and last.text.endswith(" ") and not last.code:
            text = text.lstrip(" ")
        if text:
            script = "sub" if look.script == "sub" else "super" if look.script else ""
            self.runs.append(Run(text, look.bold, look.italic, code, script, look.link, span=where))  # type: ignore[arg-type]

    def text(self) -> Text:
        """The runs, without space at the ends."""
        runs = self.runs
        if runs and not runs[0].code:
            runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
        if runs and not runs[-1].code:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
        return tuple(run for run in runs if run.text)

    def error(self, sign: str, message: str, hint: str = "") -> None:
        self.reader.error(self.seek(sign), message, hint)

    def seek(self, written: str) -> Span:
        """The place where `written` stands next in the text; the cursor goes behind it."""
        found = self.content.find(written, self.cursor)
        if found >= 0:
            self.cursor = found + len(written)
        return self.place(*self.line_column(max(found, 0) if found >= 0 else self.cursor))

    def here(self) -> Span:
        return self.place(*self.line_column(max(0, self.cursor - 1)))

    def line_column(self, offset: int) -> tuple[int, int]:
        return self.content.count("\n", 0, offset), offset - self.content.rfind("\n", 0, offset) - 1
