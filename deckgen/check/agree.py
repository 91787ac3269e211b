"""Do both written files say what the model says, each text in its channel, in order, and nothing else?

The files are read back. Texts are compared without the space between words and without hyphens: where lines end is
the renderers' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from deckgen.blocks.agenda import contents_slide
from deckgen.blocks.references import at_the_end
from deckgen.check.comparable import comparable, told
from deckgen.check.pictures import check_deck_pictures, check_handout_pictures
from deckgen.check.pptx_charts import check_charts
from deckgen.check.pptx_text import SlideText
from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.block import Block, leaves, noted, runs
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Entry, Section
from deckgen.model.index import indexed, terms
from deckgen.model.references import for_handout, references
from deckgen.model.show import Show
from deckgen.model.text import Run, answered, label, plain, spoken
from deckgen.model.words import words
from deckgen.typeset.bidi import has_right_to_left

if TYPE_CHECKING:
    from deckgen.check.pdf_text import PdfText

BUG = "this is a fault of deckgen, not of the source; please report it with this message"
WORD, LETTER = re.compile(r"\w+"), re.compile(r"[^\W\d_]")
LEAST_LEAK = 12
"""Shorter texts are no proof of a leak: they stand in many places."""
Strand = tuple[Run, ...]
"""Runs that must stand in this order; strands of one slide may stand in any order."""


def check_deck(deck: Deck, show: Show, slides: tuple[SlideText, ...]) -> tuple[Diagnostic, ...]:
    """Every show text stands on its slide, every note in its notes; print text stands in neither."""
    bodies: dict[str, str] = {}
    notes: dict[str, str] = {}
    for page, slide in zip(show.pages, slides, strict=False):
        bodies[page.source_id] = bodies.get(page.source_id, "") + comparable(slide.body)
        notes[page.source_id] = notes.get(page.source_id, "") + comparable(slide.notes)
    found = [
        problem for page, slide in zip(show.pages, slides, strict=False) for problem in check_charts(page, slide.charts)
    ]
    common = list(everywhere(deck))
    for entry in entries(deck):
        if not isinstance(entry, Deck) and entry.only == "handout":
            continue
        name = "title" if isinstance(entry, Deck) else entry.id
        for strand in shown(entry, "deck"):
            found += lost(strand, bodies.get(name, ""), f"slide {name!r} of the deck")
        found += lost(spoken(tuple(runs(entry.notes))), notes.get(name, ""), f"the notes of slide {name!r}")
        allowed = [*shown(entry, "deck"), *common]
        found += leaked(said(entry), bodies.get(name, ""), allowed, f"slide {name!r} of the deck")
        elsewhere = [*map(answered, prints(entry)), *withheld(entry, "deck")]
        everything = bodies.get(name, "") + notes.get(name, "")
        found += leaked(elsewhere, everything, [*allowed, *said(entry)], f"slide {name!r} of the deck")
    found += print_only(deck, "".join((*bodies.values(), *notes.values())))
    return (*found, *check_deck_pictures(show, slides))


def print_only(deck: Deck, everything: str) -> Iterator[Diagnostic]:
    """An error for each text of slides and pages that only the handout has, and that stands in the deck."""
    absent = [entry for entry in deck.slides if entry.only == "handout"]
    strands = [strand for entry in absent for strand in (*shown(entry, "handout"), *prints(entry)) if strand]
    if strands:
        there = [entry for entry in entries(deck) if entry not in absent]
        allowed = [*everywhere(deck), *(s for entry in there for s in (*shown(entry, "deck"), *said(entry)))]
        yield from leaked(strands, everything, allowed, "the deck")


def check_handout(
    deck: Deck,
    text: PdfText,
    also: Iterable[Strand] = (),
    labels: Mapping[str, str] = MappingProxyType({}),
    answers: bool = False,
) -> tuple[Diagnostic, ...]:
    """Every show and print text stands in the handout's own text, not only in a slide's picture; no note does.

    Pages that it names are those on which the places stand in the file. `also` are further strands that may stand
    there, `labels` what the slides are called. What belongs on blanks stands there if it shows `answers`, and nowhere
    in the file if it doesn't.
    """
    deck = for_handout(deck, labels, text.numbers)
    blank = "" if answers else words(deck.language).say("blank")
    everything = comparable(text.text)
    drawn = iter(text.figures)
    found: list[Diagnostic] = []
    allowed, elsewhere = [*everywhere(deck), *also], []
    places = segments(deck, text)
    for entry in entries(deck):
        elsewhere += [*said(entry), *withheld(entry, "handout")]
        if not isinstance(entry, Deck) and entry.only == "deck":
            continue
        name = "title" if isinstance(entry, Deck) else entry.id
        own = [*shown(entry, "handout"), *(filled(strand, blank) for strand in prints(entry))]
        for strand in own:
            found += lost(strand, places[name], f"the handout's text at {name!r}")
        for strand in figures(entry):
            found += lost(strand, comparable(next(drawn, "")), f"the figure of {name!r} in the handout")
        allowed += own
    for strand in works(deck):
        found += lost(strand, everything, "the handout's list of works")
    allowed += works(deck)
    found += unlisted(deck, text)
    found += leaked(elsewhere, everything, allowed, "the handout")
    if not answers:
        texts = (strand for entry in entries(deck) for strand in prints(entry))
        known = [answered(strand) for strand in texts if any(run.blank for run in strand)]
        found += leaked(known, everything + comparable((text.manifest or b"").decode()), allowed, "the handout")
    return (*found, *check_handout_pictures(deck, text))


def unlisted(deck: Deck, text: PdfText) -> Iterator[Diagnostic]:
    """An error for each term that the index at the handout's end lacks."""
    listed = comparable(text.text[text.headings[-1][0] :]).casefold() if text.headings else ""
    for run in terms(deck):
        for name in (plain(part) for term in run.terms for part in term):
            if comparable(name).casefold() not in listed:
                yield error(run.span, f"the term {name!r} is missing in the index", BUG)


def check_pages(deck: Deck, pages: Mapping[str, int], text: PdfText) -> Iterator[Diagnostic]:
    """An error for each page that slides name, `pages` by ids, and on which the place does not stand in the handout."""
    for run, target in references(deck):
        if target not in text.numbers or pages.get(target) != text.numbers[target]:
            message = f"slides name page {pages.get(target)} for {target!r}, which is on {text.numbers.get(target)}"
            yield error(run.span, message, BUG)


def entries(deck: Deck) -> Iterator[Deck | Entry]:
    """The title slide, which the deck itself describes, then all sections and slides."""
    yield deck
    yield from deck.slides


def shown(entry: Deck | Entry, output: str) -> Iterator[Strand]:
    """The strands that an entry shows in `deck` or `handout`; figures excepted, which the handout draws."""
    match entry:
        case Deck():
            for text in (entry.title, entry.subtitle, entry.author, entry.role, entry.event):
                yield tuple(runs(text))
        case Section():
            yield (*runs(entry.section), *runs(entry.summary))
        case _:
            yield tuple(runs(entry.heading))
            yield tuple(runs(entry.takeaway))
            for _, block in leaves(entry.body):
                if block.only in ("both", output):
                    yield from block_strands(block, output)


def block_strands(block: Block, output: str) -> Iterator[Strand]:
    """A block's own text and its caption; the handout draws the text of a figure."""
    if output == "deck" or block.NUMBERED != "figure":
        for strand in block.strands():
            yield from noted(strand)
    yield from noted(tuple(runs(block.caption_text())))


def figures(entry: Deck | Entry) -> Iterator[Strand]:
    """The strands that the handout draws in figures."""
    if not isinstance(entry, Deck):
        for _, block in leaves(entry.body):
            if block.NUMBERED == "figure" and block.only != "deck":
                yield tuple(block.shown())


def prints(entry: Deck | Entry) -> list[Strand]:
    """The strands of an entry's print text; a footnote is a strand of its own."""
    prose = entry.abstract if isinstance(entry, Deck) else entry.handout
    strands = (strand for block in prose for strand in block.strands())
    return [part for strand in strands for part in noted(strand)]


def filled(strand: Strand, said: str) -> Strand:
    """A strand with something said in place of each blank; empty: the answers."""
    if not said:
        return answered(strand)
    return tuple(Run(said, span=run.span) if run.blank else run for run in strand)


def works(deck: Deck) -> list[Strand]:
    """The strands of the list of works at the handout's end."""
    return [tuple(runs(entry)) for entry in at_the_end(deck)]


def said(entry: Deck | Entry) -> list[Strand]:
    """The strands of an entry's notes."""
    return [spoken(tuple(runs(paragraph.text))) for paragraph in entry.notes]


def withheld(entry: Deck | Entry, output: str) -> list[Strand]:
    """What an entry shows in the other output alone."""
    if isinstance(entry, Deck):
        return []
    other = "handout" if output == "deck" else "deck"
    whole = entry.only == other
    blocks = [block for _, block in leaves(entry.body) if whole or block.only == other]
    own = [tuple(runs(entry.heading)), tuple(runs(entry.takeaway))] if whole else []
    return [strand for strand in (*own, *(s for block in blocks for s in block_strands(block, "deck"))) if strand]


def everywhere(deck: Deck) -> Iterator[Strand]:
    """What any page may show: the talk's title, the names of sections, and the date."""
    yield tuple(runs(deck.title))
    yield tuple(runs(deck.event))
    for entry in deck.slides:
        if isinstance(entry, Section):
            yield from shown(entry, "deck")
    yield label(in_words(deck.date, deck.language))


def segments(deck: Deck, text: PdfText) -> dict[str, str]:
    """Entry id -> the stretch of the handout's comparable text from the entry's heading to the next entry's.

    An entry without a heading of its own (a quote serves as one), or whose heading is missing, stands in the stretch
    of the entry before it. What stands before the first heading of an entry is the cover, with the contents.
    """
    bounds = [0, *(start for start, _ in text.headings), len(text.text)]
    stretches = [comparable(text.text[start:end]) for start, end in pairwise(bounds)]
    headings = [comparable(text.text[start:end]) for start, end in text.headings]
    for listed in (indexed(deck), at_the_end(deck)):
        if listed and headings:
            headings.pop()
    places: dict[str, int] = {}
    cover = contents_slide(deck)
    for entry in reversed(deck.slides):
        if entry is cover or entry.only == "deck":
            continue
        heading = comparable("".join(told(run) for run in entry.heading))
        if heading and headings and headings[-1].endswith(heading):
            places[entry.id] = len(headings)
            headings.pop()
    first = min(places.values(), default=len(stretches))
    found = {"title": "".join(stretches[:first])}
    before = "title"
    for entry in deck.slides:
        if entry is cover:
            found[entry.id] = found["title"]
            continue
        found[entry.id] = stretches[places[entry.id]] if entry.id in places else found[before]
        before = entry.id
    return found


def lost(strand: Strand, text: str, where: str) -> Iterator[Diagnostic]:
    """An error for each run that `text` does not have after the run before it. Only the first of a strand is told."""
    position = 0
    mixed = any(has_right_to_left(run.text) for run in strand)
    for run in strand:
        wanted = comparable(told(run))
        at = text.find(wanted, position)
        turned = has_right_to_left(run.text) or (mixed and not LETTER.search(run.text))
        if at < 0 and turned and all(comparable(word) in text for word in WORD.findall(run.text)):
            continue  # where numbers and other words stand among them is seen, not told (see `in_reading_order`)
        if at < 0:
            yield error(run.span, f"the text {run.text.strip()!r} is missing in {where}", BUG)
            return
        position = at + len(wanted)


def leaked(strands: Iterable[Strand], text: str, allowed: Iterable[Strand], where: str) -> Iterator[Diagnostic]:
    """An error for each strand that `text` has although it belongs to another channel."""
    own = "".join(comparable("".join(told(run) for run in strand)) for strand in allowed)
    for stretch in (part for strand in strands for part in stretches(strand)):
        words = comparable("".join(told(run) for run in stretch))
        if len(words) >= LEAST_LEAK and words in text and words not in own:
            span: Span = stretch[0].span
            yield error(span, f"text of another channel stands in {where}: {stretch[0].text.strip()!r}", BUG)


def stretches(strand: Strand) -> Iterator[Strand]:
    """The parts of a strand that no mark of a footnote divides."""
    start = 0
    for i, run in enumerate(strand, start=1):
        if run.note or i == len(strand):
            yield strand[start:i]
            start = i
