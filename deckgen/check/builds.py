"""Can everything that is to come on by clicks do so, and is there a step to print?"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.blocks import kind_of
from deckgen.diagnostics import Diagnostic, error
from deckgen.model.block import Block
from deckgen.model.deck import Deck, Slide
from deckgen.model.show import Show


def check_reveals(slide: Slide) -> Iterator[Diagnostic]:
    """An error for each block that has no items to come on one by one."""
    for block in slide.body:
        way = block.reveal or slide.reveal
        if way == "by-item" and not block.FLOWS and block.only != "handout":
            message = f"{kind_of(block)!r} has no items that could come on one by one"
            yield error(block.span, message, "set `reveal: by-block` beside it, or `reveal: none`", key="reveal")
        yield from check_inner(block)


def check_inner(block: Block) -> Iterator[Diagnostic]:
    for inner in block.inner():
        if inner.reveal:
            message = f"a block in {kind_of(block)!r} comes on with all of it"
            yield error(inner.span, message, f"set `reveal` beside {kind_of(block)!r}", key="reveal")


def check_steps(deck: Deck, show: Show) -> Iterator[Diagnostic]:
    """An error for each slide that is to be revealed, or printed at a step, and has no such step."""
    counts: dict[str, int] = {}
    for page in show.pages:
        counts[page.source_id] = counts.get(page.source_id, 0) + len(page.steps)
    for slide in deck.slides:
        if isinstance(slide, Slide) and slide.id in counts:
            yield from check_count(slide, counts[slide.id])


def check_count(slide: Slide, count: int) -> Iterator[Diagnostic]:
    if slide.reveal != "none" and not count:
        yield error(slide.span, "nothing on this slide can be revealed", "leave `reveal` out", key="reveal")
    elif slide.print_step is not None and not 0 <= slide.print_step <= count:
        has = f"has steps 0 to {count}" if count else "has no steps"
        hint = "write one of these" if count else "leave it out, or set `reveal: by-item`"
        yield error(slide.span, f"`print_step` is {slide.print_step}, but the slide {has}", hint, key="print_step")
