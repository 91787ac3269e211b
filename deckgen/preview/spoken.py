"""What a slide says, for people who don't see its picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.model.drawing import AnyShape, AutoShape, Chart, Drawing, Group, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import plain


def spoken(drawing: Drawing) -> str:
    """The texts of a slide in reading order, a line each; what is described as a whole, by its description."""
    return "\n".join(text for shape in drawing.shapes for text in texts_of(shape) if text)


def texts_of(shape: AnyShape) -> Iterator[str]:
    if shape.decorative:
        return
    match shape:
        case TextBox():
            yield from said(shape.paragraphs)
        case AutoShape() if shape.text:
            yield from said(shape.text)
        case Table():
            for row in shape.rows:
                yield "; ".join(text for cell in row.cells if (text := " ".join(said(cell.paragraphs))))
        case Group() | Chart() if not shape.alt:
            for child in shape.shapes:
                yield from texts_of(child)
        case _:
            yield shape.alt


def said(paragraphs: Iterable[SetParagraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if words := " ".join(plain(paragraph.text).split()):
            yield words
