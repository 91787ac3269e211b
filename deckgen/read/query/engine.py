"""DuckDB, which answers the queries of a talk: a program that reads a job (see `read/query/job.py`) from its input,
and writes a line of JSON for each query.

It keeps all in memory, opens no file and no connection, and works in one thread, so that rows always come in one order.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import pickle
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import duckdb

from deckgen.child import limit
from deckgen.diagnostics import shortened
from deckgen.interrupts import ignore_interrupts
from deckgen.model.dataset import MOST_ROWS, Table, Value
from deckgen.read import sheets
from deckgen.read.query.columns import Column
from deckgen.read.query.complaints import TOO_DEEP, TOO_MUCH, complaint, unreadable
from deckgen.read.query.databases import quoted
from deckgen.read.query.job import LESS, MOST_SECONDS, TOO_LONG, Job, Question, Refused
from deckgen.read.query.sql import Statement
from deckgen.read.query.tables import Tables

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "memory_limit": "512MB",
    "threads": 1,
    "max_execution_time": 1000 * MOST_SECONDS,
    "ieee_floating_point_ops": False,
    "errors_as_json": True,
}
ADDRESS_SPACE = 2_500_000_000
"""In bytes, of the process: DuckDB does not count all values that functions make."""
MOST_SQL = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 2_000_000
"""Of an answer."""
SHOWN = re.compile(
    r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|VARCHAR|JSON|UUID|ENUM\(.*\)"
    r'|DATE|TIME|TIMESTAMP(_M?S)?|TIMESTAMP WITH TIME ZONE|"NULL")'
)
"""Types of columns that a talk can show."""
OTHERWISE = {"]": "make rows of it with `unnest`, or text with `array_to_string`", ")": "name its parts: `column.part`"}


def main() -> None:
    ignore_interrupts()
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # What libraries print must not get into the answers.
    for found in answers_to(pickle.load(sys.stdin.buffer)):
        said.write(json.dumps(vars(found) if isinstance(found, Refused) else found and found._asdict()) + "\n")
        said.flush()
    os._exit(0)


def answers_to(job: Job) -> Iterator[Table | Refused | None]:
    """The answers to a job's queries, in their order; None for one that asks of what can't be had.

    After one that takes too long, the others are not asked.
    """
    before: dict[str, Table | None] = {}
    doubtful = doubtful_functions()
    for name, source in job.sources:
        if isinstance(source, Question):
            limit(time.process_time() + 2 * MOST_SECONDS, ADDRESS_SPACE)
            found = answer_to(source.query, Tables(name, source, before, job), dict(job.parameters), doubtful)
            yield found
            if isinstance(found, Refused) and found.message == TOO_LONG:
                return  # The author waits.
            before[name] = found if isinstance(found, Table) else None
        else:
            before[name] = source


def doubtful_functions() -> frozenset[str]:
    """Those of which DuckDB does not say that they always give the same, in small letters."""
    query = """select lower(function_name) from duckdb_functions() group by 1
        having not coalesce(bool_or(stability = 'CONSISTENT'), false)
        and bool_or(function_type in ('scalar', 'aggregate', 'macro'))"""
    with duckdb.connect(config=SETTINGS) as connection:
        return frozenset(row[0] for row in connection.execute(query).fetchall())


def answer_to(
    text: str, tables: Tables, parameters: Mapping[str, str], doubtful: frozenset[str]
) -> Table | Refused | None:
    """The answer to one query; `doubtful` are functions that it may not call."""
    connection = duckdb.connect(config=SETTINGS)
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set lock_configuration = true")
    columns: set[str] = set()
    try:
        if len(text) > MOST_SQL:
            raise Refused(f"the query is too long: the limit is {MOST_SQL:,} characters")
        statement = parsed(connection, text)
        statement.check(doubtful)
        given = statement.parameters(parameters)
        loaded: set[str] = set()
        for word, at in statement.tables():
            name = tables.known_as(word)
            if name in loaded or (not name and word.casefold() in statement.own_tables()):
                continue
            found = tables.columns(word, at)
            if found is None:
                return None
            load(connection, name, found)
            loaded.add(name)
            columns.update(column.name for column in found)
        connection.execute(text, given)
        return shown(connection, statement)
    except Refused as problem:
        return problem
    except duckdb.Error as problem:
        return complaint(type(problem).__name__, str(problem), text, columns)
    except MemoryError:
        return Refused(TOO_MUCH, LESS)
    finally:
        connection.close()


def parsed(connection: duckdb.DuckDBPyConnection, text: str) -> Statement:
    """Errors: `Refused`."""
    [[tree]] = connection.execute("select json_serialize_sql($text)", {"text": text}).fetchall()
    try:
        found = json.loads(tree)
    except RecursionError:
        raise Refused(*TOO_DEEP) from None
    if found["error"]:
        raise unreadable(found, text)
    return Statement(text, found)


def load(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[Column]) -> None:
    heads = ", ".join(f"{quoted(column.name)} {column.kind}" for column in columns)
    connection.execute(f"create table {quoted(name)} ({heads})")
    taken = ", ".join(column.taken(i) for i, column in enumerate(columns, start=1))
    for lists in zip(*(column.lists() for column in columns), strict=True):
        connection.execute(f"insert into {quoted(name)} select {taken}", list(lists))


def shown(connection: duckdb.DuckDBPyConnection, statement: Statement) -> Table:
    """The answer to the query that was executed. Errors: `Refused`."""
    columns = [(str(column[0]), str(column[1])) for column in connection.description or ()]
    head = tuple(name for name, _ in columns)
    if len(head) > MOST_COLUMNS:
        raise Refused(f"the query gives {len(head)} columns, and the limit is {MOST_COLUMNS}")
    for i, (name, kind) in enumerate(columns):
        if name in head[:i]:
            hint = "join with `using`, or call one of them otherwise: `as other`"
            raise Refused(f"the query gives two columns {shortened(name)!r}", hint, statement.column_at(i))
        if not SHOWN.fullmatch(kind):
            hint = OTHERWISE.get(kind[-1], "leave it out, or make text of it: `::text`")
            what = f"the column {shortened(name)!r} holds {shortened(kind.lower())}, which is neither text nor a number"
            raise Refused(what, hint, statement.column_at(i))
    rows = connection.fetchmany(MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise Refused(f"the query gives more than {MOST_ROWS:,} rows", "add a `limit`, or sum rows up")
    found = tuple(tuple(plain(value) for value in row) for row in rows)
    if sum(len(value) for row in (head, *found) for value in row if isinstance(value, str)) > MOST_CHARACTERS:
        raise Refused(f"the query gives more than {MOST_CHARACTERS:,} characters", LESS)
    return Table(head, found)


def plain(value: object) -> Value:
    """A value as text or a number; truth and days as those of files. Errors: `Refused`."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused("the query gives a number that is not finite", "leave such rows out with `isfinite(...)`")
    if isinstance(value, (bool, datetime.date, datetime.time)):
        return sheets.plain(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


if __name__ == "__main__":
    main()
