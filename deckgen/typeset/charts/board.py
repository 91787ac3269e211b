"""What a chart is drawn on: the theme's look for charts, its colours, and text at places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckgen.frozen import frozen
from deckgen.model.chart import Axis, ChartData, Scale
from deckgen.model.drawing import TextBox
from deckgen.model.setting import Align, Anchor, Style
from deckgen.model.text import label
from deckgen.model.theme import Theme
from deckgen.typeset.charts.plan import Plan
from deckgen.typeset.columns import word_width
from deckgen.typeset.flow import UNBROKEN_PT
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches

LARGE_TEXT = 3.0
"""The contrast that large text needs (WCAG 2.2, 1.4.3)."""
ROOM = 1.03
"""The box of a label on one line, beside the text as it was measured."""
LABEL_GAP_PT = 5.0
"""Between a bar and its value."""


@frozen(kw_only=True)
class Look:
    """Charts in a theme."""

    top: Inches
    """Where a chart begins, under the top of the body."""
    gap: int
    """Between bars, in percent of their thickness."""
    pitch: Inches
    """From bar to bar, at most."""
    colour: str
    """Of the one line beside the highlighted one."""
    stroke: str
    """The colour of the axis line at zero."""
    zero_pt: float
    """The width of that line."""
    grid_pt: float
    line_pt: float
    hot_line_pt: float
    marker_pt: float


@frozen
class Board:
    """A sheet for a chart, in one of its two sizes of type."""

    sheet: Sheet
    box: Box
    small: bool = False

    @property
    def look(self) -> Look:
        found: Look = self.sheet.look("chart")
        return found

    def style_name(self, name: str) -> str:
        """`chart` for names and numbers along axes, `chart_value` for the labels of points."""
        return f"{name}_small" if self.small else name

    def style(self, name: str, colour: str = "") -> Style:
        style = self.sheet.theme.style(self.style_name(name))
        return replace(style, colour=colour) if colour else style

    def leading(self, name: str = "chart") -> float:
        return self.style(name).leading_pt

    def width(self, words: str, name: str = "chart") -> float:
        return self.sheet.set(label(words), self.style(name), UNBROKEN_PT).lines[0].width_pt if words else 0.0

    def widest(self, words: Sequence[str], name: str = "chart") -> float:
        return max((self.width(word, name) for word in words), default=0.0)

    def lines(self, words: str, width: float, name: str = "chart") -> int:
        return self.sheet.set(label(words), self.style(name), width).safe_lines

    def text(
        self, key: str, words: str, box: Box, name: str = "chart", colour: str = "", align: Align = "left",
        anchor: Anchor = "middle",
    ) -> TextBox:  # fmt: skip
        """A text in a box, broken into lines where it must."""
        whole = word_width(label(words), self.style_name(name), self.sheet) > box.width
        width = UNBROKEN_PT if whole else box.width  # a word that is too wide stays whole, for `check` to report
        paragraph = self.sheet.set(label(words), self.style(name, colour), width, align=align)
        return TextBox(key=f"{self.sheet.key}/{key}", box=box, paragraphs=(paragraph,), anchor=anchor)

    def tag(
        self, key: str, words: str, x: float, y: float, name: str = "chart", colour: str = "", align: Align = "left"
    ) -> TextBox:
        """A text on one line, its middle at the height `y`; `x` is its left end, its middle, or its right end."""
        width, height = self.width(words, name) * ROOM + 1, self.leading(name)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        return self.text(key, words, Box(left, y - height / 2, width, height), name, colour, align)

    def data(self, plan: Plan, plot: Box, axis: Axis | None, **more: Any) -> ChartData:
        """The native chart; `more` holds further fields of `ChartData`."""
        return ChartData(
            kind=plan.kind, categories=plan.categories, plot=plot, axis=axis or Axis(Scale(0, 1, 1)), stack=plan.stack,
            zero=self.look.stroke, zero_pt=self.look.zero_pt, grid_pt=self.look.grid_pt, text=self.style_name("chart"),
            value=self.style_name("chart_value"), **more,
        )  # fmt: skip

    def ink(self, role: str, ground: str = "bg") -> str:
        """The colour of text that belongs to a colour: itself where it can be read on the ground, else muted."""
        return role if contrast(self.sheet.theme, role, ground) >= LARGE_TEXT else "muted"

    def ink_on(self, role: str) -> str:
        """The colour of text on a filled shape."""
        return max(("text", "bg", "on_accent"), key=lambda ink: contrast(self.sheet.theme, ink, role))


def contrast(theme: Theme, first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(theme.colours[role]) for role in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of `#RRGGBB` (WCAG 2.2)."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
