"""The order of pages on folded or cut sheets: arithmetic, without any PDF.

A duplex printer turns sheets over their short edge: behind the left half of a front stands the right half of its back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckgen.model.production import Binding

Leaf = int | None
"""The index of a page, or None for a blank one."""


class Side(NamedTuple):
    """One side of a sheet with two pages on it."""

    left: Leaf
    right: Leaf
    label: str
    """The sheet's number and the side: `1a` for the front, `1b` for the back."""
    depth: int = 0
    """How many sheets lie around this one when all are folded."""


def sides(pages: int, binding: Binding, signature: int, cover: bool) -> tuple[Side, ...]:
    """The sides of all sheets in the order of printing."""
    if binding == "stack":
        return tuple(stacked(padded(range(pages))))
    if binding == "two-up":
        return tuple(beside(range(pages)))
    if cover and pages:
        first, last = numbered([(None, 0, 0), (None, None, 0)])
        inside = padded(range(1, pages))
        return (first, last, *folded(inside, signature, first_sheet=2, around=1))
    return tuple(folded(padded(range(pages)), signature))


def padded(pages: Sequence[int]) -> list[Leaf]:
    """The pages, with blank ones at the end, so that they fill sheets of four."""
    return [*pages, *[None] * (-len(pages) % 4)]


def folded(leaves: Sequence[Leaf], signature: int, first_sheet: int = 1, around: int = 0) -> Iterator[Side]:
    """Signatures of folded sheets, one after the other. All are of the same size but the last, which may be smaller.

    `around`: sheets of a cover that lie around all of them.
    """
    sheets = []
    for start in range(0, len(leaves), signature):
        part = leaves[start : start + signature]
        for i in range(len(part) // 4):
            outer, inner = 2 * i, 2 * i + 1
            sheets.append((part[-1 - outer], part[outer], around + i))
            sheets.append((part[inner], part[-1 - inner], around + i))
    yield from numbered(sheets, first_sheet)


def stacked(leaves: Sequence[Leaf]) -> Iterator[Side]:
    """Sheets that are cut in the middle: the right pile goes under the left one."""
    half = len(leaves) // 2
    sheets = []
    for i in range(0, half, 2):
        sheets += [(leaves[i], leaves[half + i], 0), (leaves[half + i + 1], leaves[i + 1], 0)]
    yield from numbered(sheets)


def beside(pages: Sequence[int]) -> Iterator[Side]:
    """Two pages side by side, on one side of each sheet."""
    for i in range(0, len(pages), 2):
        yield Side(pages[i], pages[i + 1] if i + 1 < len(pages) else None, str(i // 2 + 1))


def numbered(pairs: Sequence[tuple[Leaf, Leaf, int]], first: int = 1) -> list[Side]:
    """Fronts and backs in turn, with their labels."""
    return [Side(left, right, f"{first + i // 2}{'ab'[i % 2]}", depth) for i, (left, right, depth) in enumerate(pairs)]
