"""Read the charts of a written deck back: what PowerPoint shows, and what "Edit Data" opens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.chart import POINTS, ChartData
from deckgen.model.drawing import Chart, every_shape
from deckgen.model.show import Page
from deckgen.namespaces import A, C

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RANGE = re.compile(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?")
BUG = "this is a fault of deckgen, not of the source; please report it with this message"

Cell = str | float | None
Column = tuple[Cell, ...]


@frozen
class ReadSeries:
    """A series: its name and its columns, by their elements in the chart, as the chart's cache has them."""

    name: str
    columns: Mapping[str, Column]
    cells: Mapping[str, Column]
    """The same columns in the workbook."""


@frozen
class ReadChart:
    series: tuple[ReadSeries, ...]
    words: str
    """The names of series and categories, and labels that are written out."""


def read_chart(part: bytes, workbook: bytes) -> ReadChart:
    """A chart part with its workbook. Errors: those of `zipfile` and `ElementTree`, KeyError."""
    tree = ElementTree.fromstring(part)
    cells = read_cells(workbook)
    series = tuple(read_series(node, cells) for node in tree.iter(f"{C}ser"))
    names = [one.name for one in series]
    first = series[0].columns.get("cat", ()) if series else ()
    written = [node.text or "" for node in tree.iter(f"{A}t")]
    return ReadChart(series, "".join([*names, *(str(cell) for cell in first if cell is not None), *written]))


def read_series(node: ElementTree.Element, cells: Mapping[str, Cell]) -> ReadSeries:
    columns: dict[str, Column] = {}
    inside: dict[str, Column] = {}
    for kind in ("tx", "cat", "val", "xVal", "yVal", "bubbleSize"):
        found = node.find(f"{C}{kind}")
        if found is not None:
            columns[kind] = cached(found)
            inside[kind] = in_range(found.findtext(f".//{C}f") or "", cells)
    return ReadSeries(str(columns.get("tx", ("",))[0] or ""), columns, inside)


def cached(node: ElementTree.Element) -> Column:
    """The cache of a reference; numbers as numbers, what is missing as None."""
    count = node.find(f".//{C}ptCount")
    found: list[Cell] = [None] * int(count.get("val", "0") if count is not None else 0)
    numeric = node.find(f"{C}numRef") is not None
    for point in node.iter(f"{C}pt"):
        text = point.findtext(f"{C}v") or ""
        found[int(point.get("idx", "0"))] = float(text) if numeric else text
    return tuple(found)


def in_range(formula: str, cells: Mapping[str, Cell]) -> Column:
    """The cells that a reference names."""
    match = RANGE.fullmatch(formula)
    if not match:
        return ()
    column, first, last = match[1], int(match[2]), int(match[3] or match[2])
    return tuple(cells.get(f"{column}{row}") for row in range(first, last + 1))


def read_cells(workbook: bytes) -> dict[str, Cell]:
    """The cells of the first sheet of an `.xlsx` file."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        names = package.namelist()
        texts = shared_texts(package.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    found: dict[str, Cell] = {}
    for cell in sheet.iter(f"{S}c"):
        value = cell.findtext(f"{S}v")
        if value is not None:
            found[cell.get("r", "")] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return found


def shared_texts(part: bytes) -> list[str]:
    items = ElementTree.fromstring(part).iter(f"{S}si")
    return ["".join(node.text or "" for node in item.iter(f"{S}t")) for item in items]


def check_charts(page: Page, charts: tuple[ReadChart, ...]) -> Iterator[Diagnostic]:
    """Every number and name of a page's charts stands in the chart and in its workbook, and nothing else."""
    shown = [shape for shape in every_shape(page.drawing.shapes) if isinstance(shape, Chart)]
    if len(shown) != len(charts):
        yield error(page.span, f"slide {page.number} has {len(charts)} charts, not {len(shown)}", BUG)
    for shape, chart in zip(shown, charts, strict=False):
        if wrong := next(differences(shape.data, chart), ""):
            yield error(page.span, f"the chart of slide {page.number} does not say what the source says: {wrong}", BUG)


def differences(data: ChartData, chart: ReadChart) -> Iterator[str]:
    if len(data.series) != len(chart.series):
        yield f"it has {len(chart.series)} series, not {len(data.series)}"
    for wanted, found in zip(data.series, chart.series, strict=False):
        columns: dict[str, Column] = {"tx": (wanted.name,)} if wanted.name else {}
        if data.kind in POINTS:
            columns |= {"xVal": wanted.x, "yVal": wanted.values}
            columns |= {"bubbleSize": wanted.sizes} if wanted.sizes else {}
        else:
            columns |= {"cat": data.categories, "val": wanted.values}
        for kind, column in columns.items():
            for where, cells in (("chart", found.columns.get(kind)), ("workbook", found.cells.get(kind))):
                if tuple(cell or None if isinstance(cell, str) else cell for cell in column) != tuple(
                    cell or None if isinstance(cell, str) else cell for cell in cells or ()
                ):
                    yield f"{kind} of {wanted.name or 'its series'} in the {where}"
