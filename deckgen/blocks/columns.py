"""Columns side by side, each with blocks of its own.

- columns:
    - width: 2
      bullets: [A container shares the kernel, It starts in a moment]
    - callout: Only Linux runs containers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import Any, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.text import Run
from deckgen.typeset.body import divide, lay
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

MOST = 6
LEAST_SHARE = 0.28
"""In print, columns stand side by side where none is narrower than this share of the measure."""


@frozen(kw_only=True)
class Look:
    """Columns in a theme."""

    gap: Inches


@frozen(kw_only=True)
class Column:
    """A column. A block may stand in it by its own name, as on a slide."""

    body: tuple[Block, ...] = key("The blocks of the column, or Markdown text", ())
    width: float = key("How wide it is, as a share: 2 is twice as wide as 1", 1.0)


@frozen(kw_only=True)
class Columns(Block):
    """Any number of columns; figures, tables and listings in them stand one under the other in the handout."""

    columns: tuple[Column, ...] = key("The columns, from left to right")

    LOOK = Look
    HTML = """<div class="columns{% if block.beside() %} beside{% endif %}">{% for column in block.columns -%}
      <div class="column"{% if block.beside() %} style="width:{{ '%.2f' % block.shares()[loop.index0] }}%"{% endif %}>
      {%- for inner in column.body if inner.only != "deck" %}{{ inner | html }}{% endfor %}</div>
      {%- endfor %}</div>"""
    CSS = """.columns.beside { display: table; table-layout: fixed; width: calc(100% - 0.1mm); break-inside: avoid; }
      .columns.beside .column { display: table-cell; vertical-align: top; box-sizing: border-box; }
      .columns.beside .column + .column { padding-left: 8mm; }"""

    def inner(self) -> tuple[Block, ...]:
        return tuple(block for column in self.columns for block in column.body)

    def print_width_pt(self) -> float:
        return inf

    def shown(self) -> Iterator[Run]:
        for block in self.inner():
            yield from block.shown()
            yield from block.caption_text()

    def problems(self) -> Iterator[Diagnostic]:
        if len(self.columns) > MOST:
            hint = "put some of them on a slide of their own, or write a table"
            yield error(self.span, f"there are {len(self.columns)} columns, and a slide has room for {MOST}", hint)
        for column in self.columns:
            if not 0.1 <= column.width <= 10:
                yield error(
                    self.span,
                    f"`width` is {column.width:g}, and can be 0.1 to 10",
                    "1 is as wide as the rest",
                    key="width",
                )
        for block in self.inner():
            if block.inner():
                yield error(block.span, "columns can't stand in a column", "write them side by side")
            yield from block.problems()

    def shares(self) -> tuple[float, ...]:
        """The widths in percent."""
        total = sum(column.width for column in self.columns)
        return tuple(100 * column.width / total for column in self.columns)

    def beside(self) -> bool:
        """Whether the columns stand side by side in print."""
        return min(self.shares()) >= 100 * LEAST_SHARE

    def sheets(self, sheet: Sheet) -> Iterator[Sheet]:
        """The sheet of each column."""
        gap = sheet.look("columns").gap
        room = sheet.box.width - gap * (len(self.columns) - 1)
        x = sheet.box.x
        for i, share in enumerate(self.shares(), start=1):
            box = Box(x, sheet.box.y, room * share / 100, sheet.box.height)
            yield replace(sheet, box=box, key=f"{sheet.key}/{i}")
            x = box.right + gap

    def draw(self, sheet: Sheet) -> Drawing:
        shapes: list[AnyShape] = []
        height = 0.0
        for column, place in zip(self.columns, self.sheets(sheet), strict=True):
            laid, needed = lay(shown_in(column), place)
            shapes += [shape for _, drawing in laid for shape in drawing.shapes]
            height = max(height, needed)
        return Drawing(Size(sheet.box.width, height), tuple(shapes))

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        heads: list[Any] = []
        tails: list[Any] = []
        for column, place in zip(self.columns, self.sheets(sheet), strict=True):
            head, tail = divide(shown_in(column), place)
            if tail and not head:
                return None
            heads.append(replace(column, body=tuple(block for _, block in head)))
            tails.append(replace(column, body=tuple(block for _, block in tail)))
        if not any(column.body for column in tails):
            return None
        return replace(self, columns=tuple(heads)), replace(self, columns=tuple(tails))


def shown_in(column: Column) -> list[tuple[int, Block]]:
    """The blocks that the slide shows, with their places in the column."""
    return [(i, block) for i, block in enumerate(column.body, start=1) if block.only != "handout"]
