"""A grid of fields, as a CSV or TSV file holds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from deckgen.diagnostics import NOWHERE, Span
from deckgen.model.text import Run


@dataclass(frozen=True)
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
