"""The reading document: cover, contents, and all that slides and handout texts say, in chapters.

handout: article
handout:
  article: {columns: 2}
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.style import Style


@frozen(kw_only=True)
class Article(Style):
    """The article; its template is the writer's own."""

    TELLS_CHANGES = True

    columns: int = key("How many columns its text has: 1, beside the pictures of slides, or 2 over the whole width", 1)

    @property
    def suffix(self) -> str:
        return "-handout"

    @property
    def text_columns(self) -> int:
        return self.columns

    def problems(self) -> Iterator[Diagnostic]:
        if self.columns not in (1, 2):
            yield error(self.span, f"an article can't have {self.columns} columns", "write 1 or 2")
