"""The series of a native chart: cached numbers, looks of points, labels."""

from __future__ import annotations

from deckgen.model.chart import HOT_PT, POINTS, ChartData, PointLabel, Series
from deckgen.model.drawing import Stroke
from deckgen.units import Box, Size, emu
from deckgen.write.pptx.charts.workbook import Places, Range
from deckgen.write.pptx.geometry import outline
from deckgen.write.pptx.markup import attributes, element, text
from deckgen.write.pptx.text import Character, Pen, character, character_markup

PLACES = {"outside": "outEnd", "inside": "ctr", "right": "r", "left": "l", "above": "t", "below": "b"}
LINES = ("line", "scatter")
CHART_2012 = "http://schemas.microsoft.com/office/drawing/2012/chart"
NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'


def value(name: str, of: object) -> str:
    return f'<c:{name} val="{of}"/>'


def number(of: float) -> str:
    """A number as XML Schema's double, without needless zeros."""
    return repr(of).removesuffix(".0")


def series_markup(index: int, one: Series, place: Places, data: ChartData, frame: Size, pen: Pen) -> str:
    """`c:ser`; the order of its children is that of the kind's own type in the schema."""
    head = value("idx", index) + value("order", index) + name_markup(one, place)
    points = "".join(point_markup(p, one, data, pen) for p in pointed(one, data))
    dots = NO_MARKER if one.kind == "line" else marker(one, one.colour, pen) if one.kind == "scatter" else ""
    bars = value("invertIfNegative", 0) if one.kind in ("bar", "column", "bubble") else ""
    labels = labels_markup(one, data, frame, pen)
    tail = value("smooth", 0) if one.kind in LINES else value("bubble3D", 0) if one.kind == "bubble" else ""
    looks = element("c:spPr", "", look(one, one.colour, data, pen))
    content = looks + bars + dots + points + labels + numbers_markup(one, place, data)
    return element("c:ser", "", head + content + tail)


def name_markup(one: Series, place: Places) -> str:
    if not one.name:
        return ""
    return f"<c:tx>{strings(place.name, (one.name,))}</c:tx>"


def numbers_markup(one: Series, place: Places, data: ChartData) -> str:
    if data.kind in POINTS:
        sizes = f"<c:bubbleSize>{numbers(place.sizes, one.sizes)}</c:bubbleSize>" if one.sizes else ""
        level = numbers(place.categories, one.x)
        return f"<c:xVal>{level}</c:xVal><c:yVal>{numbers(place.values, one.values, one.format)}</c:yVal>{sizes}"
    names = strings(place.categories, data.categories)
    return f"<c:cat>{names}</c:cat><c:val>{numbers(place.values, one.values, one.format)}</c:val>"


def strings(place: Range, words: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{text(word)}</c:v></c:pt>' for i, word in enumerate(words))
    cache = f"{value('ptCount', len(words))}{points}"
    return f"<c:strRef><c:f>{place.formula}</c:f><c:strCache>{cache}</c:strCache></c:strRef>"


def numbers(place: Range, values: tuple[float | None, ...], form: str = "General") -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{number(one)}</c:v></c:pt>' for i, one in enumerate(values) if one is not None
    )
    cache = f"<c:formatCode>{text(form)}</c:formatCode>{value('ptCount', len(values))}{points}"
    return f"<c:numRef><c:f>{place.formula}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def look(one: Series, colour: str, data: ChartData, pen: Pen) -> str:
    """Fill and outline of a series or point. Stacked and round pieces are parted by lines in the ground's colour."""
    if one.kind == "line":
        fill = pen.fill(colour)
        return f'<a:ln w="{emu(one.width_pt)}" cap="rnd">{fill}<a:round/></a:ln>'
    if one.kind == "scatter":
        return '<a:ln w="19050"><a:noFill/></a:ln>'
    parted = one.kind in ("pie", "doughnut", "bubble") or (one.kind in ("bar", "column") and data.stack != "none")
    return pen.fill(colour, one.opacity) + outline(Stroke("bg", one.width_pt) if parted else None, pen)


def pointed(one: Series, data: ChartData) -> list[int]:
    """The points with a look of their own."""
    return sorted({*(p for p, _ in one.hot), *one.markers})


def point_markup(point: int, one: Series, data: ChartData, pen: Pen) -> str:
    colour = dict(one.hot).get(point, one.colour)
    head = value("idx", point)
    if one.kind in LINES:
        line = element("c:spPr", "", look(one, one.colour, data, pen))
        larger = HOT_PT if one.kind == "scatter" else 0.0
        return element("c:dPt", "", f"{head}{marker(one, colour, pen, larger)}{value('bubble3D', 0)}{line}")
    bars = value("invertIfNegative", 0) if one.kind in ("bar", "column", "bubble") else ""
    flat = "" if one.kind in ("bar", "column") else value("bubble3D", 0)
    return element("c:dPt", "", f"{head}{bars}{flat}{element('c:spPr', '', look(one, colour, data, pen))}")


def marker(one: Series, colour: str, pen: Pen, larger: float = 0) -> str:
    """A round marker; its size is a whole number of points from 2 to 72."""
    size = min(72, max(2, round(one.marker_pt + larger)))
    fill = f"<c:spPr>{pen.fill(colour, one.opacity)}<a:ln><a:noFill/></a:ln></c:spPr>"
    return f"<c:marker>{value('symbol', 'circle')}{value('size', size)}{fill}</c:marker>"


def labels_markup(one: Series, data: ChartData, frame: Size, pen: Pen) -> str:
    """`c:dLbls`: the labelled points one by one; all others have none.

    Where every point has its value at the same place and in the same colour, the series says so, so that points
    which are added later have theirs too.
    """
    common = common_label(one)
    if common:
        odd = [label for label in one.labels if unlike(label, common)]
        missing = [p for p, v in enumerate(one.values) if v is not None and p not in {o.point for o in one.labels}]
        points = "".join(label_markup(label, one, data, frame, pen) for label in odd)
        gone = "".join(f"<c:dLbl>{value('idx', p)}{value('delete', 1)}</c:dLbl>" for p in missing)
        body = label_look(common, one, data, pen) + shown(common)
        return element("c:dLbls", "", points + gone + body + no_leaders(one))
    points = "".join(label_markup(label, one, data, frame, pen) for label in one.labels)
    return element("c:dLbls", "", points + nothing_shown() + no_leaders(one))


def no_leaders(one: Series) -> str:
    """No line leads from a point to a label that stands off its usual place ([MS-ODRAWXML] 2.24.3.58)."""
    own = value("showLeaderLines", 0) if one.kind == "pie" else ""
    ours = f'<c15:showLeaderLines xmlns:c15="{CHART_2012}" val="0"/>'
    return f'{own}<c:extLst><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}">{ours}</c:ext></c:extLst>'


def common_label(one: Series) -> PointLabel | None:
    """The label that most points have, if most have one."""
    if one.kind in POINTS or 2 * len(one.labels) <= len(one.values):
        return None
    kinds = [(label.parts, label.place, label.colour) for label in one.labels]
    best = max(dict.fromkeys(kinds), key=kinds.count)
    return next(label for label, kind in zip(one.labels, kinds, strict=True) if kind == best)


def unlike(label: PointLabel, common: PointLabel) -> bool:
    moved = bool(label.dx_pt or label.dy_pt)
    return moved or (label.parts, label.place, label.colour) != (common.parts, common.place, common.colour)


def label_markup(label: PointLabel, one: Series, data: ChartData, frame: Size, pen: Pen) -> str:
    layout = ""
    if label.dx_pt or label.dy_pt:
        x, y = value("x", round(label.dx_pt / frame.width, 5)), value("y", round(label.dy_pt / frame.height, 5))
        layout = f"<c:layout><c:manualLayout>{x}{y}</c:manualLayout></c:layout>"
    words = ""
    if data.kind in POINTS:
        words = rich(one.names[label.point], label, data, pen)
    body = f"{value('idx', label.point)}{layout}{words}{label_look(label, one, data, pen)}{shown(label)}"
    return element("c:dLbl", "", body)


def rich(words: str, label: PointLabel, data: ChartData, pen: Pen) -> str:
    """A label in words of its own."""
    style = character(pen.theme.style(data.value))._replace(colour=label.colour)
    run = character_markup("a:rPr", style, None, pen, attributes(lang=pen.language))
    paragraph = f"<a:p><a:r>{run}<a:t>{text(words)}</a:t></a:r></a:p>"
    return f'<c:tx><c:rich><a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/>{paragraph}</c:rich></c:tx>'


def label_look(label: PointLabel, one: Series, data: ChartData, pen: Pen) -> str:
    """Format, text and place of a label; a label in a pie is placed by its own offset."""
    form = f"<c:numFmt{attributes(formatCode=one.format, sourceLinked=0)}/>"
    style = character(pen.theme.style(data.value))._replace(colour=label.colour)
    plain = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    where = "" if one.kind in ("doughnut", "area") else value("dLblPos", PLACES[label.place])
    return form + plain + text_look(style, pen) + where


def text_look(style: Character, pen: Pen, wrap: str = "none", turn: str = ' rot="0"') -> str:
    """`c:txPr`. LibreOffice thins names along an axis only where no turn is given."""
    look = character_markup("a:defRPr", style, None, pen)
    end = f"<a:endParaRPr{attributes(lang=pen.language)}/>"
    sides = 'lIns="38100" tIns="19050" rIns="38100" bIns="19050"'
    return (
        f'<c:txPr><a:bodyPr{turn} vert="horz" wrap="{wrap}" {sides} anchor="ctr"/><a:lstStyle/>'
        f"<a:p><a:pPr>{look}</a:pPr>{end}</a:p></c:txPr>"
    )


def shown(label: PointLabel) -> str:
    """What a label says; its parts are divided by a comma."""
    flags = {
        "showLegendKey": 0,
        "showVal": int("value" in label.parts),
        "showCatName": int("category" in label.parts),
        "showSerName": int("name" in label.parts),
        "showPercent": 0,
        "showBubbleSize": 0,
    }
    separator = "<c:separator>, </c:separator>" if len(label.parts) > 1 else ""
    return "".join(value(name, flag) for name, flag in flags.items()) + separator


def nothing_shown() -> str:
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return "".join(value(name, 0) for name in names)


def layout(box: Box, frame: Box) -> str:
    """The place of the inner plot area, as shares of the chart."""
    shares = {
        "x": (box.x - frame.x) / frame.width,
        "y": (box.y - frame.y) / frame.height,
        "w": box.width / frame.width,
        "h": box.height / frame.height,
    }
    target = value("layoutTarget", "inner") + value("xMode", "edge") + value("yMode", "edge")
    return (
        "<c:layout><c:manualLayout>"
        f"{target}{''.join(value(name, round(share, 6)) for name, share in shares.items())}"
        "</c:manualLayout></c:layout>"
    )
