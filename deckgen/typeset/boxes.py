"""Boxes with words in them, as diagrams of every kind have: a name, a text under it, an icon beside both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Literal, NamedTuple

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AnyShape, AutoShape, Geometry, Stroke
from deckgen.model.outlines import ROUND_CORNER, inner
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.model.theme import Tone
from deckgen.typeset.columns import line_width, word_width
from deckgen.typeset.icons import icon, unknown_icon
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

Rank = Literal["plain", "end", "hot"]
"""How much a box matters: it stands between others, it is where they lead, it is the one that matters."""
Form = Literal["box", "round", "diamond", "cylinder"]
LID_PT = 14.0
ICON_GAP = 8.0
AIR = 0.5
"""Above and below the words, in lines."""


class Type(NamedTuple):
    """The styles of a diagram's words at one size."""

    name: str
    text: str
    edge: str


SIZES = (Type("node", "node_text", "edge"), Type("node_small", "node_text_small", "edge_small"))
"""From the largest to the smallest."""


@frozen(kw_only=True)
class Boxes:
    """Boxes in a theme."""

    corner: Inches = 0
    pad: Inches
    outline_pt: float
    plain: Tone
    end: Tone
    hot: Tone
    arrow: Stroke

    @property
    def margin(self) -> float:
        """Between the edges of a box and its words; round corners take their part."""
        return self.pad + self.corner * ROUND_CORNER


class Wording(NamedTuple):
    """What a box says."""

    name: Text
    text: Text = ()
    icon: str = ""


def set_words(words: Wording, size: Type, width: float, tone: Tone, sheet: Sheet) -> tuple[SetParagraph, ...]:
    """Name and text in the inks of their box; a text is quieter than its name, if the ground lets it be."""
    align: Literal["left", "center"] = "left" if words.icon else "center"
    quiet = tone.ink if tone.ink != "text" else sheet.theme.style(size.text).colour
    return tuple(
        sheet.set(text, replace(sheet.theme.style(style), colour=ink), width, align=align)
        for text, style, ink in ((words.name, size.name, tone.ink), (words.text, size.text, quiet))
        if text
    )


def icon_room(words: Wording, size: Type, sheet: Sheet) -> float:
    """The width that an icon takes, with the gap after it."""
    return icon_size(size, sheet) + ICON_GAP if words.icon else 0.0


def icon_size(size: Type, sheet: Sheet) -> float:
    return 1.25 * sheet.theme.style(size.name).leading_pt


def common_size(all_words: Sequence[Wording], size: Type, most: float, boxes: Boxes, sheet: Sheet) -> Size:
    """The smallest size for boxes that hold any of the words, on lines as wide as `most` points lets them be."""
    width = max(needed_width(words, size, most, boxes, sheet) for words in all_words)
    return Size(width, max(needed_height(words, size, width, boxes, sheet) for words in all_words))


def needed_width(words: Wording, size: Type, most: float, boxes: Boxes, sheet: Sheet) -> float:
    """The width that keeps name and text each on one line, but no more than `most`, unless a word needs it."""
    extra = 2 * boxes.margin + icon_room(words, size, sheet)
    whole = max(line_width(text, sheet.theme.style(style), sheet) for text, style in styled(words, size))
    return max(longest_word(words, size, sheet) + extra, min(most, whole / SAFE_SHARE + 0.5 + extra))


def longest_word(words: Wording, size: Type, sheet: Sheet) -> float:
    """The width that leaves every word whole."""
    return max(word_width(text, style, sheet) for text, style in styled(words, size)) / SAFE_SHARE + 0.5


def styled(words: Wording, size: Type) -> tuple[tuple[Text, str], ...]:
    return (words.name, size.name), (words.text, size.text)


def needed_height(words: Wording, size: Type, width: float, boxes: Boxes, sheet: Sheet) -> float:
    room = width - 2 * boxes.margin - icon_room(words, size, sheet)
    air = 2 * AIR * sheet.theme.style(size.name).leading_pt
    return sum(p.safe_height_pt for p in set_words(words, size, room, boxes.plain, sheet)) + air


def draw_box(
    name: str,
    words: Wording,
    box: Box,
    size: Type,
    rank: Rank,
    boxes: Boxes,
    sheet: Sheet,
    form: Form = "box",
) -> Iterator[AnyShape]:
    """The box with its words, then its icon."""
    tone = {"plain": boxes.plain, "end": boxes.end, "hot": boxes.hot}[rank]
    left = icon_room(words, size, sheet)
    # A cylinder without lines would have no lid.
    line = tone.outline or (tone.ink if form == "cylinder" else "")
    outline = Stroke(line, boxes.outline_pt) if line else None
    shape = formed(AutoShape(key=name, box=box, fill=tone.fill, stroke=outline), form, left, boxes)
    yield replace(shape, text=set_words(words, size, inner(shape).width, tone, sheet))
    side = icon_size(size, sheet)
    place = Box(inner(shape).x - left, box.y + (box.height - side) / 2, side, side)
    yield from icon(f"{name}/icon", words.icon, place, tone.ink)


def formed(shape: AutoShape, form: Form, left: float, boxes: Boxes) -> AutoShape:
    """The shape in a form, with room for an icon to the left of its words."""
    height = shape.box.height
    geometries: dict[Form, tuple[Geometry, float]] = {
        "box": ("round" if boxes.corner else "rect", boxes.corner),
        "round": ("round", height / 2),
        "diamond": ("diamond", 0.0),
        "cylinder": ("can", min(LID_PT, height / 3)),
    }
    geometry, measure = geometries[form]
    pad = 0.0 if form == "diamond" else boxes.pad
    return replace(shape, geometry=geometry, measure_pt=measure, inset_left_pt=pad + left, inset_right_pt=pad)


def size_in(form: Form, words: Wording, common: Size, size: Type, boxes: Boxes, sheet: Sheet) -> Size:
    """The size of a form that holds its words as well as a box of the `common` size would."""
    if form == "box":
        return common
    if form == "round":
        return Size(common.width + common.height * ROUND_CORNER, common.height)
    if form == "cylinder":
        return Size(common.width, common.height + 1.5 * LID_PT)
    # A diamond leaves its inner half to words; one line is better than two, unless it gets too long.
    width = max(common.width * 1.4, 2 * needed_width(words, size, common.width, boxes, sheet))
    inner = width / 2 - icon_room(words, size, sheet)
    height = sum(p.safe_height_pt for p in set_words(words, size, inner, boxes.plain, sheet))
    return Size(width, max(common.height * 1.2, 2 * height))


@frozen(kw_only=True)
class Part:
    """A box of a diagram."""

    name: Text = key("What it is")
    text: Text = key("A few words under the name", ())
    icon: str = key("An icon beside the name, by its name at lucide.dev", "", names="icons")
    hot: bool = key("Mark the box as the one that matters", False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def wording(self) -> Wording:
        return Wording(self.name, self.text, self.icon)

    @property
    def rank(self) -> Rank:
        return "hot" if self.hot else "plain"


def part_problems(parts: Sequence[Part], most: int, least: int, place: Span) -> Iterator[Diagnostic]:
    """Errors for too many boxes or too few, for more than one that is hot, and for icons that there are not."""
    if not least <= len(parts) <= most:
        message = f"the number of parts is {len(parts)}, and can be {least} to {most}"
        yield error(
            place, message, "leave some out, or divide it in two" if len(parts) > most else "use a list instead"
        )
    if sum(part.hot for part in parts) > 1:
        yield error(place, "more than one part is marked as `hot`", "mark the one that matters most")
    for part in parts:
        yield from unknown_icon(part.icon, part.span)
