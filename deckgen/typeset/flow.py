"""Flowing text: paragraphs and list items, one under the other, in the slide's body placeholder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile

from deckgen.model.block import Block, Count, FlowLine
from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.setting import Bullet, SetParagraph
from deckgen.model.text import label
from deckgen.model.theme import Level
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

UNBROKEN_PT = 100_000.0
"""A width that no line reaches."""
MORE = "more"
"""The frame in which a text goes on that has filled the body frame: a second column."""
PARAGRAPH = 2
"""The level of the body frame that sets a paragraph without a list mark."""

NUMBER_GAP = 0.3
"""Between a list's longest number and its text, in ems."""

Lines = Sequence[FlowLine]


def fills_body(sheet: Sheet) -> bool:
    """Whether the sheet is as wide as the slide's body; a column is not."""
    return abs(sheet.box.width - sheet.body.width) < 0.01


def flow_width(sheet: Sheet) -> float:
    """The width of text: that of the body frame; in a column all of it, and as far to the left as the frame goes."""
    frame = sheet.frame("body")
    return frame.box.width if fills_body(sheet) else sheet.box.width + sheet.body.x - frame.box.x


def set_lines(lines: Lines, sheet: Sheet) -> tuple[SetParagraph, ...]:
    """The paragraphs in the levels of the body frame; empty ones are left out."""
    frame = sheet.frame("body")
    width = flow_width(sheet)
    found: list[SetParagraph] = []
    levels = frame.levels
    for line in lines:
        if line.level != 1:
            levels = numbered(frame.levels, line.number, sheet) if line.number else frame.levels
        if line.text:
            found.append(sheet.level(line.text, line.level, levels, width))
    return tuple(found)


def numbered(levels: Sequence[Level], count: Count, sheet: Sheet) -> tuple[Level, ...]:
    """The first two levels of a frame for an item of a numbered list, whose text stands clear of the longest number."""
    first, second, *rest = levels
    style = sheet.theme.style(first.style)
    widest = max(sheet.set(label(f"{n}."), style, UNBROKEN_PT).lines[0].width_pt for n in (count.first, count.last))
    hang = round(max(first.bullet.hang_pt if first.bullet else 0, widest + NUMBER_GAP * style.size_pt), 2)
    colour = first.bullet.colour if first.bullet else style.colour
    edge = max(first.indent_pt, hang)
    bullet = Bullet(f"{count.number}.", colour, hang, first=count.first)
    indented = replace(second, indent_pt=second.indent_pt + edge - first.indent_pt)
    return (replace(first, bullet=bullet, indent_pt=edge), indented, *rest)


def draw_flow(blocks: Sequence[tuple[int, Block]], sheet: Sheet, *, whole: bool) -> Drawing:
    """Text blocks as one text in `sheet.box`; if the body holds nothing else, in the layout's body placeholder."""
    if whole and sheet.has(MORE):
        return draw_columns([line for _, block in blocks for line in block.flow_lines()], sheet)
    frame = sheet.frame("body")
    box = Box(sheet.box.x + frame.box.x - sheet.body.x, sheet.box.y, flow_width(sheet), sheet.box.height)
    text = TextBox(
        key=f"{sheet.key}/body" if whole else f"{sheet.key}/{blocks[0][0]}/text",
        box=frame.box if whole else box,
        paragraphs=set_lines([line for _, block in blocks for line in block.flow_lines()], sheet),
        placeholder="body" if whole else "",
        room_pt=sheet.box.height if whole else 0,
    )
    height = text.safe_height_pt
    if not whole:
        text = replace(text, box=text.box._replace(height=min(height, text.box.height)))
    return Drawing(Size(sheet.box.width, height), (text,) if text.paragraphs else ())


def draw_columns(lines: Lines, sheet: Sheet) -> Drawing:
    """A text in the body placeholder and in the one for a second column. Items stay whole; the first column is longer.

    The columns are two placeholders, since programs break columns of one text at any line, at different ones.
    """
    items = items_of(lines)
    heights = [_height(item, sheet, first=False) for item in items]
    cut = next(n for n in range(len(items) + 1) if sum(heights[:n]) >= sum(heights[n:]))
    if cut and _height(joined(items[:cut]), sheet, first=True) > sheet.box.height:
        cut -= 1
    columns = (("body", joined(items[:cut])), (MORE, counted_from(joined(items[cut:]))))
    boxes = [
        TextBox(
            key=f"{sheet.key}/{name}",
            box=sheet.frame(name).box,
            paragraphs=set_lines(part, sheet),
            placeholder=name,
            room_pt=sheet.box.height,
        )
        for name, part in columns
    ]
    height = max(box.safe_height_pt for box in boxes)
    return Drawing(Size(sheet.box.width, height), tuple(box for box in boxes if box.paragraphs))


def items_of(lines: Lines) -> list[list[FlowLine]]:
    """Each item with what stands under it, each paragraph by itself."""
    found: list[list[FlowLine]] = []
    for line in lines:
        if line.level == 1 and found:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def joined(items: Sequence[Lines]) -> list[FlowLine]:
    return [line for item in items for line in item]


def counted_from(lines: Lines) -> list[FlowLine]:
    """The lines of a text in which a numbered list goes on: its first number there is the one that PowerPoint needs."""
    first = next((line.number.number for line in lines if line.number), 0)
    return [line._replace(number=line.number._replace(first=first)) if line.number else line for line in lines]


def fitting_count(groups: Sequence[Lines], sheet: Sheet) -> int:
    """How many groups of lines, from the first, fit the height of `sheet.box` so that the rest is as long or shorter.

    Groups stay whole. The split is even where it can be: 5 + 4, not 7 + 2.
    """
    heights = [_height(group, sheet, first=i == 0) for i, group in enumerate(groups)]
    most = sum(1 for _ in within(heights, sheet.box.height))
    if sheet.has(MORE):
        most += sum(1 for _ in within(heights[most:], sheet.box.height))
    slides = -(-len(groups) // most) if most else 1
    even = -(-len(groups) // slides)
    return min(most, even)


def within(heights: Sequence[float], room: float) -> Iterator[float]:
    """The running sums of the heights that a column has room for."""
    return takewhile(lambda height: height <= room, accumulate(heights))


def _height(group: Lines, sheet: Sheet, *, first: bool) -> float:
    paragraphs = set_lines(group, sheet)
    space = sum(p.before_pt for p in (paragraphs[1:] if first else paragraphs))
    return space + sum(p.safe_height_pt for p in paragraphs)
