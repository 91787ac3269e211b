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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.model.block import Block, key, runs
from deckgen.model.drawing import AutoShape, Cell, Drawing, Row, Stroke
from deckgen.model.drawing import Table as TableShape
from deckgen.model.text import Run, Text
from deckgen.typeset.caption import captioned
from deckgen.typeset.columns import column_widths
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size


@dataclass(frozen=True, kw_only=True)
class Look:
    """A table in a theme, beside the rules and grounds that all tables have; a bar over the column that matters."""

    header: Inches
    row: Inches
    tight_row: Inches
    """The least height of a row, before the text gets smaller."""
    pad_first: Inches
    """Left of the text of the first column."""
    pad: Inches
    pad_right: Inches
    hot_bar: Inches
    """The height of the bar; 0: none."""
    hot_bar_y: Inches
    """Its upper edge, below the top of the table."""


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

    def problems(self) -> Iterator[Diagnostic]:
        if not self.width:
            yield error(self.span, "the table has no cells")
        elif not 0 <= self.highlight <= self.width:
            message = f"`highlight` names column {self.highlight}, but the table has {self.width}"
            yield error(self.span, message, "count columns from 1; 0 highlights none")
        for i, row in enumerate(self.rows, start=1):
            if self.header and len(row) > len(self.header):
                message = f"row {i} has {len(row)} cells, but the header has {len(self.header)}"
                yield error(self.span, message, 'give every column a head; an empty one is written ""')

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption, sheet, self.set_in)

    def set_in(self, sheet: Sheet) -> Drawing:
        """The table alone, in the largest type that fits."""
        table = next((table for table in self.sizes(sheet) if table.box.height <= sheet.box.height), None)
        table = table or list(self.sizes(sheet))[-1]
        size = Size(sheet.box.width, table.box.height)
        return Drawing(size, (table, *self.highlight_bar(table, sheet)))

    def sizes(self, sheet: Sheet) -> Iterator[TableShape]:
        """The table in each step of type size, the largest first."""
        return (self.set_table(step, sheet) for step in STEPS)

    def highlight_bar(self, table: TableShape, sheet: Sheet) -> tuple[AutoShape, ...]:
        """A bar over the head of the column that matters."""
        look: Look = sheet.look("table")
        if not self.header or not look.hot_bar or not 0 < self.highlight <= self.width:
            return ()
        x = sheet.box.x + sum(table.columns_pt[: self.highlight - 1])
        if not sheet.theme.tables.hot_fill:
            x += self.pad(self.highlight - 1, look)
        right = sheet.box.x + sum(table.columns_pt[: self.highlight])
        bar = Box(x, sheet.box.y + look.hot_bar_y, right - x, look.hot_bar)
        return (AutoShape(key=f"{sheet.key}/highlight", box=bar, fill="accent", decorative=True),)

    def set_table(self, step: tuple[str, str], sheet: Sheet) -> TableShape:
        """The table in one step of type size, rows as high as there is room for."""
        look: Look = sheet.look("table")
        columns = self.columns(step, sheet)
        cells = [self.set_row(row, columns, step, sheet) for row in self.rows]
        leading = sheet.theme.style(step[0]).leading_pt
        head = [self.head_row(columns, sheet)] if self.header else []
        room = sheet.box.height - sum(row.height_pt for row in head)
        heights = row_heights([least_height(row, leading) for row in cells], room, look)
        rules = [sheet.theme.tables.rows] * (len(cells) - 1) + [sheet.theme.tables.bottom]
        body = [
            Row(height, tuple(self.filled(cell, i, rule, sheet) for i, cell in enumerate(row, start=1)))
            for row, height, rule in zip(cells, heights, rules, strict=False)
        ]
        return TableShape(
            key=f"{sheet.key}/table",
            at=Point(sheet.box.x, sheet.box.y),
            columns_pt=columns,
            rows=(*head, *body),
            header=bool(self.header),
            first_column=True,
            placeholder="table" if sheet.has("table") else "",
        )

    def columns(self, step: tuple[str, str], sheet: Sheet) -> tuple[float, ...]:
        look: Look = sheet.look("table")
        texts = [[self.cell(row, i) for row in (self.header, *self.rows)] for i in range(self.width)]
        styles = [step[1] if i == 0 else step[0] for i in range(self.width)]
        pads = [look.pad_right + self.pad(i, look) for i in range(self.width)]
        return column_widths(texts, styles, pads, sheet)

    def pad(self, column: int, look: Look) -> float:
        return look.pad if column else look.pad_first

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
        left = self.pad(column, look)
        paragraphs = (sheet.set(text, style, width - left - look.pad_right),) if text else ()
        return Cell(paragraphs, left, look.pad_right)

    def filled(self, cell: Cell, column: int, rule: Stroke | None, sheet: Sheet) -> Cell:
        """A cell of the body with the rule under it and its column's ground."""
        return replace(cell, bottom=rule, fill=sheet.theme.tables.hot_fill if column == self.highlight else "")

    def head_row(self, columns: tuple[float, ...], sheet: Sheet) -> Row:
        look, plan = sheet.look("table"), sheet.theme.tables
        cells = []
        for i, width in enumerate(columns):
            style = "cell_head_hot" if i + 1 == self.highlight else "cell_head"
            cell = self.set_cell(self.cell(self.header, i), style, i, width, sheet)
            fill = plan.hot_header_fill if i + 1 == self.highlight else plan.header_fill
            cells.append(replace(cell, top=plan.top, bottom=plan.under_header, fill=fill))
        return Row(max(look.header, least_height(cells, sheet.theme.style("cell_head").leading_pt)), tuple(cells))

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        look: Look = sheet.look("table")
        table = self.set_table(STEPS[-1], sheet)
        head, rows = (table.rows[:1], table.rows[1:]) if self.header else ((), table.rows)
        leading = sheet.theme.style(STEPS[-1][0]).leading_pt
        room = sheet.box.height - sum(row.height_pt for row in head)
        ends = accumulate(max(look.tight_row, least_height(row.cells, leading)) for row in rows)
        most = sum(1 for end in ends if end <= room)
        if not 0 < most < len(self.rows):
            return None
        pages = -(-len(self.rows) // most)
        count = min(most, -(-len(self.rows) // pages))
        return replace(self, rows=self.rows[:count]), replace(self, rows=self.rows[count:], caption=())


def least_height(cells: Sequence[Cell], leading_pt: float) -> float:
    """The height that the tallest cell of a row needs, with a quarter line of air above and below."""
    text = max((sum(p.safe_height_pt for p in cell.paragraphs) for cell in cells), default=0.0)
    return text + leading_pt / 2


def row_heights(least: Sequence[float], room: float, look: Look) -> list[float]:
    """Rows as the theme draws them, or lower if the room asks for it, but none lower than its text needs."""
    share = room / max(1, len(least))
    wanted = [look.row, min(look.row, max(look.tight_row, share)), look.tight_row]
    choices = [[max(height, needed) for needed in least] for height in wanted]
    return next((heights for heights in choices if sum(heights) <= room), choices[-1])
