"""What stands in the handout and where: chapters, slides and numbers, before any HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.blocks.agenda import contents_slide
from deckgen.frozen import frozen
from deckgen.model.block import Block, leaves
from deckgen.model.deck import Deck, Part, PrintPage, Prose, Section, Slide, parts
from deckgen.model.exhibit import Exhibit
from deckgen.model.references import numbers
from deckgen.model.show import Page, Show
from deckgen.model.text import Term, Text

MOST_PARTS = 12
SIZE_OF_PART = 8
"""How many headings of chapters and slides are worth a process of their own."""
SHORT = 24
"""With fewer headings, a page left half empty before the next part weighs more than the time that parts save."""


@frozen
class Item:
    """A block of a slide's body."""

    block: Block
    key: str
    """The block key, `slide-id/2`."""
    number: int = 0
    """Counts the figures, tables or listings of the handout from 1; 0 for a block without a number."""

    @property
    def anchor(self) -> str:
        """The name by which links lead to it; empty if none can."""
        own = self.block
        return (own.id or (self.key if own.spill else "")) if isinstance(own, Exhibit) else ""


@frozen
class Entry:
    """The place of a slide in the handout, or of a page that only the handout has."""

    source: Slide | PrintPage
    pages: tuple[Page, ...]
    """The shown pages that the slide became; none for a slide that only the handout has."""
    items: tuple[Item, ...]

    @property
    def title(self) -> Text:
        """The heading; empty where a block (a quote, a statement) serves as one."""
        return self.source.heading

    @property
    def name(self) -> Text:
        """What the slide is called in the contents: its title, or the words of the block that serves as one."""
        served = (item.block.slide_title() for item in self.items)
        return self.title or next((text for text in served if text), ())

    @property
    def alone(self) -> bool:
        """Whether it begins a page, and so does what comes after it."""
        return isinstance(self.source, PrintPage)


@frozen
class Chapter:
    """A section of the talk; without one for the slides before the first."""

    label: str
    """The section's number, or its letter in the appendix."""
    section: Section | None
    entries: tuple[Entry, ...]
    slides: tuple[str, str]
    """What the first and the last slide are called, hidden ones left out; empty if there are none."""

    @property
    def appendix(self) -> bool:
        return self.section is not None and self.section.appendix


@frozen
class Outline:
    """The handout of a deck."""

    agenda: Entry | None
    """The slide that the contents on the cover stand for, if the talk begins with an agenda."""
    chapters: tuple[Chapter, ...]


def outline(deck: Deck, show: Show) -> Outline:
    """The handout's chapters in order, its figures, tables and listings numbered."""
    pages: dict[str, list[Page]] = {}
    for page in show.pages:
        pages.setdefault(page.source_id, []).append(page)
    counted = numbers(deck)
    chapters = [chapter(part, pages, counted) for part in parts(deck)]
    contents, agenda = contents_slide(deck), None
    if contents:
        first, *rest = chapters
        agenda = next(entry for entry in first.entries if entry.source is contents)
        others = tuple(entry for entry in first.entries if entry is not agenda)
        chapters = [Chapter("", None, others, first.slides), *rest] if others else rest
    return Outline(agenda, tuple(chapters))


def parts_of(outline: Outline) -> tuple[tuple[Chapter, ...], ...]:
    """The chapters in parts of about the same size, each of which begins a page and can be laid out beside the others.

    They follow from the talk alone, so that every machine makes the same handout.
    """
    sizes = [1 + len(chapter.entries) for chapter in outline.chapters]
    count = 1 if sum(sizes) < SHORT else min(MOST_PARTS, sum(sizes) // SIZE_OF_PART)
    parts: list[list[Chapter]] = [[] for _ in range(count)]
    for i, chapter in enumerate(outline.chapters):
        middle = sum(sizes[:i]) + sizes[i] / 2
        parts[int(middle * count / sum(sizes))].append(chapter)
    return tuple(tuple(part) for part in parts if part)


def chapter(part: Part, pages: dict[str, list[Page]], counted: Mapping[str, int]) -> Chapter:
    ids = [*([part.section.id] if part.section else []), *(entry.id for entry in part.entries)]
    own = [page for id_ in ids for page in pages.get(id_, ())]
    names = [page.label for page in own if not page.hidden] or [page.label for page in own] or [""]
    entries = tuple(
        Entry(source, tuple(pages.get(source.id, ())), tuple(items(source, counted)))
        for source in part.entries
        if source.only != "deck"
    )
    return Chapter(part.label, part.section, entries, (names[0], names[-1]))


def items(source: Slide | PrintPage, counted: Mapping[str, int]) -> Iterator[Item]:
    """The blocks of a slide; columns with numbered blocks in them stand one under the other."""
    for i, whole in enumerate(source.body, start=1):
        parts = [(place.partition("/")[2], block) for place, block in leaves([whole])]
        stacked = any(block.NUMBERED for _, block in parts)
        for place, block in parts if stacked else [("", whole)]:
            yield from item(block, "/".join(filter(None, (source.id, str(i), place))), counted)


def item(block: Block, key: str, counted: Mapping[str, int]) -> Iterator[Item]:
    if block.only != "deck":
        yield Item(block, key, counted.get(key, 0))


def drawn_terms(outline: Outline) -> Iterator[tuple[str, Term]]:
    """The terms of the index in drawn figures, which stand where their figure does."""
    for item in (item for chapter in outline.chapters for entry in chapter.entries for item in entry.items):
        if item.block.NUMBERED == "figure":
            yield from ((f"figure-{item.key}", term) for run in item.block.shown() for term in run.terms)


def printed(prose: Prose) -> Prose:
    """The blocks of a handout text that the handout shows."""
    return tuple(block for block in prose if block.only != "deck")
