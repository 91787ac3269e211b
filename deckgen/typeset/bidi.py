"""The order in which a line of mixed directions is shown: the Unicode Bidirectional Algorithm (UAX 9).

Left out are its explicit marks for embeddings and isolates (rules X1 to X8), which no author of a talk types: they
show nothing and change nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import TypeVar
from unicodedata import bidirectional, normalize

Item = TypeVar("Item")

FIRST_RIGHT = "\u0590"
"""No character of a right-to-left script comes before this one."""
REMOVED = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
NEUTRAL = frozenset({"B", "S", "WS", "ON"})
BRACKETS = dict(zip("([{\u2329\u3008\u300a\u300c\u300e\u3010\u3014", ")]}\u232a\u3009\u300b\u300d\u300f\u3011\u3015",
                    strict=True))  # fmt: skip
"""Paired brackets (rule N0), the opening ones with their closing ones; others do without."""


def has_right_to_left(text: str) -> bool:
    """Whether a text has letters or digits of a right-to-left script."""
    return not text.isascii() and any(c >= FIRST_RIGHT and bidirectional(c) in ("R", "AL", "AN") for c in text)


@cache
def ligatures() -> dict[str, str]:
    """Letters of Arabic that share a glyph -> the one character that Unicode has for it (presentation forms)."""
    found: dict[str, str] = {}
    for code in (*range(0xFE70, 0xFEFD), *range(0xFB50, 0xFDFC)):
        found.setdefault(normalize("NFKC", chr(code)), chr(code))
    return {letters: form for letters, form in found.items() if len(letters) > 1 and bidirectional(form) == "AL"}


def on_one_glyph(text: str) -> str:
    """What a glyph that shows this text is said to show.

    Programs that read a PDF turn lines from right to left around, glyph by glyph, and some turn the letters of a
    ligature around twice. One character can't be turned.
    """
    return ligatures().get(normalize("NFC", text), text) if len(text) > 1 and has_right_to_left(text) else text


def directions(text: str) -> frozenset[str]:
    """The directions of the letters of a text: `L`, `R`, both or none."""
    kinds = {bidirectional(c) for c in text}
    return frozenset({"L"} & kinds) | frozenset({"R"} if kinds & {"R", "AL"} else ())


def levels(text: str, right_to_left: bool) -> list[int]:
    """The level of each character in a paragraph of a direction; odd levels run from right to left."""
    base = 1 if right_to_left else 0
    kinds = [bidirectional(c) or "L" for c in text]
    seen = [i for i, kind in enumerate(kinds) if kind not in REMOVED]
    letters, found = [text[i] for i in seen], [kinds[i] for i in seen]
    edge = "LR"[base]
    marks = [kind == "NSM" for kind in found]
    resolve_weak(found, edge)
    resolve_brackets(letters, found, marks, edge)
    resolve_neutral(found, edge)
    result = [base] * len(text)
    for i, kind in zip(seen, found, strict=True):
        result[i] = implicit(kind, base)
    for i in range(len(text)):
        if kinds[i] in REMOVED:
            result[i] = result[i - 1] if i else base
    for i in range(len(text) - 1, -1, -1):  # L1: space at the end of a line stands at its end
        if kinds[i] not in ("WS", "S", "B") and kinds[i] not in REMOVED:
            break
        result[i] = base
    return result


def implicit(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if kind == "R":
        return 1
    if kind == "L":
        return base * 2
    return 2


def resolve_weak(kinds: list[str], edge: str) -> None:
    """Rules W1 to W7, in place."""
    before, strong = edge, edge
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[i] = before = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        sides = (kinds[i - 1], kinds[i + 1])
        if (kinds[i] in ("ES", "CS") and sides == ("EN", "EN")) or (kinds[i] == "CS" and sides == ("AN", "AN")):
            kinds[i] = sides[0]
    for start, end in stretches(kinds, {"ET"}):
        if "EN" in (*kinds[start - 1 : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[i] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def resolve_brackets(letters: Sequence[str], kinds: list[str], marks: Sequence[bool], edge: str) -> None:
    """Rule N0: a pair of brackets takes the direction of what it encloses, and marks on a bracket go with it."""
    for opening, closing in pairs(letters, kinds):
        inside = {direction(kind) for kind in kinds[opening + 1 : closing]}
        if edge in inside:
            turned = edge
        elif inside & {"L", "R"}:
            context = (direction(kind) for kind in reversed(kinds[:opening]))
            turned = next((kind for kind in context if kind), edge)
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = turned
            for i in takewhile(marks.__getitem__, range(bracket + 1, len(kinds))):
                kinds[i] = turned


def pairs(letters: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The bracket pairs (BD16), in the order of their opening ones."""
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for i, letter in enumerate(letters):
        if kinds[i] != "ON":
            continue
        if letter in BRACKETS:
            opened.append((normalize("NFC", BRACKETS[letter]), i))
            continue
        same = normalize("NFC", letter)
        at = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == same), None)
        if at is not None:
            found.append((opened[at][1], i))
            del opened[at:]
    return sorted(found)


def resolve_neutral(kinds: list[str], edge: str) -> None:
    """Rules N1 and N2, in place."""
    for start, end in stretches(kinds, NEUTRAL):
        before = direction(kinds[start - 1]) if start else edge
        after = direction(kinds[end]) if end < len(kinds) else edge
        kinds[start:end] = [before if before == after else edge] * (end - start)


def direction(kind: str) -> str:
    """The direction that a resolved kind has for its neighbours: numbers count as right-to-left."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def stretches(kinds: Sequence[str], wanted: frozenset[str] | set[str]) -> list[tuple[int, int]]:
    """Where kinds of a set stand together: start and end of each stretch."""
    found: list[tuple[int, int]] = []
    for i, kind in enumerate(kinds):
        if kind in wanted:
            if found and found[-1][1] == i:
                found[-1] = (found[-1][0], i + 1)
            else:
                found.append((i, i + 1))
    return found


def in_view(items: Sequence[tuple[Item, int]]) -> list[Item]:
    """The items, each with its level, in the order from left to right (rule L2)."""
    found = list(items)
    most = max((level for _, level in found), default=0)
    for lowest in range(most, 0, -1):
        start = 0
        while start < len(found):
            end = start
            while end < len(found) and found[end][1] >= lowest:
                end += 1
            found[start:end] = reversed(found[start:end])
            start = max(end, start + 1)
    return [item for item, _ in found]
