"""A note beside a listing: its caption, level with the line that it is about."""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.drawing import AnyShape, AutoShape, Line, Stroke
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point


@frozen(kw_only=True)
class Note:
    """The caption in a theme, level with the first highlighted line."""

    box: Box
    style: str
    middle: bool = False
    """The middle of the note is level with the line, not its first line."""
    fill: str = ""
    pad: Inches = 0
    """How far the ground reaches out over the text."""
    joint: Stroke | None = None
    """From the listing to the note."""
    dot: Inches = 0
    """At the end of the joint."""


def note_beside(
    text: Text, level: float, leading: float, joined: Point | None, note: Note, sheet: Sheet
) -> tuple[AnyShape, ...]:
    """The note beside a line whose middle is at `level`, on the theme's ground and joined to the listing.

    Nothing without text; no joint where it is about no line.
    """
    if not text:
        return ()
    style = sheet.theme.style(note.style)
    height = sheet.set(text, style, note.box.width).safe_lines * style.leading_pt
    top = level - (height if note.middle else style.leading_pt) / 2
    top = max(note.box.y, min(top, note.box.bottom - height))
    box = note.box._replace(y=top, height=height if note.middle else note.box.bottom - top)
    words = sheet.text_box("caption", text, style, box)
    key = f"{sheet.key}/caption"
    shapes: list[AnyShape] = []
    if note.fill:
        ground = Box(box.x - note.pad, top - note.pad, box.width + 2 * note.pad, height + 2 * note.pad)
        shapes.append(AutoShape(key=f"{key}/ground", box=ground, fill=note.fill, decorative=True))
    if note.joint and joined:
        end = Point(box.x - note.pad - note.dot, level)
        joint = Line(key=f"{key}/joint", start=joined, end=end, stroke=note.joint, decorative=True)
        dot = Box(end.x - note.dot / 2, level - note.dot / 2, note.dot, note.dot)
        shapes.append(joint)
        if note.dot:
            shapes.append(
                AutoShape(key=f"{key}/dot", box=dot, geometry="ellipse", fill=note.joint.colour, decorative=True)
            )
    return (*shapes, words)
