"""The numbers that a chart takes from the columns of a file or of the talk's data."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error, shortened
from deckgen.model.chart import NO_NAME, Numbers, Row
from deckgen.model.grid import Grid, Pick, columns_of
from deckgen.model.numerals import HINT, number_in
from deckgen.model.text import Run, Text, plain


def numbers_of(grid: Grid, picks: tuple[Pick, ...]) -> tuple[Numbers, tuple[Diagnostic, ...]]:
    """The numbers of a grid's columns, of those that are picked or of all, and what is wrong with them.

    Names stand in the first column, numbers in the others.
    """
    columns = columns_of(grid, picks)
    if len(columns.heads) < 2:
        where = picks[0].span if picks else grid.head[0].span if grid.head else grid.span
        message = f"{'`columns` names' if picks else 'the data have'} one column"
        return Numbers(), (error(where, message, "names stand in the first, numbers in those beside it", "data"),)
    if not columns.rows:
        return Numbers(), (error(grid.span, "the data have no rows", "look at what the query asks for", "data"),)
    names, *fields = zip(*columns.rows, strict=True)
    read = [tuple(number_in(field.text, field.span) for field in column) for column in fields]
    good = [any(isinstance(value, float) for value in column) for column in read]
    wrong = [found for text in columns.heads[1:] for found in plain_problems(text)]
    for text, column, values, some in zip(columns.heads[1:], fields, read, good, strict=True):
        odd = [value for value in values if isinstance(value, Diagnostic)]
        if odd and not some:
            word = next(field.text for field, value in zip(column, values, strict=True) if value is odd[0])
            message = f"the column {plain(text)!r} holds no numbers, but text such as {shortened(word)!r}"
            kept = [plain(head) for head, fits in zip(columns.heads, (True, *good), strict=True) if fits]
            hint = f"choose columns, that of the names first, as `columns: [{', '.join(kept)}]`" if any(good) else HINT
            odd = [error(grid.span, message, hint, "data")]
        wrong += odd
    numbers = [[None if isinstance(value, Diagnostic) else value for value in column] for column in read]
    rows = tuple(Row(name, values) for name, values in zip(names, zip(*numbers, strict=True), strict=True))
    return Numbers(tuple(map(as_name, columns.heads[1:])), rows, grid.span), tuple(wrong)


def as_name(head: Text) -> Run:
    """What a series is called in a chart."""
    return Run(plain(head), span=head[0].span) if head else NO_NAME


def plain_problems(head: Text) -> Iterator[Diagnostic]:
    """Programs show the names of series without any look."""
    if any(run != Run(run.text) for run in head):
        yield error(head[0].span, "in a chart, the name of a column is plain text", "leave out marks and links", "data")
