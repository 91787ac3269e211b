"""Flowing text: paragraphs and list items, one under the other, in the slide's body placeholder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckgen.model.block import Block
from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

PARAGRAPH = 2
"""The level of the body frame that sets a paragraph without a list mark."""

Lines = Sequence[tuple[Text, int]]


def set_lines(lines: Lines, sheet: Sheet) -> tuple[SetParagraph, ...]:
    """The paragraphs in the levels of the body frame; empty ones are left out."""
    frame = sheet.frame("body")
    return tuple(sheet.level(text, level, frame.levels, frame.box.width) for text, level in lines if text)


def draw_flow(blocks: Sequence[tuple[int, Block]], sheet: Sheet, *, whole: bool) -> Drawing:
    """Text blocks as one text in `sheet.box`; if the body holds nothing else, in the layout's body placeholder."""
    frame = sheet.frame("body")
    text = TextBox(
        key=f"{sheet.key}/body" if whole else f"{sheet.key}/{blocks[0][0]}/text",
        box=frame.box if whole else Box(frame.box.x, sheet.box.y, frame.box.width, sheet.box.height),
        paragraphs=set_lines([line for _, block in blocks for line in block.lines()], sheet),
        placeholder="body" if whole else "",
        room_pt=sheet.box.height if whole else 0,
    )
    height = text.safe_height_pt
    if not whole:
        text = replace(text, box=text.box._replace(height=min(height, text.box.height)))
    return Drawing(Size(frame.box.width, height), (text,) if text.paragraphs else ())


def fitting_count(groups: Sequence[Lines], sheet: Sheet) -> int:
    """How many groups of lines, from the first, fit the height of `sheet.box` so that the rest is as long or shorter.

    Groups stay whole. The split is even where it can be: 5 + 4, not 7 + 2.
    """
    heights = [_height(group, sheet, first=i == 0) for i, group in enumerate(groups)]
    most, used = 0, 0.0
    for height in heights:
        if used + height > sheet.box.height:
            break
        most, used = most + 1, used + height
    slides = -(-len(groups) // most) if most else 1
    even = -(-len(groups) // slides)
    return min(most, even)


def _height(group: Lines, sheet: Sheet, *, first: bool) -> float:
    paragraphs = set_lines(group, sheet)
    space = sum(p.before_pt for p in (paragraphs[1:] if first else paragraphs))
    return space + sum(p.safe_height_pt for p in paragraphs)
