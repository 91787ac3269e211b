"""How a column of a table writes its numbers and days: in the way of the talk's language."""

from __future__ import annotations

from typing import Literal, get_args

from deckgen.diagnostics import Diagnostic, Span, error, shortened
from deckgen.frozen import frozen
from deckgen.model.numerals import number_in

Way = Literal["number", "percent", "money", "date"]
WAYS: tuple[Way, ...] = get_args(Way)


@frozen
class Format:
    """A way to write values, as the filters of values in text have it."""

    way: Way
    language: str
    decimals: int | None = None
    currency: str = ""

    def written(self, text: str, where: Span) -> str | Diagnostic:
        """A field of the data as it is shown, empty if it is missing; what is wrong with one that can't be."""
        from deckgen.model.amounts import in_money, in_number, in_percent
        from deckgen.model.dates import in_words, parsed

        if self.way == "date":
            if not text or parsed(text[:10]):
                return in_words(text[:10], self.language) if text else ""
            return error(where, f"{shortened(text)!r} is no date", "it is written as 2026-11-24", "data")
        value = number_in(text, where)
        if value is None or isinstance(value, Diagnostic):
            return value or text
        if self.way == "money":
            return in_money(value, self.currency, self.decimals, self.language)
        if self.way == "percent":
            return in_percent(value, self.decimals or 0, self.language)
        return in_number(value, self.decimals, self.language)
