"""The sections of the talk, made from the sections themselves; inside a section, that one is marked.

- agenda:
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.block import Block
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.drawing import AutoShape, Cell, Drawing, Row, Table
from deckgen.model.text import Text, label
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point


@dataclass(frozen=True, kw_only=True)
class Look:
    """An agenda in a theme: a table of number, name and summary; a dot marks the current section."""

    at: Point
    columns: tuple[Inches, ...]
    row: Inches
    tight_rows: tuple[Inches, ...]
    """Row heights for one section more than fits at full height, for two more ..."""
    number_inset: Inches
    dot: Inches
    dot_x: Inches


FULL_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class Agenda(Block):
    """What the talk is about, in order."""

    LAYOUT = "agenda"
    SOLE = True
    LOOK = Look
    HTML = """<ol class="agenda">{% for name, summary in sections %}<li><b>{{ name | runs }}</b>
      {%- if summary %} <span>{{ summary | runs }}</span>{% endif %}</li>{% endfor %}</ol>"""
    CSS = """.agenda li { break-inside: avoid; }
      .agenda li::marker { color: var(--accent); }
      .agenda span { color: var(--muted); }"""

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("agenda")
        heights = (look.row, *look.tight_rows)
        height = heights[min(max(0, len(sheet.sections) - FULL_ROWS), len(heights) - 1)]
        rows = tuple(
            self.row(number, name, summary, height, sheet)
            for number, (name, summary) in enumerate(sheet.sections, start=1)
        )
        table = Table(key=f"{sheet.key}/table", at=look.at, columns_pt=look.columns, rows=rows)
        if not sheet.section:
            return Drawing(sheet.size, (table,))
        middle = look.at.y + (sheet.section - 0.5) * height
        box = Box(look.dot_x - look.dot / 2, middle - look.dot / 2, look.dot, look.dot)
        dot = AutoShape(key=f"{sheet.key}/current", box=box, geometry="ellipse", fill="accent", decorative=True)
        return Drawing(sheet.size, (table, dot))

    def row(self, number: int, name: Text, summary: Text, height: float, sheet: Sheet) -> Row:
        look: Look = sheet.look("agenda")
        current = number == sheet.section
        styles = (
            ("agenda_current", "agenda_current", "label") if current else ("agenda_number", "agenda", "label_muted")
        )
        widths = (look.columns[0] - look.number_inset, look.columns[1], look.columns[2])
        texts = (label(str(number)), name, summary)
        aligns = ("right", "left", "left")
        set_texts = [
            (sheet.set(text, style, width, align=align),) if text else ()
            for text, style, width, align in zip(texts, styles, widths, aligns, strict=True)
        ]
        return Row(
            height, (Cell(set_texts[0], inset_right_pt=look.number_inset), Cell(set_texts[1]), Cell(set_texts[2]))
        )


def contents_slide(deck: Deck) -> Slide | None:
    """The slide that says nothing but what the handout's contents say: an agenda before the first section.

    It may have print text, which then stands with the contents.
    """
    for entry in deck.slides:
        if isinstance(entry, Section):
            break
        printed = [block for block in entry.body if block.only != "deck"]
        alone = printed and all(isinstance(block, Agenda) for block in printed) and not entry.takeaway
        if alone and entry.only != "deck":
            return entry
    return None
