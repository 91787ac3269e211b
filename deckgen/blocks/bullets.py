"""A bulleted list of one or two levels.

- bullets:
    - A container shares the host's kernel
    - It has its own view of:
        - files and processes
        - the network
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Self

from deckgen.frozen import frozen
from deckgen.model.block import Block, Count, FlowLine, key
from deckgen.model.text import Text
from deckgen.typeset.flow import fitting_count
from deckgen.typeset.sheet import Sheet


@frozen(kw_only=True)
class Item:
    """A list item: a text, or a text with items under it."""

    OUTLINE: ClassVar[bool] = True

    text: Text = key("The item")
    items: tuple[Text, ...] = key("The items under it", ())


@frozen(kw_only=True)
class Bullets(Block):
    """A list whose order does not matter."""

    items: tuple[Item, ...] = key("The items, each a text or `text: [items under it]`")

    HTML = """<ul class="list">{% for item in block.items %}<li>{{ item.text | prose }}
      {%- if item.items %}<ul>{% for text in item.items %}<li>{{ text | prose }}</li>{% endfor %}</ul>{% endif -%}
      </li>{% endfor %}</ul>"""
    CSS = """.list li { break-inside: avoid; }
      ul.list, .list ul { list-style-type: "–\\a0"; }
      .list li::marker { color: var(--accent); }"""

    FLOWS = True

    def flow_lines(self) -> tuple[FlowLine, ...]:
        return tuple(line for item in self.items for line in item_lines(item))

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        count = fitting_count([item_lines(item) for item in self.items], sheet)
        if not 0 < count < len(self.items):
            return None
        return replace(self, items=self.items[:count]), replace(self, items=self.items[count:])


def item_lines(item: Item, count: Count | None = None) -> tuple[FlowLine, ...]:
    return (FlowLine(item.text, 0, count), *(FlowLine(text, 1) for text in item.items))
