"""Do texts break into the lines that we computed? Words that a renderer placed are put into the boxes of ours."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.model.drawing import AnyShape, AutoShape, Group, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page
from deckgen.model.text import Text, plain
from deckgen.model.theme import Theme
from deckgen.typeset.linear import linear
from deckgen.units import Box
from deckgen.write.pages.canvas import placed_cells
from tests.judges.libreoffice import Word, lines_in, middle, within

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
    boxes = [*(box for box, _ in placed), *marks]
    yield from (f"{page.id}: {w.text}" for w in words if not any(within(middle(w.box), box) for box in boxes))


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
