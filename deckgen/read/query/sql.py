"""What a query may be made of: its tree, as DuckDB parses it, is looked through before it is answered.

It only reads, its answer is always the same, and all that it reads are tables of the talk's data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from deckgen.model.meant import suggestion
from deckgen.read.query.job import Refused

Part = Mapping[str, Any]
"""Of a tree: an expression has a `class`, what stands in `from` a `sample`; all have a `type`."""
READING = ("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE")
TABLE_FUNCTIONS = ("generate_series", "json_each", "json_tree", "range", "repeat", "unnest")
MACROS = re.compile(
    r"(list|array|map)_\w+|json|json_group_\w+|md5_number_\w+|date_add|days_in_month|fdiv|generate_subscripts|geomean"
    r"|geometric_mean|if|nullif|regexp_split_to_table|split_part|wavg|weighted_avg"
)
"""DuckDB does not tell which of its macros always give the same."""
INNER = re.compile(r"_\w+|combine|finalize|to_aggregate_state|index_key|json_\w*sql|json_\w*plan|version")
"""Functions of the engine's own."""
READING_FILES = re.compile("read_|parquet|glob|sniff")
CLOCK = ("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp")
"""Names that stand for functions where no column has them."""
NOW = re.compile(r"now|today|ag[eo]|(get_)?current_\w*(date|time)\w*|localtime(stamp)?|transaction_timestamp")
UNSTABLE = "its answer would not always be the same"
WRITE_SELECT = "write one `select`"
ONLY_DATA = "a query can only read the talk's data"


class Statement:
    """One statement that reads, and its text. Errors: `Refused`."""

    def __init__(self, text: str, tree: Part) -> None:
        self.text = text
        if len(tree["statements"]) != 1:
            many = len(tree["statements"]) > 1
            raise Refused("this is more than one query" if many else "the query is empty", WRITE_SELECT)
        [statement] = tree["statements"]
        self.top: Part = statement["node"]
        self.parts = tuple(parts(self.top))

    def at(self, part: Part) -> int:
        """The character that a part begins at."""
        return character(self.text, int(part.get("query_location", 0)))

    def check(self, doubtful: Collection[str]) -> None:
        """Whether it only reads, and always gives the same; `doubtful` are functions of which DuckDB doesn't say it."""
        for part in self.parts:
            kind = part["type"]
            if (kind.endswith("_NODE") and kind not in READING) or (kind == "SHOW_REF" and not part["query"]):
                raise Refused(ONLY_DATA, WRITE_SELECT)
            if part.get("sample") and part["sample"]["seed"] < 0:
                at = word_at("tablesample", self.text) or word_at("sample", self.text)
                hint = "write `using sample 10 rows (reservoir, 1)`, where 1 is the seed"
                raise Refused(f"a sample needs a seed: without one, {UNSTABLE}", hint, at)
            if kind == "COLUMN_REF" and part["column_names"][-1].lower() in CLOCK and len(part["column_names"]) == 1:
                raise self.unstable(part["column_names"][0].lower(), part)
            if kind == "TABLE_FUNCTION" and (name := part["function"].get("function_name", "")) not in TABLE_FUNCTIONS:
                hint = "name the file in the talk's `data`" if READING_FILES.match(name) else ONLY_DATA
                raise self.unusable(name, part, hint)
        for name, part in self.calls().items():
            lone = name == "age" and len(part["arguments"]) == 1  # To the present day.
            if lone or (name in doubtful and not MACROS.fullmatch(name)):
                raise self.unstable(name, part)
            if INNER.fullmatch(name):
                raise self.unusable(name, part, "it is DuckDB's own")

    def unstable(self, function: str, part: Part) -> Refused:
        return self.unusable(
            function, part, f"{UNSTABLE}{'; write the day, or make it a parameter' if NOW.fullmatch(function) else ''}"
        )

    def unusable(self, function: str, part: Part, hint: str) -> Refused:
        return Refused(f"a query can't use the function {function!r}", hint, self.at(part))

    def calls(self) -> dict[str, Part]:
        """The functions in expressions by their names, in small letters; each where it stands first."""
        of_tables = [id(part["function"]) for part in self.parts if part["type"] == "TABLE_FUNCTION"]
        found = [part for part in self.parts if "function_name" in part and id(part) not in of_tables]
        return {part["function_name"].lower(): part for part in reversed(found)}

    def tables(self) -> Iterator[tuple[str, int]]:
        """The tables that the query names, and where."""
        for part in self.parts:
            if part["type"] == "BASE_TABLE":
                at = self.at(part) or word_at(part["table_name"], self.text)
                if part["schema_name"] or part["catalog_name"]:
                    raise Refused(ONLY_DATA, "write the name of the data alone", at)
                yield part["table_name"], at

    def own_tables(self) -> frozenset[str]:
        """The names that the query itself gives to tables, in small letters."""
        maps = [part["cte_map"]["map"] for part in self.parts if "cte_map" in part]
        return frozenset(entry["key"].casefold() for entries in maps for entry in entries)

    def parameters(self, known: Mapping[str, str]) -> dict[str, str]:
        """Those that the query names, and their values."""
        found = {}
        for part in self.parts:
            if part["type"] == "VALUE_PARAMETER":
                name = part["identifier"]
                if name not in known:
                    hint = suggestion(name, known) or "give it a default in the talk's `parameters`, before `data`"
                    what = "a parameter needs a name" if name.isdigit() else f"there is no parameter {name!r}"
                    raise Refused(what, hint, self.at(part))
                found[name] = known[name]
        return found

    def column_at(self, number: int) -> int:
        """Where a column of the answer, counted from 0, is written; the query's beginning where no part is its own."""
        columns = self.top.get("select_list", [])
        if number >= len(columns) or any(part["class"] == "STAR" for part in columns):
            return 0
        return self.at(columns[number])


def parts(top: Any) -> Iterator[Part]:
    """All parts of a tree that have a type, in the order of the text as far as the tree has it."""
    waiting = [top]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("type"), str):
                yield part
            waiting += reversed(part.values())
        elif isinstance(part, list):
            waiting += reversed(part)


def character(text: str, offset: int) -> int:
    """The character at an offset in bytes; 0 if the text does not reach that far."""
    data = text.encode()
    return len(data[:offset].decode(errors="ignore")) if offset <= len(data) else 0


def word_at(word: str, text: str) -> int:
    """Where a text names something first, outside of quotes."""
    bare = re.sub(r"'[^']*'", lambda quote: " " * len(quote[0]), text)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", bare, re.IGNORECASE)
    return found.start() if found else 0
