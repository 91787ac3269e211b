"""Say in the PDF what lines show that no glyph tells alone, such as conjuncts and letters with marks.

One glyph may show part of a character, or several, in an order of its own. So such a line carries its text as it is
read (`ActualText`, ISO 32000-1, 14.9.4).

Leans on `weasyprint.draw.text.draw_first_line`, which draws every line of a text box, and on the fonts of its stream.
The version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.draw.text

from deckgen.typeset.bidi import has_right_to_left, on_one_glyph
from deckgen.typeset.clusters import told_by_glyphs


@contextmanager
def read_as_typed() -> Iterator[None]:
    """What is drawn meanwhile carries its text where its glyphs don't tell it."""
    draw = weasyprint.draw.text.draw_first_line
    unsure: dict[tuple[str, int], str] = {}
    """Font and glyph -> its part of a text that the glyphs don't tell: any other line knows better."""

    def drawn(stream: Any, box: Any, *arguments: Any) -> Any:
        text = box.text
        if told_by_glyphs(text):
            for font, glyph in unsure:
                stream._fonts[font].to_unicode.pop(glyph, None)
            images = draw(stream, box, *arguments)
            for (font, glyph), part in unsure.items():
                stream._fonts[font].to_unicode.setdefault(glyph, part)
            if has_right_to_left(text):
                for font in stream._fonts.values():
                    font.to_unicode.update({glyph: on_one_glyph(part) for glyph, part in font.to_unicode.items()})
            return images
        before = {name: set(font.to_unicode) for name, font in stream._fonts.items()}
        stream.stream.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC".encode())
        images = draw(stream, box, *arguments)
        stream.stream.append(b"EMC")
        for name, font in stream._fonts.items():
            for glyph in set(font.to_unicode) - before.get(name, set()):
                unsure[name, glyph] = font.to_unicode[glyph] = font.to_unicode[glyph] or ZERO_WIDTH_SPACE
        return images

    weasyprint.draw.text.draw_first_line = drawn
    try:
        yield
    finally:
        weasyprint.draw.text.draw_first_line = draw


ZERO_WIDTH_SPACE = "\u200b"
