"""CSV and TSV files (RFC 4180) as grids whose fields know their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.model.dataset import MOST_ROWS, Table
from deckgen.model.grid import Grid
from deckgen.model.text import Run
from deckgen.read.files import file_path, read_text_file
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.source import Source, place
from deckgen.read.yaml import Node

GRID_LIMIT = 2_000_000
"""Bytes of a file of data."""
MOST_COLUMNS = 100
MOST_FIELDS = 2_000_000
"""Of a file."""
SEPARATORS = ",;\t"
OTHER_DATA = (".xlsx", ".xls", ".ods", ".json", ".sqlite", ".sqlite3", ".db")
"""What is read through the talk's `data`, or not at all."""
SPACE = re.compile(r"\s+")
QUOTED = re.compile(' *"')
Made = TypeVar("Made")


class Field(NamedTuple):
    """A field as it stands in the file, and what ends it: a separator, a line feed, or nothing at the end."""

    offset: int
    text: str
    end: str


class Broken(Exception):
    """The text is no grid from this character on."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset, self.message, self.hint = offset, message, hint


@concerning("file")
def read_grid(reader: Reader, node: Node) -> Any:
    """The grid of the file that a value names; `BAD` if it can't be had."""
    path = file_path(reader, node)
    if path is not BAD and path.lower().endswith(OTHER_DATA):
        return reader.error(
            node, f"{path} is no CSV or TSV file", "name it in the talk's `data`, and `data: name` here"
        )
    source = read_text_file(reader, node, GRID_LIMIT)
    if source is BAD:
        return BAD
    found = parse_grid(source, reader.span(node))
    if isinstance(found, Diagnostic):
        reader.diagnostics.append(found)
        return BAD
    return found


def parse_grid(source: Source, at: Span = NOWHERE) -> Grid | Diagnostic:
    """The grid of a file's text, its first row the heads; or what is wrong with it, at its place in the file.

    `at` is where the deck's source names the file.
    """
    places = Offsets(source.file, source.text)
    found = parsed(source, MOST_ROWS, lambda field: Run(in_one_line(field.text), span=places.at(field.offset)))
    return found if isinstance(found, Diagnostic) else Grid(source.file, found[0], tuple(found[1:]), span=at)


def parse_table(source: Source, most: int) -> Table | Diagnostic:
    """The texts of a file's fields, without their places; so many rows at most."""
    found = parsed(source, most, lambda field: in_one_line(field.text))
    return found if isinstance(found, Diagnostic) else Table(found[0], tuple(found[1:]))


def in_one_line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def parsed(source: Source, most: int, make: Callable[[Field], Made]) -> list[tuple[Made, ...]] | Diagnostic:
    """The head and the rows of a file's text, all of one width, of what `make` makes of their fields, in their order.

    Fields are parted by tabs in a `.tsv` file, else by what the first row has most of: commas, semicolons or tabs.
    Rows of nothing are left out.
    """
    rows: list[tuple[Made, ...]] = []
    separator = separator_of(source)
    try:
        for row in rows_of(source.text, separator):
            if any(field.text.strip() for field in row):
                check_row(row, len(rows[0]) if rows else len(row), separator)
                rows.append(tuple(map(make, row)))
            if len(rows) > most + 1:
                raise Broken(row[0].offset, f"the file has more than {most:,} rows", "leave rows out")
            if len(rows) * len(row) > MOST_FIELDS:
                hint = "leave rows or columns out"
                raise Broken(row[0].offset, f"the file has more than {MOST_FIELDS:,} fields", hint)
    except Broken as problem:
        return error(place(source.file, source.text, problem.offset), problem.message, problem.hint)
    if not rows:
        return error(Span(source.file), "the file is empty", "its first row holds the heads of the columns")
    if len(rows) < 2:
        message = "there is no data: the first row holds the heads of the columns, and no row follows"
        return error(Span(source.file), message, "write a row for each record")
    return rows


def check_row(row: list[Field], width: int, separator: str) -> None:
    """Errors: `Broken`."""
    if len(row) != width:
        offset = row[min(len(row) - 1, width)].offset
        message = f"this row has {counted(len(row))}, and the first row has {width}"
        what = {",": "a comma", ";": "a semicolon", "\t": "a tab"}[separator]
        raise Broken(offset, message, f"a field that holds {what} must stand in quotation marks")


def counted(fields: int) -> str:
    return f"{fields} field{'' if fields == 1 else 's'}"


def separator_of(source: Source) -> str:
    if source.file.lower().endswith(".tsv"):
        return "\t"
    first = re.sub('"[^"]*"', "", next((line for line in source.lines if line.strip()), ""))
    return max(SEPARATORS, key=first.count)


def rows_of(text: str, separator: str) -> Iterator[list[Field]]:
    """The rows of a text. Errors: `Broken`."""
    quoted = re.compile(rf' *"((?:[^"]|"")*)" *({re.escape(separator)}|\n|\Z)')
    plain = re.compile(rf"([^{re.escape(separator)}\n]*)({re.escape(separator)}|\n|\Z)")
    row: list[Field] = []
    offset = 0
    while offset < len(text) or row:
        in_quotes = QUOTED.match(text, offset) is not None
        found = (quoted if in_quotes else plain).match(text, offset)
        if not found:
            raise unquoted(text, offset)
        if len(row) == MOST_COLUMNS:
            raise Broken(offset, f"this row has more than {MOST_COLUMNS} fields", "leave columns out")
        row.append(Field(offset, found[1].replace('""', '"') if in_quotes else found[1], found[2]))
        offset = found.end()
        if found[2] != separator:
            yield row
            row = []


def unquoted(text: str, offset: int) -> Broken:
    """What is wrong with a field that begins with a quotation mark."""
    found = re.compile(r' *"(?:[^"]|"")*"').match(text, offset)
    if found and found.end() < len(text):
        return Broken(found.end(), "text stands after the quotation mark that ends a field", 'write "" for one inside')
    return Broken(offset, "the quotation mark that begins this field is never closed", "write one at the field's end")


class Offsets:
    """The places of characters by their offsets, which may only grow from call to call."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.line, self.start, self.done = 1, 0, 0

    def at(self, offset: int) -> Span:
        passed = self.text.count("\n", self.done, offset)
        if passed:
            self.line += passed
            self.start = self.text.rfind("\n", self.done, offset) + 1
        self.done = offset
        return Span(self.file, self.line, offset - self.start + 1)
