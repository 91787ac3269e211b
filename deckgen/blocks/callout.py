"""A remark set apart: a note, a tip, a warning or the key point.

- callout:
    kind: warning
    text: Whoever can start containers is root on the host.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import AutoShape, Drawing, TextBox
from deckgen.model.text import Text, label
from deckgen.typeset.flow import PARAGRAPH
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

Kind = Literal["note", "tip", "warning", "key"]
LABELS: dict[Kind, str] = {"note": "Note", "tip": "Tip", "warning": "Warning", "key": "Key point"}


@frozen(kw_only=True)
class Look:
    """A callout in a theme: a bar at the left, a ground, and a label over the text."""

    bar: Inches
    indent: Inches
    """The text edge, from the left side of the bar."""
    measure: Inches
    """The text is no wider than this."""
    pad: Inches
    """Above and below the text."""
    gap_pt: float
    """Between label and text."""
    label_style: str
    style: str
    """Of the text on a layout that has no body; else it is set as paragraphs there."""
    colours: tuple[str, ...]
    """Of bar and label, for a note, a tip, a warning and a key point."""
    fills: tuple[str, ...] = ("", "", "", "")
    """The grounds of these; empty: none."""
    label: str = ""
    """The colour of all labels, where they do not take that of the bar."""


@frozen(kw_only=True)
class Callout(Block):
    """A remark that should not be missed."""

    text: Text = key("The remark, one paragraph")
    kind: Kind = key("What it is", "note")
    title: Text = key("The words over it; those of its kind, in the deck's language, if missing", ())

    LOOK = Look
    HTML = """<div class="callout is-{{ block.kind }}"><p class="label">
      {%- if block.title %}{{ block.title | runs }}{% else %}{{ words.say(block.word) }}{% endif %}</p>
      <p>{{ block.text | prose }}</p></div>"""
    CSS = """.callout { break-inside: avoid; break-before: avoid; }
      .callout { border-left: 2.25pt solid var(--bar); padding: 0 0 0 3.5mm; }
      .callout { --bar: var(--accent2); }
      .callout.is-warning { --bar: var(--warn); }
      .callout.is-key { --bar: var(--accent); }
      .callout .label { color: var(--bar); font-weight: bold; break-after: avoid; }"""

    @property
    def word(self) -> str:
        """The English word for the kind."""
        return LABELS[self.kind]

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("callout")
        box = sheet.box
        place = list(LABELS).index(self.kind)
        colour, fill = look.colours[place], look.fills[place]
        style = sheet.frame("body").levels[PARAGRAPH].style if sheet.has("body") else look.style
        head = replace(sheet.theme.style(look.label_style), colour=look.label or colour)
        width = min(look.measure, box.width - look.indent - (look.pad if any(look.fills) else 0))
        text = TextBox(
            key=f"{sheet.key}/text",
            box=Box(box.x + look.indent, box.y + look.pad, width, 0),
            paragraphs=(
                sheet.set(self.title or label(sheet.words.say(self.word)), head, width),
                sheet.set(self.text, style, width, before_pt=look.gap_pt),
            ),
        )
        needed = text.safe_height_pt + 2 * look.pad
        text = replace(text, box=text.box._replace(height=max(0.0, min(needed, box.height) - 2 * look.pad)))
        bar = Box(box.x, box.y, look.bar, min(needed, box.height))
        ground = AutoShape(key=f"{sheet.key}/ground", box=bar._replace(width=box.width), fill=fill, decorative=True)
        mark = AutoShape(key=f"{sheet.key}/bar", box=bar, fill=colour, decorative=True)
        return Drawing(Size(box.width, needed), (*((ground,) if fill else ()), mark, text))
