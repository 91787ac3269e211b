"""The deck: what both outputs are made from."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, ClassVar, Literal

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen
from deckgen.model.asset import Image
from deckgen.model.block import Block, Channel, Reveal, key, made
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.text import Paragraph, Text, Verbatim

Prose = Annotated[tuple[Block, ...], "markdown"]
"""Markdown text as blocks; in a source it is text, never a list of blocks."""
Notes = tuple[Paragraph, ...]
"""Markdown text as the paragraphs of a notes page."""
Severity = Literal["off", "warning", "error"]
Severities = Annotated[tuple[tuple[str, Severity], ...], "severities"]
"""How grave findings of a code are, by the codes of warnings."""


@frozen(kw_only=True)
class DataSource:
    """A file of data: its path, or these keys, of which `file` or `query` is needed. See [data.md](data.md)."""

    file: Verbatim = key("The path of a CSV, TSV, JSON, Excel (.xlsx) or SQLite file", "")
    sheet: str = key("The sheet of an Excel file; its first if missing", "")
    query: Verbatim = key(
        "SQL of DuckDB over the file, whose table has the name of the data, and over the data written before; a"
        " parameter is `$name`",
        "",
    )
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Parameters = Annotated[tuple[tuple[str, str], ...], "parameters"]
"""Names that text and queries may use, and their values."""
Given = tuple[tuple[str, str], ...]
"""Values of parameters that a command gives in place of the talk's own."""
Data = Annotated[tuple[tuple[str, DataSource], ...], "data"]
"""Sources of data by their names."""
Footer = Annotated[tuple[str, ...] | None, "footer"]
"""What the footer shows: `title`, `event`, `date`; None for what the theme shows."""
Transition = Literal["none", "fade", "push", "morph"]
"""How a slide takes the place of the one before it; `morph` moves what both have in common."""


@frozen(kw_only=True)
class Section:
    """An opener slide; the slides after it belong to the section."""

    section: Text = key("The section's name, on its opener slide and as a chapter of the handout")
    summary: Text = key("One line under the name", ())
    id: str = key("A name for links and for edits made in PowerPoint; made from the section's name if missing", "")
    appendix: bool = key(
        "The section is an appendix: it and its slides have letters, A, A1, A2, and don't count as part of the talk",
        False,
    )
    minutes: float = key("How long the speaker stays on the opener slide", 0.0)
    transition: Transition | None = key("How the slide comes on, if not as the talk's other slides do", None)
    notes: Notes = key("What the speaker says; in PowerPoint's notes only", ())
    handout: Prose = key("Text for the handout only, in Markdown", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    only: ClassVar[Channel] = "both"
    body: ClassVar[tuple[Block, ...]] = ()
    takeaway: ClassVar[Text] = ()

    @property
    def heading(self) -> Text:
        return self.section


@frozen(kw_only=True)
class Background:
    """What a slide stands on: the name of a ground alone, or a picture with the ground whose colours its text takes.

    ```yaml
    background: {image: pictures/dusk.jpg, ground: dark, shade: 40}
    ```

    The picture is decoration: print shows it in the slide's picture only. Text that can't be read on it, where it is
    worst, is an error that tells the `shade` that helps.
    """

    ground: str = key(
        "One of the theme's grounds, such as light, dark or accent; its own if missing", "", names="backgrounds"
    )
    image: Image | None = key("A picture that fills the slide under all else", None)
    focus: tuple[float, ...] = key(
        "The point that stays in view when it is cut: [0, 0] is its left upper corner, [1, 1] the right lower",
        (0.5, 0.5),
    )
    shade: int = key("How much of the ground's colour lies over the picture, in percent, so that text is readable", 0)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen(kw_only=True)
class Slide:
    """A slide with a title and blocks."""

    title: Text = key("A sentence that says what the slide shows; at most two lines", ())
    id: str = key("A name for links and for edits made in PowerPoint; made from the title if missing", "")
    layout: str = key("The theme's layout for this slide; chosen by the content if missing", "", names="layouts")
    background: Background = key("A ground of the theme, such as light, dark or accent, or a picture", Background())
    hidden: bool = key("PowerPoint keeps the slide but passes over it; it is numbered 7a, after slide 7", False)
    minutes: float = key("How long the speaker stays on the slide; the notes tell the time so far", 0.0)
    transition: Transition | None = key("How the slide comes on, if not as the talk's other slides do", None)
    body: tuple[Block, ...] = key(
        "The blocks of the slide, or Markdown text; one block may stand here by its own name", ()
    )
    takeaway: Text = key("The conclusion, set apart at the foot of the slide", ())
    reveal: Reveal = key("What comes on with each click: each item of its text, or each block; print shows all", "none")
    print_step: int | None = key("After how many clicks print shows the slide's picture; all if missing", None)
    only: Channel = key("Show the slide in both outputs, or only in the deck or the handout", "both")
    cheat: bool = key("Put the slide's blocks and its take-away on the cheat sheet, under its title", False)
    notes: Notes = key("What the speaker says; in PowerPoint's notes only", ())
    handout: Prose = key("Text for the handout only, in Markdown, as long as it needs to be", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def heading(self) -> Text:
        """Empty where a block (a quote, a statement) serves as the title."""
        return self.title


@frozen(kw_only=True)
class PrintPage:
    """A page that the handout alone has, between slides: a work sheet, a check list. It begins a new page, and so does
    what comes after it, so that it can be taken out or copied.

    ```yaml
    - page: |
        # Work sheet

        1. Start a container, and list the processes in it.
        2. Stop it.
    ```
    """

    page: Prose = key("What stands on it, in Markdown; a heading that it begins with is its title")
    title: Text = key("Its title, which stands in the contents, too", ())
    id: str = key("A name for links; made from the title if missing", "")
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    only: ClassVar[Channel] = "handout"
    body: ClassVar[tuple[Block, ...]] = ()
    takeaway: ClassVar[Text] = ()
    notes: ClassVar[Notes] = ()
    minutes: ClassVar[float] = 0.0

    @property
    def heading(self) -> Text:
        return self.title

    @property
    def handout(self) -> Prose:
        return self.page


@frozen(kw_only=True)
class Include:
    """The slides of another file, in its place: a list of entries, or a mapping with such a list in `slides`.

    ```yaml
    slides:
      - include: parts/opening.yaml
      - title: What comes next
    ```

    Paths in that file start in its own folder; it may include others.
    """

    include: str = key("The path of the file, from the folder of the file that includes it")


Entry = Section | PrintPage | Slide
"""What `slides` lists. All have an `id`, a `heading`, `notes`, `handout`, `body`, `takeaway`, `only` and `minutes`."""


@frozen(kw_only=True)
class Deck:
    """A talk. The title slide and the handout's cover are made from the keys before `slides`."""

    deckgen: int = key("The version of the source format; this is version 1")
    title: Text = key("The talk's title")
    subtitle: Text = key("The line under the title", ())
    author: Text = key("Who gives the talk", ())
    role: Text = key("The author's role or organisation", ())
    event: Text = key("Where the talk is given", ())
    date: str = key("The day of the talk, as 2026-11-24", "")
    language: str = key("The language of the text, as a tag such as en, en-GB or de", "en", names="languages")
    theme: str = key("The look: a folder in themes/", "paper", names="themes")
    minutes: float = key("How long the talk may take; a warning tells when its slides need more", 0.0)
    transition: Transition = key("How slides come on, where they don't say it themselves", "none")
    paper: Literal["A4", "Letter", "A5"] = key("The handout's paper; on A5 all is set at 85 % of its size", "A4")
    print: Print = key(
        "How the handout is printed: one or more of office, screen, press, booklet, or all keys", Print()
    )
    handout: Handouts = key("The styles of the handout: `article` if missing, or some of those below", ())
    footer: Footer = key("What the footer shows beside the slide's number; what the theme says if missing", None)
    bibliography: str = key("The file of the works that the talk cites: BibTeX or CSL-JSON", "")
    citation_style: str = key(
        "How works are cited: author-date, numeric, or the path of a CSL file", "author-date", names="citation_styles"
    )
    checks: Severities = key(
        "How grave findings are, where not as usual: `off`, `warning` or `error` by the codes of warnings",
        (),
        content=False,
    )
    parameters: Parameters = key(
        "Names and their values, for `{{ name }}` in text and `$name` in queries; `--set name=value` takes their place",
        (),
        content=False,
    )
    data: Data = key("Files of data by their names, for tables, charts and text", (), content=False)
    abstract: Prose = key("What the handout is about, on its cover", ())
    notes: Notes = key("What the speaker says at the title slide", ())
    references: tuple[Text, ...] = made(())
    """The works that the talk cites, in the order and the words of the citation style."""
    slides: tuple[Entry, ...] = key("The talk, from the first slide after the title to the last")
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Part:
    """A section with what follows it; what stands before the first section is in a part without one."""

    number: int
    """1 for the first section; 0 for the part without one."""
    section: Section | None
    entries: tuple[Slide | PrintPage, ...]
    label: str = ""
    """What the section is numbered: `3`, or a letter in the appendix; empty for the part without one."""

    @property
    def slides(self) -> tuple[Slide, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Slide))

    @property
    def appendix(self) -> bool:
        return self.section is not None and self.section.appendix


def parts(deck: Deck) -> tuple[Part, ...]:
    """The deck's sections in order. Ids must have been given (see `read`)."""
    found: list[tuple[Section | None, list[Slide | PrintPage]]] = [(None, [])]
    for entry in deck.slides:
        if isinstance(entry, Section):
            found.append((entry, []))
        else:
            found[-1][1].append(entry)
    first = next((i for i, (section, _) in enumerate(found) if section and section.appendix), len(found))
    return tuple(
        Part(i, section, tuple(entries), (letters(i - first + 1) if i >= first else str(i)) if section else "")
        for i, (section, entries) in enumerate(found)
        if section or entries
    )


def letters(number: int) -> str:
    """`A` for 1, `Z` for 26, `AA` for 27."""
    found = ""
    while number:
        number, digit = divmod(number - 1, 26)
        found = chr(ord("A") + digit) + found
    return found
