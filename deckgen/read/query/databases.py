"""Tables and views of SQLite files, read in memory: nothing is written, and no file is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from deckgen.read.query.job import Failed

Row = tuple[str | int | float | bytes | None, ...]
HEADER, WRITE_VERSION, READ_VERSION = b"SQLite format 3\0", 18, 19
MOST_STEPS = 40_000_000
"""Of SQLite's machine, for one table or view; takes a few seconds."""
STEPS_AT_ONCE = 10_000
LONGEST_VALUE = 4_000_000
UNSTABLE = {"random", "randomblob", "load_extension", "zeroblob", "changes", "total_changes", "last_insert_rowid",
            "current_date", "current_time", "current_timestamp", "sqlite_version", "sqlite_source_id"}  # fmt: skip
"""Functions that a view may not call; what they give does not come from the file."""
TIME = re.compile(r"'now'|\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)", re.IGNORECASE)


class Database:
    """A database file, opened in memory. All that it does may raise `Failed`."""

    def __init__(self, data: bytes) -> None:
        import sqlite3

        if not data.startswith(HEADER):
            raise Failed("this is no SQLite database")
        image = bytearray(data)
        image[WRITE_VERSION] = image[READ_VERSION] = 1  # A write-ahead log has no place in memory.
        self._connection = sqlite3.connect(":memory:")
        self._connection.deserialize(bytes(image))
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._connection.set_authorizer(allowed)

    def names(self) -> tuple[str, ...]:
        """The names of the tables and views."""
        query = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by 1"
        with self.bounded():
            return tuple(str(row[0]) for row in self._connection.execute(query).fetchmany(1000))

    def table(self, name: str, most: int) -> tuple[tuple[str, ...], list[Row]]:
        """The head and the rows of a table or view."""
        with self.bounded():
            views = dict(self._connection.execute("select name, sql from sqlite_master where type = 'view'"))
            if name in views and any(TIME.search(sql) for sql in views.values()):  # One view may ask another.
                raise Failed("its views ask for the present time", "make tables of them, or leave them out")
            cursor = self._connection.execute(f"select * from {quoted(name)}")
            rows = cursor.fetchmany(most + 1)
        if len(rows) > most:
            raise Failed(f"the table {name!r} has more than {most:,} rows", "leave rows out")
        return tuple(str(column[0]) for column in cursor.description), rows

    @contextmanager
    def bounded(self) -> Iterator[None]:
        import sqlite3

        left = MOST_STEPS // STEPS_AT_ONCE

        def step() -> int:
            nonlocal left
            left -= 1
            return left < 0

        self._connection.set_progress_handler(step, STEPS_AT_ONCE)
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError, MemoryError) as problem:
            why = "it takes too long" if left < 0 else str(problem)
            raise Failed(f"this database can't be read: {why}") from None


def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    import sqlite3

    reading = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
    if action in reading or (action == sqlite3.SQLITE_FUNCTION and str(second).lower() not in UNSTABLE):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\0", "") + '"'
