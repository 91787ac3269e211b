"""What a build need not tell, but an author wants to know before the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from deckgen.check.fit import place
from deckgen.diagnostics import Diagnostic, Span, warning
from deckgen.model.block import leaves
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Group, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.model.theme import Theme

LONGEST_ALT = 250
"""Characters; a screen reader reads all of it without a pause to think."""
FILE_NAME = re.compile(r"\S+\.(png|jpe?g|webp|svg|gif|bmp)", re.IGNORECASE)


def advice(deck: Deck, show: Show, theme: Theme) -> Iterator[Diagnostic]:
    """A warning for each thing that is allowed and seldom meant."""
    yield from titles(deck)
    yield from channels(deck)
    yield from alternatives(deck)
    # A slide that had to be split has many pages, which are crowded for the same reason.
    first: dict[tuple[Span, str], Diagnostic] = {}
    for diagnostic in (found for page in show.pages for found in crowded(page, theme)):
        first.setdefault((diagnostic.span, diagnostic.code), diagnostic)
    yield from first.values()


def titles(deck: Deck) -> Iterator[Diagnostic]:
    """Slides that share a title: programs and their users find slides by titles."""
    first: dict[str, Slide] = {}
    for slide in deck.slides:
        if not isinstance(slide, Slide) or slide.only == "handout":
            continue
        served = (block.slide_title() for block in slide.body)
        title = plain(slide.title or next((text for text in served if text), ()))
        other = first.setdefault(" ".join(title.casefold().split()), slide)
        if other is not slide:
            message = f"the slide has the title of the one in line {other.span.line}"
            yield warning(slide.span, message, "say what is different, so that each can be found", "title")


def channels(deck: Deck) -> Iterator[Diagnostic]:
    """Texts that nobody will read, since their slide does not stand in the output that they are for."""
    for slide in deck.slides:
        if isinstance(slide, Section):
            continue
        if slide.only == "deck" and slide.handout:
            message = "the text under `handout` is printed nowhere: the slide is in the deck only"
            yield warning(slide.handout[0].span, message, "leave `only: deck` out, or move the text", "channel")
        if slide.only == "handout" and slide.notes:
            message = "the notes are shown nowhere: the slide is in the handout only"
            yield warning(slide.span, message, "leave `only: handout` out, or move the notes", "channel")
        if isinstance(slide, Slide) and slide.only == "deck" and slide.cheat:
            message = "the slide is chosen for the cheat sheet, which is a handout, and is in the deck only"
            yield warning(slide.span, message, "leave `cheat` or `only: deck` out", "channel")
        for block in slide.body:
            if block.cheat and "deck" in (slide.only, block.only):
                message = "the block is chosen for the cheat sheet, which is a handout, and is in the deck only"
                yield warning(block.span, message, "leave `cheat` or `only: deck` out", "channel")
            if slide.only != "both" and block.only not in ("both", slide.only):
                message = f"the block is shown nowhere: its slide is in the {slide.only} only"
                yield warning(block.span, message, "leave one of the two `only` out", "channel")


def alternatives(deck: Deck) -> Iterator[Diagnostic]:
    """Words for those who can't see a picture that help nobody."""
    for slide in deck.slides:
        for _, block in leaves(slide.body) if isinstance(slide, Slide) else ():
            for image, alt in block.images():
                if alt and (FILE_NAME.fullmatch(alt.strip()) or alt.strip() == PurePosixPath(image.name).stem):
                    message = f"the alternative text of {image.name} is the name of a file"
                    yield warning(block.span, message, "say what the picture shows", "alt-text")
                elif len(alt) > LONGEST_ALT:
                    message = f"the alternative text of {image.name} has {len(alt)} characters"
                    hint = f"say it in {LONGEST_ALT}, and the rest under `handout` or `notes`"
                    yield warning(block.span, message, hint, "alt-text")


def crowded(page: Page, theme: Theme) -> Iterator[Diagnostic]:
    """Slides with more words than the theme thinks good, or smaller ones."""
    texts = list(read_aloud(page.drawing.shapes))
    words = sum(len(plain(paragraph.text).split()) for paragraph in texts)
    if words > theme.legibility.words:
        message = f"slide {page.label} has {words} words, and {theme.legibility.words} are thought to be enough"
        yield warning(page.span, message, "move some to `handout` or `notes`, or divide the slide", "words")
    smallest = min(texts, key=lambda paragraph: paragraph.style.size_pt, default=None)
    if smallest and smallest.style.size_pt < theme.legibility.text_pt:
        size, least = f"{smallest.style.size_pt:g} pt", f"{theme.legibility.text_pt:g} pt"
        message = f"text on slide {page.label} is set in {size}, and {least} is the least that is read from afar"
        yield warning(place((smallest,), page), message, "give it more room, or shorten it", "text-size")


FURNITURE = ("footer", "slide_number", "date", "section_name", "kicker", "place", "credit", "page_number", "source")
"""Frames that nobody reads aloud. Code is looked at, not read."""


def read_aloud(shapes: tuple[AnyShape, ...]) -> Iterator[SetParagraph]:
    """The paragraphs of a slide that the audience reads."""
    for shape in shapes:
        match shape:
            case TextBox() if not shape.decorative and shape.placeholder not in (*FURNITURE, "code"):
                yield from shape.paragraphs
            case AutoShape() if not shape.decorative:
                yield from shape.text
            case Table():
                yield from (p for row in shape.rows for cell in row.cells for p in cell.paragraphs)
            case Group() | Chart():
                yield from read_aloud(shape.shapes)
            case _:
                pass
