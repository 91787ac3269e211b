"""The last slide: thanks, one last sentence, and where to find speaker and files, with a QR code of the first address.

- closing:
    message: Use containers where you can, virtual machines where you must.
    contact: [Presenter Name, presenter@example.org]
    link: [Slides and handout, "[example.org/docker](https://example.org/docker)"]
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key, runs
from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.text import Text
from deckgen.typeset import qr
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box


@frozen(kw_only=True)
class Look:
    """The QR code in a theme."""

    code: Box
    """With the quiet zone around it."""
    colour: str
    fill: str = ""
    """The field that it stands on; empty: the slide's own ground, which is light."""


@frozen(kw_only=True)
class Closing(Block):
    """The end of the talk."""

    message: Text = key("One last sentence", ())
    contact: tuple[Text, ...] = key("The speaker's name and address, one or two lines", ())
    link: tuple[Text, ...] = key(
        "What can be found where, one or two lines; the first web address becomes a QR code", ()
    )

    LAYOUT = "closing"
    SOLE = True
    LOOK = Look
    HTML = """<div class="closing">{% if block.message %}<p>{{ block.message | prose }}</p>{% endif %}
      {% for lines in (block.contact, block.link) if lines %}
      <p class="lines">{% for line in lines %}{% if not loop.first %}<br />{% endif %}{{ line | runs }}{% endfor %}</p>
      {%- endfor %}</div>"""
    CSS = """.closing { break-inside: avoid; }
      .closing .lines { display: inline-block; width: 49%; vertical-align: top; }"""

    def draw(self, sheet: Sheet) -> Drawing:
        parts = [("message", (self.message,)), ("contact", self.contact), ("link", self.link)]
        filled = [(name, texts) for name, texts in parts if any(texts)]
        texts: list[AnyShape] = [sheet.fill(name, *texts) for name, texts in filled]
        return Drawing(sheet.size, (*texts, *self.code(sheet)))

    def code(self, sheet: Sheet) -> tuple[AnyShape, ...]:
        look: Look = sheet.look("closing")
        address = self.address()
        if not address:
            return ()
        return qr.code(
            address, look.code, f"{sheet.key}/code", qr.described(address, sheet.words), look.colour, look.fill
        )

    def address(self) -> str:
        """The first web address among the links."""
        return next((run.link for run in runs(self.link) if run.link.startswith("http")), "")

    def problems(self) -> Iterator[Diagnostic]:
        if len(self.address()) > qr.MOST_CHARACTERS:
            message = f"the address has {len(self.address()):,} characters, too many for a QR code"
            yield error(self.span, message, f"use an address of {qr.MOST_CHARACTERS} characters at most")


def talk_address(deck: Deck) -> str:
    """The address at the end of the talk, where more can be found; empty if there is none."""
    closings = (b for slide in deck.slides if isinstance(slide, Slide) for b in slide.body if isinstance(b, Closing))
    return next((closing.address() for closing in closings if closing.address()), "")
