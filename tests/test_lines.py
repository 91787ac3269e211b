"""Breaking lines, counted in letters: the square font has one em for each."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.model.setting import Style
from deckgen.model.text import Run, plain
from deckgen.model.theme import Theme
from deckgen.typeset.lines import Measure, balanced, break_lines
from deckgen.typeset.paragraphs import set_paragraph
from tests.square import SquareFaces

FACES = SquareFaces(cast(Theme, None))
STYLE = Style(font="sans", size_pt=10, leading_pt=12)
MEASURE = Measure(STYLE, FACES, 0.9)
WORDS = st.text(alphabet="abcdefghij-–/ ", max_size=60)


def lines(text: str, letters: int, **look: bool) -> list[str]:
    return [plain(line.text) for line in break_lines((Run(text, **look),), letters * 10, MEASURE)]  # type: ignore[arg-type]


def test_a_line_takes_words_while_they_fit() -> None:
    assert lines("aa bbb cc d", 6) == ["aa bbb", "cc d"]


def test_the_space_at_the_end_hangs_over() -> None:
    assert lines("aaa bbb", 3) == ["aaa", "bbb"]


def test_a_line_ends_after_a_hyphen_between_letters() -> None:
    assert lines("cloud-native", 7) == ["cloud-", "native"]
    assert lines("x86-64", 4) == ["x86-", "64"] or lines("x86-64", 4) == ["x86-64"[:4], "64"]


def test_a_no_break_space_holds_words_together() -> None:
    assert lines("aa bb\u00a0cc", 6) == ["aa", "bb\u00a0cc"]


def test_a_word_wider_than_the_line_is_divided() -> None:
    assert lines("abcdefgh", 3) == ["abc", "def", "gh"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert lines("", 5) == [""]


def test_words_across_runs_stay_together() -> None:
    text = (Run("aa b"), Run("bb", bold=True), Run(" cc"))
    assert [plain(line.text) for line in break_lines(text, 50, MEASURE)] == ["aa", "bbb", "cc"]


def test_balanced_lines_are_as_many_and_more_even() -> None:
    text = (Run("aaaa bbbb cccc dd"),)
    assert [plain(line.text) for line in break_lines(text, 140, MEASURE)] == ["aaaa bbbb cccc", "dd"]
    assert [plain(line.text) for line in balanced(text, 140, MEASURE)] == ["aaaa bbbb", "cccc dd"]


@given(WORDS, st.integers(1, 30))
def test_no_letter_is_lost_and_no_line_too_long(text: str, letters: int) -> None:
    broken = break_lines((Run(text),), letters * 10, MEASURE)
    assert "".join(plain(line.text) for line in broken).replace(" ", "") == text.replace(" ", "")
    assert all(line.width_pt <= letters * 10 + 0.001 for line in broken)


@given(WORDS, st.integers(1, 30))
def test_balance_keeps_the_number_of_lines(text: str, letters: int) -> None:
    runs = (Run(text),)
    assert len(balanced(runs, letters * 10, MEASURE)) == len(break_lines(runs, letters * 10, MEASURE))


def test_width_is_measured_in_the_face_of_the_run() -> None:
    assert break_lines((Run("abc"),), 100, MEASURE)[0].width_pt == 30


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("Shared by every container on the host", 33, ["Shared by every container on", "the\u00a0host"]),
        ("one container is", 10, ["one", "container", "is"]),  # Bound words are wider than the line here.
        ("Drawn by a program", 11, ["Drawn by a", "program"]),  # A long word may stand alone.
        ("a b c d e f g h", 14, ["a b c d e f", "g\u00a0h"]),
    ],
)
def test_a_paragraph_ends_in_more_than_a_short_word(text: str, letters: int, lines: list[str]) -> None:
    style = Style("sans", 10, 12)
    made = set_paragraph((Run(text),), style, letters * 10.0, FACES, 0.9)
    assert ["".join(run.text for run in line.text) for line in made.lines] == lines


def test_code_at_the_end_of_a_paragraph_keeps_its_space() -> None:
    text = (Run("to begin with, type "), Run("ls -l /", code=True))
    made = set_paragraph(text, Style("sans", 10, 12), 265.0, FACES, 1.0)
    assert made.text == text
