"""What every slide says of itself: the deck's title, its number, its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckgen.frozen import frozen
from deckgen.model.drawing import TextBox
from deckgen.model.text import Run, Text, label, plain
from deckgen.model.theme import Piece
from deckgen.typeset.sheet import Sheet, holds

NUMBER_GLYPH = "\u2039#\u203a"
"""What stands for the number of a slide that has none yet."""


@frozen
class Standing:
    """What a slide knows of its deck, and where it stands in it."""

    title: Text
    sections: tuple[Text, ...] = ()
    section: int = 0
    """Which of them the slide stands in, counted from 1; 0 for none."""
    label: str = ""
    """The number of its section; in the appendix a letter."""
    name: Text = ()
    """Of its section."""
    number: str = NUMBER_GLYPH
    counted: bool = True
    """The number is the slide's place in the deck, which PowerPoint knows."""
    total: int = 0
    event: Text = ()
    date: str = ""
    """In words."""


def furniture(standing: Standing, sheet: Sheet) -> Iterator[TextBox]:
    """The frames of the layout that have a text of their own, filled with it."""
    for name, frame in sheet.theme.frames_of(sheet.layout).items():
        if text := said(frame.shows, standing):
            box = sheet.fill(name, text)
            box = box if holds(frame, box) else sheet.fill(name, said(frame.shows, standing, narrow=True))
            yield replace(box, decorative=frame.decorative)


def said(pieces: Sequence[Piece], standing: Standing, narrow: bool = False) -> Text:
    """The pieces one after the other. Narrow, only the section that the slide stands in is named."""
    runs: Text = ()
    for piece in pieces:
        if found := tuple(shown(piece, standing, narrow)):
            runs = (*runs, *(label(piece.before, colour=piece.colour) if runs else ()), *found)
    return runs


def shown(piece: Piece, standing: Standing, narrow: bool) -> Iterator[Run]:
    """The runs of a piece; none where the slide has nothing to say."""
    match piece.show:
        case "title":
            yield from quoted(standing.title, piece)
        case "event":
            yield from quoted(standing.event, piece)
        case "date":
            yield from label(standing.date, colour=piece.colour)
        case "number":
            yield Run(standing.number, colour=piece.colour, live="slidenum" if standing.counted else "")
        case "total":
            yield from count(standing.total if standing.counted else 0, piece)
        case "section":
            number = standing.label
            yield from label(number.zfill(piece.digits) if number.isdigit() else number, colour=piece.colour)
        case "section_total":
            yield from count(len(standing.sections) if standing.section else 0, piece)
        case "section_name":
            yield from named(standing.name, piece, piece.colour)
        case "sections":
            yield from names(piece, standing, narrow)


def quoted(text: Text, piece: Piece) -> Iterator[Run]:
    """A text of the deck's head without its marks; what is wrong with it is wrong there, and not on each slide."""
    for run in label(cased(plain(text), piece), colour=piece.colour):
        yield replace(run, span=text[0].span)


def count(number: int, piece: Piece) -> Text:
    return label(f"{number:0{piece.digits}}" if number else "", colour=piece.colour)


def names(piece: Piece, standing: Standing, narrow: bool) -> Iterator[Run]:
    """All sections, the current one marked; the deck's title if it has none."""
    if not standing.sections:
        yield from quoted(standing.title, replace(piece, case=""))
    shown = [(i, name) for i, name in enumerate(standing.sections, start=1) if not narrow or i == standing.section]
    for place, (i, name) in enumerate(shown):
        yield from label(piece.between if place else "", colour=piece.colour)
        current = i == standing.section
        for run in named(name, piece, piece.current if current else piece.colour):
            yield replace(run, bold=run.bold or current)


def named(name: Text, piece: Piece, colour: str) -> Iterator[Run]:
    """A section's name without its links."""
    for run in name:
        yield replace(run, text=cased(run.text, piece), colour=colour, link="")


def cased(words: str, piece: Piece) -> str:
    match piece.case:
        case "lower":
            return words.lower()
        case "kebab":
            return re.sub(r"\W+", "-", words.lower()).strip("-")
        case _:
            return words
