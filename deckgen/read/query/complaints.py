"""What DuckDB says of a query, in deckgen's words."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping

from deckgen.diagnostics import shortened
from deckgen.model.meant import nearest, suggestion
from deckgen.read.query.job import LESS, TOO_LONG, Refused
from deckgen.read.query.sql import ONLY_DATA, WRITE_SELECT, character, word_at

LONGEST = 200
"""Characters of what DuckDB says."""
TOO_MUCH = "the query takes too much memory"
TOO_DEEP = ("the query nests too deeply", "give inner queries names: `with name as (...)`")
A_DAY = "a day is written '2026-11-24', in quotes"
CONVERT = "`::double` makes numbers of text, `::date` makes days"
AS_TEXT = "`::text` makes text of it"
SAYINGS = (
    (r'column "([^"]+)" must appear in the GROUP BY', "the rows are not grouped by the column '{1}'",
     "add it to `group by`, or write any_value({1})"),
    (r'Ambiguous reference to column name "([^"]+)" \(use: \'(.+)\' or \'(.+)\'\)',
     "more than one table has a column '{1}'", "write {2} or {3}"),
    (r'Ambiguous reference to table "([^"]+)"', "more than one table is called '{1}'", "give one of them another name"),
    (r'Referenced table "([^"]+)" not found!', "no table of this query is called '{1}'",
     "its tables stand after `from`"),
    (r'Referenced column "([^"]+)" was not found because the FROM clause is missing', "the query names no table",
     "add `from` and the table of the column '{1}'"),
    (r"WHERE clause cannot contain aggregates", "`where` chooses rows before they are summed up",
     "write the condition in `having`, after `group by`"),
    (r"Window functions are not supported here", "this function needs an order", "add `over (order by ...)`"),
    (r"More than one row returned by a subquery", "an inner query that stands for a value gives more than one row",
     "add `limit 1`, or sum its rows up"),
    (r"Set operations can only apply", "the queries of a `union` give different numbers of columns", ""),
    (r"Division by zero", "the query divides by 0", "write `a / nullif(b, 0)`, which is empty there"),
    (r'invalid \w+ field format: "([^"]*)"', "'{1}' is no day or time", A_DAY),
    (r'\w+ field value out of range: "([^"]*)"', "there is no day or time '{1}'", A_DAY),
    (r"Max expression depth", *TOO_DEEP),
    (r"unterminated string literal", "a text is never closed", "write ' at its end, and '' for one inside"),
    (r"unterminated quoted identifier", "a name in quotes is never closed", 'write " at its end'),
    (r'syntax error at or near "(.+)"', "the SQL is wrong at '{1}'", "look at the word, and at what stands before it"),
    (r"SELECT clause without selection list", "`select` names nothing", "write `*` or columns after it"),
    (r"ORDER term out of range", "there is no such column to order by", "columns are counted from 1"),
    (r"LIMIT/OFFSET cannot be negative", "a `limit` can't be negative", ""),
    (r'^Table with name "?([^" ]+)"? does not exist', "there is no table '{1}'",
     "in a `with`, a query sees only those before it"),
    (r"^((?:missing|invalid|unexpected|bad|no argument for|trailing) .*)", "the regular expression is wrong: {1}", ""),
)  # fmt: skip
"""What DuckDB says, and what we say of it."""
TYPES = (
    (r".*\[\d*\]|STRUCT.*|MAP.*", "a list"), (r"VARCHAR|STRING_LITERAL|STRING", "text"), ("DATE", "a day"),
    (r"TIME.*", "a time"), ("INTERVAL", "a span of time"), (r"BOOL.*", "true or false"), ("BLOB", "bytes"),
    (r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?(_LITERAL)?\d*|DOUBLE|FLOAT\d*|DECIMAL.*|BIGNUM", "a number"),
)  # fmt: skip
OPEN = re.compile(
    r"and|as|between|by|distinct|from|having|in|join|like|limit|not|on|or|over|select|then|union|using|when|where|with"
    r"|[-(+*/=<>.]",
    re.IGNORECASE,
)
"""What something has to follow."""
OPERATORS = {"~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike", "list_aggr": "list_..."}
ELSEWHERE = {"average": "avg", "charindex": "strpos", "date_format": "strftime", "datetime": "strftime", "iif": "if",
             "nvl": "coalesce", "to_char": "strftime", "to_date": "strptime", "total": "sum"}  # fmt: skip
"""Functions of other SQL, and DuckDB's."""


def complaint(kind: str, said: str, text: str, columns: Collection[str] = ()) -> Refused:
    """What is wrong with a query: from the name of DuckDB's exception, and what it says, in JSON; `columns` are those
    of the query's tables."""
    if kind == "InterruptException":
        return Refused(TOO_LONG, LESS)
    if kind == "OutOfMemoryException":
        return Refused(TOO_MUCH, LESS)
    found = re.search(r"\{.*\}", said, re.DOTALL)
    problem = json.loads(found[0]) if found else {"exception_message": said}
    words = problem["exception_message"].replace("memory.main.", "").replace("temp.main.", "")
    at = character(text, int(problem["position"])) if "position" in problem else named_at(words, text)
    message, hint = (
        of_column(words, text, at, columns) or of_name(problem) or of_types(words, problem) or of_saying(words)
    )
    return Refused(message, hint, at)


def unreadable(tree: Mapping[str, str], text: str) -> Refused:
    """Why a text is no query that is answered: from what DuckDB gives in place of its tree."""
    words = tree["error_message"]
    at = character(text, int(tree["position"])) if "position" in tree else named_at(words, text)
    if old := re.compile(r":([A-Za-z_]\w*)").match(text, at):
        return Refused(f"a parameter is written ${old[1]}, not {old[0]}", "queries are in the SQL of DuckDB", at)
    if "Only SELECT" in words:
        if re.match(r"\s*pivot\b", text, re.IGNORECASE):
            return Refused("this `pivot` does not say which columns there are", "write `on column in ('a', 'b')`")
        return Refused(ONLY_DATA, WRITE_SELECT)
    near = re.search(r'syntax error at or near "(.+)"', words)
    if near and OPEN.fullmatch(near[1]) and not text[at + len(near[1]) :].strip("; \n"):
        return Refused(f"the query ends too early, after {near[1]!r}", at=at)
    return Refused(*of_saying(words), at)


def named_at(words: str, text: str) -> int:
    """Where the text names what is in quotes, for want of a place."""
    found = re.search(r"[\"']([^\"']+)[\"']", words)
    return (word_at(found[1], text) or max(text.find(found[1]), 0)) if found else 0


def of_column(words: str, text: str, at: int, columns: Collection[str]) -> tuple[str, str] | None:
    """A column that no table of the query has."""
    found = re.search(
        r'(?:Referenced column "|column named "|^Column "|^column ")([^"]+)"'
        r"(?: not found|.* list not found| must appear|\n|$)",
        words,
    )
    if not found or found[1].casefold() in {column.casefold() for column in columns}:
        return None
    hint = suggestion(found[1], columns)
    if not nearest(found[1], columns):
        quotes = f"text stands in single quotes: '{found[1]}'"
        hint = quotes if text[at : at + 1] == '"' or not hint else f"{hint}; {quotes}"
    return f"there is no column {found[1]!r}", hint


def of_name(problem: Mapping[str, str]) -> tuple[str, str] | None:
    """A function or a type that DuckDB does not have."""
    if problem.get("error_subtype") != "MISSING_ENTRY" or problem["type"] == "Table":
        return None
    what, name = problem["type"].split()[-1].lower(), problem["name"]
    near = ELSEWHERE.get(name.lower()) or nearest(name, problem.get("candidates", "").split(","))
    return f"there is no {what} {name!r}", f"did you mean {near!r}?" if near else ""


def of_types(words: str, problem: Mapping[str, str]) -> tuple[str, str] | None:
    """A function, a comparison or a conversion that does not take such values."""
    if found := re.search(r"Cannot compare values of type (\S+) and type (\S+)", words):
        first, second = in_words(found[1]), in_words(found[2])
        return f"{first} can't be compared with {second}", A_DAY if "a day" in (first, second) else CONVERT
    if found := re.search(r"Could not convert string ['\"](.*)['\"] to (\w+)", words):
        wanted, column = in_words(found[2]), re.search(r"from source column (\w+)", words)
        if column and wanted == "a number":
            return (f"{found[1]!r} in the column {column[1]!r} is not a number",
                    f"`try_cast({column[1]} as double)` is empty there")  # fmt: skip
        return f"{found[1]!r} is not {wanted}", ""
    found = re.search(r"(?:types '|call \")([^(]+)\((.*?)\)['\"]", words)
    if not found:
        return None
    name = OPERATORS.get(found[1], found[1])
    taken = [in_words(kind) for kind in re.split(r", (?![^(]*\))", found[2]) if kind]
    return f"{name!r} can't take {', '.join(taken) or 'nothing'}", way_to_take(name, taken, words)


def way_to_take(name: str, taken: Collection[str], words: str) -> str:
    """How a function takes such values, or others."""
    longest = max(re.findall(r"\n\t(.*)\) ->", words), key=lambda way: way.count(","), default="")
    if "a day" in taken and name in "+-":
        return "a day takes whole numbers of days: `day + n::int`"
    if "VARCHAR" in longest and {*taken} - {"text"}:
        return AS_TEXT
    if "text" in taken:
        return CONVERT
    arguments = ", ".join(re.findall(r'[(,] ?"?(\w+)"? ', longest))
    return f"it is written {name}({arguments})" if arguments and name.isidentifier() else ""


def in_words(kind: str) -> str:
    return next((words for pattern, words in TYPES if re.fullmatch(pattern, kind)), kind.lower())


def of_saying(words: str) -> tuple[str, str]:
    for pattern, message, hint in SAYINGS:
        if found := re.search(pattern, words):
            parts = ("", *found.groups())
            return message.format(*parts), hint.format(*parts)
    first = re.split(r"\n|[.!] (?:Use|In order)|[,;] or SET| Use \"", words)[0].rstrip(".! ")
    start = first[:1] if first[1:2].isupper() else first[:1].lower()
    return f"the query can't be answered: {shortened(start + first[1:], LONGEST)}", ""
