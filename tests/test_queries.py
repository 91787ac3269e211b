"""Queries: what they see, how their answers come back, and what is said of those that have none."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from deckgen.blocks.table import Table
from deckgen.model.block import runs
from deckgen.model.changes import changes
from deckgen.model.manifest import manifest_of
from deckgen.model.text import plain
from deckgen.read.query import job as job_module
from deckgen.read.query.job import answered
from tests.data_talks import CSV, deck, source, sqlite_file, wrong

SHOP = """data:
  orders: sales.csv
  bosses: {file: bosses.json, query: 'select name, region as area from bosses'}
  stock: {file: base.sqlite, query: 'select region as area, sum(amount) as pieces from t group by 1'}
"""
BOSSES = b'[{"name": "Ann", "region": "EMEA"}, {"name": "Bo", "region": "APAC"}, {"name": "Cy", "region": null}]'


def rows(text: str, **files: bytes) -> list[list[str]]:
    """The rows of the first slide's table, the heads first."""
    [table] = deck(text, **files).slides[0].body
    assert isinstance(table, Table)
    return [[run.text for run in runs(row)] for row in (*table.head, *table.all_rows)]


def answer(*lines: str, head: str = "data:\n  d:\n    file: sales.csv\n", **files: bytes) -> list[list[str]]:
    sql = "".join(f"      {line}\n" for line in lines)
    return rows(source(f"{head}    query: |\n{sql}", "A", "table: {data: d}"), **files)


def test_a_query_joins_data_of_all_kinds() -> None:
    head = f"{SHOP}  d:\n    file: book.xlsx\n    sheet: Sales\n"
    found = answer(
        "select name, sum(orders.amount) as sold, any_value(pieces) as pieces, any_value(d.amount) as planned",
        "from d join orders using (region) join bosses on area = region left join stock using (area)",
        "group by name order by sold",
        head=head, bosses_json=BOSSES,
    )  # fmt: skip
    assert found == [["name", "sold", "pieces", "planned"], ["Ann", "1004.5", "10.5", "7"]]


def test_a_query_needs_no_file_of_its_own() -> None:
    head = f"{SHOP}  d:\n"
    found = answer("select count(*) as bosses, max(area) as last from bosses", head=head, bosses_json=BOSSES)
    assert found == [["bosses", "last"], ["3", "EMEA"]]


def test_data_of_a_query_are_what_it_gave_to_the_queries_after_it() -> None:
    """Its own query sees the file by the same name."""
    head = "data:\n  sales: {file: sales.csv, query: select region from sales where amount > 1000}\n  d:\n"
    assert answer("select count(*) as n from sales", head=head) == [["n"], ["2"]]


def test_a_table_of_the_own_file_goes_before_data_of_its_name() -> None:
    head = "data:\n  t: sales.csv\n  d:\n    file: base.sqlite\n"
    assert answer("from t", head=head) == [["region", "amount"], ["EMEA", "10.5"]]


def test_more_rows_than_are_shown_are_there_for_queries() -> None:
    many = b"n\n" + b"".join(b"%d\n" % i for i in range(5000))
    head = "data:\n  many: many.csv\n  d:\n"
    assert answer("select count(*) as n, sum(n) as total from many", head=head, many_csv=many) == [
        ["n", "total"],
        ["5000", "12497500"],
    ]
    for more in ("table: {data: many}", "chart: {data: many}", "bullets: ['{{ many.count }}']"):
        [(place, message, hint)] = wrong(source("data: {many: many.csv}", "A", more), many_csv=many)
        assert place.startswith("talk.yaml:6:")
        assert (message, "query" in hint) == ("these data have more than 2,000 rows", True)


def asked(*lines: str) -> str:
    """A source whose query begins in line 8, its first column is the seventh."""
    head = "parameters: {region: EMEA}\ndata:\n  d:\n    file: sales.csv\n    query: |\n"
    return source(head + "\n".join(f"      {line}" for line in lines))


@pytest.mark.parametrize(
    ("select", "shown"),
    [
        ("sum(amount), avg(amount)", ["3004.5", "1001.5"]),
        ("1.50::decimal(9, 2), 2::decimal(9, 2), 10::hugeint, 0.1 + 0.2", ["1.5", "2", "10", "0.3"]),
        ("min(day), max(day) + 1, month(max(day)), max(day) - min(day)", ["2026-03-01", "2026-05-02", "5", "61"]),
        ("timestamp '2026-03-01 10:30:00', timestamp '2026-03-01 00:00:00'", ["2026-03-01T10:30:00", "2026-03-01"]),
        ("time '10:30:00', timestamptz '2026-03-01 10:30:00+02'", ["10:30:00", "2026-03-01T08:30:00+00:00"]),
        ("count(*) > 2, 'text', null", ["true", "text"]),
        ("strftime(max(day), '%d.%m.%Y')", ["01.05.2026"]),
        ("string_agg(region, ', ')", ["EMEA, APAC, EMEA"]),
    ],
)
def test_values_come_back_as_text_and_numbers(select: str, shown: list[str]) -> None:
    assert answer(f"select {select} from d")[1] == shown


def test_types_of_columns_come_from_their_values() -> None:
    """Numbers, days and moments where all fields are, or are empty; else text as it stands."""
    table = b"a,b,c,d,e,f\n1,1.5,2026-03-01,2026-03-01 10:30,007,x\n,2e1,,2026-03-02,12,\n"
    [found] = answer(
        "select " + ", ".join(f"string_agg(distinct typeof({name})) as {name}" for name in "abcdef") + " from d",
        head="data:\n  d:\n    file: x.csv\n", x_csv=table,
    )[1:]  # fmt: skip
    assert found == ["BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR", "VARCHAR"]
    assert answer("select count(a), count(c), count(f) from d", head="data:\n  d:\n    file: x.csv\n", x_csv=table)[
        1
    ] == ["1", "1", "2"]


def test_bytes_of_a_database_stand_in_nobodys_way() -> None:
    photos = sqlite_file("create table t(name, photo)", "insert into t values ('a', x'00ff'), ('b', null)")
    head = "data:\n  d:\n    file: x.sqlite\n"
    assert answer("select name, octet_length(photo) as size from t", head=head, x_sqlite=photos)[1] == ["a", "2"]
    text = source(f"{head}    query: |\n      from t")
    [(place, message, _)] = wrong(text, x_sqlite=photos)
    assert (place, message) == (
        "talk.yaml:7:7",
        "the column 'photo' holds blob, which is neither text nor a number",
    )


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n"


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (ENDLESS, "it takes too long"),
        ("select random() as c", "not authorized to use function: random"),
        ("select load_extension('x') as c", "unsafe use of load_extension"),
        ("select date('now') as c", "its views ask for the present time"),
        ("select b as c from w; create view w as select time() as b", "its views ask for the present time"),
        ("select replace(hex(zeroblob(3000000)), '00', 'aaaaaaaa') as c", "not authorized to use function: zeroblob"),
        ("select missing from t", "no such column: missing"),
    ],
)
def test_a_view_of_a_database_is_read_within_bounds(view: str, message: str) -> None:
    shop = sqlite_file("create table t(a)", *f"create view v as {view}".split("; "))
    text = source("data:\n  d:\n    file: x.sqlite\n    query: |\n      select 1,\n        c from v")
    [(place, said, _)] = wrong(text, x_sqlite=shop)
    assert place == "talk.yaml:8:16"
    assert said.startswith("v: ") and message in said
    assert not wrong(text.replace("c from v", "2 from t"), x_sqlite=shop), "what is not named is not read"


@pytest.mark.parametrize(
    ("value", "counted"),
    [("EMEA", "2"), ("APAC", "1"), ("x' or 1=1 --", "0"), ("$region", "0"), ("'; drop table d; --", "0")],
)
def test_parameters_are_bound(value: str, counted: str) -> None:
    head = "parameters: {region: EMEA}\ndata:\n  d: {file: sales.csv, query: 'select count(*) as n"
    text = source(f"{head} from d where region = $region'}}", "{{ d.n }}")
    made = deck(text, ("region", value))
    assert plain(made.slides[0].heading) == counted
    assert (manifest_of(made).source == manifest_of(deck(text)).source) == (value == "EMEA")


AGAIN = "its answer would not always be the same"


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        (["selec 1"], "8:7", "the SQL is wrong at 'selec'", ""),
        (["select amount", "from d", "where 'wher' = 1 wher wher"], "10:24", "wrong at 'wher'", ""),
        (["select 'ä€',", "  amont from d"], "9:9", "no column 'amont'", "did you mean 'amount'?"),
        (["select sum(d.amont) from d"], "8:18", "no column 'amont'", "did you mean 'amount'?"),
        (["select sum(amount) as s from d", "group by region having totl > 1"], "9:30", "no column 'totl'", "known"),
        (['select * from d where region = "EMEA"'], "8:38", "no column 'EMEA'", "single quotes: 'EMEA'"),
        (["select * from d where region = EMEA"], "8:38", "no column 'EMEA'", "single quotes: 'EMEA'"),
        (["select x.amount from d"], "8:14", "no table of this query is called 'x'", "after `from`"),
        (["select amount"], "8:14", "names no table", "add `from`"),
        (["select region from d a, d b"], "8:14", "more than one table has a column 'region'", "a.region or b.region"),
        (["select 1 from e"], "8:21", "there is no table 'e'", "known: d"),
        (["select 1 from 'x.csv'"], "8:21", "no table 'x.csv'", "in the talk's `data`"),
        (["select 1 from main.d"], "8:21", "only read the talk's data", "data alone"),
        (["select 1, medain(amount) from d"], "8:17", "no function 'medain'", "'median'"),
        (["select total(amount) from d"], "8:14", "no function 'total'", "'sum'"),
        (["select cast(day as dat) from d"], "8:26", "no type 'dat'", "'date'"),
        (["select sum(region) from d"], "8:14", "'sum' can't take text", "`::double`"),
        (["select day like '2026%' from d"], "8:18", "'like' can't take a day, text", "`::text`"),
        (["select day + amount from d"], "8:18", "'+' can't take a day, a number", "whole numbers of days"),
        (["select round(amount, 1, 2) from d"], "8:14", "'round' can't take", "round(x, precision)"),
        (["select region::int from d"], "8:20", "'EMEA' in the column 'region' is not a number", "try_cast(region"),
        (["select * from d where amount = 'abc'"], "8:38", "'abc' is not a number", ""),
        (["select * from d where day = '1. 3.'"], "8:35", "'1. 3.' is no day or time", "'2026-11-24'"),
        (["select * from d where day > 2026-03-01"], "8:29", "a day can't be compared with a number", "in quotes"),
        (["select region, sum(amount) from d"], "8:14", "not grouped by the column 'region'", "any_value(region)"),
        (["select * from d where sum(amount) > 1"], "8:29", "before they are summed up", "`having`"),
        (["select row_number() from d"], "8:14", "needs an order", "over (order by"),
        (["select (select amount from d)"], "8:7", "more than one row", "`limit 1`"),
        (["select amount / 0 from d"], "8:7", "divides by 0", "nullif"),
        (["select amount from d where"], "8:28", "ends too early, after 'where'", ""),
        (["select amount from d where region = 'EMEA"], "8:43", "a text is never closed", ""),
        (["select * from d order by 7"], "8:32", "no such column to order by", ""),
        (["select [1, 2] as l from d"], "8:14", "the column 'l' holds integer[]", "unnest"),
        (["select 1 as a,", "{'b': 2} as c from d"], "9:7", "the column 'c' holds struct(b integer)", "its parts"),
        (["select interval 3 day as i from d"], "8:14", "the column 'i' holds interval", "::text"),
        (["select 'x' as a, 1 as a"], "8:24", "two columns 'a'", "as other"),
        (["select * from d where region = :region"], "8:38", "written $region, not :region", "DuckDB"),
        (["select * from d where region = $regio"], "8:38", "no parameter 'regio'", "'region'"),
        (["select * from d where region = ?"], "8:38", "a parameter needs a name", "region"),
        (["pivot d on region using sum(amount)"], "8:7", "which columns there are", "in ('a', 'b')"),
        (["select 1,", "random() from d"], "9:7", "the function 'random'", AGAIN),
        (["select 1,", "NOW()"], "9:7", "the function 'now'", AGAIN),
        (["select 1,", "current_date"], "9:7", "the function 'current_date'", f"{AGAIN}; write the day"),
        (["select age(day) from d"], "8:14", "the function 'age'", AGAIN),
        (["select ago(interval 3 day)"], "8:14", "the function 'ago'", AGAIN),
        (["from d using sample 2 rows"], "8:20", AGAIN, "(reservoir, 1)"),
        (["from d tablesample 10%"], "8:14", AGAIN, "(reservoir, 1)"),
        (["select '" + "x" * 30_000 + "'"], "8:7", "too long: the limit is 20,000", ""),
        (["from d"] * 2, "9:7", "the SQL is wrong at 'from'", ""),
    ],
    ids=lambda value: value[0][:40] if isinstance(value, list) else None,
)
def test_what_is_wrong_is_said_at_the_word_that_is_meant(lines: list[str], place: str, message: str, hint: str) -> None:
    [found] = wrong(asked(*lines))
    assert found[0] == f"talk.yaml:{place}"
    assert message in found[1]
    assert hint in found[2]


NOT_READING = (
    "attach 'x.db' as y", "pragma version", "insert into t values (1, 2)", "drop table t", "create table u(x int)",
    "copy t to 'x.csv'", "export database 'x'", "install httpfs", "load httpfs", "set threads = 4", "checkpoint",
    "call pragma_version()", "explain select 1", "select 1; select 2", "select 1; drop table t", "show tables",
    "with w as (insert into t values (1, 2) returning a) from w", "show databases", "use main", "begin",
    "select * from read_csv('sales.csv')", "select * from read_text('/etc/passwd')", "from '/etc/passwd'",
    "from glob('*')", "from read_blob('talk.yaml')", "from parquet_scan('x')", "from sqlite_scan('x', 't')",
    "from duckdb_settings()", "from information_schema.tables", "from pg_catalog.pg_tables", "from duckdb_tables",
    "from pragma_table_info('t')", "from query('select 1')", "from query_table('t')", "from sqlite_master",
    "select current_setting('threads')", "select getvariable('x')", "select getenv('HOME')", "select version()",
    "select uuid()", "select gen_random_uuid()", "select today()", "select current_timestamp", "select localtime",
    "select nextval('x')", "select txid_current()", "select pg_sleep(1)", "select sleep_ms(10)",
    "select pg_backend_pid()", "select current_user()", "select write_log('x')", "from test_all_types()",
    "select json_execute_serialized_sql('x')", "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "select finalize('x')", "select __internal_decompress_string(1)", "select repeat('x', 3000000)",
    "select * from range(2001)", "select 'nan'::double", "select x'00ff'",
    "select " + ", ".join(["1"] * 300), "select '" + "x" * 30_000 + "'",
    "select " + "(" * 5000 + "1" + ")" * 5000, "select " + "- " * 5000 + "1", "select 1" + " + 1" * 4000,
    "select * from " + "(select * from " * 900 + "range(1)" + ")" * 900, "select " + "[" * 5000 + "]" * 5000,
    "select null::int" + "[]" * 4000, "select " + "list_transform([1], lambda x: " * 300 + "1" + ")" * 300,
    "/*" * 5000, "select 1 /*", "--", ";", "select $$x", "\u0000",
    "select count(*) from range(1000000) a, range(1000000) b order by 1, (select max(range) from range(10))",
)  # fmt: skip


@pytest.mark.parametrize("start", range(0, len(NOT_READING), 40))
def test_a_query_can_only_read(start: int) -> None:
    texts = NOT_READING[start : start + 40]
    lines = (f"  d{i}: {{file: base.sqlite, query: {json.dumps(text)}}}" for i, text in enumerate(texts))
    found = wrong(source("data:\n" + "\n".join(lines)))
    assert [place.split(":")[1] for place, _, _ in found] == [str(i + 4) for i in range(len(texts))]
    assert not [message for _, message, _ in found if "ended" in message]


@pytest.mark.parametrize(
    "text",
    [
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
        "with recursive n(i) as (select 1 union all select i + 1 from n cross join range(10)) select count(*) from n",
        "select * from range(1000000) a, range(1000000) b order by 1 desc, 2",
        "select length(repeat('x', 4000000000))",
        "select len(range(1000000000))",
        "select length(string_agg(range)) from range(1000000000)",
        "select count(*) from " + ", ".join(f"range(10) t{i}" for i in range(800)),
        "select printf('%2000000000d', 1)",
    ],
)
def test_a_query_ends_within_time_and_memory(text: str) -> None:
    [(_, message, hint)] = wrong(source("data:\n  d:\n    query: " + json.dumps(text)))
    assert message in ("the query takes too long", "the query takes too much memory")
    assert "fewer rows" in hint


def test_nobody_waits_for_the_queries_after_one_that_is_slow() -> None:
    head = f"data:\n  a: {{query: select 1 as n}}\n  b: {{query: {json.dumps(ENDLESS)}}}\n  c: {{query: selec}}"
    [(place, message, _)] = wrong(source(head, "{{ a.n }} {{ b.c }} {{ c.n }}"))
    assert (place.split(":")[1], message) == ("5", "the query takes too long")


def test_a_process_that_dies_is_told_of_its_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered before counts, and what depends on it is not told again."""
    dying = 'import os; print(\'{"head": ["n"], "rows": [[7]]}\', flush=True); os.abort()'
    monkeypatch.setattr(job_module, "command", lambda module: [sys.executable, "-c", dying])
    head = "data:\n  a: {query: select 7 as n}\n  b: {query: select 8 as n}\n  c: {query: from b}"
    [(place, message, _)] = wrong(source(head, "{{ a.n }} {{ b.n }} {{ c.n }}"))
    answered.cache_clear()
    assert place == "talk.yaml:5:14"
    assert "its process ended without an answer" in message


def test_the_order_of_data_is_the_order_of_queries() -> None:
    head = "data:\n  a: {query: select * from b}\n  b: {query: select 1 as n}\n  c: {query: select * from C}\n"
    later, itself = wrong(source(head))
    assert later[:2] == ("talk.yaml:4:28", "'b' is written after this query")
    assert "move it up" in later[2]
    assert itself[:2] == ("talk.yaml:6:28", "'c' is this query itself")


def test_what_is_missing_is_told_once() -> None:
    head = "data:\n  a: nowhere.csv\n  b: {query: select count(*) as n from a}\n  c: {query: from b}\n"
    [(place, message, _)] = wrong(source(head, "{{ a.count }} {{ b.n }} {{ c.n }}", "table: {data: c}"))
    assert place == "talk.yaml:4:6"
    assert "no file nowhere.csv" in message


def test_columns_that_sql_can_not_tell_apart_are_told_at_the_table() -> None:
    [(place, message, hint)] = wrong(asked("select 1", "from d"), sales_csv=b"a,A\n1,2\n")
    assert (place, message) == ("talk.yaml:9:12", "d: two columns have the name 'A'")
    assert "a name of its own" in hint


def test_a_file_has_so_many_fields_and_rows() -> None:
    text = source("data: {d: {file: x.csv, query: select count(*) as n from d}}", "{{ d.n }}")
    [(place, message, _)] = wrong(text, x_csv=b",".join([b"a"] * 100) + b"\n" + (b"," * 99 + b"1\n") * 20_000)
    assert (place, message) == ("x.csv:20001:1", "the file has more than 2,000,000 fields")
    [(place, message, _)] = wrong(text, x_csv=b"a\n" + b"1\n" * 100_001)
    assert (place, message) == ("x.csv:100002:1", "the file has more than 100,000 rows")


def test_names_in_capitals_or_not_are_the_same_and_odd_names_stand_in_quotes() -> None:
    table = b'Unit price,"a ""b""",\n1.5,x,y\n'
    found = answer(
        'select "unit price", "A ""b""" , "column 3" from D', x_csv=table, head="data:\n  d:\n    file: x.csv\n"
    )
    assert found == [["Unit price", 'a "b"', "column 3"], ["1.5", "x", "y"]]


def test_summaries_and_pivots_are_queries_too() -> None:
    found = answer("pivot d on region in ('EMEA', 'APAC') using sum(amount) group by day order by all")
    assert found[:2] == [["day", "EMEA", "APAC"], ["2026-03-01", "1000.5"]]
    assert answer("summarize d")[1][:4] == ["region", "VARCHAR", "APAC", "EMEA"]
    assert answer("describe d")[1][:2] == ["region", "VARCHAR"]
    assert len(answer("from d using sample 2 rows (reservoir, 1)")) == 3


def test_the_same_files_give_the_same_answer_in_every_process() -> None:
    """Where nothing says in which order rows come, too."""
    program = """
import sys
from tests.test_queries import answer
many = b"g,n\\n" + b"".join(b"%d,%d.%d\\n" % (i * 7919 % 97, i, i % 10) for i in range(30000))
print(answer("select g, sum(n * 0.1) as s, first(n) as f, mode(n) as m, approx_quantile(n, 0.3) as q from d group by g",
             head="data:\\n  d:\\n    file: x.csv\\n", x_csv=many))
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert said[0] == said[1]
    assert len(said[0]) > 1000


def test_an_answer_changes_with_every_file_that_it_is_made_of() -> None:
    head = "data:\n  orders: sales.csv\n  bosses: bosses.json\n  d: {query: from orders join bosses using (region)}\n"
    text = source(head, "{{ d.count }} {{ d.rows[0].name }}")
    assert plain(deck(text, bosses_json=BOSSES).slides[0].heading) == "3 Ann"
    assert plain(deck(text, bosses_json=BOSSES.replace(b"Ann", b"Eve")).slides[0].heading) == "3 Eve"
    shown = source(head, "A", "table: {data: d}")
    before, after = (manifest_of(deck(shown, bosses_json=made)) for made in (BOSSES, BOSSES.replace(b"Bo", b"Bob")))
    [change] = changes(before, after)
    assert [(edit.old, edit.new) for edit in change.edits] == [("Bo", "Bob")]
    less = CSV.replace(b"EMEA,4,2026-05-01\n", b"")
    assert plain(deck(text, bosses_json=BOSSES, sales_csv=less).slides[0].heading) == "2 Ann"
