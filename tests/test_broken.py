"""Broken sources: the errors stand as comments on the lines that they belong to.

`# error: message | part of the hint` is on the line itself, `# error on line 9: message` anywhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.diagnostics import CODES, Diagnostic
from deckgen.read.deck import read_deck
from deckgen.report import as_text
from deckgen.world import SOURCE_LIMIT, MemoryWorld

FOLDER = Path(__file__).parent / "broken"
EXPECTED = re.compile(r"# error(?: on line (\d+))?: (.*?)(?=\s*# error|\s*$)")


def expected_errors(text: str) -> list[tuple[int, str, str]]:
    """Line, message and part of the hint of every error that a source announces."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        for place, words in EXPECTED.findall(line):
            message, _, hint = words.partition(" | ")
            found.append((int(place or number), message.strip(), hint.strip()))
    return sorted(found)


def errors_of(data: bytes) -> tuple[Diagnostic, ...]:
    deck, diagnostics = read_deck(MemoryWorld({"talk.yaml": data}), "talk.yaml")
    assert deck is None
    return diagnostics


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_error_is_told_at_its_place(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    expected = expected_errors(text)
    found = errors_of(text.encode())
    assert sorted((d.span.line, d.message) for d in found) == [(line, message) for line, message, _ in expected]
    for line, message, hint in expected:
        hints = [d.hint for d in found if (d.span.line, d.message) == (line, message)]
        assert any(hint in written for written in hints), (hint, hints)
    assert {d.code for d in found} <= CODES.keys()


def test_there_are_many_broken_sources() -> None:
    assert len(list(FOLDER.glob("*.yaml"))) >= 25


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", "talk.yaml:1:1", "the file is empty"),
        (b"\xef\xbb\xbf\n\n", "talk.yaml:1:1", "the file is empty"),
        (b"PK\x03\x04rest of an archive", "talk.yaml", "this is not a text file"),
        (b"title: a\0b", "talk.yaml", "this is not a text file"),
        ("deckgen: 1".encode("utf-16"), "talk.yaml", "the file is UTF-16 text"),
        ("deckgen: 1".encode("utf-16-le"), "talk.yaml", "the file is UTF-16 text"),
        ("deckgen: 1\ntitle: Käse".encode("latin-1"), "talk.yaml:2:9", "this character is not UTF-8"),
        (b"deckgen: 1\r\ntitle: a \x1b[31m", "talk.yaml:2:10", "a control character stands here: U+001B"),
        (b"[" * 900, "talk.yaml:1:61", "lists and keys nest deeper than 60 levels"),
        (b"- " * 100_000, "talk.yaml:1:121", "lists and keys nest deeper than 60 levels"),
        (b"x" * (SOURCE_LIMIT + 1), "talk.yaml", "talk.yaml is too large: the limit is 5 MB"),
        (b"a: [" + b"x, " * 300_000 + b"]", "talk.yaml:1:600002", "the file holds more than 200,000 values"),
        (b"just text", "talk.yaml:1:1", "expected 'key: value' lines, found the text 'just text'"),
        (b"%YAML 3.0\n---\na", "talk.yaml:1:1", "text without quotes can't begin with %"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_odd_files(data: bytes, place: str, message: str) -> None:
    [found] = errors_of(data)
    assert (str(found.span), found.message) == (place, message)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    [found] = errors_of("\n".join(lines).encode())
    assert "signs such as *a4 repeat so much" in found.message
    assert found.span.line == 6


def test_a_million_brackets_are_too_deep_for_the_parser_itself() -> None:
    """Some versions of PyYAML give up before they tell of any list, so the place is theirs."""
    [found] = errors_of(b"[" * 1_000_000)
    assert found.message == "lists and keys nest deeper than 60 levels"


def test_aliases_that_nest_are_refused() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 100)]
    [found] = errors_of("\n".join(lines).encode())
    assert found.message == "lists and keys nest deeper than 60 levels"


@pytest.mark.parametrize("text", ["^[" * 3000 + "x" + "]" * 3000, "[" * 20_000, "> " * 500 + "x", "a" * 200_000 + "*"])
def test_hostile_markdown_ends(text: str) -> None:
    data = f"deckgen: 1\ntitle: T\nslides:\n  - title: A\n    handout: |\n      {text}\n".encode()
    _, diagnostics = read_deck(MemoryWorld({"talk.yaml": data}), "talk.yaml")
    assert all(d.span.line == 6 for d in diagnostics)


def test_the_report_shows_the_line_with_a_caret_and_the_hint() -> None:
    text = "deckgen: 1\ntitle: A talk\nslides:\n  - title: One\n    bodi: x\n"
    report = as_text(errors_of(text.encode()), {"talk.yaml": text}.get)
    assert report.splitlines()[:4] == [
        "talk.yaml:5:5: error: unknown key 'bodi' [schema]",
        "    5 |     bodi: x",
        "      |     ^",
        "  hint: did you mean 'body'?",
    ]
    assert report.endswith("1 error\n")
