"""Columns and numbers of data, as tables and charts choose and write them."""

from __future__ import annotations

import pytest

from deckgen.blocks.chart import Chart
from deckgen.blocks.table import Table
from deckgen.build import Options, build
from deckgen.diagnostics import has_errors
from deckgen.model.block import runs
from deckgen.model.changes import changes
from deckgen.model.manifest import manifest_of
from tests.data_talks import CSV, deck, source, world, wrong

COLUMNS = "columns: [{name: day, head: Day}, amount]"


def test_tables_and_charts_choose_columns_in_the_same_words() -> None:
    """The column of regions holds no numbers, and the chart does not mind since it is not chosen."""
    more = f"  - title: B\n    chart: {{data: sales, kind: line, {COLUMNS}}}\n"
    more += f"  - title: C\n    chart: {{file: sales.csv, kind: line, {COLUMNS}}}\n"
    text = source("data: {sales: sales.csv}", "A", f"table: {{data: sales, {COLUMNS}}}") + more
    made = deck(text)
    table, chart, other = (slide.body[0] for slide in made.slides)
    assert isinstance(table, Table) and isinstance(chart, Chart) and isinstance(other, Chart)
    rows = [[run.text for run in runs(row)] for row in (*table.head, *table.all_rows)]
    assert rows[:2] == [["Day", "amount"], ["2026-03-01", "1000.5"]]
    assert [run.text for run in chart.numbers.head] == ["amount"]
    assert [[row.name.text, *row.values] for row in chart.numbers.rows][:2] == [
        ["2026-03-01", 1000.5],
        ["2026-04-01", 2000],
    ]
    assert chart.numbers == other.numbers
    assert not has_errors(build(world(text), "talk.yaml", Options()).diagnostics)


@pytest.mark.parametrize(
    ("block", "place", "message", "hint"),
    [
        ("chart: {data: sales, columns: [day, amuont]}", "talk.yaml:7:41", "no column 'amuont'", "mean 'amount'?"),
        ("table: {data: sales, columns: [DAY]}", "talk.yaml:7:36", "no column 'DAY'", "did you mean 'day'?"),
        ("chart: {data: sales, columns: [day]}", "talk.yaml:7:36", "`columns` names one column", "names stand in the"),
        ("chart: {data: sales}", "talk.yaml:7:19", "'day' holds no numbers, but text such as '2026-03-01'",
         "`columns: [region, amount]`"),
        ("chart: {data: sales, columns: [day, {name: amount, head: '*Sold*'}]}", "talk.yaml:7:64", "is plain text", ""),
        ("table: {data: sales, columns: [{name: region, format: number}]}", "sales.csv:2:1",
         "in the column 'region': expected a number, found 'EMEA'", "with a point"),
        ("table: {data: sales, columns: [{name: day, format: mony}]}", "talk.yaml:7:56", "no format 'mony'", "money"),
        ("table: {data: sales, columns: [{name: day, format: money}]}", "talk.yaml:7:56", "no currency is known", ""),
        ("table: {data: sales, columns: [{name: amount, format: date(2)}]}", "talk.yaml:7:59", "asks for more", ""),
        ("chart: {data: sales, columns: [day, {name: amount, format: number}]}", "talk.yaml:7:64", "have no `format`",
         "`decimals`"),
        ("chart: {data: {a: 1}, columns: [a]}", "talk.yaml:7:37", "the chart has none", "leave `columns` out"),
        ("chart: {data: {a: '{{ sales.total }}'}}", "talk.yaml:7:24", "no 'total'", ""),
        ("chart: {data: {a: '{{ sales.rows[0].region }}'}}", "talk.yaml:7:23", "found 'EMEA'", "a number alone"),
        ("chart: {data: {a: '{{ 3000 | number }}'}}", "talk.yaml:7:23", "found '3,000'", "without a filter"),
        ("chart: {data: {a: 1, b: [1, '{{ nothing }}']}}", "talk.yaml:7:33", "expected a number, found '-'", ""),
        ("chart: {data: {a: 1}, mark: {at: '{{ sales.rows[1].region }}', label: x}}", "talk.yaml:7:38",
         "expected a number, found the text 'APAC'", "a number alone"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_columns_and_numbers(block: str, place: str, message: str, hint: str) -> None:
    text = source("data: {sales: sales.csv}\nparameters: {nothing: '-'}", "A", block)
    [found] = [d for d in build(world(text), "talk.yaml", Options()).diagnostics if d.severity == "error"]
    assert (str(found.span), found.code) == (place, "schema" if found.message.startswith("expected") else "data")
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("column", "language", "shown"),
    [
        ("{name: amount, format: money}", "en-GB", ["£1,000.50", "£2,000.00", "£4.00"]),
        ("{name: amount, format: 'money(\"EUR\", 0)'}", "de", ["1.000\xa0€", "2.000\xa0€", "4\xa0€"]),
        ("{name: amount, format: number(1)}", "de", ["1.000,5", "2.000,0", "4,0"]),
        ("{name: amount, format: percent}", "en", ["100,050%", "200,000%", "400%"]),
        ("{name: day, format: date}", "en-GB", ["1 March 2026", "1 April 2026", "1 May 2026"]),
    ],
)
def test_a_table_writes_columns_in_the_ways_of_text(column: str, language: str, shown: list[str]) -> None:
    made = deck(
        source(f"language: {language}\ndata: {{s: sales.csv}}", "A", f"table: {{data: s, columns: [{column}]}}")
    )
    [table] = made.slides[0].body
    assert isinstance(table, Table)
    assert [run.text for row in table.all_rows for run in runs(row)] == shown


def test_fields_that_are_missing_stay_as_they_are_in_a_format() -> None:
    files = {"a.csv": b"name,amount\nA,-\nB,\nC,1.5\n"}
    made = deck(
        source("", "A", "table: {file: a.csv, columns: [name, {name: amount, format: number(2)}]}"),
        a_csv=files["a.csv"],
    )
    [table] = made.slides[0].body
    assert isinstance(table, Table)
    assert [[run.text for run in runs(row)] for row in table.all_rows] == [["A", "-"], ["B"], ["C", "1.50"]]


def test_a_chart_of_no_rows_is_told() -> None:
    text = source("data: {few: {file: sales.csv, query: select * from few where 0}}", "A", "chart: {data: few}")
    [found] = build(world(text), "talk.yaml", Options()).diagnostics
    assert (str(found.span), found.message) == ("talk.yaml:6:19", "the data have no rows")


def test_changes_tell_what_is_shown_of_the_data() -> None:
    """A column that nobody sees changes nothing; of others, the rows are told."""
    text = source("data: {sales: sales.csv}", "A", f"table: {{data: sales, {COLUMNS}}}")
    text += f"  - title: B\n    chart: {{data: sales, kind: line, {COLUMNS}}}\n"
    before = manifest_of(deck(text))
    assert changes(before, manifest_of(deck(text, sales_csv=CSV.replace(b"EMEA", b"ASIA")))) == ()
    table, chart = changes(before, manifest_of(deck(text, sales_csv=CSV.replace(b"2000", b"3000"))))
    assert [[(edit.old, edit.new) for edit in change.edits] for change in (table, chart)] == [[("2000", "3000")]] * 2


def test_numbers_are_values_of_the_data() -> None:
    block = """chart: {data: {Count: '{{ sales.count }}', "Sum": ['{{ sales.sum("amount") / 2 }}']},
      mark: {at: '{{ sales.max("amount") }}', label: Best}}
  - title: B
    table: {rows: [[a], [b], [c]], highlight_row: '{{ sales.count }}'}"""
    made = deck(source("data: {sales: sales.csv}", "A", block))
    chart, table = (slide.body[0] for slide in made.slides)
    assert isinstance(chart, Chart) and isinstance(table, Table) and chart.mark
    assert [row.values for row in chart.numbers.rows] == [(3,), (1502.25,)]
    assert (chart.mark.at, table.highlight_row) == (2000, 3)


def test_braces_are_no_number_in_a_talk_without_data() -> None:
    [(place, message, hint)] = wrong(source("", "A", "chart: {data: {a: '{{ x }}'}}"))
    assert (place, message) == ("talk.yaml:6:23", "expected a number, found '{{ x }}'")
    assert "without `data` and `parameters`" in hint
