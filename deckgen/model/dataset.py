"""Rows of values with names for their columns: what a source of data holds, whatever its file is."""

from __future__ import annotations

import re
from typing import NamedTuple

from deckgen.diagnostics import Span
from deckgen.frozen import frozen
from deckgen.model.grid import Grid
from deckgen.model.numerals import DIGITS
from deckgen.model.text import Run

Value = str | int | float | None
SPACE = re.compile(r"[ \t\r\n]+")
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?([eE][+-]?\d{1,3})?")
MOST_ROWS = 2000
"""Of what is shown: more is for queries alone."""
TOO_MANY = (f"these data have more than {MOST_ROWS:,} rows", "let a `query` choose some of them, or sum them up")


class Table(NamedTuple):
    """Rows of as many values as `head` has."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@frozen
class Dataset:
    """All rows have as many values as `head`. `span` is where the talk names the data."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    grid: Grid
    """The same as fields for tables and charts; those of a text file know their places in it."""

    @property
    def too_many(self) -> bool:
        """Whether there are more rows than are shown (see `TOO_MANY`)."""
        return len(self.rows) > MOST_ROWS


def grid_of(file: str, head: tuple[str, ...], rows: tuple[tuple[Value, ...], ...], span: Span) -> Grid:
    """Values as fields, all at one place."""
    heads = tuple(Run(name, span=span) for name in head)
    return Grid(file, heads, tuple(tuple(Run(shown(value), span=span) for value in row) for row in rows), span)


def shown(value: Value) -> str:
    """A value as text, a number with a point and as many digits as it has."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**DIGITS else f"{value:.{DIGITS}g}"
    return SPACE.sub(" ", str(value)).strip(" ")


def is_number(value: Value) -> bool:
    """Whether a value is a number, or a text that is written as one."""
    return not isinstance(value, str) or NUMBER.fullmatch(value) is not None
