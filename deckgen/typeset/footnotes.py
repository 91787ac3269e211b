"""Footnotes on slides: a mark in the text, and the notes at the foot of the slide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from deckgen.model.block import leaves, mapped, runs
from deckgen.model.deck import Slide
from deckgen.model.drawing import AnyShape, AutoShape, Table, TextBox, every_shape
from deckgen.model.setting import SetParagraph, Style
from deckgen.model.text import Run, Text, label, plain
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box

GAP_PT = 9.0
"""Between the notes and what stands over them."""
AFTER_NUMBER = "\u2002"


def with_marks(slide: Slide) -> Slide:
    """The slide with a mark after every run that a note hangs on; the mark keeps the note. Itself if it has none."""
    if not any(run.note for run in runs(slide.body)):
        return slide
    blocks = [block for _, block in leaves(slide.body) if block.only != "handout"]
    read = [run.note for block in blocks for run in (*block.shown(), *runs(block.caption_text())) if run.note]
    numbers: dict[int, int] = {}
    for note in read:
        numbers.setdefault(id(note), len(numbers) + 1)
    shown = (
        block if block.only == "handout" else mapped(block, lambda run: with_mark(run, numbers)) for block in slide.body
    )
    return replace(slide, body=tuple(shown))


def with_mark(run: Run, numbers: dict[int, int]) -> Text:
    if not run.note:
        return (run,)
    number = str(numbers.setdefault(id(run.note), len(numbers) + 1))
    return replace(run, note=()), Run(number, script="super", note=run.note, span=run.span)


def overview(texts: Iterable[Text]) -> str:
    """Texts of a slide in a line, without the marks of notes: what a table is about, for people who can't see it."""
    words = (plain(tuple(run for run in text if not run.note)).strip() for text in texts)
    return "; ".join(filter(None, words))


def notes_of(node: Any) -> dict[str, Text]:
    """The notes that marks in a node keep, by their numbers, in order."""
    found = {run.text: run.note for run in runs(node) if run.note}
    return dict(sorted(found.items(), key=lambda item: int(item[0])))


def texts_in(shapes: Sequence[AnyShape]) -> tuple[Text, ...]:
    """The texts of all paragraphs."""
    return tuple(paragraph.text for shape in every_shape(shapes) for paragraph in paragraphs_of(shape))


def paragraphs_of(shape: AnyShape) -> Iterator[SetParagraph]:
    match shape:
        case TextBox():
            yield from shape.paragraphs
        case AutoShape():
            yield from shape.text
        case Table():
            yield from (paragraph for row in shape.rows for cell in row.cells for paragraph in cell.paragraphs)
        case _:
            pass


def notes_box(notes: dict[str, Text], key: str, sheet: Sheet) -> TextBox | None:
    """The notes at the foot of the body's width; None if there are none."""
    if not notes:
        return None
    body, bottom = sheet.theme.body, sheet.theme.footnotes.bottom
    style = note_style(sheet)
    texts = ((*label(number + AFTER_NUMBER, bold=True), *note) for number, note in notes.items())
    paragraphs = tuple(sheet.set(text, style, body.width) for text in texts)
    height = sum(paragraph.safe_height_pt for paragraph in paragraphs)
    return TextBox(key=f"{key}/footnotes", box=Box(body.x, bottom - height, body.width, height), paragraphs=paragraphs)


def note_style(sheet: Sheet) -> Style:
    """The theme's style of footnotes; on a ground of the layout's own, in the colour of its footer."""
    style = sheet.theme.style(sheet.theme.footnotes.style)
    if sheet.theme.layouts[sheet.layout].ground == "bg" or not sheet.has("footer"):
        return style
    return replace(style, colour=sheet.theme.style(sheet.frame("footer").levels[0].style).colour)
