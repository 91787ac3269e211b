"""The article with the answers of its exercises on their blanks, page by page and line by line like the article.

handout: [article, instructor]
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.style import Style


@dataclass(frozen=True, kw_only=True)
class Instructor(Style):
    """The instructor's copy."""

    ANSWERS = True
