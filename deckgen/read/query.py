"""Queries: SQL over the tables of files, in a database in memory that can do nothing but answer.

A query reads. It can't open a file, change a setting or write; its steps, its values and its rows are bounded. The same
query over the same files always has the same answer: chance and the present time are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deckgen.model.dataset import Value

if TYPE_CHECKING:
    import sqlite3

MOST_STEPS = 40_000_000
"""Of SQLite's machine; takes a few seconds."""
STEPS_AT_ONCE = 10_000
MOST_SQL = 20_000
LONGEST_VALUE = 4_000_000
REFUSED = {"random", "randomblob", "load_extension", "zeroblob", "changes", "total_changes", "last_insert_rowid",
           "current_date", "current_time", "current_timestamp", "sqlite_version", "sqlite_source_id"}  # fmt: skip
TIME = re.compile(r"'now'|\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)", re.IGNORECASE)
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?([eE][+-]?\d{1,3})?")
HEADER, WRITE_VERSION, READ_VERSION = b"SQLite format 3\0", 18, 19


class Failed(Exception):
    """The query has no answer; the message says why, the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Refused(Failed):
    """The text of the query is at fault: at the character `at`, counted from 0; None where SQLite doesn't tell."""

    def __init__(self, message: str, hint: str = "", at: int | None = None, column: str = "") -> None:
        super().__init__(message, hint)
        self.at, self.column = at, column


Answer = tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]


def database(data: bytes) -> sqlite3.Connection:
    """A database file, opened in memory. Errors: `Failed`."""
    import sqlite3

    if not data.startswith(HEADER):
        raise Failed("this is no SQLite database")
    image = bytearray(data)
    image[WRITE_VERSION] = image[READ_VERSION] = 1  # A write-ahead log has no place in memory.
    found = sqlite3.connect(":memory:")
    found.deserialize(bytes(image))
    return found


def tables_in(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the tables and views. Errors: `Failed`."""
    query = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name"
    return tuple(str(row[0]) for row in asked(connection, query, {}, 1000)[1])


def loaded(name: str, head: Sequence[str], rows: Sequence[Sequence[Value]]) -> sqlite3.Connection:
    """A database with one table. A column holds numbers if all of its fields are numbers or empty."""
    import sqlite3

    found = sqlite3.connect(":memory:")
    numeric = [all(row[i] in ("", None) or is_number(row[i]) for row in rows) for i in range(len(head))]
    columns = ", ".join(f"{quoted(word)} {'NUMERIC' if n else 'TEXT'}" for word, n in zip(head, numeric, strict=True))
    try:
        found.execute(f"create table {quoted(name)} ({columns})")
    except sqlite3.Error as problem:
        raise Failed(f"these columns can't be asked for: {problem}", "give each column a name of its own") from None
    marks = ", ".join("?" * len(head))
    filled = ([None if v == "" and n else v for v, n in zip(row, numeric, strict=True)] for row in rows)
    found.executemany(f"insert into {quoted(name)} values ({marks})", filled)
    found.commit()
    return found


def is_number(value: Value) -> bool:
    return not isinstance(value, str) or NUMBER.fullmatch(value) is not None


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\0", "") + '"'


def asked(connection: sqlite3.Connection, query: str, parameters: Mapping[str, str], most: int) -> Answer:
    """The heads and rows of an answer. Parameters are bound, never a part of the text. Errors: `Failed`."""
    import sqlite3

    if found := TIME.search(query):
        message, hint = "a query can't ask for the present time", "write the day, or make it a parameter"
        raise Refused(message, hint, found.start())
    if len(query) > MOST_SQL:
        raise Refused(f"the query is too long: the limit is {MOST_SQL:,} characters")
    left = MOST_STEPS // STEPS_AT_ONCE

    def step() -> int:
        nonlocal left
        left -= 1
        return left < 0

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50)
    connection.set_authorizer(allowed)
    connection.set_progress_handler(step, STEPS_AT_ONCE)
    try:
        cursor = connection.execute(query, dict(parameters))
        rows = cursor.fetchmany(most + 1)
        head = tuple(str(column[0]) for column in cursor.description or ())
    except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError, MemoryError) as problem:
        raise refused(problem, left, query, connection) from None
    if not head:
        raise Refused("the query gives no rows", "write a `select`")
    if len(rows) > most:
        raise Refused(f"the query gives more than {most:,} rows", "add a `limit`, or sum rows up")
    return head, tuple(tuple(plain(value) for value in row) for row in rows)


def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    import sqlite3

    reading = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
    if action in reading or (action == sqlite3.SQLITE_FUNCTION and str(second).lower() not in REFUSED):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def refused(problem: Exception, left: int, query: str, connection: sqlite3.Connection) -> Refused:
    text = str(problem)
    if left < 0:
        return Refused("the query takes too long", "ask for fewer rows, or for less of them")
    if found := re.match(r"not authorized to use function: (\w+)", text):
        return Refused(f"a query can't use the function {found[1]!r}", "its answer would not always be the same",
                       word_at(found[1], query))  # fmt: skip
    if "not authorized" in text or "prohibited" in text:
        return Refused("a query can only read the tables of its own file", "write one `select`")
    if isinstance(problem, MemoryError) or "too big" in text:
        return Refused("the query makes a value that is too long")
    if found := re.match(r"You did not supply a value for binding(?: parameter)? :?(\w+)", text):
        at = re.search(rf":{found[1]}\b", query)
        hint = "give it a default in the talk's `parameters`"
        return Refused(f"there is no parameter {found[1]!r}", hint, at.start() if at else None)
    column = re.match(r"(?:no such|ambiguous) column(?: name)?: (?:.*\.)?(.+)", text)
    named = re.match(r"(?:no such \w+|ambiguous column name): (?:main\.)?(.+)", text)
    at_word = word_at(named[1], query) if named else fault_at(text, query, connection)
    return Refused(f"the query can't be answered: {text}", at=at_word, column=column[1] if column else "")


def word_at(word: str, query: str) -> int | None:
    """Where a query names something first, outside of text in quotes."""
    bare = re.sub(r"'[^']*'", lambda text: " " * len(text[0]), query)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", bare, re.IGNORECASE)
    return found.start() if found else None


def fault_at(text: str, query: str, connection: sqlite3.Connection) -> int | None:
    """Where the grammar is broken: at the first place of the word up to which SQLite refuses the query by that word."""
    import sqlite3

    found = re.match(r'near "(.+)": syntax error|unrecognized token: "(.+)"', text, re.DOTALL)
    word = (found[1] or found[2]) if found else ""
    for place in re.finditer(re.escape(word), query) if word else ():
        try:
            connection.execute(f"explain {query[: place.end()]}", {})
        except sqlite3.Error as problem:
            if str(problem) == text:
                return place.start()
    return None


def plain(value: object) -> Value:
    if isinstance(value, bytes):
        raise Refused("the query gives bytes that are no text", "leave that column out")
    return value  # type: ignore[return-value]
