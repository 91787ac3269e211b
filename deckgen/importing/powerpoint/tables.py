"""A table of a slide -> a block `table`."""

from __future__ import annotations

from typing import Any

from lxml import etree

from deckgen.importing.powerpoint.shapes import count
from deckgen.importing.powerpoint.text import Setting, inline, paragraphs
from deckgen.importing.result import Data
from deckgen.namespaces import A

ON = ("1", "true")


def table(node: etree._Element, setting: Setting) -> Data | None:
    """The block; None for a table without any text."""
    lines = [list(line.iterfind(f"{A}tc")) for line in node.iterfind(f"{A}tr")]
    lines = [line for line in lines if line]
    width = len(lines[0]) if lines else 0
    if any(len(line) != width for line in lines):
        setting.remark("the table's rows have different numbers of cells: check it")
    texts = [[text(cell, setting) for cell in line] for line in lines]
    if not any(any(line) for line in texts):
        return None
    properties = node.find(f"{A}tblPr")
    headed = properties is not None and properties.get("firstRow") in ON and len(lines) > 1
    if headed and any(span(cell, "rowSpan") > 1 for cell in lines[0]):
        headed = False
        setting.remark("the heads of the table reach into its rows: the table has none")
    rows = [row(line, own, len(lines) - number) for number, (line, own) in enumerate(zip(lines, texts, strict=True))]
    header = {"header": rows[0]} if headed else {}
    column = properties is not None and properties.get("firstCol") in ON
    return {"table": {**header, "rows": rows[1:] if headed else rows, **({} if column else {"header_column": False})}}


def row(line: list[etree._Element], texts: list[str], below: int) -> list[Any]:
    """The cells of a line of the table that no other cell lies over; `below` counts it and those after it."""
    cells = enumerate(zip(line, texts, strict=True))
    return [made(cell, words, len(line) - at, below) for at, (cell, words) in cells if stands(cell)]


def stands(cell: etree._Element) -> bool:
    """Whether no other cell lies over it."""
    return cell.get("hMerge") not in ON and cell.get("vMerge") not in ON


def made(cell: etree._Element, words: str, columns: int, rows: int) -> Any:
    """A cell, which takes no more columns and rows than there are."""
    wide, high = min(span(cell, "gridSpan"), columns), min(span(cell, "rowSpan"), rows)
    if wide == high == 1:
        return words
    return {"text": words, **({"columns": wide} if wide > 1 else {}), **({"rows": high} if high > 1 else {})}


def span(cell: etree._Element, key: str) -> int:
    return max(1, count(cell.get(key), 1))


def text(cell: etree._Element, setting: Setting) -> str:
    body = cell.find(f"{A}txBody")
    found = [] if body is None else paragraphs(body, setting, lambda node: "none")
    written = [words for paragraph in found if (words := inline(paragraph, setting))]
    if len(written) > 1:
        setting.remark("a table's cell of several paragraphs is one text")
    return " ".join(written)
