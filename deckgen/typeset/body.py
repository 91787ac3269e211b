"""The body of a slide: blocks one under the other, at full size, smaller, or over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckgen.frozen import frozen
from deckgen.model.block import Block, Reveal
from deckgen.model.deck import Slide
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.show import Step
from deckgen.typeset.builds import Laid, steps_of, whole
from deckgen.typeset.flow import MORE, draw_flow, fills_body
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box

BLOCK_GAP_PT = 27.0
"""Between blocks of different kinds: more than between the items of a list, whose lines have white space of theirs."""
ROUNDING_PT = 0.01
MOST_PAGES = 40
"""A slide that needs more continuations than this is left too full, for `check` to report."""

Numbered = tuple[int, Block]
"""A block with its place in the slide's body, counted from 1."""


@frozen
class BodyPage:
    """The body's shapes on one page, and the layout that they are made for."""

    layout: str
    shapes: tuple[AnyShape, ...]
    steps: tuple[Step, ...] = ()
    under: tuple[AnyShape, ...] = ()
    """What stands under all else, the title included."""


def paginate(slide: Slide, sheet: Sheet) -> tuple[BodyPage, ...]:
    """The pages of a slide, each with the block that stands beside the body, if there is one."""
    blocks = [(i, block) for i, block in enumerate(slide.body, start=1) if block.only != "handout"]
    layout = first_layout(slide)
    frames = sheet.theme.frames_of(layout)
    aside = next((numbered for numbered in blocks if numbered[1].ASIDE in frames), None)
    if not aside:
        return fill_body(blocks, layout, slide.reveal, sheet)
    number, block = aside
    others = [numbered for numbered in blocks if numbered is not aside]
    words = others or [(number, text) for text in block.words_alone()]
    pages = fill_body(words, layout, slide.reveal, sheet)
    return tuple(with_aside(page, number, block, not others, sheet) for page in pages)


def with_aside(page: BodyPage, number: int, block: Block, alone: bool, sheet: Sheet) -> BodyPage:
    frames = sheet.theme.frames_of(page.layout)
    own = replace(sheet, layout=page.layout, key=f"{sheet.key}/{number}", box=frames[block.ASIDE].box)
    shapes = block.fill_aside(own, alone)
    under = tuple(shape for shape in shapes if covers(shape.box, frames["title"].box))
    beside = tuple(shape for shape in shapes if shape not in under)
    step = (Step(tuple(shape.key for shape in shapes)),) if block.reveal not in ("", "none") else ()
    shown = (*page.shapes, *beside) if alone else (*beside, *page.shapes)
    return replace(page, shapes=shown, under=under, steps=(*step, *page.steps))


def covers(a: Box, b: Box) -> bool:
    """Whether two boxes have an area in common."""
    return min(a.right, b.right) > max(a.x, b.x) and min(a.bottom, b.bottom) > max(a.y, b.y)


def fill_body(blocks: Sequence[Numbered], layout: str, reveal: Reveal, sheet: Sheet) -> tuple[BodyPage, ...]:
    """One page at the first size that fits; else several; else one page that is too full."""
    sizes = [on_layout(name, sheet) for name in sizes_of(layout, sheet)]
    sizes = [size for size in sizes if not size.has(MORE) or one_text(blocks)] or sizes[-1:]
    for size in sizes:
        laid = laid_within(blocks, size)
        if laid is not None:
            return (body_page(laid, size, reveal),)
    splits = [(size, split_body(blocks, size)) for size in sizes]
    found = [(size, pages) for size, pages in splits if pages]
    if not found:
        return (body_page(lay(blocks, sizes[-1])[0], sizes[-1], reveal),)
    fewest = min(len(pages) for _, pages in found)
    size, pages = next((size, pages) for size, pages in found if len(pages) == fewest)
    return tuple(body_page(lay(page, size)[0], size, reveal) for page in pages)


def body_page(laid: Sequence[Laid], sheet: Sheet, reveal: Reveal) -> BodyPage:
    shapes = tuple(shape for _, drawing in laid for shape in drawing.shapes)
    return BodyPage(sheet.layout, shapes, tuple(whole(step, shapes) for step in steps_of(laid, reveal)))


def first_layout(slide: Slide) -> str:
    """The layout that the author chose, or the one that the content asks for."""
    if slide.layout:
        return slide.layout
    shown = tuple(block for block in slide.body if block.only != "handout")
    asked = (block.asks(shown) for block in shown)
    return next((layout for layout in asked if layout), "content")


def on_layout(layout: str, sheet: Sheet) -> Sheet:
    """The sheet with the body of a layout, no lower than its own ends."""
    body = sheet.theme.body_of(layout)
    return replace(sheet, layout=layout, box=body._replace(height=min(body.bottom, sheet.box.bottom) - body.y))


def sizes_of(layout: str, sheet: Sheet) -> Iterator[str]:
    """The layout, then the ones with smaller type that it names."""
    while layout:
        yield layout
        layout = sheet.theme.layouts[layout].smaller


def lay(blocks: Sequence[Numbered], sheet: Sheet) -> tuple[list[Laid], float]:
    """The blocks as they are drawn, one under the other, and the height that they need."""
    laid: list[Laid] = []
    height = 0.0
    parts = list(groups(blocks))
    alone = one_text(blocks) and fills_body(sheet)
    spare = spare_height(parts, sheet) if len(parts) > 1 else sheet.box.height
    for part in parts:
        gap = BLOCK_GAP_PT if any(drawing.shapes for _, drawing in laid) else 0.0
        room = below(sheet, height + gap)
        if part[0][1].FILLS:
            room = room.within(room.box._replace(height=min(spare, room.box.height)))
        flows = part[0][1].FLOWS
        laid.append((part, draw_flow(part, room, whole=alone) if flows else draw_block(part[0], room)))
        height += gap + laid[-1][1].size.height
    return laid, height


def spare_height(parts: Sequence[Sequence[Numbered]], sheet: Sheet) -> float:
    """What the blocks that have a height of their own leave to each of the others."""
    filling = sum(1 for part in parts if part[0][1].FILLS)
    if not filling:
        return sheet.box.height
    fixed = [numbered for part in parts if not part[0][1].FILLS for numbered in part]
    gaps = BLOCK_GAP_PT * (len(parts) - 1 - max(0, len(list(groups(fixed))) - 1))
    return max(0.0, sheet.box.height - lay(fixed, sheet)[1] - gaps) / filling


def groups(blocks: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Blocks that stand in one text, and the others each on its own.

    A text has one numbered list: PowerPoint would count on from one to the next.
    """
    group: list[Numbered] = []
    for numbered in blocks:
        flows, counts = numbered[1].FLOWS, any(line.number for line in numbered[1].flow_lines())
        if group and not (flows and group[-1][1].FLOWS and not (counts and counted(group))):
            yield group
            group = []
        group.append(numbered)
    if group:
        yield group


def one_text(blocks: Sequence[Numbered]) -> bool:
    """Whether all blocks stand in one text."""
    parts = list(groups(blocks))
    return len(parts) == 1 and parts[0][0][1].FLOWS


def counted(group: Sequence[Numbered]) -> bool:
    return any(line.number for _, block in group for line in block.flow_lines())


def draw_block(numbered: Numbered, sheet: Sheet) -> Drawing:
    number, block = numbered
    return block.draw(replace(sheet, key=f"{sheet.key}/{number}"))


def below(sheet: Sheet, used_pt: float) -> Sheet:
    """What is left of the sheet's box under `used_pt`."""
    box = sheet.box
    return sheet.within(box._replace(y=box.y + used_pt, height=max(0.0, box.height - used_pt)))


def split_body(blocks: Sequence[Numbered], sheet: Sheet) -> list[list[Numbered]]:
    """The blocks in pages that each fit; empty if some block can neither be split nor moved to a page of its own."""
    pages: list[list[Numbered]] = []
    rest = list(blocks)
    while rest and len(pages) < MOST_PAGES:
        page, rest = divide(rest, sheet)
        if not page:
            return []
        pages.append(page)
    return [] if rest else pages


def divide(blocks: Sequence[Numbered], sheet: Sheet) -> tuple[list[Numbered], list[Numbered]]:
    """The blocks that fit the sheet, from the first, and the rest. A block that only begins to fit stands in both."""
    page: list[Numbered] = []
    for i, (number, block) in enumerate(blocks):
        if laid_within([*page, (number, block)], sheet) is not None:
            page.append((number, block))
            continue
        used = lay(page, sheet)[1] + BLOCK_GAP_PT if page else 0.0
        parts = block.split(replace(below(sheet, used), key=f"{sheet.key}/{number}"))
        if parts and laid_within([*page, (number, parts[0])], sheet) is not None:
            return [*page, (number, parts[0])], [(number, parts[1]), *blocks[i + 1 :]]
        return page, list(blocks[i:])
    return page, []


def laid_within(blocks: Sequence[Numbered], sheet: Sheet) -> list[Laid] | None:
    """The blocks as they are drawn, None if they don't fit the sheet.

    What is far too long is not drawn to find out: it is split many times.
    """
    if sum(block.least_height(sheet) for _, block in blocks) > sheet.box.height + ROUNDING_PT:
        return None
    laid, height = lay(blocks, sheet)
    return laid if height <= sheet.box.height + ROUNDING_PT else None
