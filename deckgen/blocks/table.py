"""A table with a header row; the first column names what a row is about.

- table:
    header: ["", Virtual machine, Container]
    highlight: 3
    rows:
      - [Kernel, One per machine, Shared with the host]
      - [Overhead, A full system in every guest, The app and its libraries]
    caption: Two questions to ask before choosing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from deckgen.model.block import Block, key, runs
from deckgen.model.drawing import AutoShape, Cell, Drawing, Row, Stroke
from deckgen.model.drawing import Table as TableShape
from deckgen.model.text import Run, Text
from deckgen.typeset.caption import caption_beside
from deckgen.typeset.columns import column_widths
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size


@dataclass(frozen=True, kw_only=True)
class Look:
    """A table in a theme: horizontal rules only; a bar over the column that matters."""

    header: Inches
    row: Inches
    tight_row: Inches
    """The least height of a row, before the text gets smaller."""
    pad: Inches
    pad_right: Inches
    hot_bar: Inches
    top_pt: float
    under_header_pt: float
    row_rule_pt: float
    bottom_pt: float


STEPS = (("cell", "cell_first"), ("cell_small", "cell_small_first"))
"""Styles of cells and of the first column, the large step first."""


@dataclass(frozen=True, kw_only=True)
class Table(Block):
    """Rows of cells."""

    rows: tuple[tuple[Text, ...], ...] = key("The rows, each a list of cells")
    header: tuple[Text, ...] = key("The heads of the columns", ())
    highlight: int = key("The column that matters, counted from 1; 0 for none", 0)
    caption: Text = key("What to see in it; beside the table on the slide, under its number in the handout", ())

    LAYOUT = "table"
    NUMBERED = "table"
    LOOK = Look
    HTML = """<table class="table{% if block.rows | length > 24 %} long{% endif %}">
      {%- if block.header %}<thead><tr>{% for cell in block.header -%}
      {% if cell %}<th scope="col"{% if loop.index == block.highlight %} class="hot"{% endif %}>{{ cell | runs }}</th>
      {%- else %}<td></td>{% endif %}{% endfor %}</tr></thead>{% endif -%}
      <tbody>{% for row in block.rows %}<tr>{% for cell in row -%}
      {% if loop.first %}<th scope="row">{{ cell | runs }}</th>{% else -%}
      <td{% if loop.index == block.highlight %} class="hot"{% endif %}>{{ cell | runs }}</td>{% endif %}
      {%- endfor %}</tr>{% endfor %}</tbody></table>"""
    CSS = """.table { border-collapse: collapse; width: calc(100% - 0.1mm); break-inside: avoid; }
      .table th, .table td { text-align: left; vertical-align: baseline; }
      .table tr { break-inside: avoid; }
      .table.long { break-inside: auto; }
      .table th.hot { color: var(--accent); }"""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row) for row in (self.header, *self.rows)), default=0)

    def shown(self) -> Iterator[Run]:
        yield from runs((self.header, self.rows))

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("table")
        for step in STEPS:
            table, needed = self.set_table(step, sheet)
            if needed <= sheet.box.height:
                break
        shapes = [table]
        if self.header and 0 < self.highlight <= self.width:
            x = sheet.box.x + sum(table.columns_pt[: self.highlight - 1]) + (look.pad if self.highlight > 1 else 0)
            right = sheet.box.x + sum(table.columns_pt[: self.highlight])
            bar = Box(x, sheet.box.y - look.top_pt / 2, right - x, look.hot_bar)
            shapes.append(AutoShape(key=f"{sheet.key}/highlight", box=bar, fill="accent", decorative=True))  # type: ignore[arg-type]
        size = Size(sheet.box.width, needed)
        return Drawing(size, (*shapes, *caption_beside(self.caption, Drawing(size), sheet)))

    def set_table(self, step: tuple[str, str], sheet: Sheet) -> tuple[TableShape, float]:
        """The table in one step of type size, rows as high as there is room for, and the height that it needs."""
        look: Look = sheet.look("table")
        columns = self.columns(step, sheet)
        least = [self.least_height(row, columns, step, sheet) for row in self.rows]
        header = look.header if self.header else 0.0
        room = sheet.box.height - header
        comfortable = [max(look.row, height) for height in least]
        if sum(comfortable) > room:
            share = min(look.row, max(look.tight_row, room / max(1, len(least))))
            comfortable = [max(share, height) for height in least]
            if sum(comfortable) > room:
                comfortable = [max(look.tight_row, height) for height in least]
        rows = [self.set_row(row, columns, step, sheet) for row in self.rows]
        last = len(rows) - 1
        body = [
            Row(height, tuple(replace(cell, bottom=self.rule(i == last, look)) for cell in cells))
            for i, (cells, height) in enumerate(zip(rows, comfortable, strict=True))
        ]
        head = [Row(look.header, self.head_cells(columns, sheet))] if self.header else []
        table = TableShape(
            key=f"{sheet.key}/table",
            at=Point(sheet.box.x, sheet.box.y),
            columns_pt=columns,
            rows=(*head, *body),
            header=bool(self.header),
            first_column=True,
            placeholder="table" if sheet.has("table") else "",
        )
        return table, header + sum(comfortable)

    def columns(self, step: tuple[str, str], sheet: Sheet) -> tuple[float, ...]:
        look: Look = sheet.look("table")
        texts = [[self.cell(row, i) for row in (self.header, *self.rows)] for i in range(self.width)]
        styles = [step[1] if i == 0 else step[0] for i in range(self.width)]
        pads = [look.pad_right + (look.pad if i else 0) for i in range(self.width)]
        return column_widths(texts, styles, pads, sheet)

    def cell(self, row: tuple[Text, ...], column: int) -> Text:
        return row[column] if column < len(row) else ()

    def set_row(
        self, row: tuple[Text, ...], columns: tuple[float, ...], step: tuple[str, str], sheet: Sheet
    ) -> list[Cell]:
        return [
            self.set_cell(self.cell(row, i), step[1] if i == 0 else step[0], i, width, sheet)
            for i, width in enumerate(columns)
        ]

    def set_cell(self, text: Text, style: str, column: int, width: float, sheet: Sheet) -> Cell:
        look: Look = sheet.look("table")
        left = look.pad if column else 0.0
        paragraphs = (sheet.set(text, style, width - left - look.pad_right),) if text else ()
        return Cell(paragraphs, left, look.pad_right)

    def head_cells(self, columns: tuple[float, ...], sheet: Sheet) -> tuple[Cell, ...]:
        look: Look = sheet.look("table")
        cells = []
        for i, width in enumerate(columns):
            style = "cell_head_hot" if i + 1 == self.highlight else "cell_head"
            cell = self.set_cell(self.cell(self.header, i), style, i, width, sheet)
            cells.append(replace(cell, top=Stroke("text", look.top_pt), bottom=Stroke("text", look.under_header_pt)))
        return tuple(cells)

    def least_height(
        self, row: tuple[Text, ...], columns: tuple[float, ...], step: tuple[str, str], sheet: Sheet
    ) -> float:
        """The height that the tallest cell of a row needs, with a quarter line of air above and below."""
        cells = self.set_row(row, columns, step, sheet)
        text = max((sum(p.safe_height_pt for p in cell.paragraphs) for cell in cells), default=0.0)
        return text + sheet.theme.style(step[0]).leading_pt / 2

    def rule(self, last: bool, look: Look) -> Stroke:
        return Stroke("text", look.bottom_pt) if last else Stroke("rule", look.row_rule_pt)

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        look: Look = sheet.look("table")
        step = STEPS[-1]
        columns = self.columns(step, sheet)
        room = sheet.box.height - (look.header if self.header else 0)
        most, used = 0, 0.0
        for row in self.rows:
            used += max(look.tight_row, self.least_height(row, columns, step, sheet))
            if used > room:
                break
            most += 1
        if not 0 < most < len(self.rows):
            return None
        slides = -(-len(self.rows) // most)
        count = min(most, -(-len(self.rows) // slides))
        return replace(self, rows=self.rows[:count]), replace(self, rows=self.rows[count:], caption=())
