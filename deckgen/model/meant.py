"""Which of the words that are known was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from deckgen.diagnostics import SURE

SHORT_LIST = 12
"""As many words are named beside the one that is near."""
LONG_LIST = 30
"""As many are named where none is near."""
LIKE = 0.68
"""How alike a word is, from 0 to 1, of which one asks whether it was meant."""
MEANT = {
    "background-image": "background", "chapter": "section", "content": "body", "contents": "body", "desc": "summary",
    "diagram": "flow", "figure": "picture", "footnotes": "notes", "formula": "equation", "graph": "chart",
    "graphic": "picture", "header": "title", "heading": "title", "highlight": "hot", "hot": "highlight",
    "image": "picture", "images": "pictures", "img": "picture", "items": "bullets", "lang": "language",
    "list": "bullets", "math": "equation", "name": "title", "path": "file", "points": "bullets",
    "presenter": "author", "speaker": "author", "speaker_notes": "notes", "src": "file", "template": "theme",
    "text": "body", "title": "caption", "url": "link",
}  # fmt: skip
"""Words for keys in other programs, and ours; they count where the first is unknown and the second is known."""


def suggestion(word: str, known: Iterable[str], many: str = "") -> str:
    """A hint with the nearest known word, and all of them where they are few; `many` is the hint where they are not."""
    words = sorted(known)
    if near := nearest(word, words):
        return f"did you mean {near!r}?" + (f" (known: {', '.join(words)})" if 1 < len(words) <= SHORT_LIST else "")
    if len(words) <= LONG_LIST:
        return f"known: {', '.join(words)}" if words else ""
    return many or f"known: {', '.join(words[:SHORT_LIST])} and {len(words) - SHORT_LIST} others"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, in capitals or not; empty if there is none."""
    typed, words = word.strip().lower(), {name.lower(): name for name in known}
    meant = [MEANT[typed]] if MEANT.get(typed) in words else []
    near = difflib.get_close_matches(typed, words, 1, SURE) or meant or difflib.get_close_matches(typed, words, 1, LIKE)
    return words[near[0]] if near else ""
