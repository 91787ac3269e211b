"""What is wrong in a theme's files is told once, at its place, with what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deckgen.diagnostics import Diagnostic
from deckgen.read.theme import read_theme
from deckgen.world import MemoryWorld, packaged_themes

FOLDER = packaged_themes() / "paper"
TEXT = (FOLDER / "theme.yaml").read_text(encoding="utf-8")
CSS = (FOLDER / "handout.css").read_bytes()


def found(change: Callable[[str], str], css: bytes | None = CSS) -> list[Diagnostic]:
    """What is wrong with the theme `paper` after a change."""
    files = {"themes/paper/theme.yaml": change(TEXT).encode()}
    if css is not None:
        files["themes/paper/handout.css"] = css
    return list(read_theme(MemoryWorld(files), "paper")[1])


def without(begin: str) -> Callable[[str], str]:
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if not line.startswith(begin))


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (lambda text: text.replace("\n  accent: ", "\n  acent: ", 1), "the colour 'accent' is missing", "'acent'"),
        (without("  accent: "), "the colour 'accent' is missing", "copy it from the theme"),
        (lambda text: text.replace("\nlayouts:", "\nlayout:", 1), "unknown key 'layout'", "did you mean 'layouts'?"),
        (lambda text: text.replace("name: paper", 'name: "paper', 1), "this quotation mark is never closed", "end of"),
        (lambda text: "", "a theme is made of 'key: value' lines", "copy those of another theme"),
    ],
    ids=["colour-misspelt", "colour-missing", "part-misspelt", "not-yaml", "empty"],
)
def test_one_fault_is_told_once(change: Callable[[str], str], message: str, hint: str) -> None:
    [problem] = found(change)
    assert problem.message == message
    assert hint in problem.hint
    assert problem.span.file == "themes/paper/theme.yaml" and problem.span.line


def test_a_name_that_is_used_often_is_told_of_once() -> None:
    problems = found(lambda text: text.replace("colour: muted", "colour: mutd"))
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("there is no colour 'mutd'", "did you mean 'muted'?")
    ]


def test_a_style_sheet_may_be_empty_and_not_missing() -> None:
    assert found(lambda text: text, b"") == []
    [problem] = found(lambda text: text, None)
    assert "handout.css" in problem.message and problem.hint == "a file of this name may be empty"
