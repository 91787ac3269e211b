"""The formats of columns: `money`, `money("EUR", 0)`, `number(1)`; the words are those of filters in text."""

from __future__ import annotations

import re
from typing import Any

from deckgen.diagnostics import shortened
from deckgen.model.formats import WAYS, Format
from deckgen.model.meant import suggestion
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.scalars import scalar
from deckgen.read.values import MOST_DECIMALS, Wrong, currency_code
from deckgen.read.yaml import Node

FORMAT = re.compile(r"""(\w+)\s*(?:\(\s*(?:(["'])(\w+)\2\s*,?)?\s*(\d{1,2})?\s*\))?""")
"""A word, and in brackets a currency in quotation marks and decimals."""


@concerning("data")
def read_format(reader: Reader, node: Node) -> Any:
    value = scalar(reader, node, "a format such as money")
    if value is None:
        return BAD
    found = FORMAT.fullmatch(value.value.strip())
    way, currency, decimals = (found[1], found[3] or "", found[4]) if found else ("", "", None)
    if way not in WAYS:
        return reader.error(node, f"there is no format {shortened(value.value)!r}", suggestion(way, WAYS))
    if (currency and way != "money") or (decimals and (way == "date" or int(decimals) > MOST_DECIMALS)):
        hint = "money has a currency and decimals, number and percent have decimals"
        return reader.error(node, f"{value.value!r} asks for more than there is", hint)
    try:
        own = (reader.values or {}).get("currency")
        code = currency_code(currency or own, reader.language) if way == "money" else ""
    except Wrong as problem:
        return reader.error(node, problem.message, problem.hint)
    return Format(way, reader.language, int(decimals) if decimals else None, code)
