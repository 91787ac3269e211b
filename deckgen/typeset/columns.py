"""Widths of table columns from the texts that they hold."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.model.setting import Style
from deckgen.model.text import Text
from deckgen.typeset.fallback import in_families
from deckgen.typeset.flow import UNBROKEN_PT
from deckgen.typeset.lines import Measure, words
from deckgen.typeset.sheet import Sheet

LONGEST_WORD = 30
"""A word of more letters may be divided by the end of a line, like this part of it."""


def column_widths(longest: Sequence[float], least: Sequence[float], total: float) -> tuple[float, ...]:
    """The widths of the columns, in points, from the widths of their longest texts and of their longest words.

    Together they are `total`. The first column is as wide as its longest text, at most a third of the table. The rest
    is shared in proportion to the longest texts, but no column gets less than its longest word needs. If the words are
    wider than the table, those of the widest columns will be divided.
    """
    if len(longest) < 2:
        return (total,) * len(longest)
    if sum(least) > total:
        return squeezed(least, total)
    first = max(least[0], min(longest[0] * 1.06, total / 3))
    first = min(first, total - sum(least[1:]))
    return (first, *shared(longest[1:], least[1:], total - first))


def shared(wanted: Sequence[float], least: Sequence[float], total: float) -> tuple[float, ...]:
    """Share `total` in proportion to `wanted`; a part that would get less than its `least` gets that."""
    open_parts = set(range(len(wanted)))
    fixed: dict[int, float] = {}
    while open_parts:
        room = total - sum(fixed.values())
        weight = sum(wanted[i] for i in open_parts) or 1.0
        short = {i for i in open_parts if room * wanted[i] / weight < least[i]}
        if not short:
            fixed |= {i: room * wanted[i] / weight for i in open_parts}
            break
        fixed |= {i: least[i] for i in short}
        open_parts -= short
    return tuple(fixed[i] for i in range(len(wanted)))


def squeezed(wanted: Sequence[float], total: float) -> tuple[float, ...]:
    """Share `total` so that each part gets what it wants, or else as much as the largest."""
    widths = [0.0] * len(wanted)
    room = total
    for left, i in zip(range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True):
        widths[i] = min(wanted[i], room / left)
        room -= widths[i]
    return tuple(widths)


def line_width(text: Text, style: Style, sheet: Sheet) -> float:
    return sheet.set(text, style, UNBROKEN_PT).lines[0].width_pt if text else 0.0


def word_width(text: Text, style: str | Style, sheet: Sheet, most_letters: int = 0) -> float:
    """The width of the longest word; of a word of more letters than `most_letters`, if given, that share of it."""
    style = sheet.theme.style(style) if isinstance(style, str) else style
    measure = Measure(style, sheet.faces, sheet.theme.inline_code_size)
    widest = 0.0
    for word in words(in_families(text, measure.face, sheet.faces), measure):
        letters = sum(len(piece.text) for piece in word.pieces)
        widest = max(widest, word.width_pt * (min(1.0, most_letters / max(1, letters)) if most_letters else 1.0))
    return widest
