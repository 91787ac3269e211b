"""Charts: what is drawn and what is native say the numbers of the source, in every kind."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deckgen.check.pptx_charts import ReadChart
from deckgen.check.pptx_text import read_deck_text
from deckgen.model.drawing import AutoShape, Chart, Freeform, TextBox
from deckgen.model.text import plain
from deckgen.typeset.charts.labels import spread
from deckgen.typeset.charts.numbers import number_format
from deckgen.typeset.charts.scale import nice_scale
from tests.judges import package_check, schema_check
from tests.judges.package_check import find, values
from tests.opened import only, opened
from tests.pairs import Outcome, outcome, prepared
from tests.strategies import CHART_KINDS, Data, as_yaml, charts

law = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
FULL: Data = {"Full VM": 48, "Minimal VM": 21, "MicroVM": 3.2, "Container": 1}
PARTS: Data = {"Q1": [12, 7], "Q2": [14, "-"], "Q3": [15, 11]}


def talk_of(chart: Data, **head: str) -> str:
    slide = {"title": "A chart", "id": "slide", "chart": chart}
    return as_yaml({"deckgen": 1, "title": "Charts", **head, "slides": [slide]})


def made(chart: Data, **head: str) -> Outcome:
    found = outcome(talk_of(chart, **head))
    assert found.talk, found.found
    assert found.problems == ()
    return found


def drawn(result: Outcome) -> Chart:
    assert result.talk
    return next(shape for shape in result.talk.show.pages[-1].drawing.shapes if isinstance(shape, Chart))


def read(result: Outcome) -> ReadChart:
    return read_deck_text(result.deck)[-1].charts[0]


def words(chart: Chart) -> list[str]:
    return [plain(shape.paragraphs[0].text) for shape in chart.shapes if isinstance(shape, TextBox)]


def errors(chart: Data) -> list[str]:
    return [found.message for found in prepared(talk_of(chart))[1]]


def test_a_bar_chart_is_native_with_direct_labels_and_one_hot_bar() -> None:
    result = made({"kind": "bar", "data": FULL, "unit": "s", "highlight": "Container"})
    part = opened(result.deck).root("ppt/charts/chart1.xml")
    assert values(part, "//*[local-name()='barDir' or local-name()='gapWidth']/@val") == ["bar", "55"]
    assert values(part, "//*[local-name()='dPt']/*[local-name()='idx']/@val") == ["3"]
    assert values(part, "//*[local-name()='dPt']//a:schemeClr/@val") == ["accent1"]
    assert values(part, "//*[local-name()='roundedCorners']/@val") == ["0"]
    assert find(part, "//*[local-name()='legend']") == []
    assert find(part, "//*[local-name()='majorGridlines']") == []
    assert set(values(part, "//*[local-name()='numFmt']/@formatCode")) == {"General", 'General"\u00a0s"'}
    assert all(int(number) > 0 for number in values(part, "//*[local-name()='axId']/@val"))
    assert drawn(result).placeholder == "chart"


def test_a_chart_names_colours_and_fonts_of_the_theme_alone() -> None:
    for kind in CHART_KINDS:
        data = {"a": [1, 2, 3], "b": [2, 3, 4]} if kind in ("scatter", "bubble") else FULL
        data = {name: value[:2] for name, value in data.items()} if kind == "scatter" else data
        part = opened(made({"kind": kind, "data": data}).deck).root("ppt/charts/chart1.xml")
        assert find(part, "//a:srgbClr") == []
        assert set(values(part, "//a:latin/@typeface")) <= {"+mn-lt"}


def test_the_workbook_holds_what_the_chart_shows() -> None:
    chart = read(made({"kind": "line", "series": ["Compute", "Storage"], "data": PARTS}))
    assert [one.name for one in chart.series] == ["Compute", "Storage"]
    assert chart.series[1].columns["val"] == (7.0, None, 11.0)
    assert [one.cells for one in chart.series] == [one.columns for one in chart.series]


def test_the_frame_is_described_and_stands_in_the_placeholder() -> None:
    slide = opened(made({"data": FULL, "unit": "s"}).deck).slide(2)
    frame = only(slide, "//p:graphicFrame")
    assert values(frame, "p:nvGraphicFramePr/p:cNvPr/@descr") == [
        "Full VM: 48\u00a0s; Minimal VM: 21\u00a0s; MicroVM: 3.2\u00a0s; Container: 1\u00a0s"
    ]
    assert values(frame, "p:nvGraphicFramePr/p:nvPr/p:ph/@type") == ["chart"]


def test_numbers_follow_the_language() -> None:
    result = made({"data": {"Berlin": 3.7, "Bonn": 0.3}, "unit": "%"}, language="de")
    assert words(drawn(result))[:2] == ["3,7\u00a0%", "0,3\u00a0%"]
    part = opened(result.deck).root("ppt/charts/chart1.xml")
    assert '[$-407]General"\u00a0%"' in values(part, "//*[local-name()='numFmt']/@formatCode")


def test_bars_begin_at_zero_and_are_as_long_as_their_numbers() -> None:
    chart = drawn(made({"data": {"a": 30, "b": 60}}))
    first, second = (shape.box for shape in chart.shapes if isinstance(shape, AutoShape))
    assert second.width == pytest.approx(2 * first.width)
    assert chart.data.axis.scale.low == 0


def test_slices_are_parts_of_a_whole() -> None:
    chart = drawn(made({"kind": "pie", "data": {"a": 1, "b": 3}}))
    assert len([shape for shape in chart.shapes if isinstance(shape, Freeform)]) == 2
    assert words(chart) == ["a, 1", "b, 3"]


def test_numbers_come_from_a_file_of_the_project() -> None:
    files = {"data/memory.csv": b"Count;VMs;Containers\n1;2,5;0,65\n2;5;\n"}
    result = outcome(talk_of({"kind": "line", "file": "data/memory.csv"}), files=files)
    assert result.talk and result.problems == ()
    assert read(result).series[1].columns["val"] == (0.65, None)


def test_what_is_wrong_in_a_file_is_said_at_its_place() -> None:
    files = {"data/memory.csv": b"Count,VMs\n1,2.5\n2,many\n"}
    [found] = prepared(talk_of({"file": "data/memory.csv"}), files)[1]
    assert (str(found.span), found.message) == ("data/memory.csv:3:3", "expected a number, found 'many'")


@pytest.mark.parametrize(
    ("chart", "message"),
    [
        ({"data": {}}, "the chart has no numbers"),
        ({"data": {"a": "-"}}, "the chart has no numbers"),
        ({"data": {"a": [1, 2], "b": [3]}, "series": ["x", "y"]}, "the row 'b' has 1 number, and others have 2"),
        ({"data": {"a": [1, 2]}}, "the series have no names"),
        ({"data": {"a": [1, 2]}, "series": ["x"]}, "`series` names 1 columns, but the numbers have 2"),
        ({"data": FULL, "highlight": "VM"}, "`highlight` names 'VM', which the chart does not have"),
        ({"kind": "pie", "data": {str(i): 1 for i in range(40)}}, "the chart has 40 slices, and the limit is 8"),
        ({"kind": "pie", "data": {"a": 1, "b": -1}}, "the slices are parts of a whole"),
        ({"kind": "area", "data": {"a": 1, "b": "-"}}, "an area needs every number"),
        ({"kind": "line", "data": FULL, "stack": "sum"}, "a line chart can't be stacked"),
        ({"kind": "scatter", "data": {"a": [1, 2, 3]}}, "a point of a scatter chart is a place, [x, y]"),
        ({"kind": "scatter", "data": {"a": [1, "-"]}}, "a number of the point 'a' is missing"),
        ({"data": FULL, "low": 1}, "the axis of a bar chart begins at 0"),
        ({"data": {f"bar {i}": i for i in range(40)}}, "the chart has 40 bars, and there is room for"),
        ({"data": {str(i): i for i in range(501)}}, "the chart has 501 rows, and the limit is 500"),
        ({"kind": "column", "data": {f"{'Long' * 9}{i}": i for i in range(9)}}, "the names under the columns"),
        ({"data": FULL, "x": "Time"}, "a bar chart does not name its axes"),
    ],
)
def test_what_no_chart_can_show_is_refused(chart: Data, message: str) -> None:
    assert any(found.startswith(message) for found in errors(chart)), errors(chart)


def test_many_points_thin_their_names() -> None:
    chart = drawn(made({"kind": "line", "data": {str(i): i % 7 for i in range(500)}}))
    assert chart.data.every > 1
    names = [shape for shape in chart.shapes if isinstance(shape, TextBox) and "/name-" in shape.key]
    assert 3 <= len(names) <= 8
    boxes = sorted(shape.box for shape in names)
    assert all(a.right < b.x for a, b in pairwise(boxes))


def test_dates_along_a_line_are_shown_in_words_and_counted() -> None:
    months = {f"2026-{month:02}": month for month in range(1, 5)}
    assert drawn(made({"kind": "line", "data": months})).data.categories[:2] == ("Jan 2026", "Feb 2026")
    days = {"2026-01-01": 1, "2026-01-02": 2, "2026-01-09": 3}
    assert drawn(made({"kind": "line", "data": days}, language="de")).data.categories[0] == "1. Jan. 2026"
    [found] = prepared(talk_of({"kind": "line", "data": days}))[1]
    assert (found.severity, found.message[:33]) == ("warning", "the dates are not in order and eq")


def test_the_same_source_gives_the_same_bytes() -> None:
    chart = {"kind": "bubble", "data": {"a": [1, 2, 3], "b": [3, 2, 1]}}
    assert made(chart).deck == made(chart).deck


@settings(law, max_examples=150)
@given(st.lists(st.floats(-1e15, 1e15), min_size=1), st.booleans(), st.integers(2, 20))
def test_a_scale_holds_all_values_at_few_round_steps(numbers: list[float], zero: bool, most: int) -> None:
    scale = nice_scale(numbers, zero=zero, most=most)
    dust = 1e-9 * max(1e-9, *map(abs, numbers))
    assert scale.low <= min(numbers) + dust and max(numbers) <= scale.high + dust
    assert scale.low < scale.high
    assert len(scale.ticks()) <= most + 1
    assert not zero or scale.low <= 0 <= scale.high


@settings(law, max_examples=100)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_labels_keep_apart_and_in_order(wanted: list[float]) -> None:
    places = spread(wanted, 10, -50, 150)
    rows = sorted(zip(wanted, places, strict=True))
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(sorted(places)))
    assert [place for _, place in rows] == sorted(places) or len(set(wanted)) < len(wanted)


@settings(law, max_examples=150)
@given(st.floats(-1e15, 1e15).filter(lambda value: value == 0 or abs(value) > 1e-9))
def test_a_number_is_written_so_that_it_can_be_read(value: float) -> None:
    form = number_format([value], "s")
    text = form.text(value, "en").removesuffix("\u00a0s").replace(",", "")
    assert re.fullmatch(r"-?[\d.]+(E[+-]\d+)?", text)
    assert float(text) == pytest.approx(value, rel=1e-2, abs=1e-9)


def test_the_name_of_a_low_point_stands_over_the_axis() -> None:
    chart = drawn(made({"kind": "scatter", "data": {"low": [7, 0.6], "high": [800, 21], "middle": [350, 9.5]}}))
    places = {one.names[label.point]: label.place for one in chart.data.series for label in one.labels}
    assert places == {"low": "above", "high": "left", "middle": "right"}


def test_a_minus_sign_stands_before_the_currency_as_in_spreadsheets() -> None:
    form = number_format([-0.11, 1.42], "M", "€")
    assert [form.text(value, "en") for value in (-0.11, 1.42)] == ["-€0.11\u00a0M", "€1.42\u00a0M"]
    assert form.code.startswith('"€"')


@settings(law, max_examples=60)
@given(charts())
def test_any_chart_is_refused_or_says_its_numbers(chart: Data) -> None:
    result = outcome(talk_of(chart), deck_alone=True)
    assert result.problems == ()
    assume(result.talk)
    assert package_check.findings(result.deck) == []
    shape = drawn(result)
    values_ = [value for one in shape.data.series for value in one.values if value is not None]
    scale = (shape.data.second or shape.data.axis).scale if shape.data.second else shape.data.axis.scale
    assert scale.low < scale.high
    if shape.data.kind in ("line", "scatter", "bubble") and not shape.data.second:
        assert all(scale.low <= value <= scale.high for value in values_)


@pytest.mark.parametrize("kind", CHART_KINDS)
@settings(law, max_examples=6)
@given(data=st.data())
def test_charts_are_valid_for_the_schema(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    result = outcome(talk_of(data.draw(charts((kind,)))), deck_alone=True)
    assume(result.talk)
    file = tmp_path_factory.mktemp("chart") / "deck.pptx"
    file.write_bytes(result.deck)
    assert schema_check.findings(Path(file)) == []
