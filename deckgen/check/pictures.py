"""Is every picture in both written files, with the words for people who can't see it? Has it pixels enough?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block, leaves
from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import Picture, every_shape
from deckgen.model.show import Page, Show
from deckgen.typeset.backdrops import laid_under
from deckgen.typeset.raster import in_deck
from deckgen.typeset.slides import FIGURE_WIDTH_PT
from deckgen.units import PT_PER_INCH, PT_PER_MM, Box

if TYPE_CHECKING:
    from deckgen.check.pdf_text import PdfText
    from deckgen.check.pptx_text import SlideText

BUG = "this is a fault of deckgen, not of the source; please report it with this message"
BACKDROP = "backdrop"
LEAST_SLIDE_PPI = 119.0
"""1,600 pixels across a slide, rounding aside."""
LEAST_PRINT_PPI = 150.0
PRINT_SCALE = 118 * PT_PER_MM / FIGURE_WIDTH_PT
"""Of a figure in the measure of the handout, 118 mm."""


def check_sharpness(show: Show) -> tuple[Diagnostic, ...]:
    """A warning for each picture of a slide or figure that has too few pixels for its place."""
    first: dict[tuple[Span, str], Diagnostic] = {}
    for page in show.pages:
        for picture in (*pictures_of(page.drawing.shapes), *under(page)):
            if density(picture) < LEAST_SLIDE_PPI:
                place = f"{'under' if picture.key == BACKDROP else 'on'} slide {page.label or page.number}"
                found = blurred(picture, place, LEAST_SLIDE_PPI + 1, page.span)
                first.setdefault((page.span, picture.image.digest), found)
    homes = {page.source_id: page.span for page in reversed(show.pages)}
    for key, drawing in show.figures.items():
        for picture in pictures_of(drawing.shapes):
            if density(picture) < LEAST_PRINT_PPI * PRINT_SCALE:
                span = homes.get(key.partition("/")[0], Span(picture.image.name))
                found = blurred(picture, "in the handout", LEAST_PRINT_PPI * PRINT_SCALE, span)
                first.setdefault((span, picture.image.digest), found)
    return tuple(first.values())


def pictures_of(shapes: tuple[object, ...]) -> Iterator[Picture]:
    return (shape for shape in every_shape(shapes) if isinstance(shape, Picture))  # type: ignore[arg-type]


def under(page: Page) -> Iterator[Picture]:
    """The picture that a slide stands on, in its place."""
    if found := page.drawing.backdrop:
        yield Picture(key=BACKDROP, box=Box(0, 0, *page.drawing.size), image=found.image, crop=found.crop)


def files_of(show: Show) -> dict[str, str]:
    """The names of all pictures' files, by the first 16 digits of their digests."""
    drawings = (*(page.printed for page in show.pages), *show.figures.values())
    shown = {in_deck(p).image.digest[:16]: p.image.name for drawing in drawings for p in pictures_of(drawing.shapes)}
    behind = [drawing.backdrop for drawing in drawings if drawing.backdrop]
    return shown | {laid_under(found).digest[:16]: found.image.name for found in behind}


def density(picture: Picture) -> float:
    """Pixels to the inch of the drawing; endless for a drawing without pixels."""
    if picture.image.kind == "svg":
        return float("inf")
    return picture.image.width / picture.whole.width * PT_PER_INCH


def blurred(picture: Picture, where: str, per_inch: float, span: Span) -> Diagnostic:
    image, needed = picture.image, picture.pixels(per_inch)
    smaller = "" if picture.key == BACKDROP else ", or show it smaller"
    return warning(
        span,
        f"the picture {image.name} has {image.width:,} × {image.height:,} pixels, too few for its place {where}",
        f"use one of {needed:,} × {round(needed / image.ratio):,} pixels or more{smaller}",
    )


def check_deck_pictures(show: Show, slides: tuple[SlideText, ...]) -> Iterator[Diagnostic]:
    """An error for each picture that its slide lacks, or that lacks its words there."""
    for page, slide in zip(show.pages, slides, strict=False):
        for picture in pictures_of(page.drawing.shapes):
            files: list[Image | Clip] = [in_deck(picture).image]
            for file in [*files, picture.clip] if picture.clip else files:
                if (file.digest[:16], picture.alt) not in slide.pictures:
                    yield error(page.span, f"{file.name} is missing on slide {page.id!r}", BUG)
        backdrop = page.drawing.backdrop
        if backdrop and (laid_under(backdrop).digest[:16], "") not in slide.pictures:
            yield error(page.span, f"{backdrop.image.name} is missing under slide {page.id!r}", BUG)


def check_handout_pictures(deck: Deck, text: PdfText) -> Iterator[Diagnostic]:
    """An error for each picture that its figure lacks, or whose words the handout lacks."""
    drawn = iter(text.drawn)
    for block in figures(deck):
        yield from unseen(block, next(drawn, frozenset()), text.alternatives)


def unseen(block: Block, there: Collection[str], alternatives: Collection[str]) -> Iterator[Diagnostic]:
    """An error for each picture of a block that is not `there`, or whose words are none of the alternatives."""
    for image, alt in block.images():
        if image.digest[:16] not in there:
            yield error(block.span, f"the picture {image.name} is missing in the handout", BUG)
        if alt and not any(alt in words for words in alternatives):
            yield error(block.span, f"the alternative text of {image.name} is missing in the handout", BUG)


def figures(deck: Deck) -> Iterator[Block]:
    """The blocks that the handout draws, in its order."""
    for slide in deck.slides:
        if isinstance(slide, Slide) and slide.only != "deck":
            for _, block in leaves(slide.body):
                if block.NUMBERED == "figure" and block.only != "deck":
                    yield block
