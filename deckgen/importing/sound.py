"""Whether the reader takes a block, and shows it."""

from __future__ import annotations

from deckgen.importing.result import Data
from deckgen.importing.write import source_text
from deckgen.read.deck import read_deck
from deckgen.world import MemoryWorld


def faults(block: Data) -> str:
    """The first thing that is wrong with a block, in words; empty if it can be shown. Its files are not looked for."""
    talk = {"deckgen": 1, "title": "A talk", "slides": [{"title": "A slide", **block}]}
    deck, found = read_deck(MemoryWorld({"talk.yaml": source_text(talk).encode()}), "talk.yaml", "paper")
    wrong = [one for one in found if one.severity == "error"]
    wrong += [one for slide in (deck.slides if deck else ()) for own in slide.body for one in own.problems()]
    return wrong[0].message if wrong else ""
