"""Numbered steps, side by side or one under the other.

- steps:
    - {name: Write the recipe, text: A Dockerfile names the base image and what to add}
    - {name: Build the image, text: Each line becomes a layer, hot: true}
    - {name: Run the container, text: The same image runs on any host}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key, out_of_range
from deckgen.model.drawing import AnyShape, AutoShape, Connector, Drawing, Geometry, Stroke, TextBox
from deckgen.model.glue import Side
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text, label
from deckgen.typeset.glue import glued
from deckgen.typeset.icons import icon, unknown_icon
from deckgen.typeset.labels import fitted_all, led
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

MOST_ACROSS = 5
LAST = 99
NAMES = ("heading", "node", "node_small")
TEXTS = ("cell_muted", "label_muted")
ROWS = ("event", "event_small")
ICON_SHARE = 0.56
"""An icon's size, as a share of its badge."""


@frozen(kw_only=True)
class Look:
    """Steps in a theme: badges with a number or an icon, joined by lines."""

    badge: Inches
    geometry: Geometry
    corner: Inches = 0
    fill: str
    outline: Stroke | None = None
    colour: str
    """Of the number."""
    line: Stroke
    gap: Inches
    """From a badge to its text."""
    column_gap: Inches
    row_gap: Inches


@frozen(kw_only=True)
class Step:
    """A step."""

    name: Text = key("What is done")
    text: Text = key("More about it", ())
    icon: str = key("An icon in place of the number on the slide, by its name at lucide.dev", "", names="icons")
    hot: bool = key("Mark the step as the one that matters", False)


@frozen(kw_only=True)
class Steps(Block):
    """Steps in their order; those that find no room continue on the next slide."""

    steps: tuple[Step, ...] = key("The steps, from the first to the last")
    direction: Literal["right", "down"] = key("Where the steps lead: side by side, or one under the other", "right")
    first: int = key("The number of the first step", 1)

    LAYOUT = "steps"
    LOOK = Look
    HTML = """<ol class="list steps"
      {%- if block.first != 1 %} style="counter-reset:list-item {{ block.first - 1 }}"{% endif %}>
      {%- for step in block.steps -%}
      <li><b>{{ step.name | runs }}</b>{% if step.text %} {{ step.text | prose }}{% endif %}</li>{% endfor %}</ol>"""
    CSS = """.list li { break-inside: avoid; }
      .list li::marker { color: var(--accent); }"""

    def problems(self) -> Iterator[Diagnostic]:
        yield from out_of_range("first", self.first, range(LAST + 1), self.span)
        if sum(step.hot for step in self.steps) > 1:
            yield error(self.span, "more than one step is marked as `hot`", "mark the one that matters most")
        for step in self.steps:
            yield from unknown_icon(step.icon, self.span)

    def draw(self, sheet: Sheet) -> Drawing:
        return self.draw_down(sheet) if self.direction == "down" else self.draw_across(sheet)

    def draw_across(self, sheet: Sheet) -> Drawing:
        """Badges in a row, names and texts under them."""
        look: Look = sheet.look("steps")
        columns = sheet.box.columns(max(2, min(MOST_ACROSS, len(self.steps))), look.column_gap)
        width = columns[0].width
        names = fitted_all([step.name for step in self.steps], NAMES, Size(width, self.two_lines(sheet)), sheet)
        top = sheet.box.y + look.badge + look.gap
        below = top + max(name.safe_height_pt for name in names) + look.gap / 4
        room = Size(width, max(0.0, sheet.box.bottom - below))
        texts = fitted_all([step.text for step in self.steps], TEXTS, room, sheet)
        shapes: list[AnyShape] = []
        for i, (column, step, name, text) in enumerate(zip(columns, self.steps, names, texts, strict=False)):
            shapes += self.badge(i, Point(column.x, sheet.box.y), look, sheet)
            shapes.append(self.words(i, "name", name, Box(column.x, top, width, name.safe_height_pt), sheet))
            if step.text:
                shapes.append(self.words(i, "text", text, Box(column.x, below, width, text.safe_height_pt), sheet))
        shapes += self.joints(shapes, "right", "left", look, sheet)
        told = [text.safe_height_pt for text, step in zip(texts, self.steps, strict=True) if step.text]
        height = below - sheet.box.y + max(told, default=0)
        # Steps that find no column are too high for any slide, so that they are split.
        high = height if len(self.steps) <= MOST_ACROSS else sheet.box.height * len(self.steps) / MOST_ACROSS
        return Drawing(Size(sheet.box.width, high), tuple(shapes))

    def two_lines(self, sheet: Sheet) -> float:
        return 2 * sheet.theme.style(NAMES[0]).leading_pt

    def draw_down(self, sheet: Sheet) -> Drawing:
        """Badges in a column, words beside them."""
        look: Look = sheet.look("steps")
        x, width = sheet.box.x + look.badge + look.gap, sheet.box.width - look.badge - look.gap
        words = self.row_words(ROWS[0], width, sheet)
        if self.rows_end(words, look) > sheet.box.height:
            words = self.row_words(ROWS[-1], width, sheet)
        shapes: list[AnyShape] = []
        y = sheet.box.y
        for i, paragraph in enumerate(words):
            height = max(look.badge, paragraph.safe_height_pt)
            # A text of one line stands beside the middle of its badge, a longer one begins there with its first.
            rise = max(0.0, (look.badge - paragraph.style.leading_pt) / 2)
            shapes += self.badge(i, Point(sheet.box.x, y), look, sheet)
            shapes.append(self.words(i, "text", paragraph, Box(x, y + rise, width, paragraph.safe_height_pt), sheet))
            y += max(height, rise + paragraph.safe_height_pt) + look.row_gap
        shapes += self.joints(shapes, "bottom", "top", look, sheet)
        return Drawing(Size(sheet.box.width, self.rows_end(words, look)), tuple(shapes))

    def row_words(self, style: str, width: float, sheet: Sheet) -> list[SetParagraph]:
        return [sheet.set(led(step.name, step.text), style, width) for step in self.steps]

    def rows_end(self, words: list[SetParagraph], look: Look) -> float:
        """The height of all rows."""
        heights = [max(look.badge, max(0.0, (look.badge - p.style.leading_pt) / 2) + p.safe_height_pt) for p in words]
        return sum(heights) + (len(words) - 1) * look.row_gap

    def words(self, index: int, name: str, paragraph: SetParagraph, box: Box, sheet: Sheet) -> TextBox:
        """A text; it has no more room than the slide, so that one that is too long is an error."""
        room = box._replace(height=max(0.0, min(box.height, sheet.box.bottom - box.y)))
        return TextBox(key=f"{sheet.key}/{index + 1}/{name}", box=room, paragraphs=(paragraph,))

    def badge(self, index: int, at: Point, look: Look, sheet: Sheet) -> Iterator[AnyShape]:
        """The number of a step, or its icon."""
        step = self.steps[index]
        name = f"{sheet.key}/{index + 1}/badge"
        box = Box(at.x, at.y, look.badge, look.badge)
        ink = "on_accent" if step.hot else look.colour
        style = replace(sheet.theme.style("badge"), colour=ink)
        number = sheet.set(label(str(self.first + index)), style, look.badge, align="center")
        yield AutoShape(
            key=name,
            box=box,
            geometry=look.geometry,
            measure_pt=look.corner,
            fill="accent" if step.hot else look.fill,
            stroke=None if step.hot else look.outline,
            text=() if step.icon else (number,),
            decorative=bool(step.icon),
        )
        size = look.badge * ICON_SHARE
        inner = Box(at.x + (look.badge - size) / 2, at.y + (look.badge - size) / 2, size, size)
        yield from icon(f"{name}/icon", step.icon, inner, ink)

    def joints(self, shapes: list[AnyShape], out: Side, into: Side, look: Look, sheet: Sheet) -> list[Connector]:
        """The lines from each badge to the next."""
        badges = [shape for shape in shapes if isinstance(shape, AutoShape)]
        return [
            glued(f"{one.key}/line", one, out, other, into, look.line, arrow="", decorative=True)
            for one, other in pairwise(badges)
        ]

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        look: Look = sheet.look("steps")
        most = MOST_ACROSS
        if self.direction == "down":
            words = self.row_words(ROWS[-1], sheet.box.width - look.badge - look.gap, sheet)
            fitting = (n for n in range(len(words), 0, -1) if self.rows_end(words[:n], look) <= sheet.box.height)
            most = next(fitting, 0)
        if not 0 < most < len(self.steps):
            return None
        slides = -(-len(self.steps) // most)
        count = -(-len(self.steps) // slides)
        return replace(self, steps=self.steps[:count]), replace(
            self, steps=self.steps[count:], first=self.first + count
        )
