"""The order of words in an index.

The letters of the Unicode Collation Algorithm without accents first, then accents, then capitals; with the letters
that a language counts apart in their places (CLDR). Chinese, Japanese and Korean stand in the order of the character
sets of their countries: by sound for simplified Chinese, Japanese and Korean, by strokes for traditional Chinese.
"""

from __future__ import annotations

import unicodedata

APART = {
    "cs": "cč hȟ rř sš zž", "da": "zæøå", "nb": "zæøå", "no": "zæøå", "nn": "zæøå", "sv": "zåäö", "fi": "zåäö",
    "es": "nñ", "pl": "aą cć eę lł nń oó sś zźż", "tr": "cç gğ h\u0131i oö sş uü", "uk": "гґ еє иіїй", "ru": "ий",
}  # fmt: skip
"""Language -> letters, each of which follows the one before it in its group."""
SAME = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "\u0131": "i"})
SETS = {"zh": "gb18030", "zh_Hant": "big5hkscs", "ja": "euc_jp"}

Key = tuple[tuple[tuple[int, str], ...], str, str]


def sort_key(words: str, language: str, script: str = "") -> Key:
    """What words are sorted by."""
    folded = unicodedata.normalize("NFC", words.lower() if language == "tr" else words.casefold())
    return tuple(letter(c, language, script) for c in folded if c.isalnum() or c.isspace()), folded, words


def letter(character: str, language: str, script: str = "") -> tuple[int, str]:
    """A letter's place: its kind (space, digit, letter, ideograph), and what it is sorted by among these."""
    for group in APART.get(language, "").split():
        if character in group[1:]:
            return 2, f"{group[0]}\uffff{group.index(character)}"
    if character.isspace():
        return 0, ""
    if character.isdigit():
        return 1, character
    charset = SETS.get(f"{language}_{script}") or SETS.get(language)
    if charset and unicodedata.name(character, "").startswith("CJK"):
        return 3, character.encode(charset, "replace").hex()
    base = unicodedata.normalize("NFKD", character.translate(SAME))
    return 2, "".join(c for c in base if not unicodedata.combining(c)) or character


def head(words: str, language: str) -> str:
    """The letter that words stand under; empty for digits, signs and ideographs."""
    first = next((c for c in unicodedata.normalize("NFC", words) if c.isalnum()), "")
    if not first or first.isdigit() or unicodedata.name(first, "").startswith(("CJK", "HANGUL")):
        return ""
    own = first.lower()
    if any(own in group[1:] for group in APART.get(language, "").split()):
        return "İ" if language == "tr" and own == "i" else own.upper()
    return letter(own, language)[1][:1].upper()
