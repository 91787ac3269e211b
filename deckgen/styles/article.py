"""The reading document: cover, contents, and all that slides and handout texts say, in chapters.

handout: article
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.style import Style


@dataclass(frozen=True, kw_only=True)
class Article(Style):
    """The article; its template is the writer's own."""

    TELLS_CHANGES = True

    @property
    def suffix(self) -> str:
        return "-handout"
