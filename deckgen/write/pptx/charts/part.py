"""A chart as a part of its own, and the frame that shows it on a slide."""

from __future__ import annotations

from collections.abc import Iterator

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from deckgen.model.chart import POINTS, ROUND, Axis, ChartData
from deckgen.model.drawing import Chart, Stroke
from deckgen.units import Box, Size
from deckgen.write.pptx.charts.axes import (
    FIRST,
    SECOND,
    Ids,
    across_axis,
    axis_ids,
    category_axis,
    value_axis,
)
from deckgen.write.pptx.charts.series import layout, series_markup, text_look, value
from deckgen.write.pptx.charts.workbook import places, workbook
from deckgen.write.pptx.markup import DECLARATION, DRAWING, RELATIONSHIPS
from deckgen.write.pptx.text import Pen, character

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
GROUPING = {"none": "clustered", "sum": "stacked", "share": "percentStacked"}


class ChartParts:
    """Makes the parts of the charts of one slide; `numbers` counts the charts of the deck from 1."""

    def __init__(self, part: Part, numbers: Iterator[int]) -> None:
        self.part = part
        self.numbers = numbers

    def relation(self, chart: Chart, pen: Pen) -> str:
        """The relationship by which the slide refers to the chart."""
        number, package = next(self.numbers), self.part.package
        book = Part(
            PackURI(f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            package,
            workbook(chart.data),
        )
        root = parse_xml(chart_markup(chart, pen).encode())
        part = XmlPart(PackURI(f"/ppt/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, package, root)
        relation: str = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        assert relation == WORKBOOK_RELATION
        found: str = self.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        return found


WORKBOOK_RELATION = "rId1"


def chart_markup(chart: Chart, pen: Pen) -> str:
    """`c:chartSpace`."""
    data = chart.data
    text = text_look(character(pen.theme.style(data.text)), pen, wrap="square")
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}">'
        f"{value('date1904', 0)}{value('roundedCorners', 0)}<c:chart>{value('autoTitleDeleted', 1)}"
        f"<c:plotArea>{layout(data.plot, chart.box)}{plots(data, chart.box, pen)}{axes(data, pen)}"
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        f"{value('plotVisOnly', 1)}{value('dispBlanksAs', 'gap')}</c:chart>"
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}"
        f'<c:externalData r:id="{WORKBOOK_RELATION}">{value("autoUpdate", 0)}</c:externalData></c:chartSpace>'
    )


def plots(data: ChartData, frame: Box, pen: Pen) -> str:
    """A plot for each kind of mark and axis, in the order in which they are drawn."""
    marked = [
        (one.kind, one.second, series_markup(i, one, place, data, Size(frame.width, frame.height), pen))
        for i, (one, place) in enumerate(zip(data.series, places(data), strict=True))
    ]
    groups = dict.fromkeys((kind, second) for kind, second, _ in marked)
    return "".join(
        plot(kind, "".join(m for k, s, m in marked if (k, s) == (kind, second)), data, SECOND if second else FIRST)
        for kind, second in groups
    )


def plot(kind: str, series: str, data: ChartData, ids: Ids) -> str:
    """The element of a kind, such as `c:barChart`."""
    vary, on = value("varyColors", 0), axis_ids(ids)
    stacked = GROUPING[data.stack]
    match kind:
        case "bar" | "column":
            bars = value("barDir", "bar" if kind == "bar" else "col") + value("grouping", stacked)
            overlap = value("overlap", 100) if data.stack != "none" else value("overlap", 0)
            return f"<c:barChart>{bars}{vary}{series}{value('gapWidth', data.gap)}{overlap}{on}</c:barChart>"
        case "line":
            head = value("grouping", "standard") + vary
            return f"<c:lineChart>{head}{series}{value('marker', 1)}{on}</c:lineChart>"
        case "area":
            head = value("grouping", "standard" if data.stack == "none" else stacked) + vary
            return f"<c:areaChart>{head}{series}{on}</c:areaChart>"
        case "scatter":
            return f"<c:scatterChart>{value('scatterStyle', 'lineMarker')}{vary}{series}{on}</c:scatterChart>"
        case "bubble":
            size = value("bubbleScale", data.bubble_percent) + value("showNegBubbles", 0)
            size += value("sizeRepresents", "area")
            return f"<c:bubbleChart>{vary}{series}{size}{on}</c:bubbleChart>"
    turned = value("firstSliceAng", data.start_degrees)
    hole = value("holeSize", data.hole) if kind == "doughnut" else ""
    return f"<c:{kind}Chart>{value('varyColors', 1)}{series}{turned}{hole}</c:{kind}Chart>"


def axes(data: ChartData, pen: Pen) -> str:
    if data.kind in ROUND:
        return ""
    zero, grid = Stroke(data.zero, data.zero_pt), Stroke("rule", data.grid_pt)
    if data.kind in POINTS:
        level = across_axis(data.across or Axis(data.axis.scale), data, zero, pen)
        return level + value_axis(data.axis, data, grid, pen)
    found = category_axis(data, zero, pen) + value_axis(data.axis, data, grid, pen)
    if data.second:
        upright = value_axis(data.second, data, None, pen, SECOND, second=True)
        found += upright + category_axis(data, None, pen, SECOND, hidden=True)
    return found
