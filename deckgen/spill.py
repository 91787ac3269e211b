"""Send what does not fit its slide to the handout, where the author allows that: the slide tells where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.model.deck import Deck, Slide
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Run

if TYPE_CHECKING:
    from deckgen.model.block import Block
    from deckgen.model.show import Show
    from deckgen.model.theme import Theme


def spilled(deck: Deck, show: Show, theme: Theme) -> Deck:
    """The deck as slides have it, which were typeset with all exhibits; itself if there is room for them."""
    may = [slide for slide in deck.slides if isinstance(slide, Slide) and any(map(spills, slide.body))]
    full = [slide for slide in may if is_full(slide, show, theme)]
    if not full:
        return deck
    return replace(deck, slides=tuple(pointing(entry) if entry in full else entry for entry in deck.slides))


def spills(block: Block) -> bool:
    return isinstance(block, Exhibit) and bool(block.spill) and block.only == "both"


def is_full(slide: Slide, show: Show, theme: Theme) -> bool:
    """Whether a slide had to be split, or has more than it holds."""
    from deckgen.check.fit import check_fit
    from deckgen.model.show import Show

    pages = show.pages_of(slide.id)
    return len(pages) > 1 or has_errors(tuple(check_fit(Show(pages), theme)))


def pointing(slide: Slide) -> Slide:
    """The slide with lines that tell where its exhibits are; blocks keep their places, which their keys tell."""
    body = tuple(replace(block, only="handout") if spills(block) else block for block in slide.body)
    return replace(slide, body=(*body, *pointers(slide)))


def pointers(slide: Slide) -> Iterator[Block]:
    from deckgen.blocks.paragraph import Paragraph

    for i, block in enumerate(slide.body, start=1):
        if isinstance(block, Exhibit) and spills(block):
            target = block.id or f"{slide.id}/{i}"
            text = (Run("{handout}", link=f"#{target}", refer="pointer", span=block.span),)
            yield Paragraph(text=text, only="deck", span=block.span)


def check_spilled(slides: Deck, show: Show, theme: Theme) -> Iterator[Diagnostic]:
    """An error for what does not fit its figure in the handout either."""
    from deckgen.check.fit import check_fit
    from deckgen.model.show import Show

    for slide in slides.slides:
        for i, block in enumerate(slide.body, start=1) if isinstance(slide, Slide) else ():
            drawing = show.figures.get(f"{slide.id}/{i}")
            if drawing and isinstance(block, Exhibit) and block.spill and block.only == "handout":
                page = replace(show.pages_of(slide.id)[0], drawing=drawing, layout=block.LAYOUT, steps=())
                yield from check_fit(Show((page,)), theme)
