"""Has the talk blanks, where the copy that shows what belongs on them is asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.diagnostics import Diagnostic, warning
from deckgen.model.block import runs
from deckgen.model.deck import Deck
from deckgen.model.style import Style


def check_answers(deck: Deck, styles: Iterable[Style]) -> Iterator[Diagnostic]:
    """A warning if the copy with answers has none to show."""
    for style in styles:
        prose = (deck.abstract, *(entry.handout for entry in deck.slides)) if style.ANSWERS else ()
        if style.ANSWERS and not any(run.blank for run in runs(prose)):
            hint = "write {{blank: the answer}} in 'handout' text, or leave the style out"
            message = f"the talk has no blanks, so {style.name!r} shows what the article does"
            yield warning(style.span, message, hint, "blank")
