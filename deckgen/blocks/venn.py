"""Two or three sets as circles, and what they have in common.

- venn:
    sets: [Fast, Cheap, Good]
    overlaps:
      - Fast & Cheap: ugly
      - Fast & Good: dear
      - Cheap & Good: late
      - Fast & Cheap & Good: never
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key, runs
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, TextBox
from deckgen.model.outlines import on_circle
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Run, Text, plain
from deckgen.model.words import Words
from deckgen.typeset.columns import word_width
from deckgen.typeset.diagram import Diagram
from deckgen.typeset.labels import fitted, fitted_all, holds
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

NAMES = ("heading", "node", "node_small")
OVERLAPS = ("label", "node_text_small")
APART = 0.62
"""How far the middles of circles stand from the middle of them all, in radii."""
NAME_AT, PAIR_AT = 0.98, 0.56
"""Where names, and the words of two sets, stand, in radii from the middle of them all."""
SLIM = 0.72
"""The width of a name, in radii."""


@frozen(kw_only=True)
class Look:
    """Sets in a theme."""

    height: Inches
    """Of the whole; it is less if the slide has less room."""
    fills: tuple[str, ...]
    """The colours of three circles."""
    opacity: float


@frozen(kw_only=True)
class Overlap:
    """What some of the sets have in common: `A & B: words`."""

    PAIR: ClassVar[bool] = True

    sets: str = key("The names of the sets, with & between them")
    text: Text = key("What they have in common")
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def names(self) -> frozenset[str]:
        return frozenset(name.strip() for name in self.sets.split("&"))


@frozen(kw_only=True)
class Venn(Diagram):
    """Circles that overlap, with a name in each and words where they overlap."""

    sets: tuple[Text, ...] = key("The names of two or three sets")
    overlaps: tuple[Overlap, ...] = key("What they have in common, each as `A & B: words`", ())

    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        names = [plain(name) for name in self.sets]
        if len(names) not in (2, 3):
            message, hint = f"the number of sets is {len(names)}, and can be 2 or 3", "use a table for more"
            yield error(self.span, message, hint, key="sets")
        seen: set[frozenset[str]] = set()
        for overlap in self.overlaps:
            found = overlap.names()
            if unknown := sorted(found - set(names)):
                yield error(overlap.span, f"no set is called {unknown[0]!r}", f"there are: {', '.join(names)}")
            elif len(found) < 2:
                yield error(overlap.span, "an overlap joins two sets or more", "write A & B: words")
            elif found in seen:
                yield error(overlap.span, f"the overlap {overlap.sets!r} is written twice", "join the two")
            seen.add(found)

    def shown(self) -> Iterator[Run]:
        yield from runs(self.sets)
        yield from (run for overlap in self.overlaps for run in overlap.text)

    def figure(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("venn")
        count = len(self.sets)
        height = min(look.height, sheet.box.height)
        # Three circles: the lowest points stand at half the way down from the middle of all.
        radius = height / (2 + (APART * 1.5 if count == 3 else 0))
        left = sheet.box.x + radius * (1 + APART * (1 if count == 2 else math.sin(math.pi / 3)))
        middle = Point(left, sheet.box.y + radius * (1 + (APART if count == 3 else 0)))
        angles = [-math.pi / 2, math.pi / 2] if count == 2 else [0, 2 * math.pi / 3, 4 * math.pi / 3]
        centres = [on_circle(middle, radius * APART, angle) for angle in angles]
        circles: list[AnyShape] = [
            AutoShape(
                key=f"{sheet.key}/{i}",
                box=round_about(centre, 2 * radius, 2 * radius),
                geometry="ellipse",
                fill=fill,
                opacity=look.opacity,
                decorative=True,
            )
            for i, (centre, fill) in enumerate(zip(centres, look.fills, strict=False), start=1)
        ]
        shapes = (*circles, *self.labels(middle, radius, angles, sheet))
        group = self.group(shapes, sheet)
        return Drawing(Size(group.box.width, height), (group,))

    def labels(self, middle: Point, radius: float, angles: list[float], sheet: Sheet) -> Iterator[TextBox]:
        """The names, then the words where circles overlap."""
        two = len(self.sets) == 2
        room = Size(radius * (SLIM if two else SLIM * 1.2), radius * 0.5)
        for i, (text, angle) in enumerate(zip(self.names(room, sheet), angles, strict=True), start=1):
            place = on_circle(middle, radius * NAME_AT, angle)
            yield text_at(f"{sheet.key}/{i}/name", place, text, room)
        at = {plain(name): angle for name, angle in zip(self.sets, angles, strict=True)}
        small = Size(radius * (0.66 if two else 0.62), radius * 0.6)
        for overlap in self.overlaps:
            found = [at[name] for name in overlap.names()]
            x = sum(math.sin(angle) for angle in found)
            y = sum(math.cos(angle) for angle in found)
            length = math.hypot(x, y)
            away = radius * PAIR_AT if length > 0.01 and not two else 0.0
            place = middle.moved(x / (length or 1) * away, -y / (length or 1) * away)
            text = fitted(overlap.text, OVERLAPS, small, sheet, ink="text", align="center")
            numbers = [str(i) for i, other in enumerate(self.sets, start=1) if plain(other) in overlap.names()]
            yield text_at(f"{sheet.key}/{'-'.join(numbers)}", place, text, small)

    def names(self, room: Size, sheet: Sheet) -> tuple[SetParagraph, ...]:
        """The names in the largest style in which all have room, on several lines if they must, with whole words."""
        for style in NAMES:
            found = fitted_all(self.sets, (style,), room, sheet, align="center")
            words = max(word_width(name, style, sheet) for name in self.sets)
            if holds(found, room) and words <= room.width * SAFE_SHARE:
                break
        return found

    def told(self, words: Words) -> str:
        """The sets, and what each overlap says."""
        sets = words.listed([plain(name) for name in self.sets])
        told = (f"{' ∩ '.join(sorted(overlap.names()))}: {plain(overlap.text)}" for overlap in self.overlaps)
        return "; ".join([sets, *told])


def round_about(centre: Point, width: float, height: float) -> Box:
    return Box(centre.x - width / 2, centre.y - height / 2, width, height)


def text_at(name: str, centre: Point, paragraph: SetParagraph, room: Size) -> TextBox:
    """A text round a place, in as much room as it has there."""
    return TextBox(key=name, box=round_about(centre, *room), paragraphs=(paragraph,), anchor="middle")
