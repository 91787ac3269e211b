"""Do footnotes leave room for what fills the frames of its layout, whatever stands at the slide's foot?"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.model.block import runs
from deckgen.model.drawing import AnyShape, Table, TextBox
from deckgen.model.show import Page
from deckgen.units import Box

ROUNDING_PT = 0.01


def check_footnotes(page: Page) -> Iterator[Diagnostic]:
    """An error if the notes at the foot of a slide reach into a text or a table."""
    notes = next((s for s in page.drawing.shapes if isinstance(s, TextBox) and s.key.endswith("/footnotes")), None)
    if notes is None:
        return
    reached = [shape for shape in page.drawing.shapes if shape is not notes and overlap(taken(shape), notes.box)]
    if reached:
        lines = sum(paragraph.safe_lines for paragraph in notes.paragraphs)
        span = next((run.span for p in notes.paragraphs for run in runs(p.text) if run.span.line), page.span)
        message = f"the footnotes need {lines} lines, and slide {page.label} has less room under its text"
        yield error(span, message, "shorten them, or divide the slide in two")


def taken(shape: AnyShape) -> Box:
    """The rectangle that a text or a table takes; of no size for what is no text."""
    match shape:
        case TextBox() if shape.paragraphs:
            spare = shape.box.height - shape.height_pt
            top = {"top": 0.0, "middle": spare / 2, "bottom": spare}[shape.anchor]
            return shape.box._replace(y=shape.box.y + top, height=shape.height_pt)
        case Table():
            return shape.box
        case _:
            return Box(0, 0, 0, 0)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x >= other.right or other.x >= one.right
    apart = one.y + ROUNDING_PT >= other.bottom or other.y + ROUNDING_PT >= one.bottom
    return not beside and not apart
