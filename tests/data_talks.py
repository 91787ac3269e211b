"""Talks that show data, and the files that these come from."""

from __future__ import annotations

import io
import sqlite3

import openpyxl

from deckgen.model.deck import Deck
from deckgen.model.text import plain
from deckgen.read.deck import read_deck
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld

CSV = b"region,amount,day\nEMEA,1000.5,2026-03-01\nAPAC,2000,2026-04-01\nEMEA,4,2026-05-01\n"
SLIDE = "slides:\n  - title: A\n    bullets: [x]\n"


def sqlite_file(*statements: str) -> bytes:
    made = sqlite3.connect(":memory:")
    for statement in statements or ("create table t(region text, amount real)", "insert into t values ('EMEA', 10.5)"):
        made.execute(statement)
    made.commit()
    return made.serialize()


def excel_file() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nothing"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Sales")
    sheet.append(["region", "amount"])
    sheet.append(["EMEA", 7])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILES = {
    "sales.csv": CSV,
    "base.sqlite": sqlite_file(),
    "book.xlsx": excel_file(),
    "list.json": b'[{"region": "EMEA", "amount": 3}, {"region": "APAC"}]',
}


def world(source: str, **files: bytes) -> MemoryWorld:
    named = {name.replace("_", "."): data for name, data in files.items()}
    return MemoryWorld({"talk.yaml": source.encode(), **FILES, **named}, fonts=default_folder())


def source(head: str, title: str = "A", more: str = "bullets: [x]") -> str:
    return f"deckgen: 1\ntitle: T\n{head}\nslides:\n  - title: '{title}'\n    {more}\n"


def deck(text: str, *given_: tuple[str, str], **files: bytes) -> Deck:
    made, found = read_deck(world(text, **files), "talk.yaml", given=given_)
    assert made, found
    return made


def title(expression: str, head: str = "", *given_: tuple[str, str]) -> str:
    text = source(f"data: {{sales: sales.csv}}\n{head}", expression.replace("'", "''"))
    return plain(deck(text, *given_).slides[0].heading)


def wrong(text: str, **files: bytes) -> list[tuple[str, str, str]]:
    """Places, messages and hints."""
    return [(str(d.span), d.message, d.hint) for d in read_deck(world(text, **files), "talk.yaml")[1]]
