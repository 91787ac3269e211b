"""Does a handout hold what its style promises, in order, and nothing of another channel?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from deckgen.check.agree import check_handout, entries, everywhere, leaked, lost, prints, said, withheld
from deckgen.check.comparable import comparable, told
from deckgen.check.figures import check_figures, lacking
from deckgen.check.pictures import unseen
from deckgen.diagnostics import Diagnostic
from deckgen.model.deck import Deck
from deckgen.model.show import Show
from deckgen.model.style import Style
from deckgen.model.text import Text, answered

if TYPE_CHECKING:
    from deckgen.check.pdf_text import PdfText


def check_style(
    style: Style, deck: Deck, show: Show, text: PdfText, also: Sequence[Text] = ()
) -> tuple[Diagnostic, ...]:
    """The check of a handout that was read back; `also` are further texts that an article may hold."""
    if not style.HTML:
        return (*check_handout(deck, text, also, show.labels, style.ANSWERS), *check_figures(show, text))
    words = comparable(text.text)
    return (
        *missing(style, deck, show, words),
        *foreign(style, deck, show, words),
        *undrawn(style, deck, show, text),
    )


def undrawn(style: Style, deck: Deck, show: Show, text: PdfText) -> Iterator[Diagnostic]:
    """An error for each text, number and picture of a figure that none of those drawn has, in whatever order."""
    alternatives = {comparable(words) for words in text.alternatives}
    pictures = frozenset().union(*text.drawn)
    for key, block in style.blocks(deck):
        if block.NUMBERED == "figure":
            strand, where = tuple(block.shown()), f"a figure of the handout {style.name!r}"
            drawn = [comparable(words) for words in text.figures] or [""]
            found = [[*lost(strand, words, where), *lacking(show.figures[key], words, alternatives)] for words in drawn]
            yield from min(found, key=len)
            yield from unseen(block, pictures, text.alternatives)


def missing(style: Style, deck: Deck, show: Show, text: str) -> Iterator[Diagnostic]:
    """An error for each text of the style that does not follow the one before it."""
    at = 0
    for strand in style.held(deck, show):
        problems = list(lost(strand, text[at:], f"the handout {style.name!r}"))
        yield from problems
        if strand and not problems:
            at += max(0, text[at:].find(comparable(told(strand[0]))))


def foreign(style: Style, deck: Deck, show: Show, text: str) -> Iterator[Diagnostic]:
    """An error for each note or print text that the style does not hold."""
    elsewhere = [
        strand
        for entry in entries(deck)
        for strand in (*said(entry), *map(answered, prints(entry)), *withheld(entry, "handout"))
    ]
    allowed = [*style.held(deck, show), *everywhere(deck)]
    yield from leaked(elsewhere, text, allowed, f"the handout {style.name!r}")
