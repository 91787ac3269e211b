"""What is still read from afar."""

from __future__ import annotations

from deckgen.frozen import frozen


@frozen(kw_only=True)
class Legibility:
    """From where on `deckgen check` warns of a slide."""

    words: int = 100
    """As many are read while somebody speaks."""
    text_pt: float = 12
    """The least size of text."""
