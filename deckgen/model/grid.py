"""A grid of fields, as a CSV or TSV file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
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
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Columns:
    """What a table or chart shows of a grid."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Run, ...], ...]


def columns_of(grid: Grid, picks: tuple[Pick, ...]) -> Columns:
    """The columns that are picked, or all; names that the grid does not have are left out (see `pick_problems`)."""
    places = [grid.column(pick.name) for pick in picks] if picks else range(len(grid.head))
    heads = [pick.head for pick in picks] if picks else [()] * len(grid.head)
    chosen = [(place, head) for place, head in zip(places, heads, strict=True) if place is not None]
    return Columns(
        tuple(head or field_text(grid.head[place]) for place, head in chosen),
        tuple(tuple(row[place] for place, _ in chosen) for row in grid.rows),
    )


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
