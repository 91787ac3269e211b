"""What stands beside the native chart on a slide: the names of series, of axes, and the line of reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckgen.model.drawing import AnyShape, AutoShape, Line, Stroke
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.labels import APART_PT, spread
from deckgen.typeset.charts.plan import Plan
from deckgen.units import Box, Point

SWATCH_PT = 9.0
KEY_GAP_PT = 20.0


def key_line(plan: Plan, board: Board, x: float, y: float) -> Iterator[AnyShape]:
    """The names of the series on one line, each with its colour, in the order of their bars; `y` is its top."""
    middle = y + board.leading() / 2
    for i, series in enumerate(plan.series, start=1):
        name = f"series-{i}"
        swatch = Box(x, middle - SWATCH_PT / 2, SWATCH_PT, SWATCH_PT)
        yield AutoShape(key=f"{board.sheet.key}/{name}/colour", box=swatch, fill=series.colour, decorative=True)
        ink = "accent" if series.colour == "accent" else "text"
        tag = board.tag(name, series.name, x + SWATCH_PT + 6, middle, "chart_value", ink)
        yield tag
        x = tag.box.right + KEY_GAP_PT


def key_room(plan: Plan, board: Board, x: float) -> float:
    """The room that is left on the line of names; less than 0 if they are too long."""
    words = sum(board.width(series.name, "chart_value") * ROOM + 1 for series in plan.series)
    return board.box.right - x - words - len(plan.series) * (SWATCH_PT + 6 + KEY_GAP_PT) + KEY_GAP_PT


LONG_NAMES = "the names of the series have no room on one line"


def level_mark(board: Board, plot: Box, y: float) -> Line:
    """The line of reference across the plot."""
    stroke = Stroke("muted", 1.25, dashed=True)
    start, end = Point(plot.x, y), Point(plot.right, y)
    return Line(key=f"{board.sheet.key}/mark", start=start, end=end, stroke=stroke, decorative=True)


class Tag(NamedTuple):
    """A label at the right of the plot, level with `y` if it can be."""

    words: str
    y: float
    colour: str
    plain: bool = False
    """In the style of the axes, not of labels."""


TAG_GAP_PT = 8.0


def tag_places(tags: Sequence[Tag], plot: Box, board: Board) -> tuple[float, ...]:
    """The heights of the labels, apart from each other."""
    apart = board.leading("chart_value") if board.small else APART_PT
    return spread([tag.y for tag in tags], apart, board.box.y + apart / 2, plot.bottom + apart / 2)


def end_tags(tags: Sequence[Tag], plot: Box, board: Board) -> Iterator[AnyShape]:
    for i, (tag, y) in enumerate(zip(tags, tag_places(tags, plot, board), strict=True), start=1):
        name = "chart" if tag.plain else "chart_value"
        yield board.tag(f"end-{i}", tag.words, plot.right + TAG_GAP_PT, y, name, tag.colour)
