"""The numbers of a chart: written in the source, or in a file of data."""

from __future__ import annotations

import math
import re
from typing import Any

from deckgen.diagnostics import Span
from deckgen.model.chart import Numbers, Row
from deckgen.model.grid import Grid
from deckgen.model.text import Run
from deckgen.read.data import NAME, named_grid
from deckgen.read.grid import read_grid
from deckgen.read.reader import BAD, Reader, shortened
from deckgen.read.scalars import raw_text
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence

NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,3})?")
COMMA = re.compile(r"[+-]?\d{1,20},(\d{1,2}|\d{4,20})")
MISSING = frozenset(("", "-", "–", "—", "~", "null", "n/a", "NA", "NaN"))
LARGEST = 1e100
DIGITS = 15
"""The digits of a number that spreadsheets keep."""
HINT = "write it with a point, as 3.5, without spaces and units; a missing one is -"


def read_numbers(reader: Reader, node: Node) -> Any:
    """Numbers in the source: `name: number`, `name: [number, ...]`, `name: [[x, y], ...]`, a list of rows, or a name
    of the talk's data."""
    if isinstance(node, Mapping):
        rows = [row for name, value in node.pairs for row in named_rows(reader, name, value)]
        return BAD if BAD in rows else Numbers((), tuple(rows), reader.span(node))
    if isinstance(node, Sequence):
        return table(reader, node)
    if isinstance(node, Scalar) and NAME.fullmatch(node.value):
        return numbers_of(reader, named_grid(reader, node))
    return reader.expected("'name: number' lines, or a list of rows", node)


def named_rows(reader: Reader, name: Scalar, value: Node) -> list[Any]:
    """The row of a name; where it has a list of points, a row for each of them."""
    run = reader_run(reader, name)
    if run is BAD:
        return [BAD]
    if isinstance(value, Sequence) and value.items and all(isinstance(item, Sequence) for item in value.items):
        points = [cells(reader, item.items) for item in value.items if isinstance(item, Sequence)]
        return [BAD if BAD in point else Row(Run("", span=run.span), tuple(point), run) for point in points]
    numbers = cells(reader, value.items) if isinstance(value, Sequence) else cells(reader, (value,))
    return [BAD if BAD in numbers else Row(run, tuple(numbers))]


def table(reader: Reader, node: Sequence) -> Any:
    """Rows of a name and numbers; the first row holds the heads."""
    lists = [item for item in node.items if isinstance(item, Sequence) and item.items]
    if len(lists) < len(node.items) or len(lists) < 2:
        return reader.expected("a list of rows: the heads, then for each row its name and its numbers", node)
    head, *body = lists
    names = [reader_run(reader, cell) for cell in head.items[1:]]
    rows = []
    for row in body:
        name, numbers = reader_run(reader, row.items[0]), cells(reader, row.items[1:])
        rows.append(BAD if name is BAD or BAD in numbers else Row(name, tuple(numbers)))
    return BAD if BAD in rows or BAD in names else Numbers(tuple(names), tuple(rows), reader.span(node))


def reader_run(reader: Reader, node: Node) -> Any:
    if not isinstance(node, Scalar):
        return reader.expected("a name", node)
    name = raw_text(reader, node)
    return BAD if name is BAD else Run(words(name), span=reader.span(node))


def cells(reader: Reader, nodes: tuple[Node, ...]) -> list[Any]:
    return [
        number(reader, node.value, reader.span(node)) if isinstance(node, Scalar) else reader.expected("a number", node)
        for node in nodes
    ]


def read_file_numbers(reader: Reader, node: Node) -> Any:
    """The numbers of a CSV or TSV file: names in its first column, heads in its first row."""
    return numbers_of(reader, read_grid(reader, node))


def numbers_of(reader: Reader, grid: Any) -> Any:
    if grid is BAD:
        return BAD
    assert isinstance(grid, Grid)
    rows = []
    for name, *fields in grid.rows:
        numbers = [number(reader, field.text, field.span) for field in fields]
        rows.append(BAD if BAD in numbers else Row(name, tuple(numbers)))
    if len(grid.head) < 2:
        where = grid.head[0].span if grid.head else grid.span
        return reader.error(where, "the file has one column", "put names in the first column, and numbers beside them")
    return BAD if BAD in rows else Numbers(grid.head[1:], tuple(rows), grid.span)


def number(reader: Reader, text: str, where: Span) -> Any:
    """A number, to as many digits as spreadsheets keep; None where one is missing."""
    text = text.strip().replace("\u2212", "-")
    if text in MISSING:
        return None
    if COMMA.fullmatch(text):
        text = text.replace(",", ".")
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    if not abs(value) <= LARGEST:
        return reader.error(where, f"expected a number, found {shortened(text)!r}", HINT)
    return float(f"{value:.{DIGITS}g}") + 0.0


def words(text: str) -> str:
    return " ".join(text.split())


def read_names(reader: Reader, node: Node) -> Any:
    """A name, or a list of names."""
    found = [reader_run(reader, item) for item in (node.items if isinstance(node, Sequence) else (node,))]
    return BAD if BAD in found else tuple(found)
