"""How wide the blanks of exercises are, in ems of the text around them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from deckgen.model.setting import Style
from deckgen.model.text import Run, Text
from deckgen.typeset.fallback import in_families
from deckgen.typeset.fonts import Faces
from deckgen.typeset.lines import Measure, fitting, words

BY_HAND = 1.5
"""Handwriting of about 2.5 mm for a small letter takes half as much room again as print of 10 pt."""
LEAST_EM, UNTOLD_EM = 5.0, 9.0
"""The least width, so that no short answer is given away, and that of a blank without an answer."""
PIECE_EM = 9.0
"""Lines may end between pieces of a blank, which are no wider than this, or than a word."""
SLACK = 1.08
"""Print fonts are up to so much wider than those measured, which are the slides'."""
UNTOLD_LINES, MOST_LINES = 3, 20
"""To write on: for a blank without an answer, and at most."""


class Piece(NamedTuple):
    """A part of a blank, and the part of its answer that stands on it."""

    text: Text
    width_em: float


def pieces(blank: Run, faces: Faces) -> tuple[Piece, ...]:
    """The words of the answer, then the room that they take by hand beyond print; the whole width is full ems."""
    printed = list(set_words(blank.answer, faces))
    width = sum(piece.width_em for piece in printed)
    whole = max(LEAST_EM, math.ceil(width * BY_HAND)) if blank.answer else UNTOLD_EM
    count = math.ceil((whole - width) / PIECE_EM)
    return (*printed, *[Piece((), (whole - width) / count)] * count)


def lines(blank: Run, faces: Faces, measure_em: float) -> int:
    """How many lines of a width in ems the answer takes by hand."""
    if not blank.answer:
        return UNTOLD_LINES
    width = sum(piece.width_em for piece in set_words(blank.answer, faces))
    return min(MOST_LINES, math.ceil(width * BY_HAND / measure_em))


def set_words(answer: Text, faces: Faces) -> Iterator[Piece]:
    """The words of an answer with their widths, the space after a word part of it; very long words are divided."""
    measure = Measure(Style("sans", 1, 1), faces, faces.theme.inline_code_size)
    for word in words(in_families(answer, measure.face, faces), measure):
        for part in fitting(word, PIECE_EM, measure):
            set_pieces = [*part.pieces, *part.space]
            text = tuple(replace(piece.run, text=piece.text, face="") for piece in set_pieces)
            yield Piece(text, sum(piece.width_pt for piece in set_pieces) * SLACK)
