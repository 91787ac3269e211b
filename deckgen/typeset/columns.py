"""Widths of table columns from the texts that they hold."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.model.text import Text
from deckgen.typeset.fallback import in_families
from deckgen.typeset.lines import Measure, words
from deckgen.typeset.sheet import Sheet

UNBROKEN_PT = 100_000.0
"""A width that no line reaches."""


def column_widths(
    texts: Sequence[Sequence[Text]], styles: Sequence[str], pads_pt: Sequence[float], sheet: Sheet
) -> tuple[float, ...]:
    """The widths of the columns, in points; together they are as wide as `sheet.box`.

    The first column is as wide as its longest text, at most a third of the table. The rest is shared in proportion
    to the longest texts, but no column gets less than its longest word needs. If the words are wider than the table,
    those of the widest columns will be divided.
    """
    longest = [
        max((line_width(text, style, sheet) for text in column), default=0.0) + pad
        for column, style, pad in zip(texts, styles, pads_pt, strict=True)
    ]
    words = [
        max((word_width(text, style, sheet) for text in column), default=0.0) + pad
        for column, style, pad in zip(texts, styles, pads_pt, strict=True)
    ]
    total = sheet.box.width
    if len(longest) < 2:
        return (total,) * len(longest)
    if sum(words) > total:
        return squeezed(words, total)
    first = max(words[0], min(longest[0] * 1.06, total / 3))
    return (first, *shared(longest[1:], words[1:], total - first))


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


def line_width(text: Text, style: str, sheet: Sheet) -> float:
    return sheet.set(text, style, UNBROKEN_PT).lines[0].width_pt


def word_width(text: Text, style: str, sheet: Sheet) -> float:
    measure = Measure(sheet.theme.style(style), sheet.faces, sheet.theme.inline_code_size)
    return max((word.width_pt for word in words(in_families(text, measure.face, sheet.faces), measure)), default=0.0)
