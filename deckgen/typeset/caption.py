"""The caption of a figure, table or listing on a slide: a side note in the theme's caption frame."""

from __future__ import annotations

from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box


def caption_beside(text: Text, content: Drawing, sheet: Sheet) -> tuple[TextBox, ...]:
    """The caption, its last line level with the bottom of the content."""
    if not text:
        return ()
    frame = sheet.theme.frames["caption"]
    bottom = sheet.box.y + content.size.height
    box = Box(frame.box.x, frame.box.y, frame.box.width, max(0.0, bottom - frame.box.y))
    return (sheet.text_box("caption", text, frame.levels[0].style, box, align=frame.align, anchor=frame.anchor),)


def caption_at(text: Text, top_pt: float, sheet: Sheet) -> tuple[TextBox, ...]:
    """The caption, starting level with a line of the content at `top_pt`."""
    if not text:
        return ()
    frame = sheet.theme.frames["caption"]
    style = sheet.theme.style(frame.levels[0].style)
    height = sheet.set(text, style, frame.box.width).safe_lines * style.leading_pt
    top = max(frame.box.y, min(top_pt, frame.box.bottom - height))
    box = Box(frame.box.x, top, frame.box.width, frame.box.bottom - top)
    return (sheet.text_box("caption", text, style, box, align=frame.align),)
