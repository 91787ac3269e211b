"""The tables that a query sees: those of its own file, and the data that are written before it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from deckgen.model.dataset import Table
from deckgen.model.meant import suggestion
from deckgen.read.query.columns import Column, columns_of
from deckgen.read.query.databases import Database
from deckgen.read.query.job import Failed, Job, Question, Refused

MOST_OF_DATABASE = 500_000
"""Rows of a table of a database."""


class Tables:
    """Those that the query of the data `name` sees; `before` has None for data that can't be had.

    Capitals make no difference in the name of a table.
    """

    def __init__(self, name: str, question: Question, before: Mapping[str, Table | None], job: Job) -> None:
        self.name, self.own, self.before = name, question.own, before
        self.later = [word for word, _ in job.sources if word not in before]

    @cached_property
    def database(self) -> Database | None:
        return Database(self.own) if isinstance(self.own, bytes) else None

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The names of the tables, the query's own first."""
        own = self.database.names() if self.database else (self.name,) if self.own else ()
        return (*own, *self.before)

    def known_as(self, word: str) -> str:
        """The table's own name; empty if there is none."""
        near = (name for name in self.known if name.casefold() == word.casefold())
        return word if word in self.known else next(near, "")

    def columns(self, word: str, at: int) -> list[Column] | None:
        """The columns of the table that a query names; None for one that can't be had. Errors: `Refused`."""
        name = self.known_as(word)
        if not name:
            raise self.unknown(word, at)
        try:
            if self.database and name in self.database.names():
                return columns_of(*self.database.table(name, MOST_OF_DATABASE))
            table = self.own if isinstance(self.own, Table) and name == self.name else self.before[name]
            return None if table is None else columns_of(*table)
        except Failed as problem:
            raise Refused(f"{name}: {problem.message}", problem.hint, at) from None

    def unknown(self, word: str, at: int) -> Refused:
        if word.casefold() in [name.casefold() for name in self.later]:
            if word.casefold() == self.name.casefold():
                return Refused(f"{self.name!r} is this query itself", suggestion("", self.known), at)
            return Refused(f"{word!r} is written after this query", "move it up: a query sees what is before it", at)
        hint = "name the file in the talk's `data`, and that name here" if "." in word else suggestion(word, self.known)
        return Refused(f"there is no table {word!r}", hint, at)
