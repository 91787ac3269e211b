"""A numbered list of one or two levels; in Markdown, lines that start with `1.`, or with the number that is first.

- numbered:
    - Write the recipe
    - Build the image:
        - every line of the recipe is a layer
    - Run the container
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from deckgen.blocks.bullets import Bullets, Item, item_lines
from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.block import Block, Count, FlowLine, key, out_of_range
from deckgen.typeset.flow import fitting_count
from deckgen.typeset.sheet import Sheet

LARGEST = 9999


@frozen(kw_only=True)
class Numbered(Block):
    """A list whose order matters. The numbers count on where the list continues on a second slide."""

    items: tuple[Item, ...] = key("The items, each a text or `text: [items under it]`")
    start: int = key("The number of the first item", 1)

    HTML = """<ol class="list"
      {%- if block.start != 1 %} style="counter-reset:list-item {{ block.start - 1 }}"{% endif %}>
      {%- for item in block.items %}<li>{{ item.text | prose }}
      {%- if item.items %}<ul>{% for text in item.items %}<li>{{ text | prose }}</li>{% endfor %}</ul>{% endif -%}
      </li>{% endfor %}</ol>"""
    CSS = Bullets.CSS

    FLOWS = True

    def problems(self) -> Iterator[Diagnostic]:
        yield from out_of_range("start", self.start, range(1, LARGEST + 1), self.span)

    def item_lines(self) -> tuple[tuple[FlowLine, ...], ...]:
        last = self.start + len(self.items) - 1
        counts = (Count(number, self.start, last) for number in range(self.start, last + 1))
        return tuple(item_lines(item, count) for item, count in zip(self.items, counts, strict=True))

    def flow_lines(self) -> tuple[FlowLine, ...]:
        return tuple(line for lines in self.item_lines() for line in lines)

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        count = fitting_count(self.item_lines(), sheet)
        if not 0 < count < len(self.items):
            return None
        rest = replace(self, items=self.items[count:], start=self.start + count)
        return replace(self, items=self.items[:count]), rest
