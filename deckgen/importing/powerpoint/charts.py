"""A chart with the numbers that its slide shows -> a block `chart`, or a table where there is no such chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from lxml import etree

from deckgen.frozen import frozen
from deckgen.importing.powerpoint.shapes import count
from deckgen.importing.powerpoint.text import words, written_plain
from deckgen.importing.result import Data
from deckgen.importing.sound import faults
from deckgen.namespaces import A, C

KINDS = {
    "barChart": "column", "lineChart": "line", "areaChart": "area", "pieChart": "pie", "doughnutChart": "doughnut",
    "scatterChart": "scatter", "bubbleChart": "bubble", "ofPieChart": "pie",
}  # fmt: skip
STACKS = {"stacked": "sum", "percentStacked": "share"}
MOST_NUMBERS = 20_000
Say = Callable[[str], None]


class Series(NamedTuple):
    name: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    sizes: tuple[float | None, ...]
    xs: tuple[float | None, ...]
    line: bool


@frozen
class Plot:
    kind: str
    stack: str
    series: tuple[Series, ...]


def chart(tree: etree._Element, alt: str, say: Say) -> Data | None:
    """The block of a chart's part; None if it has no numbers."""
    area = tree.find(f"{C}chart/{C}plotArea")
    plots = [] if area is None else [plot(node, say) for node in area if str(node.tag).endswith("Chart")]
    plots = [one for one in plots if one.series]
    if not plots:
        return None
    if any(one.kind != plots[0].kind for one in plots[1:]) and {one.kind for one in plots} != {"column", "line"}:
        say("a chart of several kinds is set as one of the first of them")
    series = [one for found in plots for one in found.series]
    caption = {"caption": written_plain(title)} if (title := title_of(tree.find(f"{C}chart"))) else {}
    first = plots[0]
    block: Data = {"kind": first.kind}
    if not first.kind:
        say("this kind of chart does not exist here: its numbers are set as a table")
        return {"table": {**as_table(series), **caption}}
    if first.kind in ("scatter", "bubble"):
        block |= {"data": points(series), **dict(axes(area))}
    else:
        block |= values(series, percent(tree))
        block |= {"stack": first.stack} if first.stack and len(series) > 1 else {}
        lines = [name_of(one, series) for one in series if one.line]
        block |= {"second": lines} if first.kind == "column" and 0 < len(lines) < len(series) else {}
        for _, heading in axes(area):
            say(f"the name of an axis is left out: {heading}")
    left_out(tree, say)
    return fitting({"chart": {**block, **caption, **({"alt": alt} if alt else {})}}, series, say)


def left_out(tree: etree._Element, say: Say) -> None:
    """Say what a chart has beside its numbers and names."""
    for label in tree.iterfind(f".//{C}dLbl/{C}tx"):
        written = words(" ".join(text.text or "" for text in label.iter(f"{A}t")))
        say(f"a label that somebody wrote into the chart is left out: {written}")
    for name, what in (("trendline", "lines of trend"), ("errBars", "bars of error")):
        if tree.find(f".//{C}{name}") is not None:
            say(f"the chart's {what} are left out")
    points = [ser for plot in tree.iter(f"{C}scatterChart") for ser in plot.iterfind(f"{C}ser")]
    if any(ser.find(f"{C}spPr/{A}ln/{A}noFill") is None for ser in points):
        say("the lines between the points of the chart are left out")


def fitting(block: Data, series: Sequence[Series], say: Say) -> Data:
    """The chart as deckgen can show it: of its own kind, else plainer, else its numbers as a table."""
    own = block["chart"]
    plainer = [{key: value for key, value in own.items() if key != "stack"}]
    plainer += [{**plainer[0], "kind": kind} for kind in (("line", "bar") if own["kind"] == "area" else ("bar",))]
    fault = faults(block)
    if not fault:
        return block
    for other in plainer:
        if not faults({"chart": other}):
            stack = "without its stacks" if own["kind"] == other["kind"] else f"as one of the kind {other['kind']}"
            say(f"the chart is set {stack}: {fault}")
            return {"chart": other}
    say(f"the numbers of the chart are set as a table: {fault}")
    return {"table": {**as_table(series), **({"caption": own["caption"]} if "caption" in own else {})}}


def plot(node: etree._Element, say: Say) -> Plot:
    name = etree.QName(node).localname
    flat = name.replace("3D", "")
    if flat != name:
        say("a chart in three dimensions is set flat")
    kind = KINDS.get(flat, "")
    if kind == "column" and value(node, "barDir") == "bar":
        kind = "bar"
    found = tuple(series(ser, kind == "line") for ser in node.iterfind(f"{C}ser"))
    return Plot(kind, STACKS.get(value(node, "grouping"), ""), tuple(one for one in found if one.values))


def value(node: etree._Element, name: str) -> str:
    found = node.find(f"{C}{name}")
    return "" if found is None else found.get("val", "")


def series(node: etree._Element, line: bool) -> Series:
    heads = cached(node.find(f"{C}tx"))
    names = cached(node.find(f"{C}cat"))
    xs = numbers(cached(node.find(f"{C}xVal")))
    own = node.find(f"{C}yVal") if node.find(f"{C}val") is None else node.find(f"{C}val")
    sizes = numbers(cached(node.find(f"{C}bubbleSize")))
    return Series(words(" ".join(heads)), tuple(map(words, names)), numbers(cached(own)), sizes, xs, line)


def cached(node: etree._Element | None) -> tuple[str, ...]:
    """What the chart shows of cells: where names have several levels, the inner ones after the outer."""
    if node is None:
        return ()
    inner, *outer = [dict(cells(level)) for level in node.findall(f".//{C}lvl") or [node]]
    for level in outer:
        above = ""
        for i in range(max(inner, default=-1) + 1):
            above = level.get(i, above)
            inner[i] = ", ".join(filter(None, (above, inner.get(i, ""))))
    return tuple(inner.get(i, "") for i in range(max(inner, default=-1) + 1)) or tuple(
        direct for one in [node.findtext(f"{C}v")] if (direct := one or "")
    )


def cells(level: etree._Element) -> Iterator[tuple[int, str]]:
    """The cells of one level, by their numbers."""
    for point in level.iter(f"{C}pt"):
        index = count(point.get("idx"), MOST_NUMBERS)
        if index < MOST_NUMBERS:
            yield index, point.findtext(f"{C}v") or ""


def numbers(texts: Sequence[str]) -> tuple[float | None, ...]:
    return tuple(map(number, texts))


def number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e100 else None


def percent(tree: etree._Element) -> bool:
    """Whether all numbers are shown in percent."""
    codes = [node.text or "" for node in tree.iterfind(f".//{C}val//{C}formatCode")]
    return bool(codes) and all("%" in code for code in codes)


def short(found: float | None, times: int = 1) -> Any:
    """A number as a person writes it; a dash for a missing one."""
    if found is None:
        return "-"
    rounded = float(f"{found * times:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def values(found: Sequence[Series], in_percent: bool) -> Data:
    times = 100 if in_percent else 1
    unit = {"unit": "%"} if in_percent else {}
    longest = max(len(one.values) for one in found)
    names = next((one.names for one in found if one.names), ())
    rows = [names[i] if i < len(names) and names[i] else str(i + 1) for i in range(longest)]
    cells = [[short(one.values[i] if i < len(one.values) else None, times) for one in found] for i in range(longest)]
    heads = [name_of(one, found) for one in found]
    if len(found) == 1 and len({*rows}) == longest:
        return {"data": {name: own[0] for name, own in zip(rows, cells, strict=True)}, **unit}
    if len({*rows}) == longest:
        return {"series": heads, "data": dict(zip(rows, cells, strict=True)), **unit}
    return {"data": [["", *heads], *([name, *own] for name, own in zip(rows, cells, strict=True))], **unit}


def name_of(one: Series, found: Sequence[Series]) -> str:
    return one.name or f"Series {1 + next(i for i, other in enumerate(found) if other is one)}"


def points(found: Sequence[Series]) -> Data:
    """The points of each series; those that lack a number are left out."""
    data: Data = {}
    for one in found:
        xs = one.xs or tuple(float(i + 1) for i in range(len(one.values)))
        places = list(zip(xs, one.values, *([one.sizes] if one.sizes else []), strict=False))
        whole = [[short(cell) for cell in place] for place in places if None not in place]
        data.setdefault(name_of(one, found), []).extend(whole)
    return {name: own for name, own in data.items() if own} or {"-": [[0, 0]]}


def as_table(found: Sequence[Series]) -> Data:
    longest = max(len(one.values) for one in found)
    names = next((one.names for one in found if one.names), ())
    header = ["", *(written_plain(name_of(one, found)) for one in found)]
    rows = [
        [
            written_plain(names[i]) if i < len(names) else str(i + 1),
            *(str(short(one.values[i])) if i < len(one.values) else "" for one in found),
        ]
        for i in range(longest)
    ]
    return {"header": header, "rows": rows}


def axes(area: etree._Element | None) -> Iterator[tuple[str, str]]:
    """The names of the axes, those of `x` the level ones, of `y` the upright ones."""
    for axis in [] if area is None else [node for node in area if str(node.tag).endswith("Ax")]:
        if name := title_of(axis):
            yield "y" if value(axis, "axPos") in ("l", "r") else "x", name


def title_of(node: etree._Element | None) -> str:
    title = None if node is None else node.find(f"{C}title")
    if title is None:
        return ""
    parts = [" ".join(run.text or "" for run in line.iter(f"{A}t")) for line in title.iter(f"{A}p")]
    return words(re.sub(r"\s+", " ", " ".join(parts) or " ".join(cached(title.find(f"{C}tx")))))
