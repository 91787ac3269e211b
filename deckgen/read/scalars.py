"""Single values: the schema says what a text in the source means."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Any

from deckgen.diagnostics import Span
from deckgen.model.meant import nearest
from deckgen.model.text import Text
from deckgen.read.hints import number_hint, quote_hint
from deckgen.read.line import read_text
from deckgen.read.reader import BAD, Places, Reader
from deckgen.read.values import filled_in
from deckgen.read.yaml import Node, Scalar
from deckgen.units import PT_PER_INCH

WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
WHOLE = re.compile(r"[+-]?\d{1,9}")
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)")
TAB_WIDTH = 4
MAX_LENGTH = 20_000
"""Characters of one text; the time to set it grows with the square of a hostile text's length."""

MAX_RAW = 200_000
"""Characters of one text that stands as it is, such as code; its lines are set one by one."""


def scalar(reader: Reader, node: Node, what: str, most: int = MAX_LENGTH) -> Scalar | None:
    """The node if it is a single value of bearable length; else an error that expects `what`."""
    if isinstance(node, Scalar) and len(node.value) <= most:
        return node
    if isinstance(node, Scalar):
        where = Places(reader.source, node).at(0, 0)
        reader.error(where, f"this text is too long: the limit is {most:,} characters", "split the text")
    else:
        reader.expected(what, node, quote_hint(node))
    return None


def inline_text(reader: Reader, node: Node) -> Text:
    """Inline Markdown; may be empty."""
    value = scalar(reader, node, "text")
    if value is None:
        return BAD  # type: ignore[no-any-return]
    before = len(reader.diagnostics)
    text = read_text(reader, value)
    return BAD if len(reader.diagnostics) > before else text


def raw_text(reader: Reader, node: Node) -> str:
    """Plain text with the values that it names (see `verbatim_text`)."""
    before, text = len(reader.diagnostics), verbatim_text(reader, node)
    if text is BAD or not isinstance(node, Scalar):
        return BAD  # type: ignore[no-any-return]
    found = filled_in(reader, text, partial(place_in, reader, node))
    return BAD if len(reader.diagnostics) > before else found


def verbatim_text(reader: Reader, node: Node) -> str:
    """Text as it stands: inner line ends are kept, those at the end are not, tabs become spaces."""
    value = scalar(reader, node, "text", MAX_RAW)
    return BAD if value is None else value.value.rstrip("\n").expandtabs(TAB_WIDTH)


def place_in(reader: Reader, value: Scalar, at: int) -> Span:
    """The place of a character of a text, counted from 0."""
    return Places(reader.source, value).at(value.value.count("\n", 0, at), at - value.value.rfind("\n", 0, at) - 1)


def digits(what: str, pattern: re.Pattern[str], reader: Reader, node: Node) -> str:
    """A text of digits, which may be a value of the data, as a pattern has it; `what` it is in words."""
    value = scalar(reader, node, what)
    if value is None:
        return BAD  # type: ignore[no-any-return]
    before, text = len(reader.diagnostics), filled_in(reader, value.value, partial(place_in, reader, value))
    if len(reader.diagnostics) > before:
        return BAD  # type: ignore[no-any-return]
    if pattern.fullmatch(text):
        return text
    return reader.expected(what, value._replace(value=text), digits_hint(reader, value, number_hint(text)))  # type: ignore[no-any-return]


def digits_hint(reader: Reader, written: Scalar, hint: str) -> str:
    """How to put right what is no number: the hint, or what holds for the values of the talk's data."""
    if "{{" not in written.value:
        return hint
    if reader.values is None:
        return "in a talk without `data` and `parameters`, {{ }} is text"
    return "let {{ }} be a number alone, without a filter and without words beside it"


def whole(reader: Reader, node: Node) -> int:
    text = digits("a whole number", WHOLE, reader, node)
    return text if text is BAD else int(text)


def number(reader: Reader, node: Node) -> float:
    text = digits("a number", NUMBER, reader, node)
    return text if text is BAD else float(text)


def inches(reader: Reader, node: Node) -> float:
    """A length in inches as points, to 0.01 pt."""
    value = number(reader, node)
    return value if value is BAD or not math.isfinite(value) else round(value * PT_PER_INCH, 2)


def truth(reader: Reader, node: Node) -> bool:
    value = scalar(reader, node, "true or false")
    if value is None or value.value.lower() not in WORDS:
        return BAD if value is None else reader.expected("true or false", node)  # type: ignore[no-any-return]
    return WORDS[value.value.lower()]


def one_of(choices: tuple[str, ...], reader: Reader, node: Node) -> Any:
    what = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
    value = scalar(reader, node, what)
    if value is None or value.value in choices:
        return BAD if value is None else value.value
    near = nearest(value.value, choices)
    return reader.expected(what, node, f"did you mean {near!r}?" if near else "", reader.misspelt(value, choices))
