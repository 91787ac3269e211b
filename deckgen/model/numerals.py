"""Numbers as authors and files of data write them."""

from __future__ import annotations

import math
import re

from deckgen.diagnostics import Diagnostic, Span, error, shortened

NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,3})?")
COMMA = re.compile(r"[+-]?\d{1,20},(\d{1,2}|\d{4,20})")
MISSING = frozenset(("", "-", "–", "—", "~", "null", "n/a", "NA", "NaN"))
LARGEST = 1e100
DIGITS = 15
"""The digits of a number that spreadsheets keep."""
HINT = "write it with a point, as 3.5, without spaces and units; a missing one is -"
Field = float | None | Diagnostic
"""A number, none where it is missing, or what is wrong with the text that should be one."""


def number_in(text: str, where: Span) -> Field:
    """A number, to as many digits as spreadsheets keep."""
    text = text.strip().replace("\u2212", "-")
    if text in MISSING:
        return None
    if COMMA.fullmatch(text):
        text = text.replace(",", ".")
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    if not abs(value) <= LARGEST:
        return error(where, f"expected a number, found {shortened(text)!r}", HINT, "data")
    return float(f"{value:.{DIGITS}g}") + 0.0
