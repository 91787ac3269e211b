"""What charts with an upright axis share: numbers and a grid at the left, names below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from deckgen.model.chart import Scale
from deckgen.model.drawing import AnyShape, Line, Stroke, TextBox
from deckgen.model.text import label
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.numbers import NumberFormat, number_format
from deckgen.typeset.columns import word_width
from deckgen.units import Box, Point

TICK_GAP_PT = 7.0
"""Between a number and the grid."""
NAME_GAP_PT = 6.5
"""Between the plot and the names below it."""
SPARE = 1.3
"""The height that a line of names or numbers takes in other programs, in lines of ours: so much room is left for it."""
MOST_LINES = 3
MOST_NAMES = 8
"""The most names under a line; more are thinned."""
BETWEEN_NAMES_PT = 6.0


class Names(NamedTuple):
    """How names stand under a plot: each how many is shown, and in how many lines."""

    every: int
    lines: int


def height(plot: Box, scale: Scale, value: float) -> float:
    """Where a value stands on the slide."""
    return plot.bottom - plot.height * scale.share(value)


def room_above(board: Board) -> float:
    """The room over a plot that the uppermost number along its axis needs."""
    return board.leading() * SPARE / 2


def room_below(lines: int, board: Board) -> float:
    """The room under a plot for names in so many lines, or for numbers."""
    return NAME_GAP_PT + lines * board.leading() * SPARE


def tick_words(
    scale: Scale, board: Board, percent: bool = False, like: NumberFormat | None = None
) -> tuple[tuple[str, ...], str]:
    """The numbers along an axis, and their spreadsheet format; with the unit of `like`, if there is one."""
    if percent:
        form = number_format([1.0], "%", language=board.sheet.language)
        return tuple(form.text(tick * 100, board.sheet.language) for tick in scale.ticks()), f"0{form.percent_sign}"
    form = number_format(scale.ticks(), language=board.sheet.language)
    if form.code == "General":
        form = number_format(scale.ticks(), decimals=places(scale), language=board.sheet.language)
    form = replace(form, before=like.before, after=like.after) if like else form
    return tuple(form.text(tick, board.sheet.language) for tick in scale.ticks()), form.code


def places(scale: Scale) -> int:
    """The decimals that the numbers along an axis share."""
    return max(len(f"{tick:.9f}".rstrip("0").partition(".")[2]) for tick in scale.ticks())


def draw_ticks(
    plot: Box, scale: Scale, words: Sequence[str], board: Board, colour: str = "", second: bool = False
) -> Iterator[AnyShape]:
    """The numbers beside the plot, with the grid lines of the first axis."""
    key = "second" if second else "tick"
    for i, (tick, word) in enumerate(zip(scale.ticks(), words, strict=True)):
        y = height(plot, scale, tick)
        if not second:
            yield rule(f"grid-{i}", plot, y, Stroke("rule", board.look.grid_pt), board)
        x = plot.right + TICK_GAP_PT if second else plot.x - TICK_GAP_PT
        yield board.tag(f"{key}-{i}", word, x, y, colour=colour, align="left" if second else "right")


def rule(key: str, plot: Box, y: float, stroke: Stroke, board: Board) -> Line:
    """A level line across the plot."""
    return Line(key=f"{board.sheet.key}/{key}", start=Point(plot.x, y), end=Point(plot.right, y), stroke=stroke)


def zero_line(plot: Box, scale: Scale, board: Board) -> Line:
    """The axis of names: at zero, or at the foot of a plot that does not show zero."""
    at = min(max(0.0, scale.low), scale.high)
    return rule("axis", plot, height(plot, scale, at), Stroke(board.look.stroke, board.look.zero_pt), board)


def names_below(names: Sequence[str], pitch: float, board: Board, thin: bool) -> Names | None:
    """How the names stand, if they have room: all in a few lines, else (`thin`) some of them on one line."""
    room = pitch - BETWEEN_NAMES_PT
    few = not thin or len(names) <= MOST_NAMES
    if few and all(longest_word(name, board) <= room for name in names):
        lines = max(board.lines(name, room) for name in names)
        if lines <= MOST_LINES:
            return Names(1, lines)
    if not thin:
        return None
    widths = [board.width(name) for name in names]
    for step in (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 250, 500):
        shown = widths[::step]
        if len(shown) <= MOST_NAMES and max(shown) * ROOM + 12 <= step * pitch:
            return Names(step, 1)
    return Names(max(1, len(names)), 1)


def longest_word(name: str, board: Board) -> float:
    return word_width(label(name), board.style_name("chart"), board.sheet)


def draw_names(
    names: Sequence[str], centres: Sequence[float], plot: Box, pitch: float, how: Names, board: Board
) -> Iterator[TextBox]:
    width, tall = pitch - BETWEEN_NAMES_PT, how.lines * board.leading()
    for i in range(0, len(names), how.every):
        if not names[i]:
            continue
        if how.every == 1 and how.lines > 1:
            box = Box(centres[i] - width / 2, plot.bottom + NAME_GAP_PT, width, tall)
            yield board.text(f"name-{i + 1}", names[i], box, align="center", anchor="top")
        else:
            y = plot.bottom + NAME_GAP_PT + board.leading() / 2
            yield board.tag(f"name-{i + 1}", names[i], centres[i], y, align="center")
