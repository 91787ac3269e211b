"""Puts right what is mechanical: edits of single words, so that all else of a source stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from deckgen.diagnostics import Edit

LINE = re.compile(r"(.*?)(\r\n?|\n|$)", re.DOTALL)


class Mended(NamedTuple):
    """A source after edits, and those that were done."""

    text: str
    edits: tuple[Edit, ...]


def mended(text: str, edits: Iterable[Edit]) -> Mended:
    """The text with edits done, from its end to its start; those whose words are not there any more are left out.

    Of edits that overlap, the later one in the text is done. Line ends and a byte order mark stay.
    """
    starts = [found.start() for found in LINE.finditer(text)]
    done: list[Edit] = []
    rest = len(text)
    for edit in sorted(set(edits), key=lambda edit: (edit.span, edit.old), reverse=True):
        if not 1 <= edit.span.line <= len(starts):
            continue
        mark = 1 if edit.span.line == 1 and text.startswith("\ufeff") else 0
        start = starts[edit.span.line - 1] + mark + max(0, edit.span.column - 1)
        end = LINE.match(text, starts[edit.span.line - 1]).end(1)  # type: ignore[union-attr]
        at = text.find(edit.old, start, min(end, rest))
        if at >= 0:
            text = text[:at] + edit.new + text[at + len(edit.old) :]
            rest = at
            done.append(edit)
    return Mended(text, tuple(reversed(done)))
