"""Does the handout draw all that the charts of the talk say?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deckgen.check.comparable import comparable
from deckgen.check.pptx_charts import BUG
from deckgen.diagnostics import Diagnostic, error
from deckgen.model.drawing import Chart, Drawing, TextBox
from deckgen.model.show import Show
from deckgen.model.text import plain

if TYPE_CHECKING:
    from deckgen.check.pdf_text import PdfText


def check_figures(show: Show, text: PdfText) -> tuple[Diagnostic, ...]:
    """An error for each name or number of a chart that its figure does not show, and for a description that is lost.

    Figures stand in the order of the talk.
    """
    told = {comparable(alternative) for alternative in text.alternatives}
    pairs = zip(show.figures.values(), text.figures, strict=False)
    return tuple(problem for drawing, words in pairs for problem in lacking(drawing, comparable(words), told))


def lacking(drawing: Drawing, words: str, told: set[str]) -> Iterator[Diagnostic]:
    for chart in (shape for shape in drawing.shapes if isinstance(shape, Chart)):
        if comparable(chart.alt) not in told:
            yield error(chart.span, "the description of a chart is missing in the handout", BUG)
        for shape in chart.shapes:
            if isinstance(shape, TextBox):
                for paragraph in shape.paragraphs:
                    if comparable(plain(paragraph.text)) not in words:
                        message = f"the figure of a chart lacks {plain(paragraph.text)!r} in the handout"
                        yield error(chart.span, message, BUG)
