"""The article with the answers of its exercises on their blanks, page by page and line by line like the article.

handout: [article, instructor]
"""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.style import Style


@frozen(kw_only=True)
class Instructor(Style):
    """The instructor's copy."""

    ANSWERS = True
