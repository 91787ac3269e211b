"""What a deck tells of its source: its slides as plain data, so that an import can write them down again.

Only what the deck shows is told: no notes, no text for print, no blocks for the handout, no answers, no fields of files
that nobody sees. Of notes, their references and formulas are told: the words that the deck shows, and what made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

from deckgen.frozen import compared
from deckgen.model.block import Block, runs
from deckgen.model.deck import Deck, Notes, PrintPage
from deckgen.model.references import MADE
from deckgen.model.text import Run, plain

HEAD = (
    "title", "subtitle", "author", "role", "event", "date", "language", "theme", "minutes", "transition", "footer",
)  # fmt: skip
REFERRED = "said"
"""Beside the keys of a slide: the references and formulas in its notes."""
UNTOLD = {"notes", "handout", "terms", "answer"}


def recipes(deck: Deck, worded: Deck) -> Iterator[tuple[str, Any]]:
    """The recipe of the talk's own keys under `title`, and those of its slides and sections under their ids.

    `worded` is the deck with the words of its references.
    """
    default = {f.name: f.default for f in compared(Deck)}
    head = {key: told(value) for key in HEAD if (value := getattr(deck, key)) != default[key]}
    yield "title", head | referred(deck.notes, worded.notes)
    shown = {entry.id: entry.notes for entry in worded.slides}
    for entry in deck.slides:
        if entry.only != "handout" and not isinstance(entry, PrintPage):
            yield entry.id, told(entry) | referred(entry.notes, shown[entry.id])


def referred(notes: Notes, worded: Notes) -> dict[str, Any]:
    """What notes show of references and formulas, under `REFERRED`.

    For each: the words, the mark of the source, which of the places with these words it is, from 0, and how many
    there are.
    """
    words, found = "\n".join(plain(paragraph.text) for paragraph in worded), []
    at = 0
    for old, new in zip(notes, worded, strict=True):
        for run, shown in zip(runs(old), runs(new), strict=True):
            places = [place.start() for place in standing(shown.text).finditer(words)]
            if (run.refer in MADE or run.math) and at in places:
                mark = f"${run.text}$" if run.math else run.text
                found.append([shown.text, mark, places.index(at), len(places)])
            at += len(shown.text)
        at += 1
    return {REFERRED: found} if found else {}


def standing(words: str) -> re.Pattern[str]:
    """Words that are no part of longer ones."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def told(node: Any) -> Any:
    """A value as JSON has it. A record is a mapping of what is not as usual; a block's has its class under ``""``.

    A run of text that has no look is its words alone.
    """
    if isinstance(node, Block):
        return {"": type(node).__name__} | record(node.whole())
    if isinstance(node, Run):
        look = record(node)
        return look if look.keys() != {"text"} else node.text
    if is_dataclass(node):
        return record(node)
    if isinstance(node, tuple):
        return [told(part) for part in node if not (isinstance(part, Block) and part.only == "handout")]
    return node


def record(node: Any) -> dict[str, Any]:
    written = ((f, getattr(node, f.name)) for f in compared(node.__class__) if f.name not in UNTOLD)
    return {f.name: told(value) for f, value in written if value != f.default}
