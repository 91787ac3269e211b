"""Set a table: widths from what it holds, numbers aligned by their decimal point, rules and grounds of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from deckgen.frozen import frozen
from deckgen.model.drawing import AutoShape, Cell, Row, Stroke, Table
from deckgen.model.figures import parted
from deckgen.model.setting import Align, Style
from deckgen.model.tabular import Places, Slot, Tabular
from deckgen.model.text import Text
from deckgen.typeset.columns import LONGEST_WORD, column_widths, line_width, word_width
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point

STEPS = (("cell", "cell_first"), ("cell_small", "cell_small_first"))
"""Styles of cells and of the first column, the large step first."""
HOT_ROW = "accent_soft"
TOTALS = Stroke("text", 0.75)
"""Over totals, where the theme has no rule under the header."""


@frozen(kw_only=True)
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

    def left(self, column: int) -> float:
        return self.pad if column else self.pad_first


@frozen
class TableSetter:
    """A table in one step of type size, in the width of a sheet."""

    plan: Tabular
    step: int
    sheet: Sheet

    @property
    def look(self) -> Look:
        look: Look = self.sheet.look("table")
        return look

    def style(self, kind: str, column: int) -> Style:
        """The style of a cell in a row of a kind."""
        styles, plan = self.sheet.theme.styles, self.plan
        if kind == "head":
            return styles["cell_head_hot" if column + 1 == plan.highlight else "cell_head"]
        cell, first = (styles[name] for name in STEPS[self.step])
        if kind:
            return replace(cell, bold=True)
        return first if plan.header_column and column == 0 else cell

    def kinds(self) -> Iterator[tuple[str, Sequence[Slot]]]:
        """All rows with what they are."""
        yield from (("head", row) for row in self.plan.head)
        yield from zip(self.plan.kinds, self.plan.body, strict=True)

    @cached_property
    def tails(self) -> tuple[float, ...]:
        """How much the fractions and units of each column's numbers take at most, from the decimal point on."""
        widths = [0.0] * len(self.plan.aligns)
        for kind, row in self.kinds():
            for c, slot in enumerate(row):
                if self.by_point(kind, c, slot):
                    widths[c] = max(widths[c], self.tail(slot.cell.text, kind, c))
        return tuple(widths)

    def by_point(self, kind: str, column: int, slot: Slot) -> bool:
        return bool(self.plan.decimals[column]) and kind in ("", "total") and slot.columns == 1 and not slot.covered

    def tail(self, text: Text, kind: str, column: int) -> float:
        return line_width(parted(text, self.plan.decimals[column])[1], self.style(kind, column), self.sheet)

    @cached_property
    def needs(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The width that each column's longest text would take, and that of its longest word."""
        count = len(self.plan.aligns)
        longest, least = [0.0] * count, [0.0] * count
        wide: list[tuple[int, int, float]] = []
        for kind, row in self.kinds():
            for c, slot in enumerate(row):
                if slot.covered or kind == "group":
                    continue
                style, pads = self.style(kind, c), self.look.left(c) + self.look.pad_right
                word = word_width(slot.cell.text, style, self.sheet, LONGEST_WORD) + pads
                line = line_width(slot.cell.text, style, self.sheet) + pads
                if self.by_point(kind, c, slot):
                    spare = self.tails[c] - self.tail(slot.cell.text, kind, c)
                    word, line = word + spare, line + spare
                if slot.columns > 1:
                    wide.append((c, slot.columns, word))
                else:
                    longest[c], least[c] = max(longest[c], line), max(least[c], word)
        for c, columns, word in wide:
            least[c] += max(0.0, word - sum(least[c : c + columns]))
        return tuple(map(max, longest, least)), tuple(least)

    @cached_property
    def columns(self) -> tuple[float, ...]:
        total = self.sheet.box.width
        if self.plan.widths:
            return tuple(total * width / sum(self.plan.widths) for width in self.plan.widths)
        return column_widths(*self.needs, total)

    @property
    def narrow(self) -> bool:
        """Whether words have to be divided."""
        return not self.plan.part and any(
            have + 0.01 < need for have, need in zip(self.columns, self.needs[1], strict=True)
        )

    @cached_property
    def table(self) -> Table:
        """The table, its rows as high as there is room for."""
        head, body = self.head_rows, self.body_rows
        room = self.sheet.box.height - sum(row.height_pt for row in head)
        rows = stretched(body, [kind == "group" for kind in self.plan.kinds], room, self.look)
        if self.plan.part:
            rows = list(body)
        return Table(
            key=f"{self.sheet.key}/table",
            at=Point(self.sheet.box.x, self.sheet.box.y),
            columns_pt=self.columns,
            rows=(*head, *rows),
            header=bool(head),
            first_column=self.plan.header_column,
            last_row=bool(self.plan.kinds) and self.plan.kinds[-1] == "total",
            placeholder="table" if self.sheet.has("table") else "",
        )

    def highlight_bar(self) -> tuple[AutoShape, ...]:
        """A bar over the head of the column that matters."""
        look, plan, table = self.look, self.plan, self.table
        if not plan.head or not look.hot_bar or not plan.highlight:
            return ()
        x = table.at.x + sum(self.columns[: plan.highlight - 1])
        if not self.sheet.theme.tables.hot_fill:
            x += look.left(plan.highlight - 1)
        bar = Box(x, table.at.y + look.hot_bar_y, table.at.x + sum(self.columns[: plan.highlight]) - x, look.hot_bar)
        return (AutoShape(key=f"{self.sheet.key}/highlight", box=bar, fill="accent", decorative=True),)

    @cached_property
    def head_rows(self) -> tuple[Row, ...]:
        theme = self.sheet.theme.tables
        count = len(self.plan.head)
        rows: list[Row] = []
        places = self.set_in(self.plan.head, ["head"] * count)
        heights = self.heights(places, self.plan.head, [self.look.header] * count)
        for r, (found, slots, height) in enumerate(zip(places, self.plan.head, heights, strict=True)):
            cells = []
            for c, (cell, slot) in enumerate(zip(found, slots, strict=True)):
                last = r + slot.rows == count
                fill = theme.hot_header_fill if c + 1 == self.plan.highlight else theme.header_fill
                top = theme.top if r == 0 else None
                rule = theme.under_header if last else theme.rows
                cells.append(replace(cell, top=top, bottom=rule, fill=fill))
            rows.append(Row(height, tuple(cells)))
        return tuple(rows)

    @cached_property
    def body_rows(self) -> tuple[Row, ...]:
        """The rows of the body, none higher than it must be."""
        least = [0.0 if kind == "group" else self.look.tight_row for kind in self.plan.kinds]
        places = self.set_in(self.plan.body, self.plan.kinds)
        heights = self.heights(places, self.plan.body, least)
        top = None if self.plan.head else self.sheet.theme.tables.top
        rows = []
        for r, (found, slots, height) in enumerate(zip(places, self.plan.body, heights, strict=True)):
            cells = [
                replace(cell, top=None if r else top, bottom=self.rule(r + slot.rows), fill=self.fill(r, c))
                for c, (cell, slot) in enumerate(zip(found, slots, strict=True))
            ]
            rows.append(Row(height, tuple(without_inner_rules(cells, slots, r, self.plan.body))))
        return tuple(rows)

    def rule(self, row: int) -> Stroke | None:
        """The rule over a row of the body, or under the last."""
        theme = self.sheet.theme.tables
        if row >= len(self.plan.body):
            return theme.bottom
        return (theme.under_header or TOTALS) if self.plan.kinds[row] == "total" else theme.rows

    def fill(self, row: int, column: int) -> str:
        if row + 1 == self.plan.highlight_row:
            return HOT_ROW
        hot = column + 1 == self.plan.highlight and self.plan.kinds[row] != "group"
        return self.sheet.theme.tables.hot_fill if hot else ""

    def set_in(self, places: Places, kinds: Sequence[str]) -> list[list[Cell]]:
        """The cells of rows with their texts, without rules and grounds."""
        pairs = zip(kinds, places, strict=True)
        return [[self.cell(kind, c, slot) for c, slot in enumerate(slots)] for kind, slots in pairs]

    def cell(self, kind: str, column: int, slot: Slot) -> Cell:
        if slot.covered:
            return Cell((), covered=True)
        look, align = self.look, self.plan.aligns[column]
        left, right = look.left(column), look.pad_right
        shown: Align = "right" if align == "decimal" else align
        if slot.columns > 1 and align in ("right", "decimal"):
            shown = "left"
        if self.by_point(kind, column, slot):
            right += self.tails[column] - self.tail(slot.cell.text, kind, column)
        width = sum(self.columns[column : column + slot.columns]) - left - right
        style = self.style(kind, column)
        paragraphs = (self.sheet.set(slot.cell.text, style, width, align=shown),) if slot.cell.text else ()
        return Cell(paragraphs, left, right, columns=slot.columns, rows=slot.rows)

    def heights(self, cells: Sequence[Sequence[Cell]], places: Places, least: Sequence[float]) -> list[float]:
        """The height of each row, the `least` or more; what a merged cell needs more goes to its last row."""
        found = list(least)
        merged: list[tuple[int, int, float]] = []
        for r, (row, slots) in enumerate(zip(cells, places, strict=True)):
            for cell, slot in zip(row, slots, strict=True):
                needed = self.height(cell)
                if slot.rows > 1:
                    merged.append((r, slot.rows, needed))
                elif not slot.covered:
                    found[r] = max(found[r], needed)
        for r, rows, needed in merged:
            found[r + rows - 1] += max(0.0, needed - sum(found[r : r + rows]))
        return found

    def height(self, cell: Cell) -> float:
        """The height of a cell's text, with a quarter line of air above and below."""
        text = sum(p.safe_height_pt for p in cell.paragraphs)
        return text + cell.paragraphs[0].style.leading_pt / 2 if cell.paragraphs else 0.0


def without_inner_rules(cells: list[Cell], slots: Sequence[Slot], row: int, body: Places) -> Iterator[Cell]:
    """The cells of a row; one that is covered has a rule under it only where the cell ends that covers it."""
    for c, (cell, slot) in enumerate(zip(cells, slots, strict=True)):
        if not slot.covered:
            yield cell
            continue
        origin = next(
            (row - up, left)
            for up in range(row + 1)
            for left in range(c, -1, -1)
            if not (over := body[row - up][left]).covered and over.rows > up and over.columns > c - left
        )
        ends = origin[0] + body[origin[0]][origin[1]].rows == row + 1
        yield cell if ends else replace(cell, bottom=None)


def stretched(rows: Sequence[Row], fixed: Sequence[bool], room: float, look: Look) -> list[Row]:
    """Rows as high as the theme draws them, or lower if the room asks for it, but none lower than its text needs."""
    share = room / max(1, len(rows))
    pairs = list(zip(rows, fixed, strict=True))
    heights = (look.row, min(look.row, max(look.tight_row, share)), 0)
    choices = [
        [row if keep else replace(row, height_pt=max(wanted, row.height_pt)) for row, keep in pairs]
        for wanted in heights
    ]
    return next((found for found in choices if sum(row.height_pt for row in found) <= room), choices[-1])
