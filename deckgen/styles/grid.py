"""Slides in rows and columns, each with its number and title, and room for notes of whoever holds the paper.

handout: grid-6
handout:
  - article
  - grid: {slides: 3, space: dotted}
  - grid: {slides: 9, landscape: true, space: plain}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.deck import Deck, Slide, parts
from deckgen.model.paper import COLUMN_MM, Paper
from deckgen.model.show import Page, Show
from deckgen.model.style import Running, Style, bare, running
from deckgen.model.text import Text

UPRIGHT = {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (2, 2), 6: (2, 3), 9: (3, 3)}
"""Slides a page -> columns and rows."""
LYING = {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (2, 2), 6: (3, 2), 9: (3, 3)}
BESIDE = 3
"""So many slides stand in one column on upright paper, with lines at their right side."""
GAP_MM, UNDER_MM, PITCH_MM = 8.0, 3.0, 8.0
"""Between columns, under a cell, and from line to line."""
LEAST_LINES, LEAST_SHARE = 3, 0.85
"""Slides make room for so many lines if they need not be narrower than this share of their column."""


Rule = tuple[float, float, float]
"""A line to write on, in millimetres: from, to, and its distance from the top."""


@frozen
class Cell:
    """A slide's place, from the left and upper edge of the page's full width, in millimetres."""

    left: float
    top: float
    width: float
    lines_left: float
    """The lines for notes, from the cell's left upper corner."""
    lines_top: float
    lines_width: float
    lines: int

    def rules(self) -> Iterator[Rule]:
        for i in range(1, self.lines + 1):
            left = self.left + self.lines_left
            yield round(left, 2), round(left + self.lines_width, 2), round(self.top + self.lines_top + i * PITCH_MM, 2)


@frozen
class Sheet:
    """A page of slides."""

    running: Running
    entries: tuple[tuple[Page, Text], ...]
    rules: tuple[Rule, ...]
    space: str


@frozen(kw_only=True)
class Grid(Style):
    """Slides in rows and columns."""

    HTML = """
{% from "sheets.html.j2" import head_of, picture_of with context %}
{% for sheet in sheets %}
<section class="leaf{% if sheet.rules %} {{ sheet.rules | ruled(sheet.space) }}{% endif %}">
{{ head_of(sheet.running) }}
{% for page, title in sheet.entries %}
<div class="cell cell-{{ loop.index }}{% if page.source_id in marks %} changed{% endif %}"
 data-slide="{{ page.source_id }}">
{{ picture_of(page, title) }}
<h1 class="label"><b>{{ page.label }}</b> {{ title | prose }}</h1>
</div>
{% endfor %}
</section>
{% endfor %}
"""
    CSS = """
.leaf { page: leaf; break-before: page; position: relative; height: var(--text-height); }
.leaf { margin-left: -50mm; width: var(--full); background-repeat: no-repeat; }
.leaf .room { float: none; height: 0; }
.cell { position: absolute; width: var(--cell-width); }
.cell .picture { margin-bottom: 3pt; }
.label { font: 8.75pt/11.25pt var(--sans-font); letter-spacing: 0; color: var(--muted); background: #fff; }
.cell > .label { position: relative; z-index: 1; margin: 0; padding-left: 6mm; text-indent: -6mm; }
.cell > .label b { display: inline-block; min-width: 6mm; text-indent: 0; margin-right: -0.25em; }
""" + "".join(  # By classes: a style that an element has of its own is computed for it and for all in it.
        f".cell-{i} {{ left: var(--cell-left-{i}); top: var(--cell-top-{i}); }}\n" for i in range(1, max(UPRIGHT) + 1)
    )

    slides: int = key("How many slides stand on a page: 1, 2, 3, 4, 6 or 9", 3)
    space: Literal["ruled", "dotted", "plain"] = key(
        "What the room for notes has: lines, dotted lines, or nothing", "ruled"
    )
    landscape: bool = key("Turn the paper on its long side", False)

    @property
    def name(self) -> str:
        return f"grid-{self.slides}"

    def problems(self) -> Iterator[Diagnostic]:
        if self.slides not in UPRIGHT:
            yield error(self.span, f"a grid can't have {self.slides} slides a page", "write 1, 2, 3, 4, 6 or 9")

    def paper(self, paper: Paper) -> Paper:
        return paper.turned() if self.landscape else paper

    def sheets(self, deck: Deck, show: Show, paper: Paper) -> tuple[Sheet, ...]:
        sections, shown = parts(deck), self.shown(deck, show)
        cells = self.cells(show, paper)
        found = []
        for first in range(0, len(shown), self.slides):
            pages = shown[first : first + self.slides]
            entries = tuple((page, bare(page.title)) for page in pages)
            used = () if self.space == "plain" else cells[: len(pages)]
            lines = tuple(rule for cell in used for rule in cell.rules())
            found.append(Sheet(running(sections, pages[0]), entries, lines, self.space))
        return tuple(found)

    def shown(self, deck: Deck, show: Show) -> tuple[Page, ...]:
        """The slides that a handout may show, hidden ones with them."""
        withheld = {entry.id for entry in deck.slides if isinstance(entry, Slide) and entry.only == "deck"}
        return tuple(page for page in show.pages if page.source_id not in withheld)

    def cells(self, show: Show, paper: Paper) -> tuple[Cell, ...]:
        """The places of a page, row by row."""
        columns, rows = (LYING if self.landscape else UPRIGHT)[self.slides]
        size = show.pages[0].drawing.size
        ratio = size.width / size.height
        across, down = (paper.full_mm + GAP_MM) / columns, paper.text_height_mm / rows
        cell = beside(paper, down) if self.beside else over(across - GAP_MM, down - UNDER_MM, ratio)
        return tuple(
            replace(cell, left=round(column * across, 2), top=round(row * down, 2))
            for row in range(rows)
            for column in range(columns)
        )

    @property
    def beside(self) -> bool:
        return self.slides == BESIDE and not self.landscape

    def properties(self, show: Show, paper: Paper) -> Mapping[str, str]:
        """The height of the text, the places of cells, and where a line may part what is shown from what is written."""
        columns, _ = (LYING if self.landscape else UPRIGHT)[self.slides]
        middle = -1000.0
        if self.beside:
            middle = beside(paper, 0).lines_left - GAP_MM / 2 - COLUMN_MM
        elif columns == 2:
            middle = paper.full_mm / 2 - COLUMN_MM
        found = {"text-height": f"{paper.text_height_mm:.2f}mm", "between": f"{middle:.2f}mm"}
        for i, cell in enumerate(self.cells(show, paper), start=1):
            found |= {
                "cell-width": f"{cell.width}mm",
                f"cell-left-{i}": f"{cell.left}mm",
                f"cell-top-{i}": f"{cell.top}mm",
            }
        return found

    def held(self, deck: Deck, show: Show) -> Iterator[Text]:
        for page in self.shown(deck, show):
            yield bare(page.title)


def beside(paper: Paper, down: float) -> Cell:
    """A slide at the left, lines at the right, from a little above its top."""
    width = round(paper.full_mm * 11 / 21, 2)
    left = width + GAP_MM
    return Cell(0, 0, width, left, -2.6, round(paper.full_mm - left, 2), int((down - UNDER_MM) / PITCH_MM))


def over(across: float, down: float, ratio: float) -> Cell:
    """A slide over its label and the lines, in a cell of this size."""
    label = label_height(across)
    width = min(across, (down - label) * ratio)
    roomy = (down - label - LEAST_LINES * PITCH_MM) * ratio
    if LEAST_SHARE * across <= roomy < width:
        width = roomy
    top = width / ratio + label
    lines = int((down - top) / PITCH_MM + 0.01)
    return Cell(0, 0, round(width, 2), 0, round(top, 2), round(width, 2), lines)


def label_height(across: float) -> float:
    """What a title takes in millimetres: two lines, three in a narrow column."""
    return 9.0 if across > 60 else 13.0
