"""Formulas on slides: PowerPoint's own, with what programs draw that don't know them.

PowerPoint reads formulas from its extension of 2010 to drawings. LibreOffice leaves them out of text and distorts those
that stand alone; the fallback looks right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deckgen.model.drawing import AnyShape, AutoShape, Cell, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.typeset.latex import mathml
from deckgen.typeset.linear import linear
from deckgen.write.pptx.markup import attributes
from deckgen.write.pptx.omml import Ink, omml

if TYPE_CHECKING:
    from deckgen.write.pptx.text import Pen


def ink(pen: Pen, size_pt: float, colour: str) -> Ink:
    """How a formula is set."""
    return Ink(attributes(lang=pen.language, sz=round(size_pt * 100)), pen.fill(colour))


def display(latex: str, ink: Ink) -> str:
    """The paragraph of a formula that stands alone."""
    return (
        '<a:p><of2010:m><m:oMathPara><m:oMathParaPr><m:jc m:val="left"/></m:oMathParaPr>'
        f"{omml(mathml(latex, True), ink)}</m:oMathPara></of2010:m><a:endParaRPr{ink.attrs}/></a:p>"
    )


def inline(latex: str, ink: Ink) -> str:
    """A formula within a paragraph."""
    return f"<of2010:m>{omml(mathml(latex, False), ink)}</of2010:m>"


def holds_maths(shape: AnyShape) -> bool:
    """Whether text of a shape has formulas in it; groups tell for each of their shapes."""
    return any(run.math for paragraph in paragraphs_of(shape) for run in paragraph.text)


def paragraphs_of(shape: AnyShape) -> tuple[SetParagraph, ...]:
    match shape:
        case TextBox():
            return shape.paragraphs
        case AutoShape():
            return shape.text
        case Table():
            return tuple(p for row in shape.rows for cell in row.cells for p in cell.paragraphs)
        case _:
            return ()


def without_maths(shape: AnyShape) -> AnyShape:
    """The shape with its formulas as text."""
    match shape:
        case TextBox():
            return replace(shape, paragraphs=tuple(map(in_text, shape.paragraphs)))
        case AutoShape():
            return replace(shape, text=tuple(map(in_text, shape.text)))
        case Table():
            return replace(
                shape, rows=tuple(replace(row, cells=tuple(map(cell_in_text, row.cells))) for row in shape.rows)
            )
        case _:
            return shape


def cell_in_text(cell: Cell) -> Cell:
    return replace(cell, paragraphs=tuple(map(in_text, cell.paragraphs)))


def in_text(paragraph: SetParagraph) -> SetParagraph:
    lines = tuple(replace(line, text=as_text(line.text)) for line in paragraph.lines)
    return replace(paragraph, text=as_text(paragraph.text), lines=lines)


def as_text(text: Text) -> Text:
    return tuple(part for run in text for part in (linear(run) if run.math else (run,)))
