"""Set text: how a paragraph is set, and the measured lines it breaks into."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from deckgen.frozen import frozen
from deckgen.model.text import Text

Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]


@frozen
class Style:
    """How a paragraph is set. Leading is exact: every line takes `leading_pt`, whatever stands on it."""

    font: Literal["head", "sans", "mono"]
    size_pt: float
    leading_pt: float
    colour: str = "text"
    bold: bool = False
    italic: bool = False
    spacing_pt: float = 0
    """Letter-spacing, added after each character."""
    balance: bool = False
    """Break lines so that they are about equally long."""


@frozen
class Bullet:
    """A list mark, drawn `hang_pt` left of the paragraph's text edge."""

    glyph: str
    colour: str
    hang_pt: float
    first: int = 0
    """The number of the first item of a numbered list on the slide, where the glyph is that of the item; 0: no list."""
    font: Literal["", "head", "sans", "mono"] = ""
    """The font that has the glyph; empty: the text's own."""
    size: float = 1
    """The size of the glyph, as a share of the text's."""

    def style(self, text: Style) -> Style:
        """How the glyph is set beside a text."""
        return replace(text, font=self.font or text.font, size_pt=text.size_pt * self.size, spacing_pt=0)


@frozen
class SetLine:
    """A measured line: its text without the space at its end, and its width in points."""

    text: Text
    width_pt: float


@frozen
class SetParagraph:
    """A paragraph in its style, with the lines it breaks into."""

    text: Text
    style: Style
    lines: tuple[SetLine, ...]
    align: Align = "left"
    level: int = 0
    indent_pt: float = 0
    """The text edge, from the left side of the box."""
    bullet: Bullet | None = None
    before_pt: float = 0
    """Space above; not used by the first paragraph of a box."""
    right_to_left: bool = False
    """The paragraph runs from right to left; its text edge is counted from the right side of the box."""
    safe_lines: int = 1
    """How many lines a program with slightly wider advances needs; the promise that text fits counts these."""

    @property
    def height_pt(self) -> float:
        return len(self.lines) * self.style.leading_pt

    @property
    def safe_height_pt(self) -> float:
        return self.safe_lines * self.style.leading_pt
