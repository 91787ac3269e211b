"""A quotation with its source; it takes the place of the slide's title.

- quote:
    text: A container is a process with walls.
    source: From the talk
    detail: Section 2, Containers
"""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import Drawing
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet


@frozen(kw_only=True)
class Quote(Block):
    """Somebody's words, set large."""

    text: Text = key("The words, without quotation marks")
    source: Text = key("Who said it", ())
    detail: Text = key("Where and when", ())

    LAYOUT = "quote"
    SOLE = True
    HTML = """<blockquote class="quote">
      {%- set hung = " hung" if (block.text | plain)[:1] in "\u201c\u201e\u00ab\u2018\u201a\u2039" else "" -%}
      <p class="title{{ hung }}">{{ block.text | prose }}</p>
      {%- if block.source or block.detail %}
      <p class="source">{% if block.source %}<b>{{ block.source | runs }}</b> {% endif %}{{ block.detail | runs }}</p>
      {%- endif %}</blockquote>"""
    CSS = """.quote { break-inside: avoid; }
      .quote .hung { text-indent: -0.45em; }"""

    def slide_title(self) -> Text:
        return self.text

    def draw(self, sheet: Sheet) -> Drawing:
        if not self.source and not self.detail:
            return Drawing(sheet.size)
        return Drawing(sheet.size, (sheet.fill("source", self.source, self.detail),))
