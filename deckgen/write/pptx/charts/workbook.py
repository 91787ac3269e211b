"""The workbook of a chart: where its numbers stand, and its bytes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, NamedTuple

from deckgen.model.chart import POINTS, ChartData, Series

SHEET = "Sheet1"
CREATED = datetime(2000, 1, 1)
"""The time that every workbook tells, so that the same numbers are the same bytes."""


class Range(NamedTuple):
    """Cells of one column, rows counted from 1."""

    column: int
    first: int
    last: int

    @property
    def formula(self) -> str:
        letter = letters(self.column)
        start = f"{SHEET}!${letter}${self.first}"
        return start if self.first == self.last else f"{start}:${letter}${self.last}"


class Places(NamedTuple):
    """Where a series stands in the workbook."""

    name: Range
    categories: Range
    values: Range
    sizes: Range


def letters(column: int) -> str:
    """`A` for column 0, `Z` for 25, `AA` for 26."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def places(data: ChartData) -> tuple[Places, ...]:
    """The places of all series: a column each beside the categories; series of points stand one under the other."""
    if data.kind not in POINTS:
        last = len(data.categories) + 1
        return tuple(
            Places(Range(i, 1, 1), Range(0, 2, last), Range(i, 2, last), Range(i, 2, last))
            for i in range(1, len(data.series) + 1)
        )
    found, row = [], 1
    for series in data.series:
        first, last = row + 1, row + len(series.values)
        found.append(Places(Range(2, row, row), Range(1, first, last), Range(2, first, last), Range(3, first, last)))
        row = last + 2
    return tuple(found)


def workbook(data: ChartData) -> bytes:
    """The chart's numbers as an `.xlsx` file (XlsxWriter); the same numbers give the same bytes."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet(SHEET)
    for series, place in zip(data.series, places(data), strict=True):
        write_column(sheet, place.name, (series.name,))
        if data.kind in POINTS:
            write_points(sheet, series, place)
        else:
            write_column(sheet, place.categories, data.categories)
        write_column(sheet, place.values, series.values, book.add_format({"num_format": series.format}))
    book.close()
    return buffer.getvalue()


def write_points(sheet: Any, series: Series, place: Places) -> None:
    """Names, level places and sizes of points."""
    write_column(sheet, place.values._replace(column=0), series.names)
    write_column(sheet, place.categories, series.x)
    if series.sizes:
        write_column(sheet, place.sizes, series.sizes)


def write_column(sheet: Any, place: Range, cells: tuple[Any, ...], form: Any = None) -> None:
    """Texts and numbers down a column; a missing number leaves its cell empty."""
    for i, cell in enumerate(cells):
        if isinstance(cell, str) and cell:
            sheet.write_string(place.first - 1 + i, place.column, cell)
        elif isinstance(cell, float):
            sheet.write_number(place.first - 1 + i, place.column, cell, form)
