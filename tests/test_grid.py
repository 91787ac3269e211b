"""Files of data: every field knows its place, and what is no grid is an error where it stops to be one."""

from __future__ import annotations

from time import perf_counter

import pytest

from deckgen.diagnostics import Diagnostic, Span
from deckgen.model.grid import Grid
from deckgen.read.grid import parse_grid
from deckgen.read.source import Source, decode

HERE = Span("talk.yaml", 4, 13)


def source(text: str, file: str = "a.csv") -> Source:
    found = decode(file, text.encode())
    assert isinstance(found, Source), found
    return found


def grid(text: str, file: str = "a.csv") -> Grid:
    found = parse_grid(source(text, file), HERE)
    assert isinstance(found, Grid), found
    return found


def fields(found: Grid) -> list[list[str]]:
    return [[run.text for run in row] for row in (found.head, *found.rows)]


def test_quotes_line_ends_and_marks() -> None:
    found = grid('\ufeffname,note\r\n"Smith, Ann","said ""no""\r\ntwice"\r\n\r\nBo,\r\n')
    assert fields(found) == [["name", "note"], ["Smith, Ann", 'said "no" twice'], ["Bo", ""]]
    assert found.span == HERE


@pytest.mark.parametrize(
    ("text", "file"), [("a\tb;c\n1\t2;3\n", "x.tsv"), ("a;b\n1;2,5\n", "x.csv"), ("a\tb\n1\t2", "x.csv")]
)
def test_the_separator_is_found(text: str, file: str) -> None:
    assert all(len(row) == 2 for row in grid(text, file).rows)


def test_fields_know_their_places() -> None:
    found = grid('name,size\n"A\nB",1\nC,2\n')
    assert [run.span for run in found.rows[0]] == [Span("a.csv", 2, 1), Span("a.csv", 3, 4)]
    assert found.rows[1][1].span == Span("a.csv", 4, 3)


def test_columns_go_by_head_or_number() -> None:
    found = grid("year,2\n1,2\n")
    assert [found.column(name) for name in ("year", "2", "1", "3", "Year")] == [0, 1, 0, None, None]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a,b\n1\n", "a.csv:2:1", "1 field, and the first row has 2"),
        ("a,b\n1,2,3\n", "a.csv:2:5", "3 fields, and the first row has 2"),
        ('a,b\n1,"2\n3,4\n', "a.csv:2:3", "never closed"),
        ('a,b\n1,"2"x\n', "a.csv:2:6", "after the quotation mark"),
        ("a,b\n", "a.csv", "no data"),
        ("", "a.csv", "the file is empty"),
        ("a\n" + "1\n" * 2001, "a.csv:2002:1", "more than 2,000 rows"),
        ("a," * 100 + "b\n" + "1," * 100 + "2\n", "a.csv:1:201", "more than 100 fields"),
    ],
)  # fmt: skip
def test_what_is_no_grid_is_told_with_its_place(text: str, place: str, words: str) -> None:
    found = parse_grid(source(text))
    assert isinstance(found, Diagnostic)
    assert str(found.span) == place
    assert words in found.message
    assert found.hint


def test_hostile_grids_cost_little() -> None:
    start = perf_counter()
    for text in ('"' * 1_999_999, " " * 1_999_999, 'a,b\n"' + "x" * 1_900_000, "," * 1_999_999, '" ' * 900_000):
        assert isinstance(parse_grid(source(text)), Diagnostic)
    assert perf_counter() - start < 5
