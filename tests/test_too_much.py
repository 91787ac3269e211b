"""Too much of anything: it goes on over further slides, whole and in order, or an error tells what to do.

Everything is built into both files: nothing may hang, nothing may be lost.
"""

from __future__ import annotations

import re
from time import process_time

import pytest

from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import has_errors
from tests.pairs import Outcome, outcome
from tests.talks import problems_of, source

LETTERS = "abcdefghij" * 50
PLENTY_S = 20.0
"""Processor time that a slide of too much may take; the most that was measured is a third of it."""


def listed(count: int, words: str = "Point {}") -> str:
    return "[" + ", ".join(words.format(i) for i in range(count)) + "]"


def lines(count: int, line: str) -> str:
    return "".join(line.format(i) + "\n" for i in range(count))


GOES_ON = {
    "200 bullets": (f"- title: T\n  bullets: {listed(200)}", 200, "Point {}"),
    "200 steps": (f"- title: T\n  numbered: {listed(200)}", 200, "Point {}"),
    "100 terms": (f"- title: T\n  definitions:\n{lines(100, '    - Term {0}: What it means')}", 100, "Term {}"),
    "a table of 100 rows": (
        f"- title: T\n  table:\n    header: [a, b]\n    rows:\n{lines(100, '      - [Row {0}, some words]')}",
        100,
        "Row {}",
    ),
    "a table with cells of three lines": (
        "- title: T\n  table:\n    rows:\n"
        + lines(100, "      - [Row {0}, '" + "words that fill the lines of a cell " * 6 + "', '', x]"),
        100,
        "Row {}",
    ),
    "400 lines of code": (
        f"- title: T\n  code:\n    language: python\n    text: |\n{lines(400, '      line_{0} = {0}  # a comment')}",
        400,
        "line_{}",
    ),
    "three columns of 60": (
        "- title: T\n  columns:\n    - bullets: "
        + listed(60)
        + "\n    - bullets: "
        + listed(60, "Left {}")
        + "\n    - [Short]",
        60,
        "Left {}",
    ),
    "a list with 60 paragraphs under it": (
        f"- title: T\n  body:\n    - bullets: {listed(12)}\n{lines(60, '    - paragraph: Paragraph {0} of many')}",
        60,
        "Paragraph {} of",
    ),
    "a word of 500 letters": (f"- title: T\n  body:\n    - bullets: [{LETTERS}, after]", 0, ""),
    "a word of 500 letters in a cell": (f"- title: T\n  table: {{rows: [[a, {LETTERS}], [{LETTERS[:90]}, b]]}}", 0, ""),
    "a table of 12 columns": (f"- title: T\n  table: {{rows: [{listed(12, 'c {}')}]}}", 12, "c {}"),
    "empty cells": ("- title: T\n  table: {header: ['', '', ''], rows: [['', '', ''], ['', a, '']]}", 0, ""),
}
REFUSED = {
    "a title of 300 characters": (
        f"- title: {'long words ' * 27}end\n  bullets: [a]",
        r"the title needs \d+ lines, but slide 2 has room for 2",
        "shorten",
    ),
    "a title of one word of 500 letters": (
        f"- title: {LETTERS}\n  bullets: [a]",
        r"the title needs \d+ lines, but slide 2 has room for 2",
        "shorten",
    ),
    "4,000 bullets": (
        f"- title: T\n  bullets: {listed(4000)}",
        "the list has 4,000 entries, and the limit is 2,000",
        "split",
    ),
    "1,500 bullets": (
        f"- title: T\n  bullets: {listed(1500)}",
        r"the text needs \d+ lines, but slide 2",
        "divide the slide",
    ),
    "a table of 1,000 rows": (
        f"- title: T\n  table:\n    rows:\n{lines(1000, '      - [Row {0}, b]')}",
        "the table needs 1000 rows, but slide 2 has room for",
        "leave out rows",
    ),
    "a table of 40 columns": (
        f"- title: T\n  table: {{rows: [{listed(40, 'c{}')}]}}",
        "the table has 40 columns, and the limit is 30",
        "leave columns",
    ),
    "twelve columns of long words": (
        f"- title: T\n  table: {{rows: [{listed(12, 'Throughput{}')}]}}",
        r"the table's 12 columns are \d+ pt wider than slide 2 has room for: column 1\d can't hold",
        "leave out column 1",
    ),
    "a row that no slide holds": (
        f"- title: T\n  table: {{rows: [[a, '{'many words ' * 400}']]}}",
        r"the table needs 1 row, but slide 2",
        "leave out",
    ),
    "a line of 500 letters": (
        f"- title: T\n  code: {LETTERS}",
        r"line 1 of the code needs 500 characters, but slide 2 has room for \d\d",
        "break",
    ),
    "a line of 10,000 letters": (
        f"- title: T\n  code: {LETTERS * 20}",
        "line 1 has 10,000 characters; a slide shows fewer than 100",
        "break",
    ),
    "2,000 lines of code": (
        f"- title: T\n  code: |\n{lines(2000, '    {0}')}",
        r"the text needs 2000 lines, but slide 2 has room for \d+",
        "less",
    ),
    "a callout of 400 words": (
        f"- title: T\n  callout: '{'words ' * 400}'",
        r"the text needs \d+ lines, but slide 2 has room for \d+",
        "shorten",
    ),
    "a word of 500 letters in a column": (
        f"- title: T\n  columns: [[{LETTERS}], [b]]",
        r"the text needs 1\d lines, but slide 2 has room for 1\d",
        "shorten",
    ),
    "ten columns": (
        f"- title: T\n  columns: [{'[a], ' * 10}]",
        "there are 10 columns, and a slide has room for 6",
        "table",
    ),
}


def in_order(text: str, words: str, count: int) -> bool:
    """Whether all numbered words stand in a text, each after the one before."""
    at = 0
    for number in range(count):
        found = re.compile(re.escape(words.format(number)) + r"(?!\d)").search(text, at)
        if not found:
            return False
        at = found.end()
    return True


@pytest.mark.parametrize("name", GOES_ON)
def test_it_goes_on(name: str) -> None:
    slides, count, words = GOES_ON[name]
    start = process_time()
    made: Outcome = outcome(source(slides))
    assert process_time() - start < PLENTY_S
    assert not made.found and not made.problems
    assert made.talk
    if count:
        body = " ".join(slide.body for slide in read_deck_text(made.deck))
        assert in_order(body, words, count)
        assert len(made.talk.show.pages) > 2 or count < 20


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    slides, message, hint = REFUSED[name]
    start = process_time()
    found = problems_of(slides)
    assert process_time() - start < PLENTY_S
    assert has_errors(found)
    assert re.match(message, found[0].message), found[0].message
    assert hint in found[0].hint
    assert found[0].span.line
