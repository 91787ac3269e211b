"""How a chart writes its numbers: for people in the language of the talk, and as a spreadsheet's format."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from locale import windows_locale

from deckgen.frozen import frozen
from deckgen.model.numbers import format_number

GROUPED_FROM = 10_000
"""Numbers as large as this have their thousands parted; if one of a chart has, all have."""
PLAIN_FROM = 1e-4
"""A spreadsheet writes smaller numbers with a power of ten, unless it is told the decimals."""
MOST_DECIMALS = 9
LARGEST = 1e15
NO_BREAK = "\u00a0"


@frozen
class NumberFormat:
    """Numbers with their unit. The pattern is Unicode's (UTS 35); `scientific` numbers have two decimals."""

    pattern: str
    before: str = ""
    after: str = ""
    scientific: bool = False
    place: str = ""
    """The locale in a spreadsheet's words, such as `[$-407]`, where numbers are not written as in English."""

    @property
    def percent_sign(self) -> str:
        """The sign with its space, as part of a spreadsheet's format; it multiplies by 100."""
        return f'"{NO_BREAK}"%' if self.after.startswith(NO_BREAK) else "%"

    def text(self, value: float, language: str) -> str:
        number = f"{value:.2E}" if self.scientific else format_number(Decimal(repr(value)), self.pattern, language)
        start = next((i for i, sign in enumerate(number) if sign.isdigit()), 0)
        return f"{number[:start]}{self.before}{number[start:]}{self.after}"  # A minus sign stands first.

    @property
    def code(self) -> str:
        """The format as spreadsheets know it (ECMA-376 part 1, 18.8.31)."""
        digits = "0.00E+00" if self.scientific else "General" if self.pattern == GENERAL else self.pattern
        return f"{self.place}{quoted(self.before)}{digits}{quoted(self.after)}"


TIGHT_PERCENT = ("en", "zh", "ja", "ko", "it", "nl", "pt", "tr", "he", "hi")
"""Languages that write no space before a percent sign."""
GENERAL = "0.#########"
"""As many decimals as a number has."""


def quoted(words: str) -> str:
    """Words as a format holds them."""
    return "".join(f"\\{sign}" if sign == '"' else f'"{sign}"' for sign in words).replace('""', "")


def number_format(
    values: Iterable[float], unit: str = "", prefix: str = "", decimals: int | None = None, language: str = "en"
) -> NumberFormat:
    """The format that suits all values: plain if it can be, else with the same decimals and thousands for all."""
    sizes = [abs(value) for value in values if value]
    before, after, place = prefix, suffix(unit, language), place_of(language)
    if decimals is None and any(size >= LARGEST or size < 10.0**-MOST_DECIMALS for size in sizes):
        return NumberFormat("", before, after, True, place)
    grouped = any(size >= GROUPED_FROM for size in sizes)
    small = any(size < PLAIN_FROM for size in sizes)
    if decimals is None and not grouped and not small:
        return NumberFormat(GENERAL, before, after, place=place)
    places = max(map(decimals_of, sizes), default=0) if decimals is None else decimals
    whole = "#,##0" if grouped else "0"
    return NumberFormat(f"{whole}.{'0' * places}" if places else whole, before, after, place=place)


@cache
def place_of(language: str) -> str:
    """The locale of a format ([MS-LCID]); empty where numbers are written as in English, or it is not known."""
    if format_number(Decimal("12345.6"), "#,##0.0", language) == "12,345.6":
        return ""
    tag = language.replace("-", "_")
    found = [code for code, name in sorted(windows_locale.items()) if name == tag or name.startswith(f"{tag}_")]
    return f"[$-{found[0]:X}]" if found else ""


def suffix(unit: str, language: str) -> str:
    """The unit with the space before it; languages differ in whether a percent sign has one."""
    if not unit:
        return ""
    if unit == "%":
        return "%" if language.partition("-")[0] in TIGHT_PERCENT else f"{NO_BREAK}%"
    return f"{NO_BREAK}{unit}"


def decimals_of(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) and math.isfinite(value) else 0
