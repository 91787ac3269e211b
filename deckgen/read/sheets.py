"""Tables of values in JSON and Excel files: a row of heads, and rows."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from deckgen.model.dataset import Table, Value
from deckgen.read.query.job import Failed

MOST_COLUMNS = 200
MOST_UNPACKED = 100_000_000
"""Bytes of all parts of an Excel file together."""


def json_rows(data: bytes, most: int) -> Table:
    """A list of objects, or a list of lists whose first holds the heads. Errors: `Failed`."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise Failed(f"this is not JSON: {problem}") from None
    shape = Failed("JSON data is a list of objects, or a list of lists whose first holds the heads")
    if not isinstance(found, list) or not found:
        raise shape
    if all(isinstance(row, dict) for row in found):
        head = tuple(dict.fromkeys(name for row in found for name in row))
        return table(head, ([row.get(name) for name in head] for row in found), most)
    if all(isinstance(row, list) for row in found):
        return table(found[0], found[1:], most)
    raise shape


def excel_rows(data: bytes, sheet: str, most: int) -> Table:
    """The rows of a sheet, the first if none is named, with the values that its formulas had when it was saved.

    Errors: `Failed`.
    """
    check_archive(data)
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            if sheet and sheet not in book.sheetnames:
                raise Failed(f"there is no sheet {sheet!r}", f"the file has: {', '.join(book.sheetnames[:12])}")
            page = book[sheet or book.sheetnames[0]]
            page.reset_dimensions()
            rows = []
            for row in page.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                if any(value is not None for value in row):
                    rows.append(list(row))
                if len(rows) > most + 1:
                    break
    except Failed:
        raise
    except Exception as problem:  # Of a file that anybody made, openpyxl may raise anything.
        raise Failed(f"this Excel file can't be read: {type(problem).__name__}", "save it again as .xlsx") from None
    width = max((i + 1 for row in rows for i, value in enumerate(row) if value is not None), default=0)
    if not rows:
        raise Failed("the sheet is empty")
    padded = [(row + [None] * width)[:width] for row in rows]
    return table(padded[0], padded[1:], most)


def check_archive(data: bytes) -> None:
    """Nothing that swells beyond measure, and no XML that declares entities. Errors: `Failed`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > 5000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Failed(f"unpacked, this file holds more than {MOST_UNPACKED / 1_000_000:g} MB")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                    raise Failed("this is no Excel file: its XML declares a document type")
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError, NotImplementedError) as problem:
        raise Failed("this is no Excel file (.xlsx)", "save it again as .xlsx") from problem


def table(head: Iterable[Any], rows: Iterable[Iterable[Any]], most: int) -> Table:
    """Values as rows of one width under their heads. Errors: `Failed`."""
    heads = tuple(str(plain(name) or f"column {i}").strip() for i, name in enumerate(head, start=1))
    if not heads or len(heads) > MOST_COLUMNS:
        raise Failed(f"the data have {len(heads)} columns, and the limit is {MOST_COLUMNS}", "leave columns out")
    found = tuple(tuple(plain(value) for value in row) for row in rows)
    if len(found) > most:
        raise Failed(f"the data have more than {most:,} rows", "leave rows out")
    for number, row in enumerate(found, start=1):
        if len(row) != len(heads):
            raise Failed(f"row {number} has {len(row)} values, and there are {len(heads)} heads")
    return Table(heads, found)


def plain(value: Any) -> Value:
    """A value of a file as text or a number. Errors: `Failed`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, (str, float)) or (isinstance(value, int) and abs(value) < 2**63):
        return value
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    raise Failed(f"a value of the data is neither text nor a number: {str(value)[:40]}")
