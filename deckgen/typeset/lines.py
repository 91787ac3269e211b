"""Break text into lines by measured widths.

A line takes words while they fit; it may end after a space, a hyphen or a dash. The space at its end hangs over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from deckgen.frozen import frozen
from deckgen.model.setting import SetLine, Style
from deckgen.model.text import Run, Text
from deckgen.typeset.clusters import clusters
from deckgen.typeset.fonts import Face, Faces
from deckgen.typeset.formula import outline
from deckgen.typeset.kinsoku import divided, may_end

SCRIPT_SIZE = 0.66
"""The size of sub- and superscript, as a share of the text around it."""
CLOSE_SHARE = 0.02
LINE_SHARE = 0.9995
"""A line counts as full at this share of the width: renderers round glyph positions."""
MATHS_SHARE = 1.05
"""Lines have this much room for a formula: PowerPoint sets it in another maths font than the one measured."""
SAFE_SHARE = 0.98
"""For the promise that text fits, lines count as full here: programs differ in advances by 1 % to 2 %."""

PIECE = re.compile(
    r"[^\s\-–—/]+(?:-+(?=[^\W\d])|[–—/]+(?=\w))"  # breaks after a hyphen before a letter, after a dash or slash
    r"|([^\S\u00a0\u202f]+)"  # spaces
    r"|\S+?(?=(?<=\w)-+[^\W\d]|(?<=\w)[–—/]+\w|\s|$)"
    r"|[\u00a0\u202f]+"
)


class Piece(NamedTuple):
    """A stretch of one run that no line break divides."""

    run: Run
    text: str
    width_pt: float


class Word(NamedTuple):
    """Pieces that stand together, and the space after them."""

    pieces: list[Piece]
    space: list[Piece]
    width_pt: float
    """Of the pieces, without the space."""


def word_of(pieces: list[Piece], space: list[Piece]) -> Word:
    return Word(pieces, space, sum(piece.width_pt for piece in pieces))


@frozen
class Measure:
    """Widths of text in one style."""

    style: Style
    faces: Faces
    code_size: float

    def face(self, run: Run) -> Face:
        if run.face:
            return self.faces.fallback(run.face, self.style.bold or run.bold)
        slot = "mono" if run.code else self.style.font
        return self.faces.face(slot, self.style.bold or run.bold, self.style.italic or run.italic)

    def size_pt(self, run: Run) -> float:
        size = self.style.size_pt * (self.code_size if run.code and self.style.font != "mono" else 1)
        return size * (SCRIPT_SIZE if run.script else 1)

    def width_pt(self, run: Run, text: str) -> float:
        """The width of a text in the look of a run."""
        return self.ruler(run)(text)

    def ruler(self, run: Run) -> Callable[[str], float]:
        """Tells the widths of texts in the look of a run."""
        size_pt = self.size_pt(run)
        if run.math:
            return lambda _: outline(run.text, False).width * size_pt
        face, spacing_pt = self.face(run), self.spacing_pt(run)
        return lambda text: face.advance(text) * size_pt + len(text) * spacing_pt

    def spacing_pt(self, run: Run) -> float:
        """The letter-spacing, which is made for the theme's own font."""
        return 0.0 if run.face else self.style.spacing_pt

    def line(self, text: Text) -> SetLine:
        """The whole text as one line, without the space at its end."""
        runs = list(text)
        while runs and not runs[-1].text.rstrip(" "):
            runs.pop()
        if runs and runs[-1].text.endswith(" "):
            runs[-1] = reworded(runs[-1], runs[-1].text.rstrip(" "), runs[-1].note)
        return SetLine(tuple(runs), sum(self.width_pt(run, run.text) for run in runs))


def words(text: Text, measure: Measure) -> Iterator[Word]:
    """The words of a text; what no space or hyphen divides is one word, even across runs.

    In Chinese and Japanese a word is what stands between two places where a line may end.
    """
    pieces: list[Piece] = []
    space: list[Piece] = []
    for run in text:
        if run.math:
            if space:
                yield word_of(pieces, space)
                pieces, space = [], []
            pieces.append(Piece(run, run.text, measure.width_pt(run, run.text) * MATHS_SHARE))
            continue
        width_pt = measure.ruler(run)
        for match in PIECE.finditer(run.text):
            part = match.group()
            if match.lastindex:
                space.append(Piece(run, part, width_pt(part)))
                continue
            for stretch in (part,) if part.isascii() else divided(part):
                if space or (pieces and may_end(pieces[-1].text[-1], stretch[0])):
                    yield word_of(pieces, space)
                    pieces, space = [], []
                pieces.append(Piece(run, stretch, width_pt(stretch)))
            if match.end() < len(run.text) and part[-1] in "-–—/" and run.text[match.end()].isalnum():
                yield word_of(pieces, [])
                pieces = []
    if pieces or space:
        yield word_of(pieces, space)


def break_lines(text: Text, width_pt: float, measure: Measure) -> tuple[SetLine, ...]:
    """The lines of a text at `width_pt`; at least one, empty for an empty text."""
    return lines_of(tuple(words(text, measure)), width_pt, measure)


def lines_of(text: Sequence[Word], width_pt: float, measure: Measure) -> tuple[SetLine, ...]:
    """As `break_lines`, for a text whose words are measured already."""
    lines: list[SetLine] = []
    line: list[Piece] = []
    used = 0.0
    for word in chain.from_iterable(fitting(word, width_pt, measure) for word in text):
        if line and not joins(line, word, used, width_pt, measure):
            lines.append(set_line(line, measure))
            line, used = [], 0.0
        line += word.pieces + word.space
        used += word.width_pt + sum(piece.width_pt for piece in word.space)
    return (*lines, set_line(line, measure)) if line or not lines else tuple(lines)


def joins(line: list[Piece], word: Word, used_pt: float, width_pt: float, measure: Measure) -> bool:
    """Whether a word still fits on a line. Close to the edge the line is measured as a whole, with all its kerning."""
    width = used_pt + word.width_pt
    if abs(width - width_pt) > width_pt * CLOSE_SHARE:
        return width < width_pt
    return set_line([*line, *word.pieces], measure).width_pt <= width_pt


def fitting(word: Word, width_pt: float, measure: Measure) -> Iterator[Word]:
    """The word itself, or, where it is wider than a line, its letters in stretches that fit."""
    if word.width_pt <= width_pt:
        yield word
        return
    stretch: list[Piece] = []
    used = 0.0
    for piece in word.pieces:
        for letter in [piece.text] if piece.run.math else clusters(piece.text):
            width = measure.width_pt(piece.run, letter)
            if stretch and used + width > width_pt:
                yield word_of(stretch, [])
                stretch, used = [], 0.0
            stretch.append(Piece(piece.run, letter, width))
            used += width
    yield word_of(stretch, word.space)


def set_line(pieces: list[Piece], measure: Measure) -> SetLine:
    """Pieces as one line: those of the same run joined, the space at the end dropped."""
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: id(piece.run))]
    parts = [(group[0].run, "".join(piece.text for piece in group)) for group in groups]
    return measure.line(
        tuple(run if run.text == text and not run.note else reworded(run, text, ()) for run, text in parts)
    )


def reworded(run: Run, text: str, note: Text) -> Run:
    """The run with another text and note. Every line is made of such, and `dataclasses.replace` takes ten times as
    long."""
    new = object.__new__(Run)
    new.__dict__.update(run.__dict__, text=text, note=note)
    return new


def balanced(text: Text, width_pt: float, measure: Measure) -> tuple[SetLine, ...]:
    """Lines about equally long: those of the narrowest width that needs no more of them."""
    return balanced_lines(tuple(words(text, measure)), width_pt, measure)


def balanced_lines(text: Sequence[Word], width_pt: float, measure: Measure) -> tuple[SetLine, ...]:
    """As `balanced`, for a text whose words are measured already."""
    wide = lines_of(text, width_pt, measure)
    if len(wide) < 2:
        return wide
    low, high = min(width_pt, max(word.width_pt for word in text)), width_pt
    narrow = lines_of(text, low, measure)
    if len(narrow) == len(wide):
        return narrow
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(lines_of(text, middle, measure)) == len(wide) else (middle, high)
    return lines_of(text, high, measure)
