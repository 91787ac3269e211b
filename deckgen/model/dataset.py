"""Rows of values with names for their columns: what a source of data holds, whatever its file is."""

from __future__ import annotations

import re

from deckgen.diagnostics import Span
from deckgen.frozen import frozen
from deckgen.model.grid import Grid
from deckgen.model.numerals import DIGITS
from deckgen.model.text import Run

Value = str | int | float | None
SPACE = re.compile(r"[ \t\r\n]+")


@frozen
class Dataset:
    """All rows have as many values as `head`. `span` is where the talk names the data."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    grid: Grid
    """The same as fields for tables and charts; those of a text file know their places in it."""


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
