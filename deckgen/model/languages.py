"""Languages: their locales (Babel's CLDR data), directions and scripts, and the tags of stretches of text."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import groupby

from babel import Locale, UnknownLocaleError
from babel.core import get_global

BLOCKS = (
    (0x0000, ""), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"),
    (0x0700, ""), (0x0750, "Arab"), (0x0780, ""), (0x0870, "Arab"), (0x0900, "Deva"), (0x0980, "Beng"),
    (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, ""), (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"),
    (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"), (0x0E80, "Laoo"), (0x0F00, ""), (0x10A0, "Geor"),
    (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, ""), (0x1780, "Khmr"), (0x1800, ""), (0x1C80, "Cyrl"),
    (0x1C90, ""), (0x1F00, "Grek"), (0x2000, ""), (0x2DE0, "Cyrl"), (0x2E00, ""), (0x2E80, "Hani"),
    (0x3000, ""), (0x3005, "Hani"), (0x3008, ""), (0x3040, "Kana"), (0x3100, "Hani"), (0x3130, "Hang"),
    (0x3190, "Hani"), (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0x4DC0, ""), (0x4E00, "Hani"),
    (0xA000, ""), (0xA640, "Cyrl"), (0xA6A0, ""), (0xA8E0, "Deva"), (0xA900, ""), (0xAC00, "Hang"),
    (0xD7FC, ""), (0xF900, "Hani"), (0xFB00, ""), (0xFB1D, "Hebr"), (0xFB50, "Arab"), (0xFE00, ""),
    (0xFE70, "Arab"), (0xFF00, ""), (0xFF66, "Kana"), (0xFFA0, "Hang"), (0xFFE0, ""), (0x20000, "Hani"),
    (0x32000, ""),
)  # fmt: skip
"""Where a script (ISO 15924) begins in Unicode; empty for Latin, for signs, and for scripts without a tag of theirs."""
STARTS = tuple(start for start, _ in BLOCKS)
LANGUAGES = {
    "Arab": "ar", "Armn": "hy", "Beng": "bn", "Cyrl": "ru", "Deva": "hi", "Ethi": "am", "Geor": "ka", "Grek": "el",
    "Gujr": "gu", "Guru": "pa", "Hang": "ko", "Hani": "zh", "Hebr": "he", "Kana": "ja", "Khmr": "km", "Knda": "kn",
    "Laoo": "lo", "Latn": "en", "Mlym": "ml", "Sinh": "si", "Taml": "ta", "Telu": "te", "Thai": "th",
}  # fmt: skip
"""What a text in a script is taken for, in a deck whose language is written in another."""
SPOKEN = (
    "ar",
    "cs",
    "da",
    "de",
    "es",
    "fi",
    "fr",
    "hi",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
)
EAST_ASIAN = {"ja": {"Hani", "Kana"}, "zh": {"Hani"}, "ko": {"Hang", "Hani"}}
"""Languages that are written in more scripts than one, or in one whose name is the language's."""


@cache
def locale(language: str) -> Locale:
    """The locale of a language tag; English if there is none."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def tag_named(name: str) -> str:
    """The tag of a language by its English name, or by its own if many speak it (`german`, `Deutsch`); else empty."""
    own = {Locale(tag).get_display_name(): tag for tag in SPOKEN}
    names = {english: tag for tag, english in Locale("en").languages.items() if "_" not in tag} | own
    typed = name.strip().casefold()
    return next((str(tag) for words, tag in names.items() if str(words).casefold() == typed), "")


@cache
def tags(language: str) -> tuple[str, ...]:
    """The tags by which a language may be known, the closest first: `zh-TW` is `zh-Hant`, then `zh`."""
    own = locale(language)
    return (f"{own.language}-{own.script}", own.language) if own.script else (own.language,)


@cache
def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left, as Arabic and Hebrew are."""
    return locale(language).text_direction == "rtl"


def script_of(character: str) -> str:
    """The script of a character, as `BLOCKS` has it; `Latn` for Latin letters, empty for signs and digits."""
    code = ord(character)
    if code < 0x250:
        return "Latn" if character.isalpha() else ""
    found = BLOCKS[bisect_right(STARTS, code) - 1][1]
    return found or ("Latn" if 0x1E00 <= code < 0x1F00 else "")


@cache
def scripts_of(language: str) -> frozenset[str]:
    """The scripts that a language is written in."""
    own = locale(language)
    if own.language in EAST_ASIAN:
        return frozenset(EAST_ASIAN[own.language])
    likely = str(get_global("likely_subtags").get(own.language, "")).split("_")
    script = own.script or (likely[1] if len(likely) > 1 else "Latn")
    return frozenset({script})


def tagged(text: str, language: str) -> list[tuple[str, str]]:
    """The stretches of a text with the language of each: the deck's, or what its script is taken for.

    Signs, digits and spaces belong to what stands before them, at the beginning to the deck's language.
    """
    own = scripts_of(language)
    if text.isascii() and "Latn" in own:
        return [(text, language)] if text else []
    japanese = "Kana" in {script_of(c) for c in text}
    found, last = [], language
    for character in text:
        script = script_of(character)
        if script:
            taken = "ja" if script == "Hani" and japanese else LANGUAGES.get(script, language)
            last = language if script in own else taken
        found.append((character, last))
    return [("".join(c for c, _ in group), tag) for tag, group in groupby(found, key=lambda pair: pair[1])]
