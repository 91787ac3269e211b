"""The decorations of a theme as shapes of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.model.drawing import AnyShape, AutoShape, Group, Line, Stroke, TextBox, moved
from deckgen.model.outlines import rounded
from deckgen.model.setting import SetLine, SetParagraph
from deckgen.model.text import label
from deckgen.model.theme import Mark, Progress, Theme
from deckgen.typeset.fonts import Faces
from deckgen.typeset.paragraphs import set_paragraph
from deckgen.units import Point


def mark_shape(mark: Mark, key: str, theme: Theme, faces: Faces | None = None) -> AnyShape:
    """A mark as a shape; with faces, its glyph is measured."""
    box = mark.box
    stroke = Stroke(mark.stroke, mark.stroke_pt) if mark.stroke else None
    if mark.geometry == "line":
        start, end = Point(box.x, box.y), Point(box.right, box.bottom)
        return Line(key=key, decorative=True, start=start, end=end, stroke=stroke or Stroke("rule", mark.stroke_pt))
    if mark.text:
        glyph, style = label(mark.text), theme.style(mark.style)
        if faces:
            line = set_paragraph(glyph, style, box.width, faces, theme.inline_code_size, align=mark.align)
        else:
            line = SetParagraph(glyph, style, (SetLine(glyph, 0),), align=mark.align)
        return TextBox(key=key, decorative=True, box=box, paragraphs=(line,))
    shape = AutoShape(key=key, decorative=True, box=box, geometry=mark.geometry, fill=mark.fill, stroke=stroke)
    return rounded(shape, mark.corner)


def under_filled(shapes: Iterable[AnyShape], layout: str, theme: Theme) -> Iterator[AnyShape]:
    """The marks of the frames that the shapes fill."""
    frames = theme.frames_of(layout)
    for shape in shapes:
        if isinstance(shape, TextBox) and shape.placeholder and shape.paragraphs:
            frame = frames[shape.placeholder]
            for i, mark in enumerate(frame.marks, start=1):
                dx, dy = shape.box.x - frame.box.x, shape.box.y - frame.box.y
                yield moved(mark_shape(mark, f"{shape.key}/mark-{i}", theme), dx, dy)


def progress(plan: Progress, section: int, sections: int, key: str) -> Group | None:
    """A segment for each section: those before this one, this one, those after. None without sections."""
    if not sections:
        return None
    colours = [
        plan.past if i < section else plan.current if i == section else plan.other for i in range(1, sections + 1)
    ]
    segments = tuple(
        AutoShape(key=f"{key}/{i}", box=box, fill=colour, decorative=True)
        for i, (box, colour) in enumerate(zip(plan.box.columns(sections, plan.gap), colours, strict=True), start=1)
    )
    return Group(key=key, shapes=segments, decorative=True)
