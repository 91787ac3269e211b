"""A typeset deck: the slides as they are shown, numbered and drawn."""

from __future__ import annotations

from dataclasses import field, replace

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen
from deckgen.model.deck import Transition
from deckgen.model.drawing import AnyShape, Drawing, TextBox
from deckgen.model.setting import SetLine, SetParagraph
from deckgen.model.text import Text


@frozen
class Step:
    """What one click shows: shapes as a whole, or paragraphs of a text, the first and the last, counted from 0."""

    shapes: tuple[str, ...]
    """Their keys."""
    paragraphs: tuple[int, int] | None = None


@frozen(kw_only=True)
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
    steps: tuple[Step, ...] = ()
    """What comes on with each click; all else is there from the beginning."""
    print_step: int | None = None
    """After how many steps print shows the slide; None: after the last."""
    part: int = 1
    parts: int = 1
    section: int
    """The number of the section it belongs to; 0 before the first."""
    title: Text
    layout: str
    drawing: Drawing
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def printed(self) -> Drawing:
        """The slide as print shows it: without what comes on later."""
        later = () if self.print_step is None else self.steps[max(0, self.print_step) :]
        shapes = self.drawing.shapes
        for step in later:
            shapes = tuple(found for shape in shapes if (found := before(step, shape)))
        return replace(self.drawing, shapes=shapes)


def before(step: Step, shape: AnyShape) -> AnyShape | None:
    """What is there of a shape before a step. Paragraphs keep their places."""
    if shape.key not in step.shapes:
        return shape
    if not step.paragraphs or not isinstance(shape, TextBox):
        return None
    first, last = step.paragraphs
    return replace(
        shape,
        paragraphs=tuple(blank(p) if first <= i <= last else p for i, p in enumerate(shape.paragraphs)),
    )


def blank(paragraph: SetParagraph) -> SetParagraph:
    return replace(paragraph, text=(), bullet=None, lines=tuple(SetLine((), 0) for _ in paragraph.lines))


@frozen
class Show:
    """All pages in order, and the figures that print draws from blocks, by block key (`slide-id/2`)."""

    pages: tuple[Page, ...]
    figures: dict[str, Drawing] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        """What each slide is called, by its id in the source; of one that was split, its first page."""
        return {page.source_id: page.label for page in reversed(self.pages)}

    def pages_of(self, source_id: str) -> tuple[Page, ...]:
        return tuple(page for page in self.pages if page.source_id == source_id)
