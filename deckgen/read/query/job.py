"""Queries over the talk's data: what they ask of, and the process that answers.

DuckDB answers them (see `read/query/engine.py`), in a process of its own with limits of time and memory: a function of
SQL may take more of both than DuckDB can be held to.
"""

from __future__ import annotations

import json
import pickle
import signal
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from deckgen.child import command, environment
from deckgen.frozen import frozen
from deckgen.model.dataset import Table

ENGINE = "deckgen.read.query.engine"
STARTING_S = 30.0
MOST_SECONDS = 5
"""For one query; its process may take twice that of processor time."""
TOO_LONG = "the query takes too long"
LESS = "ask for fewer rows, or for less of them"
OVERTIME = -getattr(signal, "SIGXCPU", 1_000)
"""How a process ends that took more processor time than it may; not on all systems."""
ALONE = "its process ended without an answer"


class Failed(Exception):
    """The data can't be had; the message says why, the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Refused(Failed):
    """The text of the query is at fault: at the character `at`, counted from 0."""

    def __init__(self, message: str, hint: str = "", at: int = 0) -> None:
        super().__init__(message, hint)
        self.at = at


@frozen
class Question:
    """A query, and what its own file holds: one table, or the bytes of a database; None without a file."""

    query: str
    own: Table | bytes | None = None


Source = Table | Question | None
"""None for one that can't be had."""


@frozen
class Job:
    """The sources of data by their names, in their order, and what a query's parameters stand for."""

    sources: tuple[tuple[str, Source], ...]
    parameters: tuple[tuple[str, str], ...]


def answers(sources: Mapping[str, Source], parameters: Mapping[str, str]) -> dict[str, Table | Refused | None]:
    """What the queries give, by the names of their sources; None for one that asks of what can't be had."""
    asked = [name for name, source in sources.items() if isinstance(source, Question)]
    if not asked:
        return {}
    job = Job(tuple(sources.items()), tuple(parameters.items()))
    found = answered(pickle.dumps(job, pickle.HIGHEST_PROTOCOL), len(asked))
    if any(isinstance(answer, Refused) and answer.hint == LESS for answer in found):
        answered.cache_clear()  # The machine may have been busy.
    return dict(zip(asked, found, strict=True))


@lru_cache(maxsize=2)
def answered(job: bytes, most: int) -> tuple[Table | Refused | None, ...]:
    """The answers to a job's queries. After one that ends the process, the others have none."""
    import subprocess

    try:
        seconds = STARTING_S + 3 * MOST_SECONDS * most
        child = subprocess.run(command(ENGINE), input=job, capture_output=True, env=environment(), timeout=seconds)
        said, slow, well = child.stdout, child.returncode == OVERTIME, child.returncode == 0
    except subprocess.TimeoutExpired as late:
        said, slow, well = late.stdout or b"", True, False
    found = [parsed(json.loads(line)) for line in said.split(b"\n")[:-1]]
    if not well and len(found) < most:
        found.append(Refused(TOO_LONG if slow else f"the query can't be answered: {ALONE}", LESS))
    return (*found, *[None] * (most - len(found)))


def parsed(said: dict[str, Any] | None) -> Table | Refused | None:
    """An answer as the engine writes it (see `read/query/engine.py`)."""
    if said is None:
        return None
    if "message" in said:
        return Refused(**said)
    return Table(tuple(said["head"]), tuple(map(tuple, said["rows"])))
