"""What a table says: its rows, the notes on its cells, and what its columns hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from deckgen.frozen import frozen
from deckgen.model.figures import decimal_of, decimal_symbol
from deckgen.model.tabular import Align, Cell, Row, laid_out
from deckgen.model.text import Run, Text, plain

if TYPE_CHECKING:
    from babel import Locale

LONG_WORD = 25
"""In print, a table with a longer word is laid out with fixed columns, so that the word can be divided."""

LETTER_PT, PADDING_PT, LONG_CELL = 4.7, 9.0, 18
"""Of a letter in print, and between columns; the letters of a cell that has a line of its own."""

MARGIN = 3
"""What a column takes at least, in letters."""


@frozen
class Contents:
    """The rows of a table, those of its header apart; its first note has the number `first_note`, from 0."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    first_note: int = 0
    least_width: int = 0
    """The columns of the whole table, where these are rows of a part of it, which may all be short."""

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(self.least_width, width(self.head), width(self.rows))

    @cached_property
    def notes(self) -> tuple[Text, ...]:
        return tuple(cell.note for row in (*self.head, *self.rows) for cell in cells(row) if cell.note)

    def letter(self, note: int) -> str:
        """The mark of a note, counted from 0: a, b ... z, aa, ab ..."""
        number, letters = self.first_note + note, ""
        while number >= 0:
            number, letters = number // 26 - 1, chr(97 + number % 26) + letters
        return letters

    @cached_property
    def marked(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """The rows of header and body, the cells with the marks of their notes."""
        count = iter(range(len(self.notes)))

        def with_mark(cell: Cell) -> Cell:
            if not cell.note:
                return cell
            return replace(cell, text=(*cell.text, Run(self.letter(next(count)), script="super")))

        def row(it: Row) -> Row:
            return replace(it, cells=tuple(map(with_mark, it.cells)), total=tuple(map(with_mark, it.total)))

        return tuple(map(row, self.head)), tuple(map(row, self.rows))

    def alignment(
        self, given: tuple[Align, ...], header_column: bool, locale: Locale
    ) -> tuple[tuple[Align, ...], tuple[str, ...]]:
        """How each column is aligned, and its decimal symbol if that is by the decimal point."""
        aligns: list[Align] = []
        decimals: list[str] = []
        places = laid_out(self.rows, self.width)
        for c in range(self.width):
            slots = [row[c] for row, it in zip(places, self.rows, strict=True) if not it.group]
            symbol = decimal_of([s.cell.text for s in slots if s.columns == 1 and not s.covered], locale)
            named = c == 0 and header_column
            align = given[c] if c < len(given) else "decimal" if symbol and not named else "left"
            aligns.append(align)
            decimals.append((symbol or decimal_symbol(locale)) if align == "decimal" else "")
        return tuple(aligns), tuple(decimals)

    @property
    def print_width_pt(self) -> float:
        """About how wide the table has to be in print, where long texts of its cells may take several lines."""
        longest = [MARGIN] * self.width
        for row in laid_out((*self.head, *self.rows), self.width):
            for c, slot in enumerate(row):
                text = plain(slot.cell.text) if slot.columns == 1 else ""
                longest[c] = max(longest[c], min(len(text), LONG_CELL), *map(len, text.split()), 0)
        return sum(letters * LETTER_PT + PADDING_PT for letters in longest)

    def word_shares(self) -> tuple[float, ...]:
        """The shares of the columns by their words and texts, where a word has to be divided in print; else none."""
        words = [[MARGIN] for _ in range(self.width)]
        texts = [[MARGIN] for _ in range(self.width)]
        for row in laid_out((*self.head, *self.rows), self.width):
            for c, slot in enumerate(row):
                text = plain(slot.cell.text) if slot.columns == 1 else ""
                texts[c].append(len(text))
                words[c] += map(len, text.split())
        if max(map(max, words)) <= LONG_WORD:
            return ()
        return tuple(min(LONG_WORD, max(w)) + max(t) ** 0.5 for w, t in zip(words, texts, strict=True))


def cells(row: Row) -> tuple[Cell, ...]:
    """What a row says, cell by cell."""
    return (Cell(text=row.group),) if row.group else row.cells or row.total


def width(rows: tuple[Row, ...]) -> int:
    """How many columns rows take, those counted that a cell of a row above reaches into."""
    return max((row.width + reached for row, reached in zip(rows, reaching(rows), strict=True)), default=0)


def reaching(rows: tuple[Row, ...]) -> Iterator[int]:
    """For each row, how many of its columns cells of rows above it take."""
    open_cells: list[tuple[int, int]] = []
    for r, row in enumerate(rows):
        open_cells = [(end, columns) for end, columns in open_cells if end > r]
        yield sum(columns for _, columns in open_cells)
        open_cells += [(r + cell.rows, cell.columns) for cell in cells(row) if cell.rows > 1]
