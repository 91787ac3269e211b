"""Languages: their locales (Babel's CLDR data) and the direction in which they are written."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def locale(language: str) -> Locale:
    """The locale of a language tag; English if there is none."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left, as Arabic and Hebrew are."""
    return locale(language).text_direction == "rtl"
