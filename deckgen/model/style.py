"""The style of a handout: one dataclass is its options, its pages as HTML, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from deckgen.diagnostics import NOWHERE, Diagnostic, Span
from deckgen.frozen import frozen
from deckgen.model.paper import Paper
from deckgen.model.text import Text

if TYPE_CHECKING:
    from deckgen.model.block import Block
    from deckgen.model.deck import Deck, Part
    from deckgen.model.show import Page, Show


class Piece(NamedTuple):
    """A part of a page as it was laid out, in points from the page's left lower corner. Pages count from 0.

    What is divided between columns or pages is several pieces of one name.
    """

    page: int
    name: str
    left: float
    bottom: float
    right: float
    top: float


@frozen(kw_only=True)
class Style:
    """How a handout shows the talk. Its subclasses live in `deckgen/styles/`, one module a style."""

    LAID_OUT: ClassVar[bool] = True
    """Its pages are set as HTML; else they are the slides themselves, drawn."""
    TELLS_CHANGES: ClassVar[bool] = False
    """It lists what has changed since an earlier handout, and its changed sheets can be printed alone."""
    ANSWERS: ClassVar[bool] = False
    """It shows what belongs on the blanks of exercises."""
    HTML: ClassVar[str] = ""
    """The Jinja2 template of some of its sheets, which it sees as `sheets`; empty for the article."""
    CSS: ClassVar[str] = ""
    """Its structure; looks are the theme's, whose style sheet comes after it."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What follows `-handout` in the file's name, after a dash."""
        return type(self).__module__.rpartition(".")[2].replace("_", "-")

    @property
    def suffix(self) -> str:
        return f"-handout-{self.name}"

    @property
    def text_columns(self) -> int:
        """In how many columns an article sets its text."""
        return 1

    def problems(self) -> Iterator[Diagnostic]:
        """What is wrong with the options although each of their values can be read."""
        yield from ()

    def paper(self, paper: Paper) -> Paper:
        """The talk's paper as the style takes it."""
        return paper

    def sheets(self, deck: Deck, show: Show, paper: Paper) -> tuple[Any, ...]:
        """What the template sets, in pieces that each begin a page."""
        raise NotImplementedError

    def properties(self, show: Show, paper: Paper) -> Mapping[str, str]:
        """Custom properties of its style sheet."""
        return {}

    def blocks(self, deck: Deck) -> tuple[tuple[str, Block], ...]:
        """The blocks that it sets or draws, with their keys."""
        return ()

    def unfit(self, deck: Deck, show: Show) -> Iterator[Diagnostic]:
        """Why the talk can't be shown so."""
        yield from ()

    def excess(self, deck: Deck, pieces: Sequence[Piece]) -> Iterator[Diagnostic]:
        """What is too much, as the pages are laid out: where the elements stand that are called `piece-`."""
        yield from ()

    def held(self, deck: Deck, show: Show) -> Iterator[Text]:
        """The texts that the handout must hold, in order; of what it does not hold, nothing may stand in it."""
        raise NotImplementedError


Handouts = Annotated[tuple[Style, ...], "styles"]
"""The handouts of a talk, a style each; none are written for the article alone."""


class Running(NamedTuple):
    """What the head of a page tells of the section: its number, how many sections there are, its name."""

    label: str = ""
    sections: int = 0
    name: Text = ()


def running(parts: tuple[Part, ...], page: Page) -> Running:
    """The section of a slide, for the head of the page that begins with it."""
    sections = sum(1 for part in parts if part.section and not part.appendix)
    part = next((part for part in parts if part.section and part.number == page.section), None)
    return Running(part.label, sections, part.section.section) if part and part.section else Running()


def bare(text: Text) -> Text:
    """A text without its footnotes, as a title beside a picture has it."""
    return tuple(replace(run, note=()) if run.note else run for run in text)
