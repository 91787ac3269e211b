"""The text of a PDF in the order of its structure tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import bidirectional

import pikepdf

from deckgen.check.comparable import characters, formula
from deckgen.typeset.bidi import has_right_to_left

HEADING = re.compile(r"/H[12]")
"""Headings of the handout and of its chapters and slides; those inside print text are of lower levels."""
INLINE = frozenset({"/Span", "/Link", "/NonStruct"})
"""Structure elements that do not begin a line of their own."""
RAISED = 9.0
"""Text higher or lower than this (in CSS pixels) stands on another line; less is a superscript."""


@dataclass
class Piece:
    """Text that was shown from one place on, in the units of its page."""

    x: float
    y: float
    glyphs: list[str]
    """What each glyph shows, in the order in which they stand."""

    @property
    def text(self) -> str:
        return in_reading_order(self.glyphs)


class Border(NamedTuple):
    """Where a structure element begins (depth 1) or ends (depth -1)."""

    type: str
    depth: int


Pieces = dict[int | None, list[Piece]]
"""Pieces by the marked content they belong to (MCID); None: artifacts and the like."""


@dataclass
class Reading:
    """What a structure tree says in its order; filled in place, since generators one in another cost most of it."""

    shown: Mapping[tuple[int, int], Pieces]
    """The pieces of each page."""
    pieces: list[Piece | Border | str] = field(default_factory=list)
    """Formulas stand as text, and elements that begin a line with their borders."""
    alternatives: list[str] = field(default_factory=list)
    """The alternative texts."""

    def read(self, node: object, page: tuple[int, int] = (0, 0), silent: bool = False) -> None:
        """Read what is under a structure element; of a `silent` one, whose words are known, the alternatives alone."""
        if isinstance(node, int):
            self.pieces += () if silent else self.shown[page].get(node, ())
        elif isinstance(node, pikepdf.Array):
            for kid in node:
                self.read(kid, page, silent)
        elif isinstance(node, pikepdf.Dictionary):
            self.element(node, page, silent)

    def element(self, node: pikepdf.Dictionary, page: tuple[int, int], silent: bool) -> None:
        keys = node.keys()  # To ask for a key that is not there takes longer than to ask for all.
        if "/MCID" in keys:
            if not silent:
                self.pieces += self.shown[node.Pg.objgen].get(int(node.MCID), ())
            return
        alternative = str(node.Alt) if "/Alt" in keys else None
        if alternative is not None:
            self.alternatives.append(alternative)
        kind = str(node.S) if "/S" in keys else ""
        words = str(node.ActualText) if "/ActualText" in keys else None
        if kind == "/Formula":
            words = formula(characters(alternative or ""))
        if words is not None and not silent:
            self.pieces.append(words)
        if "/K" not in keys:
            return
        border = words is None and not silent and kind not in INLINE
        if border:
            self.pieces.append(Border(kind, 1))
        self.read(node.K, node.Pg.objgen if "/Pg" in keys else page, silent or words is not None)
        if border:
            self.pieces.append(Border(kind, -1))


def joined(pieces: Iterable[Piece | Border | str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The pieces as text, with line feeds where lines end, and the stretches of it that are headings."""
    parts: list[str] = []
    headings: list[tuple[int, int]] = []
    last: Piece | None = None
    length = depth = start = 0
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
            length += len(piece)
            continue
        ends = isinstance(piece, Border) or (last and (piece.x <= last.x or abs(piece.y - last.y) > RAISED))
        if ends and parts and parts[-1] != "\n":
            parts.append("\n")
            length += 1
        if isinstance(piece, Piece):
            parts.append(piece.text)
            length += len(piece.text)
            last = piece
        else:
            last = None
            if HEADING.fullmatch(piece.type):
                depth += piece.depth
                start = length if (piece.depth, depth) == (1, 1) else start
                headings += [(start, length)] if depth == 0 else []
    return "".join(parts).rstrip("\n"), tuple(headings)


def in_reading_order(glyphs: list[str]) -> str:
    """The text of glyphs from left to right: words from right to left, with what stands between them, turned around."""
    text = "".join(glyphs)
    if not has_right_to_left(text):
        return text
    kinds = ["R" if has_right_to_left(glyph) else bidirectional(glyph[0]) if glyph else "" for glyph in glyphs]
    found: list[str] = []
    start = 0
    while start < len(glyphs):
        end = start + 1
        if kinds[start] == "R":
            for i in range(start + 1, len(glyphs)):
                if kinds[i] in ("L", "EN"):
                    break
                end = i + 1 if kinds[i] == "R" else end
        found += reversed(glyphs[start:end])
        start = end
    return "".join(found)
