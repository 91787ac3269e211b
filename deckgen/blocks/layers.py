"""A layered architecture: one or two stacks of boxes, the topmost layer first.

- layers:
    stacks:
      - title: Virtual machines
        layers:
          - {text: App, copies: 3}
          - {text: Guest OS, copies: 3, hot: true}
          - Hypervisor
          - Hardware
    caption: Red marks an operating system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.block import key, out_of_range
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Group, Stroke
from deckgen.model.outlines import rounded
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text, plain
from deckgen.model.theme import Tone
from deckgen.model.words import Words
from deckgen.typeset.diagram import Diagram
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

MOST_COPIES = 12


@frozen(kw_only=True)
class Look:
    """Stacks in a theme."""

    heading: Inches
    heading_gap: Inches
    height: Inches
    """The height of a whole stack, gaps included."""
    gap: Inches
    column_gap: Inches
    max_row: Inches
    outline_pt: float
    corner: Inches = 0
    heading_style: str
    first: Tone
    """The topmost layer."""
    middle: Tone
    last: Tone
    hot: Tone


@frozen(kw_only=True)
class Layer:
    """One layer, or several equal ones side by side."""

    text: Text = key("What the layer is")
    copies: int = key("How many stand side by side", 1)
    hot: bool = key("Mark the layer as the one that matters", False)


@frozen(kw_only=True)
class Stack:
    """Layers on top of each other."""

    title: Text = key("What the stack shows", ())
    layers: tuple[Layer, ...] = key("The layers, topmost first")


@frozen(kw_only=True)
class Layers(Diagram):
    """Stacks of layers, side by side, on one ground line."""

    stacks: tuple[Stack, ...] = key("The stacks, from left to right")

    LAYOUT = "layers"
    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        for layer in (layer for stack in self.stacks for layer in stack.layers):
            yield from out_of_range("copies", layer.copies, range(1, MOST_COPIES + 1), self.span)

    def figure(self, sheet: Sheet) -> Drawing:
        """The stacks alone, which the handout prints as a figure."""
        look: Look = sheet.look("layers")
        columns = sheet.box.columns(max(2, len(self.stacks)), look.column_gap)
        headed = any(stack.title for stack in self.stacks)
        top = sheet.box.y + (look.heading + look.heading_gap if headed else 0)
        most = max(len(stack.layers) for stack in self.stacks)
        room = max(look.height, sheet.box.height - top) if sheet.box.height > sheet.theme.body.height else look.height
        row = min(look.max_row, (room - (most - 1) * look.gap) / most)
        ground = top + most * row + (most - 1) * look.gap
        shapes: list[AnyShape] = []
        for i, (stack, column) in enumerate(zip(self.stacks, columns, strict=False), start=1):
            shapes += self.draw_stack(i, stack, Box(column.x, top, column.width, ground - top), row, sheet)
        return Drawing(Size(sheet.box.width, ground - sheet.box.y), tuple(shapes))

    def told(self, words: Words) -> str:
        """The diagram in words, for the handout's figure."""
        return "; ".join(described(stack, words) for stack in self.stacks)

    def draw_stack(self, number: int, stack: Stack, box: Box, row: float, sheet: Sheet) -> list[AnyShape]:
        look: Look = sheet.look("layers")
        shapes: list[AnyShape] = []
        if stack.title:
            head = Box(box.x, box.y - look.heading - look.heading_gap, box.width, look.heading)
            shapes.append(sheet.text_box(f"{number}/title", stack.title, look.heading_style, head, anchor="bottom"))
        boxes: list[AnyShape] = []
        y = box.bottom - len(stack.layers) * row - (len(stack.layers) - 1) * look.gap
        for i, layer in enumerate(stack.layers):
            for copy, place in enumerate(Box(box.x, y, box.width, row).columns(layer.copies, look.gap), start=1):
                name = f"{sheet.key}/{number}/{i + 1}-{copy}"
                boxes.append(self.draw_layer(name, layer, i, len(stack.layers), place, sheet))
            y += row + look.gap
        alt = self.alt if number == 1 and self.alt else described(stack, sheet.words)
        shapes.append(Group(key=f"{sheet.key}/{number}", shapes=tuple(boxes), alt=alt))
        return shapes

    def draw_layer(self, name: str, layer: Layer, index: int, count: int, box: Box, sheet: Sheet) -> AutoShape:
        look: Look = sheet.look("layers")
        tone = look.hot if layer.hot else {0: look.first, count - 1: look.last}.get(index, look.middle)
        stroke = Stroke(tone.outline, look.outline_pt) if tone.outline else None
        text = fitted_label(layer.text, tone.ink, box.width, sheet)
        return rounded(AutoShape(key=name, box=box, fill=tone.fill, stroke=stroke, text=(text,)), look.corner)


def fitted_label(text: Text, ink: str, width: float, sheet: Sheet) -> SetParagraph:
    """The label on one line if it can be, smaller if it must."""
    labels = [
        sheet.set(text, replace(sheet.theme.style(name), colour=ink), width, align="center")
        for name in ("label_bold", "label_small")
    ]
    return next((label for label in labels if label.safe_lines == 1), labels[-1])


def described(stack: Stack, words: Words) -> str:
    """The stack in words, from top to bottom."""
    layers = [
        f"{layer.copies} × {plain(layer.text)}" if layer.copies > 1 else plain(layer.text) for layer in stack.layers
    ]
    told = words.count(
        "{count} layer, from top to bottom: {layers}",
        "{count} layers, from top to bottom: {layers}",
        len(layers),
        layers=words.listed(layers),
    )
    return words.say("{label}: {text}", label=plain(stack.title), text=told) if stack.title else told
