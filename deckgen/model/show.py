"""A typeset deck: the slides as they are shown, numbered and drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from deckgen.diagnostics import NOWHERE, Span
from deckgen.model.deck import Transition
from deckgen.model.drawing import Drawing
from deckgen.model.text import Text


@dataclass(frozen=True, kw_only=True)
class Page:
    """One shown slide. A source slide that had to be split has several pages."""

    id: str
    """The slide's id; a continuation has `--2`, `--3` ... after it."""
    source_id: str
    """The id of the slide or section in the source; `title` for the title slide."""
    number: int
    """The place in the deck, from 1."""
    label: str
    """What the slide is called: `7`, `7a` for a hidden one after it, `A1` in the appendix."""
    hidden: bool = False
    background: str = ""
    """The theme's ground that the slide stands on; empty: the theme's own."""
    transition: Transition = "none"
    part: int = 1
    parts: int = 1
    section: int
    """The number of the section it belongs to; 0 before the first."""
    title: Text
    layout: str
    drawing: Drawing
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Show:
    """All pages in order, and the figures that print draws from blocks, by block key (`slide-id/2`)."""

    pages: tuple[Page, ...]
    figures: dict[str, Drawing] = field(default_factory=dict)

    def pages_of(self, source_id: str) -> tuple[Page, ...]:
        return tuple(page for page in self.pages if page.source_id == source_id)
