"""A grid of fields, as a CSV or TSV file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
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
    """A column of the file, in the order in which the table has them."""

    name: str = key("Its head in the file, or its number from 1")
    head: Text = key("What the table calls it", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def pick_problems(grid: Grid | None, picks: tuple[Pick, ...]) -> Iterator[Diagnostic]:
    """Columns are those of a file."""
    for pick in picks:
        if not grid:
            yield error(pick.span, "`columns` names columns of a file, and the table has none", "name its `file`")
        elif grid.column(pick.name) is None:
            heads = ", ".join(run.text for run in grid.head[:12])
            yield error(pick.span, f"{grid.file} has no column {pick.name!r}", f"it has: {heads}")
