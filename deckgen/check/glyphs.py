"""Has the theme's font a glyph for every character? What it has not would be set in a font that nobody measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.model.block import runs
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck
from deckgen.model.text import Run
from deckgen.typeset.fonts import Faces

UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Characters that show nothing and need no glyph."""


def check_glyphs(deck: Deck, faces: Faces) -> tuple[Diagnostic, ...]:
    """An error for each run with characters that its font does not have."""
    prose = faces.face("head").characters & faces.face("sans").characters
    return tuple(
        found
        for run in every_run(deck)
        for found in check_run(run, faces.face("mono", run.bold, run.italic).characters if run.code else prose)
    )


def every_run(deck: Deck) -> Iterator[Run]:
    """All text that is measured or printed, blocks as they show it; notes are neither."""
    yield from runs((deck.title, deck.subtitle, deck.author, deck.role, deck.event))
    yield Run(in_words(deck.date, deck.language), span=deck.span)
    for block in deck.abstract:
        yield from block.shown()
    for entry in deck.slides:
        prose = entry.handout
        for block in (*getattr(entry, "body", ()), *prose):
            yield from block.shown()
            yield from runs(block.caption_text())
        yield from runs(getattr(entry, "title", ()) or getattr(entry, "section", ()))
        yield from runs(getattr(entry, "takeaway", ()) or getattr(entry, "summary", ()))


def check_run(run: Run, characters: frozenset[int]) -> Iterator[Diagnostic]:
    missing = sorted({c for c in run.text if ord(c) not in characters and c not in UNSEEN and c not in "\n\t"})
    if missing:
        names = ", ".join(
            f"{shown(c)} (U+{ord(c):04X} {unicodedata.name(c, 'a control character')})" for c in missing[:3]
        )
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield error(run.span, f"the theme's fonts have no {names}{more}", "write it in other words or characters")


def shown(character: str) -> str:
    return repr(character) if character.isprintable() else "character"
