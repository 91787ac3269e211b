"""A grid of fields, as a CSV or TSV file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Annotated

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.formats import Format
from deckgen.model.meant import suggestion
from deckgen.model.text import Run, Text


@frozen
class Grid:
    """The rows of a file of data. Every field is a run of plain text with its place in that file, empty ones too.

    All rows have as many fields as `head`. `span` is where the source names the file.
    """

    file: str
    head: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def column(self, name: str) -> int | None:
        """The place of a column, by its head or by its number from 1; None if there is none."""
        names = [run.text for run in self.head]
        if name in names:
            return names.index(name)
        return int(name) - 1 if name.isascii() and name.isdecimal() and 0 < int(name[:9]) <= len(names) else None


@frozen(kw_only=True)
class Pick:
    """A column of a file or of the talk's data, in the order in which they are shown."""

    name: str = key("Its head in the data, or its number from 1")
    head: Text = key("What it is called here", ())
    format: Annotated[Format | None, "format"] = key(
        "How a table writes its values: `number`, `percent`, `money` or `date`, with decimals and a currency as in"
        ' `number(1)` and `money("EUR", 0)`; as they are if missing',
        None,
    )
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Columns:
    """What a table or chart shows of a grid."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Run, ...], ...]


def columns_of(grid: Grid, picks: tuple[Pick, ...]) -> Columns:
    """The columns that are picked, or all; names that the grid does not have are left out (see `pick_problems`)."""
    chosen = [(place, pick) for pick in picks if (place := grid.column(pick.name)) is not None]
    if not picks:
        chosen = [(place, Pick(name=run.text)) for place, run in enumerate(grid.head)]
    return Columns(
        tuple(pick.head or field_text(grid.head[place]) for place, pick in chosen),
        tuple(tuple(formatted(row[place], pick) for place, pick in chosen) for row in grid.rows),
    )


def formatted(run: Run, pick: Pick) -> Run:
    """A field as it is shown; as it is where it can't be written so (see `format_problems`)."""
    found = pick.format.written(run.text, run.span) if pick.format else run.text
    return run if isinstance(found, Diagnostic) or found == run.text else replace(run, text=found)


def field_text(run: Run) -> Text:
    return (run,) if run.text else ()


def pick_problems(grid: Grid | None, picks: tuple[Pick, ...], what: str) -> Iterator[Diagnostic]:
    """Columns are those of a file or of data, which `what`, such as a table, shows."""
    for pick in picks:
        if not grid:
            yield error(pick.span, f"`columns` names columns of a file or of data, and the {what} has none",
                        "leave `columns` out, or name a `file` or `data` of the talk", "data")  # fmt: skip
        elif grid.column(pick.name) is None:
            hint = suggestion(pick.name, [run.text for run in grid.head if run.text])
            yield error(pick.span, f"{grid.file} has no column {pick.name!r}", hint, "data")
        elif pick.format and what == "chart":
            hint = "a chart writes all its numbers alike, by `prefix`, `unit` and `decimals`"
            yield error(pick.span, "the columns of a chart have no `format`", hint, "data", key="format")
        elif pick.format:
            yield from format_problems(grid, pick)


def format_problems(grid: Grid, pick: Pick) -> Iterator[Diagnostic]:
    """The first field that can't be written so: at its place, or at the column's where the file tells no places."""
    place = grid.column(pick.name) or 0
    for run in (row[place] for row in grid.rows):
        found = pick.format.written(run.text, run.span) if pick.format else ""
        if isinstance(found, Diagnostic):
            known = run.span.file == grid.file
            where, name = (found.span, "") if known else (pick.span, "format")
            yield error(where, f"in the column {pick.name!r}: {found.message}", found.hint, "data", key=name)
            return
