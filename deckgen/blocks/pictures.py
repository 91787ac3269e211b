"""Several pictures in rows of one height, each whole.

- pictures:
    - {file: pictures/coast.jpg, alt: Blue hills in the mist, label: Morning}
    - {file: pictures/dunes.jpg, alt: Sand hills under a low sun, label: Noon}
    - {file: pictures/dusk.jpg, alt: Violet hills at night, label: Evening}
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.blocks.picture import PRINT_SHAPE, captions
from deckgen.frozen import frozen
from deckgen.model.asset import Image
from deckgen.model.block import key, runs
from deckgen.model.drawing import AnyShape, Drawing, Picture, TextBox, bounds
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Run, Text
from deckgen.model.words import Words
from deckgen.typeset.caption import captioned
from deckgen.typeset.cropping import rows
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

GAP_PT = 9.0
"""Between two pictures."""
LABEL_GAP_PT = 5.0
MOST_LABEL_LINES = 3
LEAST_HEIGHT_PT = 108.0
STYLE, PRINT_STYLE = "caption", "label_muted"
"""Print shows a figure at about half its size."""


@frozen(kw_only=True)
class Item:
    """One of the pictures."""

    file: Image = key("The picture; the path begins at the folder of the source")
    alt: str = key("What it shows, for people who can't see it")
    label: Text = key("A few words under it", ())


@frozen(kw_only=True)
class Pictures(Exhibit):
    """Pictures side by side."""

    pictures: tuple[Item, ...] = key("The pictures, in order")
    caption: Text = key("What to see in them", ())
    credit: Text = key("Who made them, and under which licence", ())

    LAYOUT = "picture"
    NUMBERED = "figure"
    FILLS = True

    def shown(self) -> Iterator[Run]:
        yield from (run for item in self.pictures for run in runs(item.label))

    def images(self) -> tuple[tuple[Image, str], ...]:
        return tuple((item.file, item.alt) for item in self.pictures)

    def caption_text(self) -> Text:
        return captions(self.caption, self.credit)

    def description(self, words: Words) -> str:
        return "; ".join(item.alt for item in self.pictures)

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption_text(), sheet, self.grid)

    def figure(self, sheet: Sheet) -> Drawing:
        return self.grid(sheet.within(sheet.box._replace(height=sheet.box.width * PRINT_SHAPE)), PRINT_STYLE)

    def grid(self, sheet: Sheet, style: str = STYLE) -> Drawing:
        """The pictures with their labels, as large as the box allows."""
        room = sheet.box._replace(height=max(LEAST_HEIGHT_PT, sheet.box.height))
        ratios = [item.file.ratio for item in self.pictures]
        labelled = any(item.label for item in self.pictures)
        for lines in range(int(labelled), MOST_LABEL_LINES + 1):
            below = LABEL_GAP_PT + lines * sheet.theme.style(style).leading_pt if lines else 0.0
            places = rows(ratios, room._replace(height=room.height - below), GAP_PT, GAP_PT + below)
            labels = list(self.labels(places, below, style, sheet))
            if all(p.safe_lines <= lines for label in labels for p in label.paragraphs):
                break
        shapes: list[AnyShape] = [
            Picture(key=f"{sheet.key}/picture-{i}", alt=item.alt, box=place, image=item.file)
            for i, (item, place) in enumerate(zip(self.pictures, places, strict=True), start=1)
        ]
        drawn = bounds(tuple(shapes))
        size = Size(drawn.right - room.x, drawn.bottom + below - room.y)
        return Drawing(size, (*shapes, *labels))

    def labels(self, places: tuple[Box, ...], height: float, style: str, sheet: Sheet) -> Iterator[TextBox]:
        for i, (item, place) in enumerate(zip(self.pictures, places, strict=True), start=1):
            if item.label:
                box = Box(place.x, place.bottom + LABEL_GAP_PT, place.width, height - LABEL_GAP_PT)
                yield sheet.text_box(f"label-{i}", item.label, style, box)
