"""A scalar of inline Markdown -> runs."""

from __future__ import annotations

import re

from deckgen.diagnostics import Span
from deckgen.model.text import Run, Text
from deckgen.read.inline import BLANK, INLINE_SIGN, SPACE, read_inline
from deckgen.read.reader import Places, Reader, concerning
from deckgen.read.yaml import Scalar

BLOCK = re.compile(r"^ {0,3}(?:```|~~~|#{2,6} )|\n[ \t]*\n", re.MULTILINE)
"""Block Markdown that no text means by itself."""
BLOCK_IN_LINES = re.compile(r"^ {0,3}(?:[-+*>] |#{1,6} |\d{1,9}[.)] |=+ *$|-+ *$|\|.*\| *$)", re.MULTILINE)
"""Block Markdown where there are several lines; in one line, `> 5 GB` and `# of users` are text."""


@concerning("markdown")
def read_text(reader: Reader, scalar: Scalar) -> Text:
    """A scalar of inline Markdown as runs; errors are noted in the reader."""
    text = scalar.value
    if "\n" not in text and not INLINE_SIGN.search(text) and not BLOCK.search(text):
        words = SPACE.sub(" ", text).strip(" ")
        return (Run(words, span=Places(reader.source, scalar).at(0, 0)),) if not BLANK.fullmatch(words) else ()
    places = Places(reader.source, scalar)
    body = text.strip()
    if (found := BLOCK.search(body)) or ("\n" in body and (found := BLOCK_IN_LINES.search(body))):
        line = text.count("\n", 0, text.index(body) + found.end())
        hint = "one line or paragraph is expected here; a backslash before a sign makes it text"
        reader.error(places.at(line, 0), "a heading, list or second paragraph can't stand in this text", hint)
        return ()
    start = len(text) - len(text.lstrip())
    first_line, first_column = text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1

    def place(line: int, column: int) -> Span:
        return places.at(first_line + line, column + (0 if line else first_column))

    return read_inline(reader, body, place, {} if reader.footnotes else None)
