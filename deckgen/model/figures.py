"""Numbers as people write them in tables: which columns hold them, and where their decimal point is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from deckgen.model.text import Text, plain

if TYPE_CHECKING:
    from babel import Locale

NO_VALUE = frozenset(("", "-", "–", "—", "\u2212", "…", "?", "n/a", "."))
"""What stands in a column of numbers where there is none."""
SIGN = r"[-+\u2212–±~≈<>≤≥(€$£¥]*\s?"
UNIT = r"(?:\s?[%‰°€$£¥µa-zA-Z][\w%°²³/)]{0,7}|\))?"


def decimal_symbol(locale: Locale) -> str:
    """What stands before the fraction of a number in a language: a point or a comma."""
    found = str(locale.number_symbols.get("latn", {}).get("decimal", "."))
    return found if found in ".," else "."


@cache
def pattern(decimal: str) -> re.Pattern[str]:
    group = r"[.'’ \u00a0\u202f]" if decimal == "," else r"[,'’ \u00a0\u202f]"
    return re.compile(rf"({SIGN}(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+))({re.escape(decimal)}\d+)?{UNIT}")


def decimal_of(texts: Sequence[Text], locale: Locale) -> str:
    """The decimal symbol of a column in which all texts are numbers or say that there is none; empty if they are not.

    It is that of the language, or the other one if only this makes numbers of all.
    """
    words = [plain(text).strip() for text in texts]
    numbers = [word for word in words if word not in NO_VALUE]
    own = decimal_symbol(locale)
    for symbol in (own, "," if own == "." else "."):
        if numbers and all(pattern(symbol).fullmatch(word) for word in numbers):
            return symbol
    return ""


def parted(text: Text, decimal: str) -> tuple[Text, Text]:
    """A number up to the end of its whole part, and the rest; a text that is no number is all whole."""
    found = pattern(decimal).fullmatch(plain(text).strip())
    at = len(found[1]) + len(plain(text)) - len(plain(text).lstrip()) if found else len(plain(text))
    left, right = [], []
    for run in text:
        head, tail = run.text[: max(0, at)], run.text[max(0, at) :]
        at -= len(run.text)
        left += [replace(run, text=head)] if head else []
        right += [replace(run, text=tail)] if tail else []
    return tuple(left), tuple(right)
