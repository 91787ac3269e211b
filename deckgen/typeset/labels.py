"""Labels: short texts that have to keep to a place, smaller by named styles where they must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text, label
from deckgen.typeset.sheet import Sheet
from deckgen.units import Size

LABELS = ("label_bold", "label_small")
"""The styles of a label in a diagram, the larger first."""


def fitted_all(
    texts: Sequence[Text], styles: Sequence[str], room: Size, sheet: Sheet, ink: str = "", **look: Any
) -> tuple[SetParagraph, ...]:
    """The texts in one style: the first in which each fits on one line, else the first in which all keep to `room`.

    If there is none, they stay in the last style, too high, for `check` to report. `ink` is their colour, if they
    have another one than their style's.
    """
    sizes = [tuple(one(text, style, room.width, sheet, ink, look) for text in texts) for style in styles]
    single = (size for size in sizes if all(p.safe_lines <= 1 for p in size) and holds(size, room))
    return next(single, None) or next((size for size in sizes if holds(size, room)), sizes[-1])


def fitted(text: Text, styles: Sequence[str], room: Size, sheet: Sheet, ink: str = "", **look: Any) -> SetParagraph:
    """The text on one line if it can be, smaller if it must, else on as many lines as `room` is high."""
    return fitted_all([text], styles, room, sheet, ink, **look)[0]


def one(text: Text, style: str, width: float, sheet: Sheet, ink: str, look: dict[str, Any]) -> SetParagraph:
    plan = sheet.theme.style(style)
    return sheet.set(text, replace(plan, colour=ink) if ink else plan, width, **look)


def holds(paragraphs: Sequence[SetParagraph], room: Size) -> bool:
    return all(paragraph.safe_height_pt <= room.height for paragraph in paragraphs)


def bold(text: Text) -> Text:
    return tuple(replace(run, bold=True) for run in text)


def led(name: Text, text: Text) -> Text:
    """A bold name and the text after it, on one line."""
    return (*bold(name), *(label(" ") if name and text else ()), *text)
