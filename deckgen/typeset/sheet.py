"""A sheet: what a block draws on. It knows the layout's frames and sets text in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckgen.frozen import frozen
from deckgen.model.drawing import TextBox
from deckgen.model.setting import Align, Anchor, SetParagraph, Style
from deckgen.model.text import Text, label
from deckgen.model.theme import Frame, Level, MissingInTheme, Theme, scaled
from deckgen.model.words import Words, words
from deckgen.typeset.fonts import Faces
from deckgen.typeset.paragraphs import set_paragraph
from deckgen.units import Box, Size


@frozen
class Sheet:
    """A slide's layout and the box that is left for a block.

    `key` is the content key of the block that draws (`slide-id/2`); shapes take their keys from it.
    """

    theme: Theme
    faces: Faces
    layout: str
    key: str
    box: Box
    sections: tuple[tuple[Text, Text], ...] = ()
    """Name and summary of every section of the deck, for the agenda."""
    language: str = "en"
    section: int = 0
    """The section that the slide stands in, counted from 1; 0 before the first."""

    @property
    def size(self) -> Size:
        """The size of the box: what a block needs that fills the frames of its layout."""
        return Size(self.box.width, self.box.height)

    @property
    def body(self) -> Box:
        """Where the layout has its blocks."""
        return self.theme.body_of(self.layout)

    @property
    def words(self) -> Words:
        """The words that deckgen adds, in the deck's language."""
        return words(self.language)

    def look(self, kind: str) -> Any:
        """What the theme sets for a block kind."""
        return self.theme.blocks[kind]

    def has(self, frame: str) -> bool:
        return frame in self.theme.frames_of(self.layout)

    def frame(self, name: str) -> Frame:
        """Errors: `MissingInTheme`."""
        frames = self.theme.frames_of(self.layout)
        if name not in frames:
            raise MissingInTheme(self.theme.name, f"frame {name!r} of the layout {self.layout!r}")
        return frames[name]

    def within(self, box: Box) -> Sheet:
        return replace(self, box=box)

    def set(self, text: Text, style: str | Style, width_pt: float, **look: Any) -> SetParagraph:
        """Break a text into lines of `width_pt`; `look` holds further fields of `SetParagraph`."""
        style = self.theme.style(style) if isinstance(style, str) else style
        return set_paragraph(text, style, width_pt, self.faces, self.theme.inline_code_size, **look)

    def text_box(
        self, name: str, text: Text, style: str | Style, box: Box, *, align: Align = "left", anchor: Anchor = "top"
    ) -> TextBox:
        """A text box of its own, of one paragraph."""
        paragraph = self.set(text, style, box.width, align=align)
        return TextBox(key=f"{self.key}/{name}", box=box, paragraphs=(paragraph,), anchor=anchor)

    def level(
        self, text: Text, level: int, levels: Sequence[Level], width_pt: float, align: Align = "left", factor: float = 1
    ) -> SetParagraph:
        """A paragraph at a list level, as `levels` sets it; a level deeper than they know takes the last.

        `factor` makes the type smaller.
        """
        plan = levels[min(level, len(levels) - 1)]
        style = self.theme.style(plan.style)
        return self.set(
            text,
            style if factor == 1 else scaled(style, factor),
            width_pt - plan.indent_pt,
            align=align,
            level=level,
            indent_pt=plan.indent_pt,
            bullet=plan.bullet,
            before_pt=plan.before_pt,
        )

    def fill(self, frame_name: str, *texts: Text) -> TextBox:
        """The layout's frame with one paragraph for each text, the first at level 0, the next at level 1 ...

        Text that does not fit takes the steps of the frame; if none is small enough, it stays as it is in the last.
        """
        frame = self.frame(frame_name)
        if frame.ending and texts:
            texts = (*texts[:-1], (*texts[-1], *label(frame.ending, colour="accent")))
        sizes = [self.filled(frame_name, frame, texts, factor) for factor in (1.0, *frame.steps)]
        return next((box for box in sizes if holds(frame, box)), sizes[-1])

    def filled(self, frame_name: str, frame: Frame, texts: Sequence[Text], factor: float) -> TextBox:
        paragraphs = tuple(
            self.level(text, level, frame.levels, frame.box.width, frame.align, factor)
            for level, text in enumerate(texts)
            if text
        )
        return TextBox(
            key=f"{self.key.partition('/')[0]}/{frame_name}",
            box=frame.box,
            paragraphs=paragraphs,
            anchor=frame.anchor,
            placeholder=frame_name,
        )


def holds(frame: Frame, box: TextBox) -> bool:
    """Whether the text of a box keeps to the lines and the height of its frame."""
    lines = sum(paragraph.safe_lines for paragraph in box.paragraphs)
    return box.safe_height_pt <= frame.box.height and (not frame.max_lines or lines <= frame.max_lines)
