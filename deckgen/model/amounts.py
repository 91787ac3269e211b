"""Amounts in the words of a language (Babel)."""

from __future__ import annotations

import re

from babel.core import UnknownLocaleError
from babel.numbers import format_currency, format_decimal, format_percent, get_territory_currencies, list_currencies

from deckgen.model.languages import locale

LETTER_DIGIT = re.compile(r"(?<=[A-Za-z])(?=\d)")
"""Where CLDR's rule for currencies puts a space (UTS 35, currency spacing), and Babel doesn't."""


def in_number(value: float, decimals: int | None, language: str) -> str:
    """`1,234.5`; with as many decimals as it has, three at most, or as many as are asked for."""
    return format_decimal(value, None if decimals is None else f"#,##0{fraction(decimals)}", locale=locale(language))


def in_percent(value: float, decimals: int, language: str) -> str:
    """A share as percent: 0.25 as `25%`, where the language has the sign."""
    pattern = locale(language).percent_formats[None].pattern.replace("#,##0", f"#,##0{fraction(decimals)}")
    return format_percent(value, pattern, locale=locale(language))


def in_money(value: float, currency: str, decimals: int | None, language: str) -> str:
    """An amount with the sign of a currency, such as EUR; with its usual decimals, or as many as are asked for."""
    place = locale(language)
    if decimals is None:
        return LETTER_DIGIT.sub("\N{NO-BREAK SPACE}", format_currency(value, currency, locale=place))
    pattern = place.currency_formats["standard"].pattern.replace("#,##0.00", f"#,##0{fraction(decimals)}")
    text = format_currency(value, currency, pattern, locale=place, currency_digits=False)
    return LETTER_DIGIT.sub("\N{NO-BREAK SPACE}", text)


def is_currency(code: str) -> bool:
    return code in list_currencies()


def currency_of(language: str) -> str:
    """The currency of the country that a language tag names; empty if it names none."""
    parts = language.split("-")
    country = next((part for part in parts[1:] if len(part) == 2), "")
    try:
        found = get_territory_currencies(country.upper()) if country else []
    except (UnknownLocaleError, ValueError):
        return ""
    return str(found[0]) if found else ""


def fraction(decimals: int) -> str:
    return f".{'0' * decimals}" if decimals else ""
