"""What stands beside the native chart on a slide: the names of series, of axes, and the line of reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckgen.model.drawing import AnyShape, AutoShape, Chart, Line, Stroke, TextBox
from deckgen.typeset.charts.board import ROOM, Board
from deckgen.typeset.charts.labels import APART_PT, spread
from deckgen.typeset.charts.plan import Plan
from deckgen.units import Box, Point

SWATCH_PT = 9.0
KEY_GAP_PT = 20.0
LEAST_PIECE_PT = 3.0
"""Shorter pieces of a line are left out."""


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


def level_mark(board: Board, plot: Box, y: float, chart: Chart) -> Iterator[Line]:
    """The line of reference across the plot."""
    return mark_lines(board, Point(plot.x, y), Point(plot.right, y), chart)


def mark_lines(board: Board, start: Point, end: Point, chart: Chart) -> Iterator[Line]:
    """A level or upright line of reference, in pieces that leave the labels of the chart free."""
    stroke = Stroke("muted", 1.25, dashed=True)
    labels = [shape.box for shape in chart.shapes if isinstance(shape, TextBox)]
    upright = start.x == end.x
    if upright:
        gaps = [(box.y, box.bottom) for box in labels if box.x < start.x < box.right]
    else:
        gaps = [(box.x, box.right) for box in labels if box.y < start.y < box.bottom]
    at = start.y if upright else start.x
    stop = end.y if upright else end.x
    for i, (low, high) in enumerate((*sorted(gaps), (stop, stop)), start=1):
        if low - at > LEAST_PIECE_PT:
            ends = (Point(start.x, at), Point(start.x, low)) if upright else (Point(at, start.y), Point(low, start.y))
            yield Line(key=f"{board.sheet.key}/mark-{i}", start=ends[0], end=ends[1], stroke=stroke, decorative=True)
        at = max(at, high)


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
