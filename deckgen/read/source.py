"""The text of a source file: bytes that people typed, or a diagnostic that says what else they are."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.world import SOURCE_SUFFIXES

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither YAML 1.1 (section 5.1) nor XML 1.0 (Char) has."""
LINE_ENDS = re.compile("\r\n?")
SEPARATORS = re.compile("[\x85\u2028\u2029]")
"""YAML 1.1 ends a line at these, editors don't: they count as spaces, so that lines are the editor's lines."""
ARCHIVES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
SAVE = "save the file in your editor with the encoding UTF-8"


class Source(NamedTuple):
    """A file's name, its text with `\\n` at every line end, and its lines."""

    file: str
    text: str
    lines: tuple[str, ...]

    def within(self, line: int, column: int) -> Span:
        """The place, or the end of the text where it lies behind that."""
        return Span(self.file, line, column) if line <= len(self.lines) else self.end()

    def end(self) -> Span:
        """The place after the last character that is not space."""
        text = self.text.rstrip()
        line = text.count("\n")
        return Span(self.file, line + 1, len(text) - text.rfind("\n"))


def decode(file: str, data: bytes) -> Source | Diagnostic:
    """The text of a UTF-8 file, with or without a byte order mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or re.match(rb"(?s)(?:\0[^\0]|[^\0]\0){3}", data):
        return error(Span(file), "the file is UTF-16 text", SAVE)
    if data.startswith(ARCHIVES) or b"\0" in data:
        hint = "a source is text that you type; of a PowerPoint deck, `deckgen import` makes one"
        if not file.lower().endswith((*SOURCE_SUFFIXES, ".pptx", ".potx")):
            hint = "save it as text with the encoding UTF-8"
        return error(Span(file), "this is not a text file", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        text = LINE_ENDS.sub("\n", data[: problem.start].decode("utf-8-sig", "replace"))
        return error(place(file, text, len(text)), "this character is not UTF-8", SAVE)
    text = SEPARATORS.sub(" ", LINE_ENDS.sub("\n", text))
    if found := CONTROL.search(text):
        where = place(file, text, found.start())
        return error(where, f"a control character stands here: U+{ord(found[0]):04X}", "delete it")
    return Source(file, text, tuple(text.split("\n")))


def place(file: str, text: str, offset: int) -> Span:
    """The line and column of a character."""
    return Span(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
