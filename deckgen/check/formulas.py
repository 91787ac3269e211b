"""Do formulas fit their places on slides? They can't be broken, and a line of text has one height."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.model.drawing import AnyShape, AutoShape, Equation, Table, TextBox, every_shape
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page
from deckgen.model.text import Run
from deckgen.typeset.formula import outline

ROUNDING_PT = 0.01
OVERHANG = 0.15
"""How far a formula may reach over its line, as a share of the leading: lines have some air."""
LINES = r"break it into lines: \begin{aligned} ... \\ ... \end{aligned}"


def check_formulas(page: Page) -> Iterator[Diagnostic]:
    """An error for each formula that is too wide or too high."""
    for shape in every_shape(page.drawing.shapes):
        if isinstance(shape, Equation):
            yield from check_display(shape, page)
        for paragraph, width_pt in paragraphs_of(shape):
            for line in paragraph.lines:
                for run in line.text:
                    if run.math:
                        yield from check_inline(run, paragraph, width_pt, page)


def check_display(shape: Equation, page: Page) -> Iterator[Diagnostic]:
    """A formula that is still too large at the smallest size that it may have."""
    drawn = outline(shape.latex, True)
    width, height = drawn.width * shape.size_pt, drawn.height * shape.size_pt
    if width > shape.room.width + ROUNDING_PT:
        yield error(
            shape.span,
            f"the formula is {width:.0f} pt wide at {shape.size_pt:g} pt,"
            f" but slide {page.number} has room for {shape.room.width:.0f} pt",
            LINES,
        )
    elif height > shape.room.height + ROUNDING_PT:
        yield error(
            shape.span,
            f"the formula is {height:.0f} pt high at {shape.size_pt:g} pt,"
            f" but slide {page.number} has room for {shape.room.height:.0f} pt",
            "divide it over two slides",
        )


def check_inline(run: Run, paragraph: SetParagraph, width_pt: float, page: Page) -> Iterator[Diagnostic]:
    drawn = outline(run.text, False)
    height, leading = drawn.height * paragraph.style.size_pt, paragraph.style.leading_pt
    if height > leading * (1 + OVERHANG):
        yield error(
            run.span,
            f"the formula is {height:.0f} pt high, but a line of the text on slide {page.number} has {leading:g} pt",
            "write it with / for a fraction, or as an equation by itself",
        )
    if drawn.width * paragraph.style.size_pt > width_pt - paragraph.indent_pt:
        yield error(
            run.span,
            f"the formula is wider than the text on slide {page.number}, and can't be broken",
            "divide it in two, or write it as an equation by itself",
        )


def paragraphs_of(shape: AnyShape) -> Iterator[tuple[SetParagraph, float]]:
    """The paragraphs of a shape with formulas in them, and the width that each has."""
    match shape:
        case TextBox():
            found = [(paragraph, shape.box.width) for paragraph in shape.paragraphs]
        case AutoShape():
            found = [(paragraph, shape.box.width) for paragraph in shape.text]
        case Table():
            cells = [
                (cell, width) for row in shape.rows for cell, width in zip(row.cells, shape.columns_pt, strict=True)
            ]
            found = [(paragraph, width) for cell, width in cells for paragraph in cell.paragraphs]
        case _:
            found = []
    return (pair for pair in found if any(run.math for run in pair[0].text))
