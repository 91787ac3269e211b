"""The talk's signature: a row for each word of title and subtitle, as one bar or with a cell for each letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.model.drawing import AutoShape, Group, TextBox
from deckgen.model.outlines import rounded
from deckgen.model.text import Text, plain
from deckgen.model.theme import Signature
from deckgen.units import Box

VOWELS = frozenset("aeiouáàâäãåæéèêëíìîïóòôöõøœúùûüy")


def signature(plan: Signature, title: Text, subtitle: Text, key: str, texts: Iterable[TextBox] = ()) -> Group | None:
    """The rows as one decorative group; the last word of the title that has a row is hot. None without words.

    A row that would stand under one of the slide's `texts` is left out.
    """
    own, more = plain(title).split(), plain(subtitle).split()
    words = (own + more)[: plan.max_words]
    if not words:
        return None
    hot = min(len(own), len(words)) - 1
    unit = min(plan.unit, plan.max_width / max(len(word) for word in words))
    areas = [area_of(text) for text in texts if text.paragraphs]
    bars = [bar_of(word, plan.top + i * plan.pitch, unit, plan) for i, word in enumerate(words)]
    rows = tuple(
        rounded(AutoShape(key=f"{key}/{i + 1}{part}", box=box, fill=colour, decorative=True), plan.corner)
        for i, (word, bar) in enumerate(zip(words, bars, strict=True))
        if not any(meet(bar, area) for area in areas)
        for part, box, colour in row(word, bar, unit, i == hot, plan)
    )
    return Group(key=key, shapes=rows, decorative=True) if rows else None


def bar_of(word: str, top: float, unit: float, plan: Signature) -> Box:
    """The place of a row."""
    length = len(word) * unit - plan.gap
    return Box(plan.x if plan.align == "left" else plan.x - length, top, length, plan.bar_height)


def row(word: str, bar: Box, unit: float, hot: bool, plan: Signature) -> Iterator[tuple[str, Box, str]]:
    """The bar of a word, or its cells: what tells it from the others of its row, its place and its colour."""
    if not plan.gap:
        yield "", bar, plan.hot if hot else plan.colour
        return
    for i, letter in enumerate(word):
        colour = plan.hot if hot else plan.vowel if plan.vowel and letter.lower() in VOWELS else plan.colour
        yield f"-{i + 1}", bar._replace(x=bar.x + i * unit, width=unit - plan.gap), colour


def area_of(text: TextBox) -> Box:
    """What the lines of a text take of its box."""
    spare = text.box.height - text.height_pt
    top = text.box.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[text.anchor]
    if any(paragraph.align != "left" for paragraph in text.paragraphs):
        return Box(text.box.x, top, text.box.width, text.height_pt)
    width = max(p.indent_pt + line.width_pt for p in text.paragraphs for line in p.lines)
    return Box(text.box.x, top, width, text.height_pt)


def meet(one: Box, other: Box) -> bool:
    level = one.x < other.right and other.x < one.right
    return level and one.y < other.bottom and other.y < one.bottom
