"""betteroffice-pptx as a judge: a second program's layout of a deck, with the theme's fonts registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import betteroffice_pptx

from deckgen.model.theme import Theme
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.fonts import Faces
from deckgen.units import Box
from tests.judges.libreoffice import Word

PT_PER_PX = 0.75


def lines_of(deck: bytes, theme: Theme) -> list[list[Word]]:
    """The lines of text of each slide, each as one word, in points from the left upper corner."""
    presentation = betteroffice_pptx.Presentation.open(deck)
    for cut, file in Faces(theme, default_folder()).files(theme.fonts.values()):
        presentation.register_font(cut.family.family, file.read_bytes(), bold=cut.bold, italic=cut.italic)
    drawn = (presentation.render_slide(i).to_dict() for i in range(presentation.slide_count))
    return [[line for part in slide["primitives"] for line in lines_in(part)] for slide in drawn]


def lines_in(part: Mapping[str, Any]) -> Iterator[Word]:
    """The lines of a text box, or of all that a table or group holds."""
    for line in part.get("lines", ()):
        if not line["runs"]:
            continue
        corners = (line[name] * PT_PER_PX for name in ("x", "y", "width", "height"))
        yield Word("".join(run["text"] for run in line["runs"]), Box(*corners))
    for child in part.get("primitives", ()):
        yield from lines_in(child)
