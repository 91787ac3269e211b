"""Do texts break into the lines that we computed? Words that a renderer placed are put into the boxes of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deckgen.model.drawing import AnyShape, AutoShape, Chart, Group, Table, TextBox
from deckgen.model.outlines import placed_cells
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page
from deckgen.model.text import Text, plain
from deckgen.model.theme import Theme
from deckgen.typeset.linear import linear
from deckgen.units import Box
from tests.judges.libreoffice import Word, lines_in, middle, within

CHART_EDGE_PT = 20.0
"""How far a program may let the labels of a chart pass its edges."""
Placed = tuple[Box, tuple[SetParagraph, ...]]


def differences(page: Page, words: list[Word], theme: Theme) -> Iterator[str]:
    """Texts of a page that break in another way, and words that stand in none of its boxes."""
    placed = sorted(texts(page.drawing.shapes), key=lambda text: text[0].width * text[0].height)
    marks = [mark.box for mark in theme.layouts[page.layout].marks if mark.text]
    rest = words
    for box, paragraphs in placed:  # A word where boxes overlap belongs to the smallest.
        if found := compare(box, paragraphs, rest):
            yield f"{page.id} {found}"
        rest = [word for word in rest if not within(middle(word.box), box)]
    charts = [wider(shape.box) for shape in page.drawing.shapes if isinstance(shape, Chart)]
    boxes = [*(box for box, _ in placed), *marks, *charts]
    yield from (f"{page.id}: {w.text}" for w in words if not any(within(middle(w.box), box) for box in boxes))


def wider(box: Box) -> Box:
    edge = CHART_EDGE_PT
    return Box(box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge)


def chart_differences(page: Page, words: list[Word]) -> Iterator[str]:
    """Words of charts that were not drawn, or that we would not draw; each program thins names in its own way."""
    beside = [box for box, _ in texts(page.drawing.shapes)]
    for chart in (shape for shape in page.drawing.shapes if isinstance(shape, Chart)):
        theirs = Counter(
            word.text
            for word in words
            if within(middle(word.box), chart.box) and not any(within(middle(word.box), box) for box in beside)
        )
        ours = Counter(word for _, paragraphs in texts(chart.shapes) for word in " ".join(told(paragraphs)).split())
        missing = ours - theirs
        more = theirs - ours if chart.data.every == 1 else Counter[str]()
        if missing or more:
            yield f"{page.id}: missing {sorted(missing)}, more {sorted(more)}"


def told(paragraphs: tuple[SetParagraph, ...]) -> list[str]:
    return [plain(paragraph.text) for paragraph in paragraphs]


def texts(shapes: tuple[AnyShape, ...]) -> Iterator[Placed]:
    """Every text of a drawing with its box; a cell's box is the cell."""
    for shape in shapes:
        match shape:
            case TextBox():
                yield shape.box._replace(height=shape.room_pt or shape.box.height), shape.paragraphs
            case AutoShape(text=paragraphs) if paragraphs:
                yield shape.box, paragraphs
            case Group():
                yield from texts(shape.shapes)
            case Table():
                yield from ((box, cell.paragraphs) for cell, box in placed_cells(shape) if cell.paragraphs)


def shown(text: Text) -> str:
    """The words of a text; formulas as other programs than PowerPoint show them in text."""
    return "".join(plain(linear(run)) if run.math else run.text for run in text)


def computed(paragraphs: tuple[SetParagraph, ...]) -> list[str]:
    return [text for p in paragraphs for line in p.lines if (text := "".join(shown(line.text).split()))]


def bulletless(line: str, paragraphs: tuple[SetParagraph, ...]) -> str:
    """The line without spaces, and without a list mark before it."""
    words = "".join(line.split())
    marks = [p.bullet.glyph for p in paragraphs if p.bullet and words.startswith(p.bullet.glyph)]
    return words.removeprefix(marks[0]) if marks else words


def compare(box: Box, paragraphs: tuple[SetParagraph, ...], words: list[Word]) -> str:
    """What is different between our lines and those that were drawn; empty if nothing is."""
    ours = computed(paragraphs)
    theirs = [bulletless(line, paragraphs) for line in lines_in(words, box, paragraphs[0].style.leading_pt)]
    theirs = [line for line in theirs if line]
    return "" if len(ours) == len(theirs) and "".join(ours) == "".join(theirs) else f"{box}: {ours} is not {theirs}"
