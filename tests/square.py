"""A font whose every glyph is one em wide, so that a line break can be checked by counting letters."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Face, Faces

EM = 1000
CHARACTERS = [*range(0x20, 0x250), *range(0x2010, 0x2040), 0x00A0]


@cache
def square_face() -> Face:
    pen = TTGlyphPen(None)
    for i, point in enumerate([(0, 0), (0, EM), (EM, EM), (EM, 0)]):
        (pen.lineTo if i else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(dict.fromkeys(CHARACTERS, "square"))
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "square": (EM, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    file = Path(tempfile.mkdtemp()) / "square.ttf"
    builder.save(file)
    return Face(file, mono=True)


class SquareFaces(Faces):
    """Every face is the square one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Path("none"))

    def face(self, slot: str, bold: bool = False, italic: bool = False) -> Face:
        return square_face()
