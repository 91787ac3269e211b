"""Data: files and queries as tables, charts and words of the text; what untrusted ones may not do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.blocks.chart import Chart
from deckgen.blocks.code import Code
from deckgen.blocks.table import Table
from deckgen.build import Options, build
from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import has_errors
from deckgen.model.block import runs
from deckgen.model.manifest import manifest_of
from deckgen.model.text import plain
from deckgen.read.deck import read_deck
from tests.command import deckgen
from tests.data_talks import deck, excel_file, source, sqlite_file, title, world, wrong


@pytest.mark.parametrize(
    ("expression", "head", "words"),
    [
        ("{{ sales.count }} sold", "", "3 sold"),
        ("{{ sales.rows[1].region }}", "", "APAC"),
        ('{{ sales.sum("amount") | number }}', "language: de", "3.004,5"),
        ('{{ sales.sum("amount") | money("EUR", 0) }}', "language: de", "3.004\u00a0€"),
        ('{{ sales.max("amount") | money }}', "language: en-GB", "£2,000.00"),
        ('{{ sales.max("amount") | money }}', "parameters: {currency: CHF}", "CHF\u00a02,000.00"),
        ('{{ (sales.rows[2].amount / sales.max("amount")) | percent(1) }}', "", "0.2%"),
        ("{{ sales.rows[0].day | date }}", "", "March 1, 2026"),
        ("{{ sales.rows[0].day | date }}", "language: de", "1. März 2026"),
        (
            "{{ place }} and **{{ place }}**",
            "parameters: {place: '*a* [b](c) `d`'}",
            "*a* [b](c) `d` and *a* [b](c) `d`",
        ),
        ("`{{ place }}`", "parameters: {place: x}", "{{ place }}"),
        ("{{ year }}", "parameters: {year: 1.10}", "1.10"),
        ("{{ a.b }", "", "{{ a.b }"),
    ],
)
def test_values_in_text(expression: str, head: str, words: str) -> None:
    assert title(expression, head) == words


def test_plain_text_takes_values_like_other_text() -> None:
    head = "parameters: {unit: kW, sum: Total, shore: A coast, key: flow}"
    made = deck(
        source(
            f"data: {{sales: sales.csv}}\n{head}",
            "A",
            """body:
      - chart:
          kind: column
          series: ['{{ sum }}', Share]
          data: {'{{ key }} 1': [1, 2], b: [2, 3]}
          highlight: '{{ key }} 1'
          unit: '{{ unit }}'
          mark: {at: 1, label: 'Of {{ sales.count }}'}
          alt: '{{ shore }}, \\{{ and {{ sales.max("amount") | number(1) }}'
  - title: B
    code: {text: '{{ shore }}'}""",
        )
    )
    chart, code = (slide.body[0] for slide in made.slides)
    assert isinstance(chart, Chart) and isinstance(code, Code) and chart.mark
    assert (chart.series, chart.unit, chart.mark.label) == (("Total", "Share"), "kW", "Of 3")
    assert [row.name.text for row in chart.numbers.rows] == ["flow 1", "b"] and chart.highlight[0].text == "flow 1"
    assert chart.alt == "A coast, {{ and 2,000.0"
    assert code.text == "{{ shore }}", "braces in code are text"


def test_braces_are_text_in_a_talk_without_data() -> None:
    assert plain(deck(source("", "{{ *name* }}")).slides[0].heading) == "{{ name }}"


def test_given_values_take_the_place_of_defaults_and_are_bound_in_queries() -> None:
    head = "parameters: {region: EMEA}\ndata:\n  top: {file: sales.csv, query: 'select count(*) as total"
    text = source(head + " from top where region = $region'}", "{{ region }} {{ top.total }}")
    assert plain(deck(text).slides[0].heading) == "EMEA 2"
    assert plain(deck(text, ("region", "APAC")).slides[0].heading) == "APAC 1"
    assert plain(deck(text, ("region", "x' or 1=1 --")).slides[0].heading) == "x' or 1=1 -- 0"
    same, other = manifest_of(deck(text)), manifest_of(deck(text, ("region", "APAC")))
    assert same == manifest_of(deck(text, ("region", "EMEA")))
    assert same.source != other.source


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        ("sales.csv", ["region", "amount", "day", "EMEA", "1000.5"]),
        ("list.json", ["region", "amount", "EMEA", "3", "APAC"]),
        ("base.sqlite", ["region", "amount", "EMEA", "10.5"]),
        ("{file: book.xlsx, sheet: Sales}", ["region", "amount", "EMEA", "7"]),
        ("{file: book.xlsx, sheet: Sales, query: 'select amount * 2 as twice from d'}", ["twice", "14"]),
        ("{file: list.json, query: 'select region from d where amount is null'}", ["region", "APAC"]),
        ("{file: base.sqlite, query: select region from t}", ["region", "EMEA"]),
    ],
)
def test_tables_of_every_kind_of_file(data: str, cells: list[str]) -> None:
    made = deck(source(f"data: {{d: {data}}}", "A", "table: {data: d}"))
    [table] = made.slides[0].body
    assert isinstance(table, Table)
    found = [run.text for row in (*table.head, *table.all_rows) for run in runs(row)]
    assert found[: len(cells)] == cells


def test_both_outputs_show_data() -> None:
    query = "select region, sum(amount) as amount from sums group by 1"
    head = f"data:\n  all: sales.csv\n  sums: {{file: sales.csv, query: '{query}'}}"
    more = "  - title: Table\n    table: {data: all, columns: [region, amount]}\n"
    more += "  - title: Chart\n    chart: {data: sums}\n"
    text = source(head, "{{ all.count }} sales", "notes: 'Say {{ all.count }}.'\n    bullets: [x]") + more
    made = build(world(text), "talk.yaml", Options())
    assert not has_errors(made.diagnostics), made.diagnostics
    slides = read_deck_text(made.outputs[0].data)
    assert "3 sales" in slides[1].body
    assert "Say 3." in slides[1].notes
    assert "1000.5" in slides[2].body


SALES = "data: {sales: sales.csv}"


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (source(SALES, "It is {{ sale.count }}"), "talk.yaml:5:19", "no value 'sale'", "mean 'sales'?"),
        (source(SALES, '{{ sales.sum("amont") }}'), "talk.yaml:5:13", "no column 'amont'", "'amount'"),
        (source(SALES, "{{ sales.amount }}"), "talk.yaml:5:13", "has 3 rows", 'sales.sum("amount")'),
        (source(SALES, "{{ sales.count | mony }}"), "talk.yaml:5:13", "no filter 'mony'", "'money'"),
        (source(SALES, "{{ sales.count | money }}"), "talk.yaml:5:13", "no currency is known", "money("),
        (source(SALES, "{{ sales.rows[9].region }}"), "talk.yaml:5:13", "no row 9", ""),
        (source(SALES, "{{ sales }}"), "talk.yaml:5:13", "is a table", ""),
        (source(SALES, "A", "table: {data: sale}"), "talk.yaml:6:19", "no data 'sale'", "'sales'"),
        (source("data: {sales: sale.csv}", "{{ sales.count }}"), "talk.yaml:3:15", "no file sale.csv", "sales.csv"),
        (source("data: {sales: ../../sales.csv}"), "talk.yaml:3:15", "leads out of the project's folder", ""),
        (source("data: {sales: /etc/passwd.csv}"), "talk.yaml:3:15", "begins at the root of a disk", "put the"),
        (source("data: {sales: talk.yaml}"), "talk.yaml:3:15", "is no file of data", ".xlsx"),
        (source("data: {9x: sales.csv}"), "talk.yaml:3:8", "can't be a name here", ""),
        (source("data: {d: {file: book.xlsx, sheet: Sale}}"), "talk.yaml:3:18", "there is no sheet 'Sale'", "Sales"),
        (source("data: {d: {sheet: Sales}}"), "talk.yaml:3:11", "these data have no file", "`query` over the data"),
        (source(SALES, "A", 'chart: {data: {a: 1}, unit: "{{ sale }}"}'), "talk.yaml:6:34", "no value 'sale'", ""),
        (source(SALES, "A", "chart: {data: {'{{ x }}': 1}}"), "talk.yaml:6:21", "no value 'x'", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(text: str, place: str, message: str, hint: str) -> None:
    [found] = wrong(text)
    assert found[0] == place
    assert message in found[1]
    assert hint in found[2]


@pytest.mark.parametrize(
    "expression",
    [
        "sales.__class__", "sales.rows.__class__.__mro__", "''.__class__", "sales.sum.__globals__", "sales.sum.func",
        "sales['__class__']", "x.__init__", "self", "self._TemplateReference__context", "lipsum", "cycler", "range(9)",
        "''.join('a')", "'%s' % x", "x * 99999999", "9 ** 9 ** 9", "'a' * 10 ** 9", "[1] * 9", "x ~ x", "x if x else x",
        "x is defined", "namespace()", "sales.rows | map('upper')", "x | attr('upper')", "sales.sum(amount='x')",
        "language_", "currency_", "x.format(1)", "none", "(1, 2)", "x[0:1]", "x | number(99)", "x | number(-1)", "",
        "'a' + 'b'", "caller()", "loop", "super()", "1 / 0", "x | money('ABC')", "1e999 * 2",
    ],
)  # fmt: skip
def test_no_expression_reaches_out_of_its_values(expression: str) -> None:
    text = source(
        "data: {sales: sales.csv}\nparameters: {x: word}", "A", "notes: |\n      A {{ " + expression + " }} z"
    )
    made, found = read_deck(world(text), "talk.yaml")
    if made:  # Then it is text as it was typed.
        assert "{{" in "".join(run.text for note in made.slides[0].notes for run in note.text)
    else:
        assert {d.code for d in found} == {"data"}


def test_files_that_swell_or_lie_are_errors() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 120_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>')
    for data in (bomb.getvalue(), entities.getvalue(), b"PK\x03\x04no zip", b"", excel_file()[:-200]):
        assert len(wrong(source("data: {d: x.xlsx}"), x_xlsx=data)) == 1
    for data in (b"no database", b"SQLite format 3\0" + b"\xff" * 500, sqlite_file()[:3000]):
        assert len(wrong(source("data: {d: x.sqlite}"), x_sqlite=data)) == 1
    for data in (b"[" * 100_000, b"{}", b"[]", b"[1]", b'[{"a": {}}]', b"[[1], [1, 2]]", b"\xff", b"[[]]"):
        assert len(wrong(source("data: {d: x.json}"), x_json=data)) == 1


TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_a_value_is_shown_as_it_is(value: str) -> None:
    text = source("parameters: {x: ''}", "A {{ x }} z")
    assert plain(deck(text, ("x", value)).slides[0].heading) == f"A {value} z"


def test_the_commands_take_values(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(source("parameters: {region: EMEA}", "In {{ region }}"))
    told = deckgen("check", "--set", "regio=APAC", "talk.yaml", cwd=tmp_path)
    assert told.returncode == 2
    assert "has no parameter 'regio'; did you mean 'region'?" in told.stderr.replace("\n", " ")
    assert deckgen("check", "--set", "region=APAC", "talk.yaml", cwd=tmp_path).returncode == 0
    assert deckgen("build", "--set", "region=APAC", "--only", "deck", "talk.yaml", cwd=tmp_path).returncode == 0
    slides = read_deck_text((tmp_path / "build" / "talk.pptx").read_bytes())
    assert "In APAC" in slides[1].body
    assert deckgen("build", "--set", "region", "talk.yaml", cwd=tmp_path).returncode == 2


def test_a_pair_of_other_values_is_in_step_with_the_source_of_these_values(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(source("parameters: {region: EMEA}", "In {{ region }}"))
    assert deckgen("build", "--set", "region=APAC", "talk.yaml", cwd=tmp_path).returncode == 0
    files = ("build/talk.pptx", "build/talk-handout.pdf", "talk.yaml")
    assert deckgen("verify", *files, cwd=tmp_path).returncode == 1
    assert deckgen("verify", *files, "--set", "region=APAC", cwd=tmp_path).returncode == 0
