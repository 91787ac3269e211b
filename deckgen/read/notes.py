"""Markdown -> the paragraphs of a notes page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from deckgen.model.text import Paragraph
from deckgen.read.document import Element, Markdown
from deckgen.read.markdown import first_number, only_paragraphs
from deckgen.read.reader import Reader, concerning
from deckgen.read.yaml import Scalar

DEEPEST = 5
"""PowerPoint's notes have text levels 1 to 5 in their master."""


@concerning("markdown")
def read_notes(reader: Reader, scalar: Scalar) -> tuple[Paragraph, ...]:
    """A Markdown text as paragraphs: running text, lists with their levels, headings in bold."""
    reader.terms = False
    try:
        return notes_of(reader, scalar)
    finally:
        reader.terms = True


def notes_of(reader: Reader, scalar: Scalar) -> tuple[Paragraph, ...]:
    texts = only_paragraphs(reader, scalar, footnotes=False)
    if texts is not None:
        return tuple(Paragraph(text) for text, _ in texts if text)
    document = Markdown(reader, scalar, footnotes=False)
    return tuple(p for element in document.top for p in paragraphs(document, element, 0) if p.text)


def paragraphs(document: Markdown, element: Element, level: int) -> Iterator[Paragraph]:
    match element.type:
        case "paragraph":
            yield Paragraph(document.text(element), level)
        case "heading":
            yield Paragraph(tuple(replace(run, bold=True) for run in document.text(element)), level)
        case "bullet_list" | "ordered_list":
            yield from list_paragraphs(document, element, level)
        case _:
            document.unsupported(element, "in notes", "notes hold paragraphs and lists")


def list_paragraphs(document: Markdown, element: Element, level: int) -> Iterator[Paragraph]:
    if level >= DEEPEST:
        document.error(element, f"lists in notes have {DEEPEST} levels")
        return
    marker: Literal["bullet", "number"] = "number" if element.type == "ordered_list" else "bullet"
    first = number = first_number(document, element) if marker == "number" else 0
    for entry in element.children:
        marked = False
        for child in entry.children:
            inner = level + 1 if child.type.endswith("_list") else level
            for paragraph in paragraphs(document, child, inner):
                if inner > level:
                    yield paragraph
                elif not marked:
                    yield replace(paragraph, marker=marker, number=number, first=first)
                    marked = True
                else:
                    yield paragraph
                    first = number + 1 if number else 0
        number += 1 if number else 0
