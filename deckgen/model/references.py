"""References: what figures are numbered, where ids stand, and the words that deckgen makes for links to them.

Two decks come of one that refers to its places: that of the slides, and that of the handout. Numbers follow from the
deck alone; what slides are called, and the pages of the handout, are known when the rest is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol

from deckgen.frozen import frozen
from deckgen.model.block import Block, leaves, mapped, runs
from deckgen.model.deck import Deck, Entry, PrintPage, Slide
from deckgen.model.exhibit import Exhibit, each_exhibit
from deckgen.model.show import Page, Show
from deckgen.model.text import Refer, Run, Text
from deckgen.model.words import Words, words

MADE: tuple[Refer, ...] = ("name", "handout", "pointer")
"""References whose words are made."""
LIKELY = 88
"""Stands for a page while slides are typeset before the handout has any: few have more digits."""


class Place(NamedTuple):
    """Where an id stands."""

    entry: Entry
    block: Exhibit | None = None
    number: int = 0
    """Of an exhibit that the handout has."""
    key: str = ""
    """Of the block."""

    def stands_in(self, output: str) -> bool:
        """Whether `deck` or `handout` has it."""
        blocks = (self.entry, self.block)
        return all(part is None or part.only in ("both", output) for part in blocks)


def keyed(entry: Entry) -> Iterator[tuple[str, Block]]:
    """The blocks of a slide by their keys, `slide-id/2`, those in columns by themselves."""
    for place, block in leaves(entry.body):
        yield f"{entry.id}/{place}", block


def numbers(deck: Deck) -> dict[str, int]:
    """The numbers of the figures, tables, listings and equations that the handout has, by block key."""
    counts: Counter[str] = Counter()
    found: dict[str, int] = {}
    for entry in deck.slides:
        for key, block in keyed(entry) if entry.only != "deck" else ():
            if block.NUMBERED and block.only != "deck":
                counts[block.NUMBERED] += 1
                found[key] = counts[block.NUMBERED]
    return found


def places(deck: Deck) -> dict[str, Place]:
    """By id, where it stands; exhibits that may be spilled and have none are known by their keys."""
    counted = numbers(deck)
    found = {entry.id: Place(entry) for entry in deck.slides}
    for entry in deck.slides:
        for key, block in keyed(entry):
            if isinstance(block, Exhibit) and (block.id or block.spill):
                found[block.id or key] = Place(entry, block, counted.get(key, 0), key)
    return found


def homes(deck: Deck, show: Show) -> dict[str, str]:
    """The page that a link to an id leads to, by the ids of both: the first one that shows what has the id.

    For an exhibit that the handout alone has, it is that of its slide.
    """
    first = {page.source_id: page.id for page in reversed(show.pages)}
    found = dict(first)
    for name, place in places(deck).items():
        if place.block and place.entry.id in first:
            shown = (page.id for page in show.pages_of(place.entry.id) if shows(page, place.key))
            found[name] = next(shown, first[place.entry.id])
    return found


def shows(page: Page, key: str) -> bool:
    """Whether a block has a shape on a page."""
    return any(shape.key == key or shape.key.startswith(f"{key}/") for shape in page.drawing.shapes)


def refers(deck: Deck) -> bool:
    """Whether any words have to be made; if not, both decks are this one."""
    return any(run.refer for run in runs(deck))


def references(deck: Deck) -> Iterator[tuple[Run, str]]:
    """The references of slides and notes that say a page of the handout, each with the id that it leads to."""
    found = places(deck)
    said = [(entry, replace(entry, handout=())) for entry in deck.slides if not isinstance(entry, PrintPage)]
    for entry, part in ((None, deck.notes), *said):
        for run in runs(part):
            target = target_of(run, entry)
            away = run.refer == "name" and target in found and not found[target].stands_in("deck")
            if run.refer in ("handout", "pointer") or away:
                yield run, target


def names_pages(deck: Deck) -> bool:
    """Whether slides or notes say pages of the handout."""
    return any(references(deck))


def for_slides(deck: Deck, labels: Mapping[str, str], pages: Mapping[str, int]) -> Deck:
    """The deck with the words that slides and notes say.

    `labels`: what the slides are called, by the ids of their sources. `pages`: the pages of ids in the handout.
    """
    if not refers(deck):
        return deck
    namer = Namer(places(deck), words(deck.language), labels, pages)
    named = {run.link[1:] for run in runs(deck) if run.refer and run.refer != "pointer"}

    def with_number(block: Exhibit) -> Exhibit:
        place = namer.places.get(block.id)
        return block.with_number(place.number, namer.said) if place and place.number and block.id in named else block

    deck = each_entry(deck, namer.on_slide)
    slides = (
        replace(entry, body=each_exhibit(entry.body, with_number)) if isinstance(entry, Slide) else entry
        for entry in deck.slides
    )
    return replace(deck, slides=tuple(slides))


def for_handout(deck: Deck, labels: Mapping[str, str], pages: Mapping[str, int]) -> Deck:
    """The deck with the words that the article says: pages after links, and instead of references.

    They stand in runs that `refer` to a `page`; one that is not in `pages` is 0. Titles say no pages, and figures say
    what they do on slides.
    """
    if not refers(deck):
        return deck
    namer = Namer(places(deck), words(deck.language), labels, pages)
    titles = {id(run) for run in in_titles(deck)}
    drawn = {id(run) for run in in_figures(deck)}

    def change(run: Run, entry: Entry | None) -> Text:
        if id(run) in titles:
            return (run,)
        return namer.on_slide(run, entry) if id(run) in drawn else namer.in_print(run, entry)

    return each_entry(deck, change)


class Change(Protocol):
    """What becomes of a run of an entry."""

    def __call__(self, run: Run, entry: Entry | None) -> Text: ...


def each_entry(deck: Deck, change: Change) -> Deck:
    """The deck with its runs changed, each of which is told the entry that it stands in."""
    head: Deck = mapped(replace(deck, slides=()), partial(change, entry=None))
    return replace(head, slides=tuple(mapped(entry, partial(change, entry=entry)) for entry in deck.slides))


def in_titles(deck: Deck) -> Iterator[Run]:
    """The runs of titles and of the talk's other headings."""
    yield from runs((deck.title, deck.subtitle, deck.author, deck.role, deck.event))
    for entry in deck.slides:
        yield from runs(entry.heading)
        yield from (run for block in entry.body for run in runs(block.slide_title()))


def in_figures(deck: Deck) -> Iterator[Run]:
    """The runs that print draws."""
    for entry in deck.slides:
        for _, block in keyed(entry):
            if block.NUMBERED == "figure":
                yield from block.shown()


@frozen
class Namer:
    """Makes the words of references."""

    places: Mapping[str, Place]
    said: Words
    labels: Mapping[str, str]
    pages: Mapping[str, int]

    def on_slide(self, run: Run, entry: Entry | None) -> Text:
        """What slides and notes say in the place of a run."""
        if run.refer not in MADE:
            return (run,)
        target = target_of(run, entry)
        place = self.places.get(target)
        page = self.said.say("handout p. {number}", number=self.pages.get(target, LIKELY))
        if run.refer == "handout":
            return (replace(run, text=page, link="", refer=""),)
        shown = place is None or place.stands_in("deck")
        if place and place.block and place.number:
            name = self.said.numbered(place.block.NUMBERED, place.number)
            if run.refer == "pointer":
                return (replace(run, text=self.said.say("{label}: {text}", label=name, text=page), link="", refer=""),)
            text = name if shown else f"{name} ({page})"
            return (replace(run, text=text, link=run.link if shown else "", refer=""),)
        if shown:
            return (replace(run, text=self.slide(target), refer=""),)
        return (replace(run, text=page, link="", refer=""),)

    def behind(self, number: int) -> str:
        """A page as it stands behind words; brackets of full width need no space."""
        page = self.said.say("(page {number})", number=number)
        return page if page.startswith("（") else f" {page}"  # noqa: RUF001

    def slide(self, target: str) -> str:
        """`slide 7`, for a place on it."""
        place = self.places.get(target)
        label = self.labels.get(place.entry.id if place else target, "")
        return self.said.slides_within(label, label)

    def in_print(self, run: Run, entry: Entry | None) -> Text:
        """What the article says in the place of a run."""
        target = target_of(run, entry)
        here = target not in self.places or self.places[target].stands_in("handout")
        number = self.pages.get(target, 0)
        if run.refer == "after" and here and target in self.places:
            behind = replace(run, text=self.behind(number), refer="page")
            return (replace(run, note=(), refer=""), behind)
        if run.refer not in MADE:
            return (run,)
        if run.refer == "name" and not here:
            return (replace(run, text=self.slide(target), link="", refer=""),)
        if run.refer == "name" and (place := self.places.get(target)) and place.block and place.number:
            behind = replace(run, text=self.behind(number), refer="page")
            name = self.said.numbered(place.block.NUMBERED, place.number)
            return (replace(run, text=name, note=(), refer=""), behind)
        page = self.said.say("page {number}", number=number)
        return (replace(run, text=page, link=f"#{target}", refer="page"),)


def target_of(run: Run, entry: Entry | None) -> str:
    """The id that a run leads to; `{handout}` alone means the place where it stands."""
    return run.link[1:] or (entry.id if entry else "title")
