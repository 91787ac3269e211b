"""The talk's parameters and sources of data: files of tables, and queries over them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import Any

from deckgen.diagnostics import Diagnostic, Span, shortened
from deckgen.model.dataset import Dataset, grid_of
from deckgen.model.deck import DataSource
from deckgen.model.meant import suggestion
from deckgen.read.files import file_path, read_file, read_text_file
from deckgen.read.grid import GRID_LIMIT, MOST_ROWS, parse_grid
from deckgen.read.query import Answer, Failed, Refused, asked, database, loaded, quoted, tables_in
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.scalars import place_in, scalar
from deckgen.read.schema import read_as
from deckgen.read.source import decode
from deckgen.read.yaml import Mapping, Node, Scalar, compose
from deckgen.world import World

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
KEYWORDS = frozenset(("and", "else", "false", "if", "in", "is", "none", "not", "or", "true", "blank", "handout"))
"""Words that mean something else in an expression or in text."""
MOST_SOURCES = 50
MOST_TO_ASK = 100_000
"""Rows of a file that a query is asked of."""
DATABASE_LIMIT = 50_000_000
DATABASES = (".sqlite", ".sqlite3", ".db")
TEXTS = (".csv", ".tsv")
SUFFIXES = (*TEXTS, ".json", ".xlsx", *DATABASES)


@concerning("data")
def read_parameters(reader: Reader, node: Node) -> Any:
    """Names and their values, those that were given with the command in place of the talk's."""
    pairs = named(reader, node, "'name: value' lines")
    reader.values = reader.values or {}
    found = []
    for name, value in pairs:
        text = scalar(reader, value, "text")
        if text is not None:
            found.append((name.value, reader.given.get(name.value, text.value)))
    reader.values.update(found)
    return tuple(found)


@concerning("data")
def read_data(reader: Reader, node: Node) -> Any:
    """The names of the talk's data; what they hold goes into the reader."""
    pairs = named(reader, node, "'name: path of a file' lines")
    reader.values = reader.values or {}
    parameters = {name: text for name, text in reader.values.items() if isinstance(text, str)}
    found = []
    for name, value in pairs:
        source = read_as(DataSource, reader, value)
        if source is BAD:
            continue
        found.append((name.value, source))
        data = dataset(reader, name.value, source, value, parameters)
        if data is not BAD:
            reader.values[name.value] = data
        else:
            reader.broken.add(name.value)
    return tuple(found)


def named(reader: Reader, node: Node, what: str) -> list[tuple[Scalar, Node]]:
    """The pairs of a mapping whose names can stand in text; what is wrong with the others is noted."""
    if not isinstance(node, Mapping):
        hint = f"write under it a line 'name: {shortened(node.value)}'" if isinstance(node, Scalar) else ""
        reader.expected(what, node, hint)
        return []
    if len(node.pairs) > MOST_SOURCES:
        reader.error(node, f"there are more than {MOST_SOURCES} names", "leave some out")
    found = []
    for name, value in node.pairs[:MOST_SOURCES]:
        if not NAME.fullmatch(name.value) or name.value.lower() in KEYWORDS:
            hint = "a name has letters, digits and _, and begins with a letter"
            hint = "this word has a meaning of its own in {{ }}" if name.value in KEYWORDS else hint
            reader.error(name, f"{shortened(name.value)!r} can't be a name here", hint)
        elif reader.values and name.value in reader.values:
            reader.error(name, f"{name.value!r} is the name of a parameter, too", "choose another")
        else:
            found.append((name, value))
    return found


def dataset(reader: Reader, name: str, source: DataSource, value: Node, parameters: dict[str, str]) -> Any:
    """What a source of data holds; `BAD` if it can't be had, the reason noted."""
    keys = value if isinstance(value, Mapping) else Mapping((), value.line, value.column)
    file, query = keys.get("file") or value, keys.get("query")
    path = file_path(reader, file)
    if path is BAD:
        return BAD
    suffix = posixpath.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        return reader.error(file, f"{path} is no file of data", f"it ends with {', '.join(SUFFIXES)}")
    if source.sheet and suffix != ".xlsx":
        return reader.error(file, "only Excel files have sheets", "leave out `sheet`")
    try:
        if suffix in TEXTS:
            return of_text(reader, name, source, file, parameters)
        data = read_file(reader, file, DATABASE_LIMIT)
        return BAD if data is BAD else of_bytes(data, suffix, name, source, path, parameters)
    except Refused as problem:
        where = place_in(reader, query, problem.at or 0) if isinstance(query, Scalar) else reader.span(file)
        return reader.error(where, f"{path}: {problem.message}", problem.hint)
    except Failed as problem:
        return reader.error(file, f"{path}: {problem.message}", problem.hint)


def of_text(reader: Reader, name: str, source: DataSource, file: Node, parameters: dict[str, str]) -> Any:
    text = read_text_file(reader, file, DATABASE_LIMIT if source.query else GRID_LIMIT)
    if text is BAD:
        return BAD
    grid = parse_grid(text, reader.span(file), MOST_TO_ASK if source.query else MOST_ROWS)
    if isinstance(grid, Diagnostic):
        reader.diagnostics.append(grid)
        return BAD
    head = tuple(run.text for run in grid.head)
    rows = tuple(tuple(run.text for run in row) for row in grid.rows)
    if not source.query:
        return Dataset(name, head, rows, grid)
    return answered((head, rows), name, source, grid.file, parameters)


def of_bytes(data: bytes, suffix: str, name: str, source: DataSource, path: str, parameters: dict[str, str]) -> Dataset:
    """Errors: `Failed`."""
    from deckgen.read.sheets import excel_rows, json_rows

    if suffix in DATABASES:
        connection = database(data)
        query = source.query or f"select * from {quoted(only_table(tables_in(connection)))}"
        return as_dataset(asked(connection, query, parameters, MOST_ROWS), name, path, source.span)
    most = MOST_TO_ASK if source.query else MOST_ROWS
    table = json_rows(data, most) if suffix == ".json" else excel_rows(data, source.sheet, most)
    if source.query:
        return answered(table, name, source, path, parameters)
    return as_dataset(table, name, path, source.span)


def only_table(tables: tuple[str, ...]) -> str:
    if len(tables) != 1:
        raise Failed(f"the database has {len(tables)} tables", f"write a `query`; tables: {', '.join(tables[:12])}")
    return tables[0]


def answered(table: Answer, name: str, source: DataSource, path: str, parameters: dict[str, str]) -> Dataset:
    """The answer to a query over a table, which has the name of the data. Errors: `Failed`."""
    try:
        answer = asked(loaded(name, *table), source.query, parameters, MOST_ROWS)
    except Refused as problem:
        problem.hint = problem.hint or (suggestion(problem.column, table[0]) if problem.column else "")
        raise
    return as_dataset(answer, name, path, source.span)


def as_dataset(answer: Answer, name: str, path: str, span: Span) -> Dataset:
    head, rows = answer
    return Dataset(name, head, rows, grid_of(path, head, rows, span))


def named_grid(reader: Reader, node: Node) -> Any:
    """The grid of the data that a value names."""
    name = scalar(reader, node, "a name of the talk's `data`")
    if name is None or name.value in reader.broken:
        return BAD
    known = {word: data for word, data in (reader.values or {}).items() if isinstance(data, Dataset)}
    if name.value not in known:
        message = f"the talk has no data {shortened(name.value)!r}"
        hint = suggestion(name.value, known) or "name a file in the talk's `data`, before `slides`"
        return reader.error(name, message, hint)
    return replace(known[name.value].grid, span=reader.span(node))


def parameters_of(world: World, file: str) -> tuple[str, ...] | None:
    """The names of a talk's parameters; None if they can't be known."""
    data = world.read(file)
    source = decode(file, data) if isinstance(data, bytes) else data
    root = None if isinstance(source, Diagnostic) else compose(source)[0]
    if not isinstance(root, Mapping):
        return None
    found = root.get("parameters")
    return tuple(name.value for name, _ in found.pairs) if isinstance(found, Mapping) else ()
