"""What a reader takes for one character: grapheme clusters (UAX 29), as far as text can be cut apart between them."""

from __future__ import annotations

import re
import unicodedata

CONJUNCT = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")
"""Scripts whose glyphs show parts of syllables, in an order of their own."""
JOINERS = "\u200c\u200d"
MARKS = ("Mn", "Mc", "Me")
VIRAMA = 9
"""The combining class of signs that bind the next consonant (UAX 44)."""


def told_by_glyphs(text: str) -> bool:
    """Whether each glyph of a text stands for characters that follow each other."""
    return text.isascii() or not (CONJUNCT.search(text) or len(clusters(text)) < len(text))


def clusters(text: str) -> list[str]:
    """The clusters of a text: marks, emoji sequences, flags, Hangul letters and Indic conjuncts stay whole."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        if found and joins(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def joins(before: str, character: str) -> bool:
    """Whether a character belongs to the cluster before it."""
    code, last = ord(character), before[-1]
    if code < 0x300:
        return False
    if unicodedata.category(character) in MARKS or character in JOINERS:
        return before not in ("\n", "\t")
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:  # skin tones, and the tags of regional flags
        return True
    if 0x1F1E6 <= code <= 0x1F1FF:  # a flag is a pair of regional indicators
        return len(before) == 1 and 0x1F1E6 <= ord(last) <= 0x1F1FF
    if last == "\u200d":
        return unicodedata.category(character) == "So" or unicodedata.combining(before[-2:-1] or "x") == VIRAMA
    if unicodedata.combining(last) == VIRAMA:
        return unicodedata.category(character) == "Lo" and code >> 7 == ord(last) >> 7
    return joined_hangul(ord(last), code)


def joined_hangul(last: int, code: int) -> bool:
    """Whether two letters of Hangul make one syllable (UAX 29, GB6 to GB8)."""
    if 0x1160 <= code <= 0x11A7:
        return 0x1100 <= last <= 0x11A7 or (0xAC00 <= last <= 0xD7A3 and (last - 0xAC00) % 28 == 0)
    if 0x11A8 <= code <= 0x11FF:
        return 0x1160 <= last <= 0x11FF or 0xAC00 <= last <= 0xD7A3
    return 0x1100 <= code <= 0x115F and 0x1100 <= last <= 0x115F
