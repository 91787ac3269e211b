"""The talk's signature: a row for each word of title and subtitle, as one bar or with a cell for each letter."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.model.drawing import AutoShape, Group
from deckgen.model.outlines import rounded
from deckgen.model.text import Text, plain
from deckgen.model.theme import Signature
from deckgen.units import Box

VOWELS = frozenset("aeiouáàâäãåæéèêëíìîïóòôöõøœúùûüy")


def signature(plan: Signature, title: Text, subtitle: Text, key: str) -> Group | None:
    """The rows as one decorative group; the last word of the title is hot. None without words."""
    own, more = plain(title).split(), plain(subtitle).split()
    words = (own + more)[: plan.max_words]
    if not words:
        return None
    unit = min(plan.unit, plan.max_width / max(len(word) for word in words))
    rows = tuple(
        rounded(AutoShape(key=f"{key}/{i + 1}{part}", box=box, fill=colour, decorative=True), plan.corner)
        for i, word in enumerate(words)
        for part, box, colour in row(word, plan.top + i * plan.pitch, unit, i == len(own) - 1, plan)
    )
    return Group(key=key, shapes=rows, decorative=True)


def row(word: str, top: float, unit: float, hot: bool, plan: Signature) -> Iterator[tuple[str, Box, str]]:
    """The bar of a word, or its cells: what tells it from the others of its row, its place and its colour."""
    length = len(word) * unit - plan.gap
    x = plan.x if plan.align == "left" else plan.x - length
    if not plan.gap:
        yield "", Box(x, top, length, plan.bar_height), plan.hot if hot else plan.colour
        return
    for i, letter in enumerate(word):
        colour = plan.hot if hot else plan.vowel if plan.vowel and letter.lower() in VOWELS else plan.colour
        yield f"-{i + 1}", Box(x + i * unit, top, unit - plan.gap, plan.bar_height), colour
