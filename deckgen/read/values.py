"""Values of the talk's data and parameters in text: `{{ sales.total | money }}`.

What stands between the braces is an expression of Jinja2, in its sandbox, of few parts: names, numbers, text,
arithmetic, and the filters below. All attributes are looked up here, none in Python objects.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from deckgen.diagnostics import Span, shortened
from deckgen.model.dataset import TOO_MANY, Dataset, Value, is_number, shown
from deckgen.model.meant import suggestion
from deckgen.read.reader import Reader, concerning

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

EXPRESSION = re.compile(r"""\{\{((?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*'|\n(?!\s*\n))*)\}\}""")
IN_PLAIN_TEXT = re.compile(rf"\\\{{\{{|{EXPRESSION.pattern}")
SIGNS = r"write \{{ for the signs themselves"
LONGEST = 500
"""Characters of an expression."""
LONGEST_RESULT = 2_000
MOST_DECIMALS = 10
PARTS = frozenset(
    {"Output", "Template", "Name", "Const", "Getattr", "Getitem", "Call", "Filter", "Add", "Sub", "Mul", "Div", "Neg"}
    | {"Pos", "Keyword"}
)
"""The parts of Jinja2's grammar that an expression may have."""
SUMS: Mapping[str, Callable[[list[float]], float]] = {
    "sum": lambda numbers: float(f"{sum(numbers):.15g}"),
    "mean": lambda numbers: sum(numbers) / len(numbers),
    "min": min,
    "max": max,
}


class Wrong(Exception):
    """The expression has no value; the message says why."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def value_rule(state: StateInline, silent: bool) -> bool:
    """A rule for the parser of inline Markdown: a value becomes a token of its own, in talks that have data."""
    found = state.env.get("values") and EXPRESSION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("value", "", 0)
        token.content, token.markup = found[1].strip(), found[0]
    state.pos = found.end()
    return True


def spelt(reader: Reader, token: Token, span: Span) -> str:
    """The words of a token: those of its expression if it is a value."""
    return value_of(reader, token.content, span) if token.type == "value" else token.content


def filled_in(reader: Reader, text: str, place: Callable[[int], Span]) -> str:
    r"""A plain text with the values that it names, `{{` where it has `\{{`; in talks without data, as it is.

    `place` gives the place of a character, counted from 0.
    """
    if reader.values is None or "{{" not in text:
        return text
    return IN_PLAIN_TEXT.sub(
        lambda found: "{{" if found[1] is None else value_of(reader, found[1].strip(), place(found.start())), text
    )


@concerning("data")
def value_of(reader: Reader, expression: str, span: Span) -> str:
    """The words of an expression. What is wrong with it is noted."""
    if reader.broken.intersection(re.findall(r"\w+", expression)):
        return "?"  # It is said already, at the data.
    try:
        return evaluated(expression, reader.values or {}, reader.language)
    except Wrong as problem:
        reader.error(span, problem.message, problem.hint)
    return "?"


def evaluated(expression: str, values: Mapping[str, str | Dataset], language: str) -> str:
    """Errors: `Wrong`."""
    from jinja2 import TemplateSyntaxError, nodes

    if len(expression) > LONGEST:
        raise Wrong(f"this expression is too long: the limit is {LONGEST} characters")
    try:
        tree = environment().parse("{{" + expression + "}}")
        parts = list(tree.find_all(nodes.Node))
        if odd := next((type(part).__name__ for part in parts if type(part).__name__ not in PARTS), ""):
            raise Wrong(f"{odd!r} can't stand in a value", "it has names, numbers, arithmetic and filters alone")
        for part in tree.find_all(nodes.Filter):
            if part.name not in FILTERS:
                raise Wrong(f"there is no filter {part.name!r}", suggestion(part.name, FILTERS))
        for name in tree.find_all(nodes.Name):
            if name.name not in values:
                raise Wrong(f"there is no value {shortened(name.name)!r}", suggestion(name.name, values) or SIGNS)
        found = environment().compile_expression(expression, undefined_to_none=False)
        result = found(**values, language_=language, currency_=values.get("currency"))
    except TemplateSyntaxError as problem:
        raise Wrong(f"this is no value: {problem.message}", "write {{ name }} or {{ name | filter }}") from None
    except (TypeError, ValueError, ArithmeticError, NameError, RecursionError) as problem:
        raise Wrong(f"this value can't be made: {in_words(problem)}", "look at the values that it is made of") from None
    return as_text(result)


def in_words(problem: Exception) -> str:
    return "it divides by 0" if isinstance(problem, ZeroDivisionError) else str(problem)


def as_text(result: object) -> str:
    if isinstance(result, Dataset):
        raise Wrong(f"{result.name!r} is a table, no value", 'write `.count`, `.sum("column")` or a column\'s name')
    if result is None:
        raise Wrong("the data have nothing here", "leave such rows out in a query, or write the words yourself")
    if isinstance(result, bool) or not isinstance(result, (str, int, float)):
        raise Wrong("this is no text and no number", "name a column, or call the function that you mean")
    if isinstance(result, float) and not math.isfinite(result):
        raise Wrong("this is no finite number")
    text = shown(result)
    if len(text) > LONGEST_RESULT:
        raise Wrong(f"this value is too long: the limit is {LONGEST_RESULT:,} characters")
    return text


def looked_up(thing: Any, name: Any) -> Any:
    """What a dot, or an index in brackets, leads to. Errors: `Wrong`."""
    if isinstance(thing, Dataset):
        return of_dataset(thing, str(name))
    if isinstance(thing, tuple) and isinstance(name, int):
        if not -len(thing) <= name < len(thing):
            raise Wrong(f"there is no row {name}: there are {len(thing)}, counted from 0")
        return thing[name]
    if isinstance(thing, dict):
        if name not in thing:
            raise Wrong(f"there is no column {shortened(str(name))!r}", suggestion(str(name), thing))
        return thing[name]
    raise Wrong(f"there is no {shortened(str(name))!r} of this value", "only data have rows and columns")


def of_dataset(data: Dataset, name: str) -> Any:
    if data.too_many:
        raise Wrong(*TOO_MANY)
    if name in data.head:
        if len(data.rows) != 1:
            hint = f'write {data.name}.sum("{name}") or {data.name}.rows[0].{name}'
            raise Wrong(f"{data.name!r} has {len(data.rows):,} rows, so {name!r} is no single value", hint)
        return data.rows[0][data.head.index(name)]
    if name == "count":
        return len(data.rows)
    if name == "rows":
        return tuple(dict(zip(data.head, row, strict=True)) for row in data.rows)
    if name in SUMS:
        return partial(summed, data, name)
    known = {*data.head, "count", "rows", *SUMS}
    raise Wrong(f"{data.name!r} has no {shortened(name)!r}", suggestion(name, known))


def summed(data: Dataset, how: str, column: Any = None) -> float:
    if column not in data.head:
        raise Wrong(f"{data.name!r} has no column {shortened(str(column))!r}", suggestion(str(column), data.head))
    place = data.head.index(column)
    numbers = [number(row[place]) for row in data.rows if row[place] not in (None, "")]
    if not numbers and how != "sum":
        raise Wrong(f"the column {column!r} has no numbers", "" if data.rows else "look at what the query asks for")
    return SUMS[how](numbers)


def number(value: Any) -> float:
    """Errors: `Wrong`."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not is_number(value) or value == "":
        raise Wrong(f"expected a number, found {shortened(shown(value) if is_value(value) else 'a table')!r}")
    if not math.isfinite(float(value)):
        raise Wrong("this is no finite number")
    return float(value)


def is_value(value: object) -> bool:
    return isinstance(value, (str, int, float, type(None)))


def decimals(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or not 0 <= value <= MOST_DECIMALS):
        raise Wrong(f"decimals are a whole number from 0 to {MOST_DECIMALS}")
    return value


def as_money(context: Any, value: Value, currency: Any = None, places: Any = None) -> str:
    from deckgen.model.amounts import in_money

    language = context["language_"]
    code = currency_code(currency or context["currency_"], language)
    return in_money(number(value), code, decimals(places), language)


def currency_code(named: Any, language: str) -> str:
    """The currency that is named, or that of the language's country. Errors: `Wrong`."""
    from deckgen.model.amounts import currency_of, is_currency

    code = named or currency_of(language)
    if not code:
        raise Wrong("no currency is known", 'write money("EUR"), or a parameter `currency`')
    if not isinstance(code, str) or not is_currency(code):
        raise Wrong(f"{shortened(str(code))!r} is no currency", "write its code, such as EUR or USD")
    return code


def as_number(context: Any, value: Value, places: Any = None) -> str:
    from deckgen.model.amounts import in_number

    return in_number(number(value), decimals(places), context["language_"])


def as_percent(context: Any, value: Value, places: Any = 0) -> str:
    from deckgen.model.amounts import in_percent

    return in_percent(number(value), decimals(places) or 0, context["language_"])


def as_date(context: Any, value: Value) -> str:
    from deckgen.model.dates import in_words, parsed

    if not parsed(str(value)[:10]):
        raise Wrong(f"{shortened(str(value))!r} is no date", "it is written as 2026-11-24")
    return in_words(str(value)[:10], context["language_"])


FILTERS: Mapping[str, Callable[..., str]] = {
    "money": as_money, "number": as_number, "percent": as_percent, "date": as_date,
}  # fmt: skip


@cache
def environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined, pass_context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Nothing but our own values has attributes, and nothing but our own functions is called."""

        intercepted_binops = frozenset({"+", "-", "*", "/"})

        def getattr(self, obj: Any, attribute: str) -> Any:
            return looked_up(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            return looked_up(obj, argument)

        def is_safe_callable(self, obj: Any) -> bool:
            return isinstance(obj, partial) and obj.func is summed

        def call(self, context: Any, obj: Any, /, *arguments: Any, **named: Any) -> Any:
            if not self.is_safe_callable(obj) or named or len(arguments) != 1:
                raise Wrong("this can't be called", f'functions are {", ".join(SUMS)}, of a column: data.sum("amount")')
            return obj(*arguments)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            return super().call_binop(context, operator, number(left), number(right))

    found = Sandbox(undefined=StrictUndefined, optimized=False)
    found.globals.clear()
    found.tests.clear()
    found.filters.clear()
    found.filters.update({name: pass_context(function) for name, function in FILTERS.items()})
    return found
