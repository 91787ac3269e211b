"""A numbered list; in Markdown, lines that start with `1.`.

- numbered:
    - Write the recipe
    - Build the image
    - Run the container
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.blocks.bullets import Bullets, Item
from deckgen.model.block import Block, key


@dataclass(frozen=True, kw_only=True)
class Numbered(Block):
    """A list whose order matters."""

    items: tuple[Item, ...] = key("The items, each a text or `text: [items under it]`")

    PRINT_ONLY = True
    HTML = """<ol class="list">{% for item in block.items %}<li>{{ item.text | prose }}
      {%- if item.items %}<ul>{% for text in item.items %}<li>{{ text | prose }}</li>{% endfor %}</ul>{% endif -%}
      </li>{% endfor %}</ol>"""
    CSS = Bullets.CSS
