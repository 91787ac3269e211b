"""Typeset a deck whose slides refer to each other: what they are called is known when they are typeset."""

from __future__ import annotations

from collections.abc import Mapping

from deckgen.keep import Keep
from deckgen.model.deck import Deck
from deckgen.model.references import for_slides, refers
from deckgen.model.show import Show
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.typeset.numbering import labels_unsplit
from deckgen.typeset.slides import typeset

MOST_PASSES = 3


class Unsettled(Exception):
    """Words and what they tell change each other without end; the text is the id of a place that moves."""


def typeset_named(
    deck: Deck, theme: Theme, faces: Faces, pages: Mapping[str, int], keep: Keep | None = None
) -> tuple[Deck, Show]:
    """The deck with the words of its references, and its pages, which have these names.

    `pages`: those of ids in the handout. Errors: `Unsettled`.
    """
    if not refers(deck):
        return deck, typeset(deck, theme, faces, keep)
    labels = labels_unsplit(deck)
    for _ in range(MOST_PASSES):
        worded = for_slides(deck, labels, pages)
        show = typeset(worded, theme, faces, keep)
        if for_slides(deck, show.labels, pages) == worded:
            return worded, show
        labels, before = show.labels, labels
    raise Unsettled(next(name for name, label in labels.items() if before.get(name) != label))
