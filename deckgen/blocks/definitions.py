"""A definition list: terms, each with what it means.

- definitions:
    - Image: What a container is started from
    - Layer: What one line of the recipe adds to an image
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Self

from deckgen.frozen import frozen
from deckgen.model.block import Block, FlowLine, key
from deckgen.model.text import Text
from deckgen.typeset.flow import PARAGRAPH, fitting_count
from deckgen.typeset.sheet import Sheet


@frozen(kw_only=True)
class Definition:
    """A term with its meaning."""

    PAIR: ClassVar[bool] = True

    term: Text = key("The word")
    meaning: Text = key("What it means")


@frozen(kw_only=True)
class Definitions(Block):
    """Terms and their meanings."""

    items: tuple[Definition, ...] = key("The terms, each as `term: meaning`")

    HTML = """<dl class="definitions">{% for item in block.items %}<div><dt>{{ item.term | runs }}</dt>
      <dd>{{ item.meaning | prose }}</dd></div>{% endfor %}</dl>"""
    CSS = """.definitions, .definitions dt, .definitions dd { margin: 0; padding: 0; }
      .definitions div { break-inside: avoid; }
      .definitions dt { font-weight: bold; break-after: avoid; }
      .definitions dd { margin-left: 5mm; }"""

    FLOWS = True

    def flow_lines(self) -> tuple[FlowLine, ...]:
        return tuple(line for item in self.items for line in item_lines(item))

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        count = fitting_count([item_lines(item) for item in self.items], sheet)
        if not 0 < count < len(self.items):
            return None
        return replace(self, items=self.items[:count]), replace(self, items=self.items[count:])


def item_lines(item: Definition) -> tuple[FlowLine, ...]:
    term = tuple(replace(run, bold=True) for run in item.term)
    return FlowLine(term, PARAGRAPH), FlowLine(item.meaning, 1)
