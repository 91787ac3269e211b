"""A picture: PNG, JPEG, WebP or SVG. Alone it stands under the title; a tall one, or beside other blocks, at a side.

- picture:
    file: pictures/dunes.jpg
    alt: Layers of sand hills, one behind the other, under a low sun
    caption: Every range hides a part of the one behind it.
    credit: Drawn for this talk
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from deckgen.blocks.paragraph import Paragraph
from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.asset import Crop, Image
from deckgen.model.block import Block, key, no_point, out_of_range
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.drawing import Picture as PictureShape
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Run, Text, label
from deckgen.model.words import Words
from deckgen.typeset.caption import captioned
from deckgen.typeset.cropping import filling, fitted
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Point, Size

PRINT_SHAPE = 0.7
"""The greatest height of a picture in print, as a share of the width of the text."""
LEAST_HEIGHT_PT = 108.0
"""A picture that would be lower than this, because other blocks need the room, goes to a slide of its own."""
MOST_CUT = 0.15
"""The largest share that is cut off of a picture that says all by itself, if nobody sent it to the side."""
MARGIN_PT = 36.0
"""Around a whole picture at the side of a slide."""


@frozen(kw_only=True)
class Picture(Exhibit):
    """A picture with its alternative text."""

    file: Image = key("The picture; the path begins at the folder of the source")
    alt: str = key("What it shows, for people who can't see it; needed, unless it is decorative", "")
    decorative: bool = key("It says nothing that words do not say; the handout leaves it out", False)
    caption: Text = key("What to see in it", ())
    credit: Text = key("Who made it, and under which licence", ())
    place: Literal["auto", "body", "right", "left", "full"] = key(
        "Under the title, at a side of the slide, or over all of it; `auto`: at the right if there are other blocks, "
        "or if it is higher than wide and has no `size`",
        "auto",
    )
    fit: Literal["auto", "contain", "cover"] = key(
        "Show all of it, or fill the place and cut off the rest; `auto`: fill a side or the slide with a photo", "auto"
    )
    focus: tuple[float, ...] = key(
        "The point that stays in view when it is cut: [0, 0] is its left upper corner, [1, 1] the right lower",
        (0.5, 0.5),
    )
    size: int = key("Its width under the title, in percent of what there is", 100)

    LAYOUT = "picture"
    LAYOUTS = ("picture_right", "picture_left", "picture_full")
    NUMBERED = "figure"
    FILLS = True
    ASIDE = "picture"

    def __post_init__(self) -> None:
        if self.decorative:  # In print it would be a numbered figure about nothing.
            object.__setattr__(self, "only", "deck")

    def problems(self) -> Iterator[Diagnostic]:
        yield from undescribed(self.alt, self.decorative, self.span)
        yield from out_of_range("size", self.size, range(10, 101), self.span)
        yield from no_point(self.focus, self.span)

    def asks(self, shown: tuple[Block, ...]) -> str:
        beside = self.is_tall(len(shown) == 1) or any(not isinstance(block, Picture) for block in shown)
        place = self.place if self.place != "auto" else "right" if beside else "body"
        return super().asks(shown) if place == "body" else f"picture_{place}"

    def is_tall(self, alone: bool) -> bool:
        """Whether a side of the slide has more room for the picture than the place under the title."""
        return alone and self.place == "auto" and self.size == 100 and self.file.ratio < 1

    def images(self) -> tuple[tuple[Image, str], ...]:
        return ((self.file, self.alt),)

    def caption_text(self) -> Text:
        return captions(self.caption, self.credit)

    def shown(self) -> Iterator[Run]:
        yield from ()

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption_text(), sheet, self.in_body)

    def in_body(self, sheet: Sheet) -> Drawing:
        room = sheet.box._replace(height=max(LEAST_HEIGHT_PT, sheet.box.height))
        if self.fit == "cover":
            box = room._replace(width=room.width * self.size / 100)
            shape = self.shape(box, sheet, filling(self.file, box, Point(*self.focus)))
        else:
            shape = self.shape(fitted(self.file, room, self.size / 100), sheet)
        return Drawing(Size(shape.box.width, shape.box.height), (shape,))

    def fill_aside(self, sheet: Sheet, alone: bool) -> tuple[AnyShape, ...]:
        crop = filling(self.file, sheet.box, Point(*self.focus))
        sparing = self.is_tall(alone) and crop.share > MOST_CUT
        if self.fit == "cover" or (self.fit == "auto" and self.file.kind != "svg" and not sparing):
            shapes: tuple[AnyShape, ...] = (self.shape(sheet.box, sheet, crop, self.ASIDE),)
        else:
            shapes = (self.shape(centred(sheet.box, lambda room: fitted(self.file, room)), sheet),)
        text = (self.credit if self.caption else ()) if alone else self.caption_text()
        return (*shapes, sheet.fill("credit", text)) if text else shapes

    def words_alone(self) -> tuple[Block, ...]:
        words = self.caption or self.credit
        return (Paragraph(text=words, reveal="none"),) if words else ()

    def figure(self, sheet: Sheet) -> Drawing:
        """All of the picture: print has room for what the slide cuts off."""
        room = sheet.box._replace(height=sheet.box.width * PRINT_SHAPE)
        shape = self.shape(fitted(self.file, room, self.size / 100), sheet)
        return Drawing(Size(shape.box.width, shape.box.height), (shape,))

    def description(self, words: Words) -> str:
        return self.alt

    def shape(self, box: Box, sheet: Sheet, crop: Crop | None = None, placeholder: str = "") -> PictureShape:
        return PictureShape(
            key=f"{sheet.key}/picture",
            alt=self.alt,
            decorative=self.decorative,
            box=box,
            image=self.file,
            crop=crop or Crop(),
            placeholder=placeholder,
        )


def centred(box: Box, fit: Callable[[Box], Box]) -> Box:
    """A place in the middle of a box: what `fit` makes of it without its margins."""
    inner = Box(box.x + MARGIN_PT, box.y + MARGIN_PT, box.width - 2 * MARGIN_PT, box.height - 2 * MARGIN_PT)
    place = fit(inner)
    return place.moved((inner.width - place.width) / 2, (inner.height - place.height) / 2)


def captions(caption: Text, credit: Text) -> Text:
    """A caption with the credit behind it."""
    return (*caption, *(label(" ") if caption and credit else ()), *credit)


def undescribed(alt: str, decorative: bool, span: Span) -> Iterator[Diagnostic]:
    """An error for a picture that nobody can know without seeing it."""
    if not alt.strip() and not decorative:
        hint = "say in `alt` what it shows, or set `decorative: true` if it adds nothing to the words"
        yield error(span, "the picture has no alternative text", hint)
    if alt.strip() and decorative:
        yield error(span, "the picture is decorative and has an `alt` text", "leave one of the two out")
