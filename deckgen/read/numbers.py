"""The numbers of a chart that stand in the source."""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Diagnostic, shortened
from deckgen.model.chart import Numbers, Row
from deckgen.model.numerals import HINT, number_in
from deckgen.model.text import Run
from deckgen.read.data import NAME, named_grid
from deckgen.read.reader import BAD, Reader
from deckgen.read.scalars import digits_hint, raw_text
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence


def read_numbers(reader: Reader, node: Node) -> Any:
    """Numbers in the source: `name: number`, `name: [number, ...]`, `name: [[x, y], ...]`, a list of rows, or the
    grid of the talk's data that a name stands for."""
    if isinstance(node, Mapping):
        rows = [row for name, value in node.pairs for row in named_rows(reader, name, value)]
        return BAD if BAD in rows else Numbers((), tuple(rows), reader.span(node))
    if isinstance(node, Sequence):
        return table(reader, node)
    if isinstance(node, Scalar) and NAME.fullmatch(node.value):
        return named_grid(reader, node)
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
    return [number(reader, node) for node in nodes]


def number(reader: Reader, node: Node) -> Any:
    """A number, or a value of the data that is one; None where it is missing."""
    if not isinstance(node, Scalar):
        return reader.expected("a number", node)
    text = raw_text(reader, node)
    if text is BAD:
        return BAD
    found = number_in(text, reader.span(node))
    if isinstance(found, Diagnostic) or (found is None and "{{" in node.value):
        return reader.error(node, f"expected a number, found {shortened(text)!r}", digits_hint(reader, node, HINT))
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def read_names(reader: Reader, node: Node) -> Any:
    """A name, or a list of names."""
    found = [reader_run(reader, item) for item in (node.items if isinstance(node, Sequence) else (node,))]
    return BAD if BAD in found else tuple(found)
