"""The columns of a table as DuckDB keeps them: their types, found from their values."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from deckgen.frozen import frozen
from deckgen.model.dataset import is_number, shown
from deckgen.read.query.job import Failed

Row = Sequence[str | int | float | bytes | None]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?")
WHOLE = re.compile(r"-?\d{1,18}")
ROWS_AT_ONCE = 10_000


@frozen
class Column:
    """`values` are what JSON can hold; bytes are in base64."""

    name: str
    kind: str
    values: tuple[Any, ...]

    def taken(self, place: int) -> str:
        """The SQL that takes values from the parameter at a place, a list of JSON."""
        if self.kind == "BLOB":
            return f"""from_base64(unnest(from_json(${place}, '["VARCHAR"]')))"""
        return f"""unnest(from_json(${place}, '["{self.kind}"]'))"""

    def lists(self) -> list[str]:
        """The values as lists of JSON, each of so many rows at once."""
        starts = range(0, len(self.values), ROWS_AT_ONCE)
        return [json.dumps(self.values[i : i + ROWS_AT_ONCE], ensure_ascii=False) for i in starts]


def columns_of(head: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    """A column without a name is told by its number. Errors: `Failed`."""
    names = [name.replace("\0", "").strip() or f"column {i}" for i, name in enumerate(head, start=1)]
    small = [name.casefold() for name in names]
    if twice := next((name for i, name in enumerate(names) if name.casefold() in small[:i]), ""):
        hint = "give each column a name of its own; capitals make no difference"
        raise Failed(f"two columns have the name {twice!r}", hint)
    fields = zip(*rows, strict=True) if rows else [()] * len(names)
    return [column(name, values) for name, values in zip(names, fields, strict=True)]


def column(name: str, values: Sequence[Any]) -> Column:
    """Numbers, days or moments, where all of its values are or are empty; else text, or bytes. Errors: `Failed`."""
    filled = [value for value in values if value is not None and value != ""]
    if any(isinstance(value, bytes) for value in filled):
        return Column(name, "BLOB", tuple(None if value is None else in_base64(value) for value in values))
    if any(isinstance(value, float) and not math.isfinite(value) for value in filled):
        raise Failed(f"the column {name!r} has a number that is not finite")
    if all(is_number(value) for value in filled):
        whole = filled and all(is_whole(value) for value in filled)
        return converted(name, "BIGINT" if whole else "DOUBLE", int if whole else float, values)
    for kind, pattern in (("DATE", DAY), ("TIMESTAMP", MOMENT)):
        if all(isinstance(value, str) and pattern.fullmatch(value) and is_moment(value) for value in filled):
            return converted(name, kind, str, values)
    texts = (value if value is None or isinstance(value, str) else shown(value) for value in values)
    return Column(name, "VARCHAR", tuple(texts))


def converted(name: str, kind: str, convert: Callable[[Any], Any], values: Sequence[Any]) -> Column:
    """What is empty is nothing."""
    return Column(name, kind, tuple(None if value is None or value == "" else convert(value) for value in values))


def is_whole(value: str | int | float) -> bool:
    if isinstance(value, int):
        return abs(value) < 2**63
    return isinstance(value, str) and WHOLE.fullmatch(value) is not None


def is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def in_base64(value: str | int | float | bytes) -> str:
    return base64.b64encode(value if isinstance(value, bytes) else shown(value).encode()).decode()
