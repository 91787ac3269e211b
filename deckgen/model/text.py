"""Rich text: a `Text` is a tuple of runs; a `Paragraph` is a text with its place in a list."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Annotated, Literal

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen

Refer = Literal["", "after", "name", "handout", "pointer", "page"]
"""Nothing; print names the page after the words; what the place is called instead of the text, which is as it is
written; its page in the handout; a figure's number and its page, in the place of the figure; the words of a page, in
which the number 0 stands for that of the page."""


@frozen
class Run:
    """A stretch of text in one look. Its place in the source is no part of its value."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: Literal["", "sub", "super"] = ""
    link: str = ""
    """An `https:`, `http:` or `mailto:` address, or `#slide-id`."""
    colour: str = ""
    """A colour role of the theme, such as a code token's; empty: the colour of the style."""
    live: Literal["", "slidenum"] = ""
    """PowerPoint keeps the text up to date, as a field of this type; deckgen alone adds such runs."""
    face: str = ""
    """The family that shows the run where the theme's own font lacks its characters; typesetting tells."""
    math: bool = False
    """The text is a formula in LaTeX, set in the line."""
    note: tuple[Run, ...] = ()
    """A footnote that hangs on the end of this run (in the body of a slide and in handout text)."""
    cite: str = ""
    """A citation as it is written, `@key, p. 12`, until the reader has put the words of its style in its place."""
    refer: Refer = ""
    """What an output says of the place that the run leads to (see `model.references`)."""
    blank: bool = False
    """A blank of an exercise in handout text; `text` is a stand-in for it, never what belongs there."""
    answer: tuple[Run, ...] = ()
    """What belongs on a blank. It stands in the instructor's copy alone."""
    terms: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    """What the index lists under the page on which the run begins, each with the main entry first."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Text = tuple[Run, ...]
Term = tuple[Text, ...]
"""An entry of the index: the main one, and the one under it, if any."""
Formula = Annotated[Text, "formula"]
"""A text of one run, a formula; in a source it is LaTeX."""


Verbatim = Annotated[str, "verbatim"]
"""Plain text in which braces are text, as in code; in other plain text, `{{ }}` is a value of the talk's data."""


@frozen
class Paragraph:
    """A paragraph of speaker notes."""

    text: Text
    level: int = 0
    """Depth in a list, 0 for the outermost."""
    marker: Literal["", "bullet", "number"] = ""
    number: int = 0
    """What stands before it in a numbered list; 0 in no such list."""
    first: int = 0
    """The number of the first item before it with nothing between them but items and what is under these."""


def answered(text: Text) -> Text:
    """A text with the answers in place of its blanks."""
    return tuple(part for run in text for part in (run.answer if run.blank else (run,)))


def spoken(text: Text) -> Text:
    """A text with formulas as their LaTeX: PowerPoint's notes can't hold formulas."""
    return tuple(replace(run, math=False) if run.math else run for run in text)


def plain(text: Text) -> str:
    """The characters of a text without their look."""
    return "".join(run.text for run in text)


def label(words: str, **look: object) -> Text:
    """A text of one run that deckgen adds itself."""
    return (Run(words, **look),) if words else ()  # type: ignore[arg-type]
