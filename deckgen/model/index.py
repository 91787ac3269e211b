"""The index: every marked term with the places where it stands, in the order of the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deckgen.frozen import frozen
from deckgen.model.block import runs
from deckgen.model.collation import head, sort_key
from deckgen.model.deck import Deck
from deckgen.model.languages import locale
from deckgen.model.text import Run, Term, Text, plain


@dataclass
class Entry:
    """A term, the ids of its places, and the entries under it."""

    text: Text
    places: list[str] = field(default_factory=list)
    below: dict[tuple[str, bool], Entry] = field(default_factory=dict)

    def inner(self) -> list[Entry]:
        return list(self.below.values())


@frozen
class Letter:
    """The entries under a letter."""

    name: str
    entries: tuple[Entry, ...]


def index(marked: Iterable[tuple[str, Term]], language: str) -> tuple[Letter, ...]:
    """The index of terms with the ids of their places. Terms that differ in capitals only are one."""
    top: dict[tuple[str, bool], Entry] = {}
    for place, term in marked:
        entries = top
        for text in term:
            entry = entries.setdefault((plain(text).casefold(), text[0].code), Entry(text))
            entries = entry.below
        entry.places.append(place)
    letters: dict[str, list[Entry]] = {}
    for entry in ordered(top, language):
        letters.setdefault(head(plain(entry.text), locale(language).language), []).append(entry)
    return tuple(Letter(name, tuple(entries)) for name, entries in letters.items())


def terms(deck: Deck) -> Iterator[Run]:
    """The runs in print at which a term stands."""
    kept = [entry for entry in deck.slides if entry.only != "deck"]
    bodies = (block for entry in kept for block in entry.body if block.only != "deck")
    texts = [(entry.heading, entry.takeaway, entry.handout, getattr(entry, "summary", ())) for entry in kept]
    found = runs((deck.title, deck.subtitle, deck.abstract, *texts, *bodies))
    return (run for run in found if run.terms)


def indexed(deck: Deck) -> bool:
    """Whether print has any term of the index."""
    return next(terms(deck), None) is not None


def ordered(entries: dict[tuple[str, bool], Entry], language: str) -> list[Entry]:
    own = locale(language)
    found = sorted(entries.values(), key=lambda entry: sort_key(plain(entry.text), own.language, own.script or ""))
    for entry in found:
        entry.below = {(plain(e.text).casefold(), e.text[0].code): e for e in ordered(entry.below, language)}
    return found
