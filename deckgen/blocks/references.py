"""The works that the talk cites, as its `citation_style` sets them; made from the bibliography.

- references:
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, made
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.typeset.sheet import Sheet
from deckgen.units import Size


@frozen(kw_only=True)
class Look:
    """A list of works in a theme."""

    style: str
    gap_pt: float
    """Between two works."""


@frozen(kw_only=True)
class References(Block):
    """All works that the talk cites; a long list goes on over several slides."""

    entries: tuple[Text, ...] = made(())

    LOOK = Look
    HTML = """<ul class="references">{% for entry in block.entries %}<li>{{ entry | runs }}</li>{% endfor %}</ul>"""
    CSS = """.references { list-style: none; }
      .references li { padding-left: 5mm; text-indent: -5mm; margin-bottom: 4pt; }"""

    def problems(self) -> Iterator[Diagnostic]:
        if not self.entries:
            hint = "cite a work of the bibliography, as in [@key], or leave the list out"
            yield error(self.span, "the talk cites nothing", hint)

    def draw(self, sheet: Sheet) -> Drawing:
        paragraphs = self.paragraphs(sheet)
        height = heights(paragraphs)[-1] if paragraphs else 0.0
        box = sheet.box._replace(height=min(height, sheet.box.height))
        text = TextBox(key=f"{sheet.key}/entries", box=box, paragraphs=paragraphs)
        return Drawing(Size(sheet.box.width, height), (text,) if paragraphs else ())

    def paragraphs(self, sheet: Sheet) -> tuple[SetParagraph, ...]:
        look: Look = sheet.look("references")
        return tuple(sheet.set(entry, look.style, sheet.box.width, before_pt=look.gap_pt) for entry in self.entries)

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        count = sum(1 for height in heights(self.paragraphs(sheet)) if height <= sheet.box.height)
        if not 0 < count < len(self.entries):
            return None
        return replace(self, entries=self.entries[:count]), replace(self, entries=self.entries[count:])


def heights(paragraphs: Sequence[SetParagraph]) -> list[float]:
    """The height from the top to the end of each paragraph."""
    found: list[float] = []
    for paragraph in paragraphs:
        before = found[-1] + paragraph.before_pt if found else 0.0
        found.append(before + paragraph.safe_height_pt)
    return found


def at_the_end(deck: Deck) -> tuple[Text, ...]:
    """The works that the handout lists at its end: those that the talk cites, if no slide in print lists them."""
    for entry in deck.slides:
        blocks = entry.body if entry.only != "deck" else ()
        if any(isinstance(block, References) and block.only != "deck" for block in blocks):
            return ()
    return deck.references
