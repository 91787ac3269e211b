"""Builds: which shapes and paragraphs of a slide come on with which click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deckgen.model.block import Block, Reveal
from deckgen.model.drawing import AnyShape, Drawing, TextBox
from deckgen.model.show import Step

Laid = tuple[Sequence[tuple[int, Block]], Drawing]
"""Blocks that stand in one text, or one block of another kind, as they are drawn."""


def steps_of(laid: Iterable[Laid], reveal: Reveal) -> Iterator[Step]:
    """The steps of a slide's body, in order. What a block says of itself counts before the slide's `reveal`."""
    for blocks, drawing in laid:
        if blocks[0][1].FLOWS:
            yield from text_steps([block for _, block in blocks], drawing.shapes, reveal)
        elif (blocks[0][1].reveal or reveal) != "none" and drawing.shapes:
            yield Step(tuple(shape.key for shape in drawing.shapes))


def text_steps(blocks: Sequence[Block], shapes: Sequence[AnyShape], reveal: Reveal) -> Iterator[Step]:
    """The steps of blocks that stand in one text."""
    paragraph = 0
    for block in blocks:
        lines = [line for line in block.flow_lines() if line.text]
        starts = [paragraph + i for i, line in enumerate(lines) if line.level != 1 or not i]
        paragraph += len(lines)
        way = block.reveal or reveal
        if way == "none" or not lines:
            continue
        starts = starts if way == "by-item" else starts[:1]
        for start, end in zip(starts, [*starts[1:], paragraph], strict=True):
            yield from paragraph_steps(shapes, start, end)


def paragraph_steps(shapes: Sequence[AnyShape], start: int, end: int) -> Iterator[Step]:
    """The step that shows these paragraphs of a text; a text in two columns needs one for each of them.

    `end` is the first paragraph after them.
    """
    texts = [shape for shape in shapes if isinstance(shape, TextBox)]
    if start == 0 and end == sum(len(text.paragraphs) for text in texts) and len(texts) > 1:
        yield Step(tuple(text.key for text in texts))
        return
    before = 0
    for text in texts:
        first, last = max(start - before, 0), min(end - before, len(text.paragraphs)) - 1
        if first <= last:
            yield Step((text.key,), (first, last))
        before += len(text.paragraphs)


def with_ground(step: Step, marks: Iterable[AnyShape]) -> Step:
    """The step with the marks that a theme puts under the shapes that it shows as a whole."""
    if step.paragraphs:
        return step
    under = [mark.key for mark in marks if any(mark.key.startswith(f"{key}/mark-") for key in step.shapes)]
    return Step((*step.shapes, *under))


def whole(step: Step, shapes: Sequence[AnyShape]) -> Step:
    """A step that shows all paragraphs of a text shows the text."""
    texts = [shape for shape in shapes if isinstance(shape, TextBox) and shape.key == step.shapes[0]]
    if step.paragraphs and texts and step.paragraphs == (0, len(texts[0].paragraphs) - 1):
        return Step(step.shapes)
    return step
