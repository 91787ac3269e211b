"""Phases that follow each other, as a row of arrow-shaped boxes.

- process:
    - Plan
    - {name: Build, text: from the recipe, hot: true}
    - Test
    - Run
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AutoShape, Drawing, Stroke
from deckgen.model.outlines import inner
from deckgen.model.text import plain
from deckgen.model.theme import Tone
from deckgen.model.words import Words
from deckgen.typeset.boxes import AIR, SIZES, Boxes, Part, Type, longest_word, part_problems, set_words
from deckgen.typeset.diagram import Diagram
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

MOST = 7
ROUNDING_PT = 0.01
MOST_POINT = 0.18
"""How far tips stand out at most, as a share of what each phase has of the row."""


@frozen(kw_only=True)
class Look:
    """A process in a theme."""

    boxes: Boxes
    plain: Tone
    height: Inches
    point: Inches
    """How far the tips stand out."""
    gap: Inches
    most_width: Inches


@frozen(kw_only=True)
class Process(Diagram):
    """Two to seven phases; each points to the next."""

    phases: tuple[Part, ...] = key("The phases, from the first to the last")

    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        yield from part_problems(self.phases, MOST, 2, self.span)

    def figure(self, sheet: Sheet) -> Drawing:
        """The phases in the largest type in which all keep to their boxes, or else in boxes as high as they need."""
        look: Look = sheet.look("process")
        count = len(self.phases)
        # The tip of each box stands in the notch of the next.
        point = min(look.point, sheet.box.width / count * MOST_POINT)
        width = min(look.most_width, (sheet.box.width + (count - 1) * (point - look.gap)) / count)
        drawn = [self.shapes(size, width, point, look, sheet) for size in SIZES]
        fitting = (
            row for row in drawn if needed(row) <= look.height and row_width(row) <= sheet.box.width + ROUNDING_PT
        )
        shapes = next(fitting, drawn[-1])
        height = min(max(look.height, needed(shapes)), sheet.box.height)
        grown = tuple(replace(shape, box=shape.box._replace(height=height)) for shape in shapes)
        group = self.group(grown, sheet)
        return Drawing(Size(group.box.width, height), (group,))

    def shapes(self, size: Type, width: float, point: float, look: Look, sheet: Sheet) -> list[AutoShape]:
        """The boxes; they are as wide as their longest word needs, even if the row gets too long."""
        longest = max(longest_word(phase.wording, size, sheet) for phase in self.phases)
        width = max(width, longest + 2 * point + look.boxes.pad)
        found = []
        for i, phase in enumerate(self.phases):
            tone = look.boxes.hot if phase.hot else look.plain
            pad = look.boxes.pad / 2 if i else look.boxes.pad
            shape = AutoShape(
                key=f"{sheet.key}/{i + 1}",
                box=Box(sheet.box.x + i * (width - point + look.gap), sheet.box.y, width, look.height),
                geometry="chevron" if i else "pentagon",
                measure_pt=point,
                fill=tone.fill,
                stroke=Stroke(tone.outline, look.boxes.outline_pt) if tone.outline else None,
                inset_left_pt=pad,
                inset_right_pt=0 if i else point / 2,
            )
            wording = phase.wording._replace(icon="")
            words = set_words(wording, size, inner(shape).width, tone, sheet)
            left = tuple(replace(paragraph, align="left") for paragraph in words)
            found.append(replace(shape, text=left))
        return found

    def told(self, _words: Words) -> str:
        return " → ".join(plain(phase.name) for phase in self.phases)


def row_width(shapes: list[AutoShape]) -> float:
    return shapes[-1].box.right - shapes[0].box.x


def needed(shapes: list[AutoShape]) -> float:
    """The height that the fullest of some boxes needs."""
    return max(sum(p.safe_height_pt for p in shape.text) + 2 * AIR * shape.text[0].style.leading_pt for shape in shapes)
