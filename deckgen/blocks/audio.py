"""A sound that plays on its slide; print shows its title and length, and a QR code that leads to it.

- audio:
    file: media/bell.wav
    title: A bell, struck once
    link: https://example.org/bell
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from deckgen.blocks.video import AUDIO, CODE_SHARE, TITLE, entry, misplaced, no_address, told
from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.asset import Clip, Image
from deckgen.model.block import key
from deckgen.model.drawing import Drawing, Picture
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Run, Text, plain
from deckgen.model.theme import Theme
from deckgen.model.words import Words
from deckgen.typeset import qr
from deckgen.typeset.caption import captioned
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

BUTTON_PT = 90.0
GAP_PT = 18.0


@frozen(kw_only=True)
class Audio(Exhibit):
    """A sound, embedded in the deck; it plays when its button is clicked."""

    file: Clip = key("The sound, M4A, MP3 or WAV; the path begins at the folder of the source")
    title: Text = key("What it is; it stands beside the button")
    link: str = key("The web address where it can be heard, for print", "")
    caption: Text = key("What to hear in it", ())

    LAYOUT = "picture"
    NUMBERED = "figure"

    def problems(self) -> Iterator[Diagnostic]:
        yield from misplaced(self.file, AUDIO, "sound", "video", self.span)
        yield from no_address(self.link, self.span)

    def shown(self) -> Iterator[Run]:
        yield from self.title

    def caption_text(self) -> Text:
        return told((), self.caption, self.link)

    def description(self, words: Words) -> str:
        """What a person who can't see the figure has to know."""
        said = words.say("{label}: {text}", label=words.say("Audio"), text=plain(self.title))
        return f"{said}; {qr.described(self.link, words)}" if self.link else said

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption_text(), sheet, self.on_slide)

    def figure(self, sheet: Sheet) -> Drawing:
        side = sheet.box.width * CODE_SHARE
        return entry(self.player(Box(0, 0, side, side), sheet.theme.on_paper(), sheet), self.title, self.link, sheet)

    def on_slide(self, sheet: Sheet) -> Drawing:
        """The button, and the title beside it."""
        box = sheet.box
        player = self.player(Box(box.x, box.y, BUTTON_PT, BUTTON_PT), sheet.theme, sheet)
        x = player.box.right + GAP_PT
        title = sheet.text_box("title", self.title, TITLE, Box(x, box.y, box.right - x, BUTTON_PT), anchor="middle")
        return Drawing(Size(box.width, BUTTON_PT), (player, title))

    def player(self, box: Box, theme: Theme, sheet: Sheet) -> Picture:
        alt = sheet.words.say("{label}: {text}", label=sheet.words.say("Audio"), text=plain(self.title))
        return Picture(key=f"{sheet.key}/audio", alt=alt, box=box, image=button(theme), clip=self.file)


def button(theme: Theme) -> Image:
    """A sign that a sound plays, in the theme's colours."""
    ground, sign = theme.colours["surface2"], theme.colours["accent"]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">'
        f'<path d="M0 0H240V240H0Z" fill="{ground}"/>'
        f'<path d="M66 98v44h28l36 32V66l-36 32z" fill="{sign}"/>'
        f'<path d="M150 92c14 16 14 40 0 56M170 74c24 26 24 66 0 92" fill="none" stroke="{sign}" stroke-width="10"'
        ' stroke-linecap="round"/></svg>'
    )
    return Image(hashlib.sha256(svg.encode()).hexdigest(), "svg", 240, 240, svg.encode(), "the button of a sound")
