"""A table with a header row; the first column names what a row is about.

- table:
    header: ["", Virtual machine, Container]
    highlight: 3
    rows:
      - [Kernel, One per machine, {text: Shared with the host, note: Of the same version}]
      - group: What it costs
      - [Memory, "1,024 MB", 40.5 MB]
      - [Start, {text: A moment in both, columns: 2}]
      - total: [Machines on a host, 10, 100]
    caption: Two questions to ask before choosing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key, made, runs
from deckgen.model.contents import Contents, cells, width
from deckgen.model.drawing import AnyShape, Drawing, TextBox
from deckgen.model.exhibit import Exhibit
from deckgen.model.grid import Columns, Grid, Pick, columns_of, field_text, pick_problems
from deckgen.model.tablecells import body_sections, head_rows
from deckgen.model.tabular import Align, Head, Row, Tabular, laid_out, row_of, row_problems, seams
from deckgen.model.text import Run, Text
from deckgen.typeset.caption import above_caption, captioned
from deckgen.typeset.footnotes import overview
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.tableset import STEPS, Look, TableSetter
from deckgen.units import Box, Size

if TYPE_CHECKING:
    from babel import Locale

MOST_COLUMNS = 30
NOTES_GAP_PT = 7.5
NOTE_STYLE = "label_muted"


@frozen(kw_only=True)
class Table(Exhibit):
    """Rows of cells. Columns of numbers are aligned by their decimal points."""

    rows: tuple[Row, ...] = key("The rows, each a list of cells; those of a file stand before them", ())
    header: Head = key("The heads of the columns, in one row or several; those of the file if missing", ())
    header_column: bool = key("The first column says what each row is about", True)
    file: Grid | None = key("A file that holds rows; its first row holds the heads", None)
    data: Annotated[Grid | None, "data"] = key("A name of the talk's `data`, in place of `file`", None)
    columns: tuple[Pick, ...] = key("Which columns of the file or of `data` to show; all if missing", ())
    widths: tuple[float, ...] = key("The widths of the columns, as shares; by what they hold if missing", ())
    align: tuple[Align, ...] = key("How each column is aligned; by what it holds if missing", ())
    highlight: int = key("The column that matters, counted from 1; 0 for none", 0)
    highlight_row: int = key("The row that matters, counted from 1, groups and totals too; 0 for none", 0)
    caption: Text = key("What to see in it; beside the table on the slide, under its number in the handout", ())
    step: int = made(0)
    """The least step of type size: all parts of a table that was split have the same."""
    first_note: int = made(0)
    row_heights: tuple[float, ...] = made(())
    """The least heights of the rows of what is left, so that they are set once and not for every slide."""

    LAYOUT = "table"
    EITHER = ("rows", "file", "data")
    NUMBERED = "table"
    LOOK = Look
    HTML = """{% macro cell(it) -%}
      <{{ it.tag }}{% if it.scope %} scope="{{ it.scope }}"{% endif %}
      {%- if it.columns > 1 %} colspan="{{ it.columns }}"{% endif %}
      {%- if it.rows > 1 %} rowspan="{{ it.rows }}"{% endif %}
      {%- if it.classes %} class="{{ it.classes }}"{% endif %}>{{ it.text | runs }}
      {%- if it.tail_ch %}<span class="tail" style="width:{{ it.tail_ch }}ch">{{ it.tail | runs }}</span>{% endif -%}
      </{{ it.tag }}>
      {%- endmacro -%}
      {%- macro line(row) -%}
      <tr{% if row.classes %} class="{{ row.classes }}"{% endif %}>
      {%- for it in row.cells %}{{ cell(it) }}{% endfor %}</tr>
      {%- endmacro -%}
      {%- set table = block.tabular(words.locale) -%}
      <table class="table{{ block.print_classes() }}">
      {%- if block.print_widths() %}<colgroup>{% for width in block.print_widths() -%}
      <col style="width:{{ '%.2f' % width }}%" />{% endfor %}</colgroup>{% endif %}
      {%- if table.head %}<thead>{% for row in block.head_rows(table) %}{{ line(row) }}{% endfor %}</thead>{% endif %}
      {%- for merged, rows in block.body_sections(table) %}<tbody{% if merged %} class="merged"{% endif %}>
      {%- for row in rows %}{{ line(row) }}{% endfor %}</tbody>
      {%- endfor %}</table>
      {%- if block.contents.notes %}<div class="table-notes">{% for note in block.contents.notes -%}
      <p><b>{{ block.contents.letter(loop.index0) }}</b> {{ note | prose }}</p>{% endfor %}</div>{% endif %}"""
    CSS = """.table { border-collapse: collapse; width: calc(100% - 0.1mm); break-inside: avoid; }
      .table th, .table td { text-align: left; vertical-align: baseline; }
      .table th.right, .table td.right { text-align: right; font-variant-numeric: tabular-nums lining-nums; }
      .table th.center, .table td.center { text-align: center; }
      .table td:has(.tail) { direction: ltr; } .tail { display: inline-block; text-align: left; white-space: pre; }
      .table tr { break-inside: avoid; }
      .table [rowspan] { vertical-align: middle; } .table .merged { break-inside: avoid; }
      .table.long { break-inside: auto; }
      .table .group { break-after: avoid; }
      .table .group th { color: var(--text); font-weight: bold; padding-top: 8pt; }
      .table .total { break-before: avoid; }
      .table .total > * { font-weight: bold; border-top: 0.5pt solid var(--text); }
      .table tr.hot { background: var(--accent-soft); }
      .table th.hot { color: var(--accent); }
      .table.fixed { table-layout: fixed; overflow-wrap: anywhere; }
      .table.dense { font-size: 7.5pt; line-height: 10pt; }
      .table.dense th, .table.dense td { padding-right: 4pt; }
      .table-notes { color: var(--muted); margin-top: 4pt; }"""

    head_rows = staticmethod(head_rows)
    body_sections = staticmethod(body_sections)

    @property
    def grid(self) -> Grid | None:
        return self.file or self.data

    @cached_property
    def picked(self) -> Columns:
        """What the table shows of its file."""
        return columns_of(self.grid, self.columns) if self.grid else Columns((), ())

    @cached_property
    def head(self) -> tuple[Row, ...]:
        """The rows of the header."""
        return self.header if self.header or not self.grid else (row_of(*self.picked.heads),)

    @cached_property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of the body, those of the file first."""
        return (*(row_of(*map(field_text, row)) for row in self.picked.rows), *self.rows)

    def whole(self) -> Self:
        if not self.grid:
            return self
        return replace(self, header=self.head, rows=self.all_rows, file=None, data=None, columns=())

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.head, self.all_rows, self.first_note, len(self.widths) if self.step else 0)

    @property
    def width(self) -> int:
        return self.contents.width

    def tabular(self, locale: Locale) -> Tabular:
        head, body = self.contents.marked
        places = laid_out(body, self.width)
        kinds = tuple("group" if row.group else "total" if row.total else "" for row in body)
        aligns, decimals = self.contents.alignment(self.align, self.header_column, locale)
        return Tabular(
            head=laid_out(head, self.width),
            body=places,
            kinds=kinds,  # type: ignore[arg-type]
            aligns=aligns,
            decimals=decimals,
            widths=self.widths,
            header_column=self.header_column,
            highlight=self.highlight,
            highlight_row=self.highlight_row,
            part=self.step > 0,
        )

    def shown(self) -> Iterator[Run]:
        yield from (run for strand in self.strands() for run in strand)

    def strands(self) -> tuple[tuple[Run, ...], ...]:
        texts = tuple(cell.text for row in (*self.head, *self.all_rows) for cell in cells(row))
        return tuple(runs(texts)), *(tuple(runs(note)) for note in self.contents.notes)

    def problems(self) -> Iterator[Diagnostic]:
        yield from pick_problems(self.grid, self.columns, "table")
        if self.file and self.data:
            yield error(self.span, "the table has a `file` and `data`", "leave one of them out", key="data")
        if not self.width and not self.grid:
            yield error(self.span, "the table has no cells", "write `rows`, or name a `file` or `data`")
        elif self.width > MOST_COLUMNS:
            message = f"the table has {self.width} columns, and the limit is {MOST_COLUMNS}"
            yield error(self.span, message, "leave columns out")
        elif not 0 <= self.highlight <= self.width:
            message = f"`highlight` names column {self.highlight}, but the table has {self.width}"
            yield error(self.span, message, "count columns from 1; 0 highlights none", key="highlight")
        elif not 0 <= self.highlight_row <= len(self.all_rows):
            message = f"`highlight_row` names row {self.highlight_row}, but the table has {len(self.all_rows)}"
            yield error(self.span, message, "count rows from 1; 0 highlights none", key="highlight_row")
        for name, values in (("widths", self.widths), ("align", self.align)):
            if values and len(values) != self.width:
                message = f"`{name}` lists {len(values)}, but the table has {self.width} columns"
                yield error(self.span, message, "write one for each column", key=name)
        if any(not 0 < width < 1000 for width in self.widths):
            yield error(self.span, "every width is a share greater than 0", "2 is twice as wide as 1", key="widths")
        for i, row in enumerate(self.all_rows, start=1):
            if self.head and row.width > width(self.head):
                message = f"row {i} has {row.width} cells, but the header has {width(self.head)}"
                hint = 'give every column a head; an empty one is written ""'
                yield error(row.span if row.span.line else self.span, message, hint)
        yield from row_problems(self.head, self.width)
        yield from row_problems(self.all_rows, self.width)

    def least_height(self, sheet: Sheet) -> float:
        look: Look = sheet.look("table")
        return look.tight_row * sum(1 for row in self.all_rows if not row.group)

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption, sheet, self.set_in)

    def set_in(self, sheet: Sheet) -> Drawing:
        """The table and the notes under it, in the largest type that fits."""
        plan = self.tabular(sheet.words.locale)
        notes = self.set_notes(sheet)
        room = sheet.box.height - (notes.safe_height_pt + NOTES_GAP_PT if notes else 0)
        place = sheet.within(sheet.box._replace(height=room))
        steps = [TableSetter(plan, step, place) for step in range(self.step, len(STEPS))]
        setter = next((s for s in steps if not s.narrow and s.table.box.height <= room), steps[-1])
        table = replace(setter.table, alt=self.overview())
        shapes: tuple[AnyShape, ...] = (table, *setter.highlight_bar())
        if not notes:
            return Drawing(Size(sheet.box.width, table.box.height), shapes)
        top = table.box.bottom + NOTES_GAP_PT
        box = Box(sheet.box.x, top, sheet.box.width, notes.safe_height_pt)
        return Drawing(Size(box.width, box.bottom - sheet.box.y), (*shapes, replace(notes, box=box)))

    def overview(self) -> str:
        """What the table is about: the heads of its columns, or else what its rows begin with."""
        firsts = (cell.text for row in self.all_rows for cell in cells(row)[:1])
        return overview(cell.text for row in self.head for cell in cells(row)) or overview(firsts)

    def set_notes(self, sheet: Sheet) -> TextBox | None:
        if not self.contents.notes:
            return None
        marks = [Run(f"{self.contents.letter(i)} ", bold=True) for i in range(len(self.contents.notes))]
        paragraphs = tuple(
            sheet.set((mark, *note), NOTE_STYLE, sheet.box.width)
            for mark, note in zip(marks, self.contents.notes, strict=True)
        )
        return TextBox(key=f"{sheet.key}/notes", box=sheet.box, paragraphs=paragraphs)

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        """The rows that fit, with an even share of what is left, whole groups where that is about even.

        The head stands in both parts, and so does the heading of a group that is divided.
        """
        step, sheet = len(STEPS) - 1, above_caption(self.caption, sheet)
        setter = TableSetter(self.tabular(sheet.words.locale), step, sheet)
        room = sheet.box.height - sum(row.height_pt for row in setter.head_rows)
        heights = self.row_heights or tuple(
            row.height_pt + notes for row, notes in zip(setter.body_rows, self.note_heights(sheet), strict=True)
        )
        ends = list(accumulate(heights, initial=NOTES_GAP_PT if self.contents.notes else 0.0))
        cuts = [r for r in seams(self.all_rows, setter.plan.body) if ends[r] <= room]
        if not cuts or ends[-1] <= room or (setter.narrow and not self.row_heights):
            return None
        pages = -(-ends[-1] // room)
        share = ends[-1] / pages
        count = next((r for r in cuts if ends[r] >= share), cuts[-1])
        groups = [r for r in cuts if self.all_rows[r].group and ends[-1] - ends[r] <= (pages - 1) * room]
        whole = min(groups, key=lambda r: abs(ends[r] - share), default=count)
        return self.parts(whole if abs(ends[whole] - share) < share / 2 else count, setter, heights)

    def note_heights(self, sheet: Sheet) -> Iterator[float]:
        """The height of the notes on each row of the body."""
        for row in self.all_rows:
            notes = [sheet.set(cell.note, NOTE_STYLE, sheet.box.width * 0.95) for cell in cells(row) if cell.note]
            yield sum(note.safe_height_pt for note in notes)

    def parts(self, count: int, setter: TableSetter, heights: tuple[float, ...]) -> tuple[Self, Self]:
        """The table before and after a row, both with the same columns, alignment and type size."""
        rows, plan = self.all_rows, setter.plan
        groups = [r for r in range(count) if rows[r].group]
        again = groups[-1:] if not (rows[count].group or rows[count].total) else []
        same = replace(self.whole(), widths=setter.columns, align=plan.aligns, step=setter.step)
        head = replace(same, rows=rows[:count], highlight_row=self.highlight_row if self.highlight_row <= count else 0)
        below = self.highlight_row - count + len(again) if self.highlight_row > count else 0
        first = self.first_note + len(head.contents.notes)
        header = tuple(replace(row, cells=tuple(replace(cell, note=()) for cell in row.cells)) for row in self.head)
        left = [*again, *range(count, len(rows))]
        rest = replace(same, rows=tuple(rows[r] for r in left), row_heights=tuple(heights[r] for r in left))
        tail = replace(rest, header=header, highlight_row=below, first_note=first, caption=())
        return head, tail

    def print_widths(self) -> tuple[float, ...]:
        """The widths of the columns in print, in percent; none if the texts decide."""
        shares = self.widths or self.contents.word_shares()
        return tuple(100 * share / sum(shares) for share in shares)

    def print_width_pt(self) -> float:
        return self.contents.print_width_pt

    def print_classes(self) -> str:
        names = {"long": len(self.all_rows) > 24, "dense": self.width > 6, "fixed": bool(self.print_widths())}
        return "".join(f" {name}" for name in names if names[name])
