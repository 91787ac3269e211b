"""The order of mixed lines, against an implementation of the Unicode Bidirectional Algorithm that is not ours."""

from __future__ import annotations

from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckgen.typeset.bidi import directions, has_right_to_left, in_view, levels

LETTERS = "ab \u05d0\u05d1\u05d2\u0627\u0628\u06f1\u06611290+-,.:/%$()[]{} \u05b0\u064b\u200c\u4e00!?\"'"
FLAT = str.maketrans("()[]{}", "(([[{{", "\u200c")
"""Brackets of one kind for both: the fonts mirror them."""


def shown(text: str, right_to_left: bool) -> str:
    """The characters from left to right."""
    return "".join(in_view([*zip(text, levels(text, right_to_left), strict=True)]))


@settings(max_examples=400, deadline=None)
@given(st.text(LETTERS, max_size=24), st.booleans())
@example("\u05d0{0}\u05b0", False)
def test_a_line_is_shown_in_the_order_of_the_algorithm(text: str, right_to_left: bool) -> None:
    expected = get_display(text, base_dir="R" if right_to_left else "L")
    assert shown(text, right_to_left).translate(FLAT) == expected.translate(FLAT)


def test_words_and_numbers() -> None:
    assert shown("\u05d0\u05d1 12 ab", True) == "ab 12 \u05d1\u05d0"
    assert levels("ab 12", False) == [0] * 5
    assert directions("ab 12") == {"L"} and directions("\u05d0 12") == {"R"} and directions("12") == frozenset()
    assert has_right_to_left("a \u0627") and not has_right_to_left("\u00e9 \u0439 \u4e00")
