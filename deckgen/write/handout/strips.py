"""The article in two columns: which parts of a chapter stand in columns, and which need more width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from deckgen.frozen import frozen
from deckgen.model.block import runs
from deckgen.model.drawing import TextBox, bounds, every_shape
from deckgen.model.paper import Paper
from deckgen.model.show import Show
from deckgen.typeset.slides import FIGURE_WIDTH_PT
from deckgen.units import PT_PER_MM
from deckgen.write.handout.plan import Chapter, Entry, Item, printed

GAP_MM = 8.0
MEASURE_MM = 118.0
"""How wide figures are that take `FIGURE_WIDTH_PT`."""
LEAST_SIZE_PT = 7.0
"""Of text in a figure that is made smaller for its column."""
LEAST_LETTERS, HEADING_LETTERS = 700, 150
"""Less text than this is not divided into columns; a heading with its picture counts as so many letters."""


@frozen
class Strip:
    """What stands one under the other: a slide or a part of one, or a part of what a section says itself."""

    entry: Entry | None
    items: tuple[Item, ...]
    first: bool = True
    """It begins with the slide's heading and picture."""
    last: bool = True
    """It ends with the take-away."""

    @property
    def letters(self) -> int:
        heading = HEADING_LETTERS if self.entry and self.first else 0
        takeaway = self.entry.source.takeaway if self.entry and self.last else ()
        return heading + sum(len(run.text) for run in runs((takeaway, *(item.block for item in self.items))))


@frozen
class Band:
    """Strips that stand in columns together, or each over the full width."""

    wide: bool
    strips: tuple[Strip, ...]


def bands(chapter: Chapter, needs_width: Callable[[Item], bool]) -> tuple[Band, ...]:
    """A chapter in order. What has too little text for two columns between wide parts is set wide, too."""
    found: list[Band] = []
    for wide, strips in groupby(strips_of(chapter, needs_width), key=lambda pair: pair[0]):
        own = tuple(strip for _, strip in strips)
        wide = wide or sum(strip.letters for strip in own) < LEAST_LETTERS
        if found and found[-1].wide and wide:
            own = (*found.pop().strips, *own)
        found.append(Band(wide, own))
    return tuple(replace(band, strips=tuple(rejoined(band.strips))) for band in found)


def strips_of(chapter: Chapter, needs_width: Callable[[Item], bool]) -> Iterator[tuple[bool, Strip]]:
    """The strips of a chapter in order, and whether each needs the full width."""
    if chapter.section and (own := printed(chapter.section.handout)):
        for wide, part in groupby((Item(block, "") for block in own), key=needs_width):
            yield wide, Strip(None, tuple(part))
    for entry in chapter.entries:
        groups = [(wide, tuple(items)) for wide, items in groupby(in_order(entry), key=needs_width)] or [(False, ())]
        for i, (wide, items) in enumerate(groups):
            yield wide or entry.alone, Strip(entry, items, i == 0, i == len(groups) - 1)


def in_order(entry: Entry) -> tuple[Item, ...]:
    """The handout text and the blocks of a slide; where a block serves as the title, it comes first."""
    prose = tuple(Item(block, "") for block in printed(entry.source.handout))
    return (*prose, *entry.items) if entry.title else (*entry.items, *prose)


def rejoined(strips: Sequence[Strip]) -> Iterator[Strip]:
    """The strips, parts of one slide as one."""
    for _, parts in groupby(strips, key=lambda strip: id(strip.entry)):
        first, *others = parts
        items = tuple(item for part in (first, *others) for item in part.items)
        yield replace(first, items=items, last=others[-1].last if others else first.last)


def column_mm(paper: Paper) -> float:
    return (paper.full_mm - GAP_MM) / 2


def width_needs(show: Show, paper: Paper) -> Callable[[Item], bool]:
    """Tells whether a block needs more width than a column has."""
    column = column_mm(paper)

    def needs(item: Item) -> bool:
        if item.number and item.block.NUMBERED == "figure":
            return figure_shrinks(item, show, column) * smallest_pt(item, show) * paper.scale < LEAST_SIZE_PT
        return item.block.print_width_pt() > column * PT_PER_MM

    return needs


def figure_shrinks(item: Item, show: Show, column: float) -> float:
    """How much smaller a figure becomes in a column; 1 if it fits as it is."""
    return min(1.0, column / (bounds(show.figures[item.key].shapes).width * MEASURE_MM / FIGURE_WIDTH_PT))


def smallest_pt(item: Item, show: Show) -> float:
    """The size of the smallest text of a figure in print; endless without text."""
    boxes = (shape for shape in every_shape(show.figures[item.key].shapes) if isinstance(shape, TextBox))
    sizes = (paragraph.style.size_pt for box in boxes for paragraph in box.paragraphs)
    return min(sizes, default=float("inf")) * MEASURE_MM * PT_PER_MM / FIGURE_WIDTH_PT
