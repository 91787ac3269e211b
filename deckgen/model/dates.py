"""Dates in the words of a language (Babel)."""

from __future__ import annotations

import datetime

from babel.dates import format_date

from deckgen.model.languages import locale


def parsed(date: str) -> datetime.date | None:
    """The day that `2026-11-24` names; None if it names none."""
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None


def in_words(date: str, language: str) -> str:
    """`2026-11-24` as the language writes it out; text that is no date stays as it is."""
    day = parsed(date)
    return format_date(day, "long", locale=locale(language)) if day else date
