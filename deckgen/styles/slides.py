"""The slides themselves, each on a page of its own that it fills, with links and bookmarks; hidden ones left out.

handout: slides
"""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.style import Style


@frozen(kw_only=True)
class Slides(Style):
    """One slide a page, drawn, not laid out."""

    LAID_OUT = False
