"""The sections of the talk, made from the sections themselves; inside a section, that one is marked.

- agenda:
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckgen.frozen import frozen
from deckgen.model.block import Block
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.drawing import AnyShape, Cell, Drawing, Row, Stroke, Table
from deckgen.model.setting import Align
from deckgen.model.text import Text, label
from deckgen.model.theme import Mark
from deckgen.typeset.footnotes import overview
from deckgen.typeset.marks import mark_shape
from deckgen.typeset.sheet import Sheet
from deckgen.units import Inches, Point


@frozen(kw_only=True)
class Look:
    """An agenda in a theme: a table of number, name and summary; marks tell the current section."""

    at: Point
    columns: tuple[Inches, ...]
    row: Inches
    tight_rows: tuple[Inches, ...]
    """Row heights for one section more than fits at full height, for two more ..."""
    number_align: Align
    number_inset: Inches
    """Between the number and the edge that it keeps to."""
    digits: int
    rules: Stroke | None
    """Between two sections that are not the current one, and under the last."""
    top: Stroke | None
    current: tuple[Mark, ...]
    """What stands under the current section; y is 0, and each mark in the middle of the row's height, or as high."""


FULL_ROWS = 5


def styles(number: int, current: int) -> tuple[str, str, str]:
    """The styles of number, name and summary of a section, seen from the current one."""
    if number == current:
        return "agenda_current_number", "agenda_current", "agenda_current_summary"
    return "agenda_number", "agenda_past" if number < current else "agenda", "agenda_summary"


@frozen(kw_only=True)
class Agenda(Block):
    """What the talk is about, in order."""

    LAYOUT = "agenda"
    SOLE = True
    LOOK = Look
    HTML = """<ol class="list agenda">{% for name, summary in sections %}<li><b>{{ name | runs }}</b>
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
        say, names = sheet.words.say, overview(name for name, _ in sheet.sections)
        alt = say("{label}: {text}", label=say("Contents"), text=names)
        table = Table(key=f"{sheet.key}/table", alt=alt, at=look.at, columns_pt=look.columns, rows=rows)
        return Drawing(sheet.size, (*self.current_marks(height, sheet), table))

    def current_marks(self, height: float, sheet: Sheet) -> Iterator[AnyShape]:
        look: Look = sheet.look("agenda")
        top = look.at.y + (sheet.section - 1) * height
        for i, mark in enumerate(look.current if sheet.section else (), start=1):
            own = mark.box.height or height
            box = mark.box._replace(y=top + (height - own) / 2, height=own)
            yield mark_shape(replace(mark, box=box), f"{sheet.key}/current-{i}", sheet.theme)

    def row(self, number: int, name: Text, summary: Text, height: float, sheet: Sheet) -> Row:
        look: Look = sheet.look("agenda")
        widths = (look.columns[0] - look.number_inset, *look.columns[1:])
        texts = (label(f"{number:0{look.digits}}"), name, summary)
        aligns = (look.number_align, "left", "left")
        set_texts = [
            (sheet.set(text, style, width, align=align),) if text else ()
            for text, style, width, align in zip(texts, styles(number, sheet.section), widths, aligns, strict=True)
        ]
        bottom = None if sheet.section in (number, number + 1) else look.rules
        top = look.top if number == 1 and sheet.section != 1 else None
        inset = look.number_inset
        left, right = (0.0, inset) if look.number_align == "right" else (inset, 0.0)
        insets = ((left, right), (0.0, 0.0), (0.0, 0.0))
        return Row(height, tuple(Cell(p, *sides, top, bottom) for p, sides in zip(set_texts, insets, strict=True)))


def contents_slide(deck: Deck) -> Slide | None:
    """The slide that says nothing but what the handout's contents say: an agenda before the first section.

    It may have print text, which then stands with the contents.
    """
    for entry in deck.slides:
        if isinstance(entry, Section):
            break
        printed = [block for block in entry.body if block.only != "deck"]
        alone = printed and all(isinstance(block, Agenda) for block in printed) and not entry.takeaway
        if alone and isinstance(entry, Slide) and entry.only != "deck":
            return entry
    return None
