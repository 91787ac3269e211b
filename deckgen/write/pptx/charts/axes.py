"""The axes of a native chart."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.model.chart import Axis, ChartData
from deckgen.model.drawing import Stroke
from deckgen.write.pptx.charts.series import number, text_look, value
from deckgen.write.pptx.geometry import outline
from deckgen.write.pptx.markup import attributes
from deckgen.write.pptx.text import Pen, character

NO_TICKS = value("majorTickMark", "none") + value("minorTickMark", "none")
LABEL_OFFSET = 100


class Ids(NamedTuple):
    """The numbers of two axes that cross."""

    across: int
    upright: int


FIRST = Ids(100000001, 100000002)
SECOND = Ids(100000003, 100000004)


def axis_ids(ids: Ids) -> str:
    return value("axId", ids.across) + value("axId", ids.upright)


def line(stroke: Stroke | None, pen: Pen) -> str:
    return f"<c:spPr><a:noFill/>{outline(stroke, pen)}</c:spPr>"


def numbers_look(data: ChartData, pen: Pen, thinned: bool = False, colour: str = "") -> str:
    style = character(pen.theme.style(data.text))
    style = style._replace(colour=colour) if colour else style
    return text_look(style, pen, "square", "" if thinned else ' rot="0"')


def category_axis(data: ChartData, zero: Stroke | None, pen: Pen, ids: Ids = FIRST, hidden: bool = False) -> str:
    """The axis of names. Level bars begin at the top, as lists do."""
    level = data.kind == "bar"
    order = value("orientation", "maxMin" if level else "minMax")
    names = value("tickLblPos", "low" if data.every else "none")
    skip = value("tickLblSkip", data.every) + value("tickMarkSkip", data.every) if data.every > 1 else ""
    return (
        f"<c:catAx>{value('axId', ids.across)}<c:scaling>{order}</c:scaling>{value('delete', int(hidden))}"
        f"{value('axPos', 'l' if level else 'b')}"
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{NO_TICKS}{names}{line(zero, pen)}'
        f"{numbers_look(data, pen, data.every > 1)}"
        f"{value('crossAx', ids.upright)}{value('crosses', 'autoZero')}{value('auto', 0)}"
        f"{value('lblAlgn', 'r' if level else 'ctr')}{value('lblOffset', LABEL_OFFSET)}{skip}"
        f"{value('noMultiLvlLbl', 1)}</c:catAx>"
    )


def value_axis(
    axis: Axis, data: ChartData, grid: Stroke | None, pen: Pen, ids: Ids = FIRST, second: bool = False
) -> str:
    """An axis of numbers with a grid line at each; hidden where every point has its value beside it."""
    bars = data.kind in ("bar", "column") or any(series.kind in ("bar", "column") for series in data.series)
    side = "t" if data.kind == "bar" else "r" if second else "l"
    between = value("crossBetween", "between" if bars or data.between else "midCat")
    crosses = value("crosses", "max" if second else "autoZero")
    tail = f"{value('crossAx', ids.across)}{crosses}{between}{value('majorUnit', number(axis.scale.step))}"
    return f"<c:valAx>{value('axId', ids.upright)}{scaled(axis, side, grid, data, pen)}{tail}</c:valAx>"


def across_axis(axis: Axis, data: ChartData, zero: Stroke, pen: Pen) -> str:
    """The level axis of a chart of points."""
    tail = (
        f"{value('crossAx', FIRST.upright)}{value('crosses', 'min')}{value('crossBetween', 'midCat')}"
        f"{value('majorUnit', number(axis.scale.step))}"
    )
    return f"<c:valAx>{value('axId', FIRST.across)}{scaled(axis, 'b', None, data, pen, zero)}{tail}</c:valAx>"


def scaled(axis: Axis, side: str, grid: Stroke | None, data: ChartData, pen: Pen, zero: Stroke | None = None) -> str:
    """What all axes of numbers have in common, from their ends on."""
    shown = axis.format != ""
    lines = f"<c:majorGridlines><c:spPr>{outline(grid, pen)}</c:spPr></c:majorGridlines>" if grid and shown else ""
    ends = value("max", number(axis.scale.high)) + value("min", number(axis.scale.low))
    return (
        f"<c:scaling>{value('orientation', 'minMax')}{ends}</c:scaling>{value('delete', int(not shown))}"
        f"{value('axPos', side)}{lines}<c:numFmt{attributes(formatCode=axis.format or 'General', sourceLinked=0)}/>"
        f"{NO_TICKS}{value('tickLblPos', 'low' if side == 'b' else 'nextTo')}{line(zero, pen)}"
        f"{numbers_look(data, pen, colour=axis.colour)}"
    )
