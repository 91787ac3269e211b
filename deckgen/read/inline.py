"""Inline Markdown -> runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal, NamedTuple

from markdown_it.token import Token

from deckgen.diagnostics import Span
from deckgen.model.text import Refer, Run, Text
from deckgen.read.blanks import read_blank
from deckgen.read.formula import check_formula
from deckgen.read.parser import parse
from deckgen.read.reader import Reader, concerning
from deckgen.read.terms import held, read_term
from deckgen.read.values import spelt

INLINE_SIGN = re.compile(r"[\\`*_\[\]<&!~^$]|\{handout|\{\{|\(\(")
"""Text without any of these holds no inline Markdown."""
SPACE = re.compile("[ \t\n\x85\u2028\u2029]+")
"""What counts as one space; a no-break space is none of it."""
BLANK = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]*")
"""Text that shows nothing: it counts as not written."""
LINK_TARGET = re.compile(r"(?:https?://|mailto:)[^\s]+|#[a-z0-9][a-z0-9-]*", re.IGNORECASE)
SCRIPTED = re.compile(r"\$[^$]+\$")
"""A formula in text that is raised or lowered, which the parser leaves as it is."""
NO_LOOK, DOLLAR = "a formula can't be raised, lowered or part of a link", r"write \$ for the sign itself"
Place = Callable[[int, int], Span]
Notes = Mapping[str, Callable[[], Text]]
"""Footnotes by their label; a note is read where a text refers to it."""


class Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    script: Literal["", "sub", "super"] = ""
    link: str = ""


@concerning("markdown")
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
        self.opened = 0
        """How many runs there were when the last link began."""

    def take(self, token: Token) -> None:
        match token.type:
            case "text":
                self.words(token.content)
            case "text_special" | "value":
                at = self.seek(token.markup)
                self.add(spelt(self.reader, token, self.span(at)), at)
            case "code_inline":
                self.add(token.content, self.seek(token.markup), code=True)
                self.seek(token.markup)
            case "math_inline":
                self.formula(token.content)
            case "citation":
                self.cite(token)
            case "reference":
                self.refer(token.markup, f"#{token.content}", "handout")
            case "blank":
                self.blank(token)
            case "term":
                at = self.seek(token.markup)
                inner = partial(self.inner, base=at)
                self.runs += read_term(self.reader, token, self.span(at), self.looks[-1], inner)
            case "math_inline_double":
                hint = r"give it a paragraph of its own, or write \$ for the signs themselves"
                self.error(self.seek("$$"), "a formula between $$ can't stand in a line of text", hint)
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
                self.error(self.seek("!["), "a picture can't stand in text", "show it in a block 'picture: ...'")
            case "s_open":
                self.error(self.seek("~~"), "text can't be struck through", r"write \~\~ for the signs themselves")
            case _:
                self.change_look(token)

    def words(self, text: str) -> None:
        at = self.seek(text)
        if self.looks[-1].script and (found := SCRIPTED.search(text)):
            self.error(at + found.start(), NO_LOOK, DOLLAR)
        self.add(text, at)

    def formula(self, latex: str) -> None:
        at = self.seek(f"${latex}$")
        look = self.looks[-1]
        if at and self.content[at - 1].isalpha():  # A currency, such as US$5, and another dollar later on.
            self.add(f"${latex}$", at)
        elif look.script or look.link:
            self.error(at, NO_LOOK, DOLLAR)
        elif check_formula(self.reader, latex, lambda offset: self.span(at + 1 + offset), display=False):
            self.runs.append(Run(" ".join(latex.split()), math=True, span=self.span(at)))

    def change_look(self, token: Token) -> None:
        """Signs around words: the look of the words between them."""
        self.seek(token.markup)
        name, _, end = token.type.partition("_")
        if end == "close":
            if len(self.looks) > 1:
                self.looks.pop()
        elif name == "strong":
            self.looks.append(self.looks[-1]._replace(bold=True))
        elif name == "em":
            self.looks.append(self.looks[-1]._replace(italic=True))
        else:
            self.looks.append(self.looks[-1]._replace(script="sub" if name == "sub" else "super"))

    def hard_break(self) -> None:
        """Spaces at a line's end are not seen, and mean a space; a backslash was meant to break the line."""
        at = self.seek("\n")
        if self.content[:at].endswith("\\"):
            self.error(at, "a line can't be broken by hand", "leave out the backslash; lines break where they are full")
        self.add(" ", at)

    def open_link(self, token: Token) -> None:
        target = str(token.attrs.get("href", ""))
        at = self.seek("<" if token.markup == "autolink" else "[")
        if not LINK_TARGET.fullmatch(target):
            hint = "a link leads to https://..., http://..., mailto:... or to #the-id-of-a-slide"
            self.error(at, f"a link can't lead to {target!r}", hint)
        elif target.startswith("#"):
            self.reader.links.append((self.span(at), target[1:]))
        if token.attrs.get("title"):
            self.error(at, "a link can't have a title", "leave out the words in quotes")
        self.looks.append(self.looks[-1]._replace(link=target))
        self.opened = len(self.runs)

    def close_link(self, token: Token) -> None:
        link = self.looks[-1].link
        if len(self.looks) > 1:
            self.looks.pop()
        if token.markup == "autolink":
            self.seek(">")
            return
        if not link.startswith("#"):
            self.seek("](")
            self.seek(")")
        elif all(BLANK.fullmatch(run.text) for run in self.runs[self.opened :]):
            del self.runs[self.opened :]
            self.refer(f"[]({link})", link, "name")
        else:
            self.runs[-1] = replace(self.runs[-1], refer="after")
            self.seek("](")
            self.seek(")")

    def refer(self, written: str, link: str, refer: Refer) -> None:
        """A reference stands as it is written until its words are known."""
        at = self.content.rfind("[", 0, self.cursor) if refer == "name" else self.seek(written)
        self.cursor = max(self.cursor, at + len(written))
        bold, italic, script, _ = self.looks[-1]
        span = self.span(at)
        if refer == "handout" and link != "#":
            self.reader.links.append((span, link[1:]))
        self.runs.append(Run(written, bold, italic, False, script, link, refer=refer, span=span))

    def cite(self, token: Token) -> None:
        """A citation stands as it is written until the bibliography has been read."""
        self.reader.cites = True
        bold, italic, script, link = self.looks[-1]
        span = self.span(self.seek(token.markup))
        self.runs.append(Run(token.markup, bold, italic, False, script, link, cite=token.content, span=span))

    def blank(self, token: Token) -> None:
        at = self.seek(token.markup)
        answer = partial(self.inner, token.content, at + max(0, token.markup.find(token.content)))
        self.runs.append(read_blank(self.reader, token, self.span(at), answer))

    def inner(self, content: str, start: int, base: int = 0) -> Text:
        """A text inside of this one, which stands at `start` from `base` on."""
        line, column = self.line_column(base + start)

        def place(row: int, at: int) -> Span:
            return self.place(line + row, at if row else column + at)

        return read_inline(self.reader, content, place, None)

    def footnote(self, token: Token) -> None:
        label = token.meta.get("label")
        opening = "^[" if label is None else f"[^{label}]"
        at = self.seek(opening)
        if self.notes is None:
            hint = r"it can in a slide's body and in handout text; write \^ for the sign itself"
            self.error(at, "a footnote can't stand here", hint)
        elif label is None:
            self.hang(self.inline_note(at + len(opening)), at)
        elif label in self.notes:
            self.hang(self.notes[label](), at)
        else:
            self.error(at, f"there is no footnote {label!r}", f"add a line '[^{label}]: ...', or write ^[note] here")

    def inline_note(self, start: int) -> Text:
        """The text of `^[...]`, whose bracket was opened before `start`."""
        end, depth = start, 1
        while end < len(self.content) and depth:
            depth += {"[": 1, "]": -1}.get(self.content[end], 0)
            end += 2 if self.content[end] == "\\" else 1
        self.cursor = end
        return self.inner(self.content[start : end - 1].strip(), start)

    def hang(self, note: Text, at: int) -> None:
        """Hang a note on the words before it; space between them goes."""
        while self.runs and not (self.runs[-1].code or self.runs[-1].math or self.runs[-1].blank or self.runs[-1].note):
            last = self.runs.pop()
            if words := last.text.rstrip(" "):
                self.runs.append(replace(last, text=words))
                break
        if not self.runs:
            self.error(at, "a footnote hangs on the words before it, and there are none")
        elif self.runs[-1].note:
            self.error(at, "two footnotes hang on the same words", "join them into one")
        else:
            self.runs[-1] = replace(self.runs[-1], note=note)

    def add(self, text: str, at: int, code: bool = False) -> None:
        """Words in the look that counts here, joined with those before if these have the same."""
        text = text.replace("\t", " ") if code else SPACE.sub(" ", text)
        look = self.looks[-1]
        if self.runs:
            last = self.runs[-1] if self.runs[-1].text or len(self.runs) == 1 else self.runs[-2]
            if text.startswith(" ") and last.text.endswith(" ") and not (code or last.code):
                text = text[1:]
            last = self.runs[-1]
            alone = last.note or last.math or last.cite or last.refer or last.blank or last.terms
            if text and not alone and look_of(last) == (look, code):
                self.runs[-1] = replace(last, text=last.text + text)
                return
        if text:
            bold, italic, script, link = look
            self.runs.append(Run(text, bold, italic, code, script, link, span=self.span(at)))

    def text(self) -> Text:
        """The runs, without space at the ends; none if they show nothing."""
        runs = self.runs
        if all(BLANK.fullmatch(run.text) and not run.note for run in runs):
            return ()
        if runs and not runs[0].code and runs[0].text.startswith(" "):
            runs[0] = replace(runs[0], text=runs[0].text[1:])
        if runs and not runs[-1].code and runs[-1].text.endswith(" "):
            runs[-1] = replace(runs[-1], text=runs[-1].text[:-1])
        return tuple(held(runs))

    def error(self, at: int, message: str, hint: str = "") -> None:
        self.reader.error(self.span(at), message, hint)

    def seek(self, written: str) -> int:
        """Where `written` stands next in the text; the cursor goes behind it."""
        found = self.content.find(written, self.cursor)
        if found < 0:
            return self.cursor
        self.cursor = found + len(written)
        return found

    def span(self, offset: int) -> Span:
        return self.place(*self.line_column(offset))

    def line_column(self, offset: int) -> tuple[int, int]:
        return self.content.count("\n", 0, offset), offset - self.content.rfind("\n", 0, offset) - 1


def look_of(run: Run) -> tuple[Look, bool]:
    return Look(run.bold, run.italic, run.script, run.link), run.code
