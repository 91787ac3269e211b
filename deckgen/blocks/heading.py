"""A heading inside handout text; in Markdown, a line that starts with `#`.

- heading: What a shared kernel is worth
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.block import Block, key, out_of_range
from deckgen.model.text import Text


@frozen(kw_only=True)
class Heading(Block):
    """A heading under a slide's own."""

    text: Text = key("The heading")
    level: int = key("1 for a heading under the slide's, 2 for one under that", 1)

    PRINT_ONLY = True
    HTML = "<h{{ block.level + 2 }}>{{ block.text | runs }}</h{{ block.level + 2 }}>"

    def problems(self) -> Iterator[Diagnostic]:
        yield from out_of_range("level", self.level, range(1, 3), self.span)
