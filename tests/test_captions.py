"""Captions on slides stand by what they tell of, in every theme."""

from __future__ import annotations

import pytest

from deckgen.model.drawing import AnyShape, Chart, TextBox, bounds, every_shape
from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.fonts import Faces
from deckgen.typeset.slides import typeset
from deckgen.units import Box
from deckgen.world import MemoryWorld
from tests.pictures import EXAMPLE_FILES
from tests.talks import talk

PAIR = """
- title: Two charts
  columns:
    - chart: {kind: column, data: {A: 3, B: 5}, caption: The first.}
    - chart: {kind: bar, data: {A: 3, B: 5}, caption: The second.}
"""


def shown(slides: str, theme: str) -> list[AnyShape]:
    look, problems = read_theme(MemoryWorld(), theme)
    assert look and not problems
    deck, _ = talk(slides, EXAMPLE_FILES)
    return list(every_shape(typeset(deck, look, Faces(look, default_folder())).pages[-1].drawing.shapes))


def captions(shapes: list[AnyShape]) -> list[Box]:
    return [shape.box for shape in shapes if isinstance(shape, TextBox) and shape.key.endswith("/caption")]


@pytest.mark.parametrize("theme", ["paper", "night", "signal"])
def test_in_columns_each_caption_stands_in_its_own(theme: str) -> None:
    shapes = shown(PAIR, theme)
    first, second = captions(shapes)
    one, other = (shape.box for shape in shapes if type(shape).__name__ == "Chart")
    assert first.x >= one.x and first.right <= other.x and first.y >= one.bottom
    assert second.x >= other.x and second.right <= other.right + 1 and second.y >= other.bottom


@pytest.mark.parametrize("theme", ["night", "signal"])
def test_a_caption_under_a_picture_is_no_wider_than_that(theme: str) -> None:
    file = next(name for name in EXAMPLE_FILES if name.endswith(".jpg"))
    shapes = shown(f"- title: A picture\n  picture: {{file: {file}, alt: Hills, caption: Hills., size: 40}}", theme)
    [caption] = captions(shapes)
    [picture] = [shape.box for shape in shapes if type(shape).__name__ == "Picture"]
    assert (caption.x, round(caption.right)) == (picture.x, round(picture.right))


NARROW = """
- title: Two columns
  chart: {kind: column, data: {Before: 41, After: 2}, caption: "%s"}
"""


@pytest.mark.parametrize("theme", ["night", "signal"])
def test_a_caption_ends_where_its_chart_is_seen_to_end(theme: str) -> None:
    shapes = shown(NARROW % "In seconds.", theme)
    [caption] = captions(shapes)
    [chart] = [shape for shape in shapes if isinstance(shape, Chart)]
    assert caption.x == chart.box.x and caption.right == pytest.approx(bounds(chart.shapes).right, abs=1)
    assert caption.right < 0.5 * chart.box.right


@pytest.mark.parametrize("theme", ["night", "signal"])
def test_a_caption_that_is_longer_than_its_content_begins_with_it(theme: str) -> None:
    shapes = shown(NARROW % "In seconds, from the click to the first answer, on a laptop of this year.", theme)
    [caption] = [s for s in shapes if isinstance(s, TextBox) and s.key.endswith("/caption")]
    [chart] = [shape for shape in shapes if isinstance(shape, Chart)]
    assert caption.box.x == chart.box.x and caption.paragraphs[0].align == "left"
