"""Numbers as a language writes them (Babel)."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from deckgen.model.languages import locale


def format_number(value: float | Decimal, pattern: str, language: str) -> str:
    """A number by a pattern such as `#,##0.0` or `0 %`; in German `1234.5` becomes `1.234,5`.

    Patterns are those of Unicode (UTS 35, number patterns), which hold a point and commas in every language. An
    empty pattern is the language's own, with three decimals at most. Digits are always 0 to 9. Errors: `ValueError`
    for text that is no pattern.
    """
    return format_decimal(value, pattern or None, locale=locale(language))
