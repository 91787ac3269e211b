"""Can everybody read it? Text colours on their grounds, and chart colours, as WCAG 2.2 asks at level AA."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from deckgen.model.colour import LARGE, TEXT, contrast, need, rgb
from deckgen.model.theme import Frame, Layout, Mark, Theme, Tone
from deckgen.read.reader import Reader
from deckgen.read.yaml import Mapping, Node, Sequence
from deckgen.units import Box

ON = re.compile(r"(?:.*_)?on_(?P<ground>.+)")
"""A colour that is made for the ground that its name tells, such as `on_accent`."""
CODE_GROUNDS = ("code_ground", "code_highlight")


class Pair(NamedTuple):
    """Two colours that stand on each other somewhere, and the contrast that they need."""

    ink: str
    ground: str
    needed: float


def check_contrast(theme: Theme, root: Mapping, reader: Reader) -> None:
    """An error for each pair of colours that can't be told apart well enough, at the line of the ink."""
    pairs = needs(theme)
    check_palette(theme, pairs, [root.get("colours")], "", reader)
    check_series(theme.series, theme.colours["bg"], root.get("series"), "", reader)
    grounds = root.get("backgrounds")
    for name in theme.backgrounds:
        own = grounds.get(name) if isinstance(grounds, Mapping) else None
        check_palette(theme.on(name), pairs, [own, root.get("colours")], f", on the background {name!r}", reader)
    inks, printed = theme.on_paper(), root.get("print_colours")
    check_palette(inks, pairs, [printed, root.get("colours")], " in print", reader)
    series = root.get("print_series") or root.get("series")
    check_series(inks.series, inks.colours["bg"], series, " in print", reader)


def check_palette(theme: Theme, pairs: Iterable[Pair], palettes: list[Node | None], where: str, reader: Reader) -> None:
    for ink, ground, needed in pairs:
        found = contrast(rgb(theme.colours[ink]), rgb(theme.colours[ground]))
        if found < needed:
            message = f"the colour {ink!r} has a contrast of {found:.2f} with {ground!r}{where}, and needs {needed:g}"
            reader.error(place(ink, palettes), message, "make one of them lighter or darker")


def check_series(series: tuple[str, ...], ground: str, node: Node | None, where: str, reader: Reader) -> None:
    for i, colour in enumerate(series):
        found = contrast(rgb(colour), rgb(ground))
        if found < LARGE and isinstance(node, Sequence):
            message = f"chart colour {i + 1} has a contrast of {found:.2f} with 'bg'{where}, and needs {LARGE:g}"
            reader.error(node.items[i], message, "make it lighter or darker")


def place(role: str, palettes: Iterable[Node | None]) -> Node:
    """Where the first palette that has a role sets it."""
    return next(
        value
        for palette in palettes
        if isinstance(palette, Mapping)
        for name, value in palette.pairs
        if name.value == role
    )


def needs(theme: Theme) -> list[Pair]:
    """The pairs of a theme, each once, with the greater of its needs."""
    most: dict[tuple[str, str], float] = {}
    for ink, ground, needed in (*framed(theme), *loose(theme), *in_blocks(theme), *in_code(theme)):
        most[ink, ground] = max(needed, most.get((ink, ground), 0))
    return [Pair(ink, ground, needed) for (ink, ground), needed in most.items()]


def framed(theme: Theme) -> Iterator[Pair]:
    """The text of frames on the ground of their layouts, or on a mark that lies under it."""
    for name, layout in theme.layouts.items():
        frames = theme.frames_of(name).values()
        marks = [*layout.marks, *(mark for frame in frames for mark in frame.marks)]
        for frame in frames:
            if frame.decorative:
                continue
            ground = ground_of(frame, layout, marks)
            for level in frame.levels:
                style = theme.style(level.style)
                if not style.colour.startswith("code_"):
                    yield Pair(style.colour, ground, need(style.size_pt))
                if level.bullet:
                    yield Pair(level.bullet.colour, ground, LARGE)
            size = theme.style(frame.levels[0].style).size_pt
            colours = (colour for piece in frame.shows for colour in (piece.colour, piece.current))
            yield from (Pair(colour, ground, need(size)) for colour in colours if colour)
        yield Pair(layout.link, layout.ground, TEXT)


def ground_of(frame: Frame, layout: Layout, marks: Iterable[Mark]) -> str:
    """The colour under a frame: that of the uppermost mark that reaches all around it."""
    fills = [mark.fill for mark in marks if mark.fill and covers(mark.box, frame.box)]
    return fills[-1] if fills else layout.ground


def covers(outer: Box, inner: Box) -> bool:
    level = outer.x <= inner.x and inner.right <= outer.right
    return level and outer.y <= inner.y and inner.bottom <= outer.bottom


def loose(theme: Theme) -> Iterator[Pair]:
    """Styles that no frame has: blocks set text in them, on the slide or on the ground that their colour is for."""
    used = {level.style for name in theme.layouts for frame in theme.frames_of(name).values() for level in frame.levels}
    heads = {"cell_head": theme.tables.header_fill, "cell_head_hot": theme.tables.hot_header_fill}
    for name, style in theme.styles.items():
        if name in used or style.colour.startswith("code_"):
            continue
        made_for = ON.fullmatch(style.colour)
        ground = heads.get(name) or (made_for["ground"] if made_for else "bg")
        yield Pair(style.colour, ground, need(style.size_pt))
        if name.startswith("cell") and name not in heads and theme.tables.hot_fill:
            yield Pair(style.colour, theme.tables.hot_fill, need(style.size_pt))


def in_blocks(theme: Theme) -> Iterator[Pair]:
    """The labels of the boxes that blocks draw."""
    for look in theme.blocks.values():
        yield from (Pair(tone.ink, tone.fill, TEXT) for tone in tones(look))


def tones(node: Any) -> Iterator[Tone]:
    """All tones in the look of a block."""
    if isinstance(node, Tone):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from tones(child)
    elif is_dataclass(node):
        for f in fields(node):
            yield from tones(getattr(node, f.name))


def in_code(theme: Theme) -> Iterator[Pair]:
    """Code tokens on the ground of a listing and of a highlighted line."""
    inks = [role for role in theme.colours if role.startswith("code_") and role not in CODE_GROUNDS]
    for ink in inks:
        yield Pair(ink, "code_ground", TEXT)
        if ink != "code_lineno":
            yield Pair(ink, "code_highlight", TEXT)
