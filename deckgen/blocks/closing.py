"""The last slide: thanks, one last sentence, and where to find speaker and files.

- closing:
    message: Use containers where you can, virtual machines where you must.
    contact: [Presenter Name, presenter@example.org]
    link: [Slides and handout, example.org/docker]
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.block import Block, key
from deckgen.model.drawing import Drawing
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Closing(Block):
    """The end of the talk."""

    message: Text = key("One last sentence", ())
    contact: tuple[Text, ...] = key("The speaker's name and address, one or two lines", ())
    link: tuple[Text, ...] = key("What can be found where, one or two lines", ())

    LAYOUT = "closing"
    SOLE = True
    HTML = """<div class="closing">{% if block.message %}<p>{{ block.message | prose }}</p>{% endif %}
      {% for lines in (block.contact, block.link) if lines %}
      <p class="lines">{% for line in lines %}{% if not loop.first %}<br />{% endif %}{{ line | runs }}{% endfor %}</p>
      {%- endfor %}</div>"""
    CSS = """.closing { break-inside: avoid; }
      .closing .lines { display: inline-block; width: 49%; vertical-align: top; }"""

    def draw(self, sheet: Sheet) -> Drawing:
        parts = [("message", (self.message,)), ("contact", self.contact), ("link", self.link)]
        filled = [(name, texts) for name, texts in parts if any(texts)]
        return Drawing(sheet.size, tuple(sheet.fill(name, *texts) for name, texts in filled))
