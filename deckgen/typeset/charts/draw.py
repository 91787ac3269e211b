"""Draws a chart of any kind, in the larger of its two sizes of type that has room."""

from __future__ import annotations

from typing import Protocol

from deckgen.model.drawing import AnyShape, Drawing, bounds
from deckgen.typeset.charts.bars import Bars
from deckgen.typeset.charts.board import Board
from deckgen.typeset.charts.columns import Columns
from deckgen.typeset.charts.lines import Lines
from deckgen.typeset.charts.pies import Pie
from deckgen.typeset.charts.plan import Plan
from deckgen.typeset.charts.points import Points
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size


class Drawer(Protocol):
    """A kind of chart."""

    def trouble(self) -> str:
        """What has no room, in words; empty if all has."""

    def draw(self) -> tuple[AnyShape, ...]:
        """The chart, and what stands beside it on the slide."""


def draw_chart(plan: Plan, sheet: Sheet, box: Box) -> Drawing:
    """The chart at the top of the box; what has no room in it is left for `check` to report."""
    sizes = [drawer(plan, Board(sheet, box, small)) for small in (False, True)]
    shapes = next((size for size in sizes if not size.trouble()), sizes[-1]).draw()
    return Drawing(Size(box.width, bounds(shapes).bottom - box.y), shapes)


def drawer(plan: Plan, board: Board) -> Drawer:
    match plan.kind:
        case "bar":
            return Bars(plan, board)
        case "column":
            return Columns(plan, board)
        case "line" | "area":
            return Lines(plan, board)
        case "pie" | "doughnut":
            return Pie(plan, board)
        case _:
            return Points(plan, board)
