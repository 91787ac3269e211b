"""Dates in the words of a language (Babel)."""

from __future__ import annotations

import datetime
import re

from babel.dates import format_date, format_skeleton

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


def day_or_month(text: str) -> datetime.date | None:
    """The day that `2026-11-24` names, or the first of the month that `2026-11` names; None if it names neither."""
    return parsed(f"{text}-01" if re.fullmatch(r"\d{4}-\d{2}", text) else text)


def in_short(text: str, language: str) -> str:
    """`2026-11-24` or `2026-11` in the short words of the language (`Nov 2026`); other text stays as it is."""
    day = day_or_month(text)
    skeleton = "yMMM" if len(text) == len("2026-11") else "yMMMd"
    return format_skeleton(skeleton, day, locale=locale(language)) if day else text
