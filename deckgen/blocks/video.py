"""A video that plays on its slide; print shows its poster, or title and length, and a QR code that leads to it.

- video:
    file: media/hills.mp4
    title: Over the hills
    poster: pictures/coast.jpg
    link: https://example.org/hills
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.picture import PRINT_SHAPE, captions, centred
from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block, key
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Freeform, Picture, TextBox
from deckgen.model.exhibit import Exhibit, before
from deckgen.model.path import Segment
from deckgen.model.text import Run, Text, label, plain
from deckgen.model.theme import Theme
from deckgen.model.words import Words
from deckgen.typeset import qr
from deckgen.typeset.caption import captioned
from deckgen.typeset.cropping import filling, shaped
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Point, Size

VIDEO, AUDIO = ("mp4",), ("m4a", "mp3", "wav")
CODE_SHARE, CODE_GAP_PT = 0.22, 18.0
"""The QR code in print: its side as a share of the width, and what parts it from what stands beside it."""
TITLE, LENGTH = "heading", "label_muted"
"""The styles of an entry in print."""
PANEL = (1280, 720)


@frozen(kw_only=True)
class Video(Exhibit):
    """A video, embedded in the deck; it plays when it is clicked."""

    file: Clip = key("The video, MP4 with H.264; the path begins at the folder of the source")
    title: Text = key("What it is")
    poster: Image | None = key("The picture that stands for it until it plays; a plain panel if missing", None)
    alt: str = key("What it shows, for people who can't see it; made from the title if missing", "")
    link: str = key("The web address where it can be seen, for print", "")
    caption: Text = key("What to see in it", ())

    LAYOUT = "picture"
    LAYOUTS = ("picture_right",)
    NUMBERED = "figure"
    FILLS = True
    ASIDE = "picture"

    def problems(self) -> Iterator[Diagnostic]:
        yield from misplaced(self.file, VIDEO, "video", "audio", self.span)
        yield from no_address(self.link, self.span)

    def asks(self, shown: tuple[Block, ...]) -> str:
        return super().asks(shown) if self.file.ratio >= 1 and len(shown) == 1 else "picture_right"

    def images(self) -> tuple[tuple[Image, str], ...]:
        return ((self.poster, ""),) if self.poster else ()

    def with_number(self, number: int, words: Words) -> Self:
        if not self.title:
            return super().with_number(number, words)
        return replace(self, title=before(words.numbered(self.NUMBERED, number), self.title))

    def caption_text(self) -> Text:
        """Without a poster, the title stands in the figure."""
        return told(self.title if self.poster else (), self.caption, self.link)

    def shown(self) -> Iterator[Run]:
        yield from () if self.poster else self.title

    @property
    def words(self) -> Text:
        """All that the slide says of it."""
        return told(self.title, self.caption, self.link)

    def description(self, words: Words) -> str:
        """What a person who can't see the figure has to know."""
        said = self.alt or words.say("{label}: {text}", label=words.say("Video"), text=plain(self.title))
        return f"{said}; {qr.described(self.link, words)}" if self.link else said

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.words, sheet, self.in_body)

    def in_body(self, sheet: Sheet) -> Drawing:
        shape = self.shape(shaped(self.file.ratio, sheet.box), sheet.theme, sheet)
        return Drawing(Size(shape.box.width, shape.box.height), (shape,))

    def fill_aside(self, sheet: Sheet, alone: bool) -> tuple[AnyShape, ...]:
        shape = self.shape(centred(sheet.box, lambda room: shaped(self.file.ratio, room)), sheet.theme, sheet)
        return (shape,) if alone else (shape, sheet.fill("credit", self.words))

    def words_alone(self) -> tuple[Block, ...]:
        return (Paragraph(text=self.words, reveal="none"),)

    def figure(self, sheet: Sheet) -> Drawing:
        """The poster with a sign that it plays, and the code beside it; without a poster, a line of a list."""
        inks = sheet.theme.on_paper()
        if not self.poster:
            tile = sheet.box._replace(height=sheet.box.width * CODE_SHARE)
            return entry(self.shape(shaped(self.file.ratio, tile), inks, sheet), self.title, self.link, sheet)
        side = sheet.box.width * CODE_SHARE if self.link else 0.0
        room = Box(0, 0, sheet.box.width - (side + CODE_GAP_PT if side else 0), sheet.box.width * PRINT_SHAPE)
        shape = replace(self.shape(shaped(self.file.ratio, room), inks, sheet), clip=None)
        sign = play_sign(shape.box, f"{sheet.key}/play")
        size = Size(sheet.box.width, max(shape.box.height, side))
        return Drawing(size, (shape, *sign, *code_beside(self.link, side, sheet)))

    def shape(self, box: Box, theme: Theme, sheet: Sheet) -> Picture:
        """The video in a box of its shape; its poster is cut to it."""
        words = sheet.words
        alt = self.alt or words.say("{label}: {text}", label=words.say("Video"), text=plain(self.title))
        poster = self.poster or panel(theme)
        crop = filling(poster, box)
        return Picture(key=f"{sheet.key}/video", alt=alt, box=box, image=poster, crop=crop, clip=self.file)


def misplaced(clip: Clip, kinds: tuple[str, ...], kind: str, other: str, span: Span) -> Iterator[Diagnostic]:
    """An error for a sound that stands as a video, or the other way round."""
    if clip.kind not in kinds:
        yield error(span, f"{clip.name} is no {kind}", f"write '- {other}:'")


def no_address(link: str, span: Span) -> Iterator[Diagnostic]:
    if link and not link.startswith(("https://", "http://")):
        yield error(span, f"{link!r} is no web address", "write all of it, such as https://example.org/video")
    elif len(link) > qr.MOST_CHARACTERS:
        yield error(span, "the address is too long for a QR code", f"use {qr.MOST_CHARACTERS} characters at most")


def told(title: Text, caption: Text, link: str) -> Text:
    """The caption: what it is, what to see or hear in it, and where it can be found."""
    address = (Run(link.partition("://")[2].rstrip("/"), link=link),) if link else ()
    return captions(captions(title, caption), address)


def entry(tile: Picture, title: Text, link: str, sheet: Sheet) -> Drawing:
    """A clip in print where no picture stands for it: a tile that says what it is, title and length, and the code."""
    side = sheet.box.width * CODE_SHARE if link else 0.0
    x = tile.box.right + CODE_GAP_PT
    room = Box(x, 0, sheet.box.width - x - (side + CODE_GAP_PT if side else 0), tile.box.height)
    length = label(duration(tile.clip.seconds)) if tile.clip and tile.clip.seconds else ()
    lines = [sheet.set(text, style, room.width) for text, style in ((title, TITLE), (length, LENGTH)) if text]
    words = TextBox(key=f"{sheet.key}/title", box=room, paragraphs=tuple(lines), anchor="middle")
    shapes = (replace(tile, clip=None), words, *code_beside(link, side, sheet))
    return Drawing(Size(sheet.box.width, max(tile.box.height, side)), shapes)


def duration(seconds: float) -> str:
    """A length as players show it: `0:04`, `1:02:30`."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def code_beside(link: str, side: float, sheet: Sheet) -> tuple[AnyShape, ...]:
    """The QR code of print, at the right edge; its words stand in the description of the figure."""
    box = Box(sheet.box.width - side, 0, side, side)
    return qr.code(link, box, f"{sheet.key}/code", "", "text", "bg") if link else ()


def panel(theme: Theme) -> Image:
    """A poster for a video that has none: a sign that it plays, in the theme's colours."""
    width, height = PANEL
    ground, sign = theme.colours["surface2"], theme.colours["accent"]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="M0 0H{width}V{height}H0Z" fill="{ground}"/><path d="M570 270V450L726 360Z" fill="{sign}"/></svg>'
    )
    return Image(hashlib.sha256(svg.encode()).hexdigest(), "svg", width, height, svg.encode(), "the plain poster")


def play_sign(box: Box, name: str) -> tuple[AnyShape, ...]:
    """A disc with a triangle in the middle of a poster."""
    x, y, r = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) * 0.11
    disc = AutoShape(
        key=f"{name}/disc", box=Box(x - r, y - r, 2 * r, 2 * r), geometry="ellipse", fill="bg", opacity=0.85,
        decorative=True,
    )  # fmt: skip
    corners = (Point(x - 0.32 * r, y - 0.5 * r), Point(x + 0.56 * r, y), Point(x - 0.32 * r, y + 0.5 * r))
    path = (
        Segment("move", corners[:1]),
        *(Segment("line", (corner,)) for corner in corners[1:]),
        Segment("close"),
    )
    return disc, Freeform(key=f"{name}/sign", path=path, fill="text", decorative=True)
