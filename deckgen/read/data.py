"""The talk's parameters and sources of data: files of tables, and queries over them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import Any

from deckgen.diagnostics import Diagnostic, shortened
from deckgen.model.dataset import MOST_ROWS, TOO_MANY, Dataset, Table, Value, grid_of
from deckgen.model.deck import DataSource
from deckgen.model.grid import Grid
from deckgen.model.meant import suggestion
from deckgen.read.files import file_path, read_file, read_text_file
from deckgen.read.grid import parse_grid, parse_table
from deckgen.read.query.databases import Database
from deckgen.read.query.job import Failed, Question, Refused, Source, answers
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
"""Rows of a file; what is shown has fewer (`MOST_ROWS`)."""
FILE_LIMIT = 50_000_000
"""Bytes of a file of data."""
DATABASES = (".sqlite", ".sqlite3", ".db")
TEXTS = (".csv", ".tsv")
SUFFIXES = (*TEXTS, ".json", ".xlsx", *DATABASES)
NO_FILE = "write the path of a `file`, or a `query` over the data before it"


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
    found: dict[str, DataSource] = {}
    held: dict[str, Grid | Source] = {}
    for name, value in pairs:
        source = read_as(DataSource, reader, value)
        if source is not BAD:
            found[name.value] = source
        opened = source if source is BAD else held_by(reader, source, value)
        held[name.value] = None if opened is BAD else opened
    gained = answers({name: table_of(it) if isinstance(it, Grid) else it for name, it in held.items()}, parameters)
    for name, value in pairs:
        holds = gained.get(name.value, held[name.value])
        if isinstance(holds, Refused):
            query = value.get("query") if isinstance(value, Mapping) else None
            where = place_in(reader, query, holds.at) if isinstance(query, Scalar) else reader.span(value)
            reader.error(where, holds.message, holds.hint)
        if isinstance(holds, (Grid, Table)):
            reader.values[name.value] = dataset(name.value, holds, found[name.value])
        else:
            reader.broken.add(name.value)
    return tuple(found.items())


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


def held_by(reader: Reader, source: DataSource, value: Node) -> Any:
    """What a source of data holds, or asks; `BAD` if it can't be had, the reason noted."""
    keys = value if isinstance(value, Mapping) else Mapping((), value.line, value.column)
    file, query = keys.get("file") or value, keys.get("query")
    # As it is written, not as the model has it: places in it are told by characters.
    text = query.value if isinstance(query, Scalar) and source.query else ""
    if not source.file:
        return Question(text) if text else reader.error(value, "these data have no file", NO_FILE)
    path = file_path(reader, file)
    if path is BAD:
        return BAD
    suffix = posixpath.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        return reader.error(file, f"{path} is no file of data", f"it ends with {', '.join(SUFFIXES)}")
    if source.sheet and suffix != ".xlsx":
        return reader.error(file, "only Excel files have sheets", "leave out `sheet`")
    if suffix in TEXTS:
        return held_by_text(reader, file, text)
    data = read_file(reader, file, FILE_LIMIT)
    if data is BAD:
        return BAD
    from deckgen.read.sheets import excel_rows, json_rows

    try:
        if suffix in DATABASES:
            database = Database(data)
            return Question(text, data) if text and database.names() else only_table(database)
        table = json_rows(data, MOST_TO_ASK) if suffix == ".json" else excel_rows(data, source.sheet, MOST_TO_ASK)
    except Failed as problem:
        return reader.error(file, f"{path}: {problem.message}", problem.hint)
    return Question(text, table) if text else table


def held_by_text(reader: Reader, file: Node, query: str) -> Any:
    """What a CSV or TSV file holds, or a query asks of it; fields that can be shown know their places."""
    source = read_text_file(reader, file, FILE_LIMIT)
    if source is BAD:
        return BAD
    table = parse_table(source, MOST_TO_ASK)
    if isinstance(table, Table) and query:
        return Question(query, table)
    short = isinstance(table, Table) and len(table.rows) <= MOST_ROWS
    found = parse_grid(source, reader.span(file)) if short else table
    if isinstance(found, Diagnostic):
        reader.diagnostics.append(found)
        return BAD
    return found


def table_of(grid: Grid) -> Table:
    return Table(tuple(run.text for run in grid.head), tuple(tuple(run.text for run in row) for row in grid.rows))


def only_table(database: Database) -> Table:
    """Errors: `Failed`."""
    names = database.names()
    if len(names) != 1:
        raise Failed(f"the database has {len(names)} tables", f"write a `query`; tables: {', '.join(names[:12])}")
    head, rows = database.table(names[0], MOST_TO_ASK)
    return Table(head, tuple(tuple(no_bytes(value) for value in row) for row in rows))


def no_bytes(value: Value | bytes) -> Value:
    """Errors: `Failed`."""
    if isinstance(value, bytes):
        raise Failed("the database has bytes that are no text", "leave that column out, with a `query`")
    return value


def dataset(name: str, holds: Grid | Table, source: DataSource) -> Dataset:
    if isinstance(holds, Grid):
        return Dataset(name, *table_of(holds), holds)
    # Too many rows are never shown.
    shown = holds.rows if len(holds.rows) <= MOST_ROWS else ()
    return Dataset(name, *holds, grid_of(name if source.query else source.file, holds.head, shown, source.span))


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
    if known[name.value].too_many:
        return reader.error(name, *TOO_MANY)
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
