"""A table as the cells of HTML: what each is, and how it is aligned."""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.figures import parted
from deckgen.model.tabular import Places, Slot, Tabular
from deckgen.model.text import Text, plain

NARROW = frozenset(".,'’ \u00a0\u202f")
TAIL_CH = {True: 0.55, False: 1.05}
"""The width of a point and of a digit, in widths of the digit zero."""
LETTER_CH = 1.7


@frozen
class PrintCell:
    """A cell of the handout's table."""

    tag: str
    scope: str
    columns: int
    rows: int
    classes: str
    text: Text
    tail: Text = ()
    """The rest of a number, from its decimal point on."""
    tail_ch: float = 0
    """The width that the rests of a column take, in widths of a zero; 0: the column has none."""


@frozen
class PrintRow:
    cells: tuple[PrintCell, ...]
    classes: str = ""


def head_rows(table: Tabular) -> tuple[PrintRow, ...]:
    return tuple(
        PrintRow(tuple(head_cell(table, c, slot) for c, slot in enumerate(row) if not slot.covered))
        for row in table.head
    )


def head_cell(table: Tabular, column: int, slot: Slot) -> PrintCell:
    classes = class_names(table, column, slot)
    if not slot.cell.text:
        return PrintCell("td", "", slot.columns, slot.rows, "", ())
    scope = "colgroup" if slot.columns > 1 else "col"
    return PrintCell("th", scope, slot.columns, slot.rows, classes, slot.cell.text)


def body_sections(table: Tabular) -> tuple[tuple[bool, tuple[PrintRow, ...]], ...]:
    """The rows of the body by their groups, and whether no page may divide the group, since cells are merged in it."""
    widths, merged = tail_widths(table.body, table), table.merged()
    return tuple(
        (bool(merged & set(rows)), tuple(body_row(table, r, widths) for r in rows)) for rows in table.sections()
    )


def body_row(table: Tabular, row: int, widths: tuple[float, ...]) -> PrintRow:
    kind = table.kinds[row]
    cells = tuple(body_cell(table, kind, c, s, widths) for c, s in enumerate(table.body[row]) if not s.covered)
    return PrintRow(cells, " ".join(filter(None, (kind, "hot" if row + 1 == table.highlight_row else ""))))


def body_cell(table: Tabular, kind: str, column: int, slot: Slot, widths: tuple[float, ...]) -> PrintCell:
    text, spans = slot.cell.text, (slot.columns, slot.rows)
    if kind == "group":
        return PrintCell("th", "rowgroup", *spans, "", text)
    names = class_names(table, column, slot)
    if column == 0 and table.header_column and text:
        return PrintCell("th", "rowgroup" if slot.rows > 1 else "row", *spans, names, text)
    if not (table.decimals[column] and slot.columns == 1 and widths[column]):
        return PrintCell("td", "", *spans, names, text)
    whole, tail = parted(text, table.decimals[column])
    return PrintCell("td", "", *spans, names, whole, tail, widths[column])


def class_names(table: Tabular, column: int, slot: Slot) -> str:
    align = table.aligns[column]
    shown = "right" if align == "decimal" else align
    names = ["hot" if column + 1 == table.highlight else "", shown if slot.columns == 1 and shown != "left" else ""]
    return " ".join(filter(None, names))


def tail_widths(places: Places, table: Tabular) -> tuple[float, ...]:
    """The width of the widest rest of a number in each column, in widths of a zero."""
    widths = [0.0] * len(table.aligns)
    for row in places:
        for c, slot in enumerate(row):
            if table.decimals[c] and slot.columns == 1:
                tail = plain(parted(slot.cell.text, table.decimals[c])[1])
                widths[c] = max(widths[c], sum(letter_width(letter) for letter in tail))
    return tuple(round(width, 2) for width in widths)


def letter_width(letter: str) -> float:
    return TAIL_CH[letter in NARROW] if letter in NARROW or letter.isdigit() else LETTER_CH
