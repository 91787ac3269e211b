"""Rows of cells as an author writes them, and the places that they take in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Annotated, Literal, NamedTuple

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.text import Text

Align = Literal["left", "center", "right", "decimal"]


@frozen(kw_only=True)
class Cell:
    """A cell; a text alone is short for one."""

    text: Text = key("What it says", ())
    columns: int = key("How many columns it takes; the row has no other cells for these", 1)
    rows: int = key("How many rows it takes; the rows after it have no cells for these", 1)
    note: Text = key("A note on it, set under the table", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen(kw_only=True)
class Row:
    """A row; a list of cells is short for one."""

    cells: tuple[Cell, ...] = key("The cells, from left to right", ())
    group: Text = key("In place of cells: a heading over the rows after it", ())
    total: tuple[Cell, ...] = key("In place of cells: the cells of a row of totals", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.cells or self.total)


Head = Annotated[tuple[Row, ...], "head"]
"""The header of a table; one row may be written as the list of its cells."""


def row_of(*texts: Text) -> Row:
    """A row of cells that only say something."""
    return Row(cells=tuple(Cell(text=text) for text in texts))


class Slot(NamedTuple):
    """A place of the table: the cell that begins in it, or one that another cell covers."""

    cell: Cell
    columns: int = 1
    rows: int = 1
    covered: bool = False


EMPTY = Slot(Cell())
COVERED = Slot(Cell(), covered=True)
Places = tuple[tuple[Slot, ...], ...]
"""Row by row, a slot for each column."""


def laid_out(rows: Sequence[Row], width: int) -> Places:
    """The cells in their places. A cell reaches no further than the table does."""
    taken: dict[tuple[int, int], Slot] = {}
    for r, row in enumerate(rows):
        cells = (Cell(text=row.group, columns=width),) if row.group else row.cells or row.total
        column = 0
        for cell in cells:
            while (r, column) in taken:
                column += 1
            if column >= width:
                break
            slot = Slot(cell, max(1, min(cell.columns, width - column)), max(1, min(cell.rows, len(rows) - r)))
            area = [(r + down, column + right) for down in range(slot.rows) for right in range(slot.columns)]
            taken |= {place: COVERED for place in area if place not in taken}
            taken[r, column] = slot
            column += slot.columns
    return tuple(tuple(taken.get((r, c), EMPTY) for c in range(width)) for r in range(len(rows)))


@frozen
class Tabular:
    """A table before it is measured."""

    head: Places
    body: Places
    kinds: tuple[Literal["", "group", "total"], ...]
    """What each row of the body is."""
    aligns: tuple[Align, ...]
    """Of each column."""
    decimals: tuple[str, ...]
    """The decimal symbol of each column that is aligned by it; empty for the others."""
    widths: tuple[float, ...] = ()
    """The shares of the columns; none: by their contents."""
    header_column: bool = True
    highlight: int = 0
    """The column that matters, from 1; 0: none."""
    highlight_row: int = 0
    part: bool = False
    """It is a part of a table that was split: its rows are as low as those of the other parts."""

    def sections(self) -> list[list[int]]:
        """The rows of the body in groups, each of which begins with its heading; rows with merged cells are a group."""
        found: list[list[int]] = []
        merged = self.merged()
        for r, kind in enumerate(self.kinds):
            before = self.kinds[r - 1] if r else "group"
            totals = (kind == "total") != (before == "total")
            seam = r not in merged and bool({r - 1, r + 1} & merged) and before != "group"
            if not found or kind == "group" or totals or seam:
                found.append([])
            found[-1].append(r)
        return found

    def merged(self) -> set[int]:
        """The rows of the body that a cell of a row above them reaches into."""
        spans = [(r, slot.rows) for r, slots in enumerate(self.body) for slot in slots if not slot.covered]
        return {r + down for r, rows in spans for down in range(1, rows)}


def seams(rows: Sequence[Row], places: Places) -> list[int]:
    """The rows before which a table may be divided: not in a merged cell, after a group's heading or before totals."""
    reach = 0
    found = []
    for r, slots in enumerate(places):
        if r > 0 and reach <= r and not rows[r].total and not rows[r - 1].group:
            found.append(r)
        reach = max([reach, *(r + slot.rows for slot in slots if not slot.covered)])
    return found


def row_problems(rows: Sequence[Row], width: int) -> Iterator[Diagnostic]:
    """Cells that reach out of the table, or over each other."""
    free: dict[int, int] = {}
    for r, row in enumerate(rows):
        filled = [bool(row.cells), bool(row.group), bool(row.total)]
        if sum(filled) > 1:
            yield error(row.span, "a row has either cells, or a group's heading, or totals", "make two rows of it")
        column = 0
        for cell in (Cell(columns=width),) if row.group else row.cells or row.total:
            while not row.group and free.get(column, 0) > r:
                column += 1
            over = [c for c in range(column, column + cell.columns) if free.get(c, 0) > r]
            if cell.columns < 1 or cell.rows < 1:
                yield error(cell.span, "a cell takes at least one column and one row", "1 is what it takes if missing")
            elif over:
                message = f"row {r + 1} would lie over a cell that takes several rows, in column {over[0] + 1}"
                yield error(cell.span if not row.group else row.span, message, "let that cell end above this row")
            elif cell.rows > len(rows) - r:
                message = f"the cell takes {cell.rows} rows, and the table has {len(rows) - r} from here"
                yield error(cell.span, message, "take fewer rows")
            free |= {c: r + cell.rows for c in range(column, column + cell.columns)}
            column += max(1, cell.columns)
