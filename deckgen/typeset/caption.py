"""The caption of a figure, table or listing on a slide, where the theme's caption frame has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from deckgen.model.drawing import AnyShape, Chart, Drawing, Group, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.model.theme import Frame
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

GAP_PT = 9.0
"""Between content and the caption under it."""


def captioned(text: Text, sheet: Sheet, draw: Callable[[Sheet], Drawing]) -> Drawing:
    """What `draw` makes, with its caption.

    A caption in the margin ends level with the content. One in the column of the content stands under it, no wider
    than what is seen of that if it is short enough, and takes its height and the gap from the room that the content
    has. One that is longer begins with the content, wherever the theme's captions end.
    """
    frame = sheet.theme.frames["caption"]
    if not text:
        return draw(sheet)
    if is_beside(frame, sheet):
        content = draw(sheet)
        bottom = sheet.box.y + content.size.height
        box = frame.box._replace(height=max(0.0, bottom - frame.box.y))
        return Drawing(content.size, (*content.shapes, set_caption(text, box, frame, sheet)))
    content = draw(above_caption(text, sheet))
    set_in_full = under(text, frame, sheet)
    longest = max(line.width_pt for line in set_in_full.lines) / SAFE_SHARE + 1
    seen = seen_right(content.shapes) - sheet.box.x
    width = min(sheet.box.width, max(seen, longest))
    placed = frame if longest <= seen else replace(frame, align="left")
    height = set_in_full.safe_height_pt
    box = Box(sheet.box.x, sheet.box.y + content.size.height + GAP_PT, width, height)
    size = Size(content.size.width, content.size.height + GAP_PT + height)
    return Drawing(size, (*content.shapes, set_caption(text, box, placed, sheet)))


def above_caption(text: Text, sheet: Sheet) -> Sheet:
    """What is left of the sheet for content whose caption stands under it; all of it where that stands beside it."""
    frame = sheet.theme.frames["caption"]
    if not text or is_beside(frame, sheet):
        return sheet
    height = max(0.0, sheet.box.height - GAP_PT - under(text, frame, sheet).safe_height_pt)
    return sheet.within(sheet.box._replace(height=height))


def under(text: Text, frame: Frame, sheet: Sheet) -> SetParagraph:
    """The caption in the whole width of the sheet."""
    return sheet.set(text, frame.levels[0].style, sheet.box.width)


def is_beside(frame: Frame, sheet: Sheet) -> bool:
    """Whether the caption has a place beside the content, which takes the whole width of the layout's body then."""
    whole = sheet.box.width > sheet.body.width - 1
    return whole and (frame.box.right <= sheet.box.x or sheet.box.right <= frame.box.x)


def set_caption(text: Text, box: Box, frame: Frame, sheet: Sheet) -> TextBox:
    return sheet.text_box("caption", text, frame.levels[0].style, box, align=frame.align, anchor=frame.anchor)


def seen_right(shapes: Iterable[AnyShape]) -> float:
    """The right edge of what is seen of shapes: boxes of texts and charts may be wider than what they show."""
    return max((seen_right_of(shape) for shape in shapes), default=0.0)


def seen_right_of(shape: AnyShape) -> float:
    match shape:
        case Chart() | Group():
            return seen_right(shape.shapes)
        case TextBox():
            return max((seen_end(paragraph, shape.box) for paragraph in shape.paragraphs), default=shape.box.x)
        case _:
            return shape.box.right


def seen_end(paragraph: SetParagraph, box: Box) -> float:
    """The right end of a paragraph's longest line in a box."""
    longest = max((line.width_pt for line in paragraph.lines), default=0.0)
    spare = max(0.0, box.width - paragraph.indent_pt - longest)
    return box.right - {"left": spare, "center": spare / 2, "right": 0.0}[paragraph.align]
