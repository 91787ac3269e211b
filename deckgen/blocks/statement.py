"""One sentence that fills the slide; it takes the place of the slide's title.

- statement:
    text: A container is a process with walls.
    support: It shares the kernel of its host.
"""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import Drawing
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet


@frozen(kw_only=True)
class Statement(Block):
    """The speaker's own words, set large."""

    text: Text = key("The sentence")
    support: Text = key("What it rests on, in a smaller line", ())

    LAYOUT = "statement"
    SOLE = True
    HTML = """<div class="statement"><p class="title">{{ block.text | prose }}</p>{% if block.support %}
      <p class="source">{{ block.support | prose }}</p>{% endif %}</div>"""
    CSS = ".statement { break-inside: avoid; }"

    def slide_title(self) -> Text:
        return self.text

    def draw(self, sheet: Sheet) -> Drawing:
        if not self.support:
            return Drawing(sheet.size)
        return Drawing(sheet.size, (sheet.fill("source", self.support),))
