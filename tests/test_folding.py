"""Booklets folded, cut and read as paper would be: from the words that Poppler finds on each half of each side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import pytest

from deckgen.model.production import Print
from deckgen.write.production.booklet import booklet
from tests.pages_builders import handout, poppler

WORD = re.compile(r'<word xMin="([\d.]+)"[^>]* xMax="([\d.]+)"[^>]*>Leaf(\d+)</word>')
SIDE = re.compile(r'<page width="([\d.]+)".*?</page>', re.DOTALL)


class Side(NamedTuple):
    """The pages on the halves of one side of a sheet, 0 for a blank half."""

    left: int
    right: int


class Sheet(NamedTuple):
    """A sheet, printed on both sides and turned over its short edge: behind the front's right is the back's left."""

    front: Side
    back: Side

    def leaves(self, right_to_left: bool) -> tuple[tuple[int, int], tuple[int, int]]:
        """Both halves as (recto, verso), the one that is read first before the other when the sheet is folded."""
        if right_to_left:  # folded at the right: the front's left half comes first
            return (self.front.left, self.back.right), (self.back.left, self.front.right)
        return (self.front.right, self.back.left), (self.back.right, self.front.left)


@cache
def pages(count: int) -> bytes:
    leaves = "".join(f'<section style="break-before:page">Leaf{i}</section>' for i in range(1, count + 1))
    return handout(leaves, {})


def printed(count: int, wanted: Print, right_to_left: bool = False) -> list[Side]:
    """The sides as they come out of the printer. No word stands over the fold."""
    found = []
    for side in SIDE.finditer(poppler("pdftotext", booklet(pages(count), wanted, right_to_left)[0], "-bbox")):
        fold = float(side[1]) / 2
        halves = [0, 0]
        for left, right, number in WORD.findall(side[0]):
            half = float(left) > fold
            assert half or float(right) < fold
            assert not halves[half], "two pages on one half"
            halves[half] = int(number)
        found.append(Side(*halves))
    return found


def sheets(sides: Sequence[Side]) -> list[Sheet]:
    return [Sheet(*pair) for pair in zip(sides[::2], sides[1::2], strict=True)]


def folded(stack: Sequence[Sheet], right_to_left: bool = False) -> list[int]:
    """Sheets laid in one another and folded once, leafed through from the cover."""
    halves = [sheet.leaves(right_to_left) for sheet in stack]
    first, last = [half[0] for half in halves], [half[1] for half in reversed(halves)]
    return [page for leaf in (*first, *last) for page in leaf]


def sewn(stack: Sequence[Sheet], signature: int, right_to_left: bool = False) -> list[int]:
    """Signatures, folded each and laid behind one another."""
    per = signature // 4
    parts = [stack[i : i + per] for i in range(0, len(stack), per)]
    return [page for part in parts for page in folded(part, right_to_left)]


def whole(count: int) -> list[int]:
    return [*range(1, count + 1), *[0] * (-count % 4)]


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("signature", [4, 8, 12, 16, 20, 24, 28, 32])
def test_a_booklet_reads_on_when_it_is_folded(signature: int, right_to_left: bool) -> None:
    sides = printed(70, Print(signature=signature), right_to_left)
    assert sewn(sheets(sides), signature, right_to_left) == whole(70)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 31, 32])
def test_few_pages_make_one_signature(count: int) -> None:
    assert folded(sheets(printed(count, Print()))) == whole(count)


@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_cover_is_folded_around_all_signatures(right_to_left: bool) -> None:
    cover, *inner = sheets(printed(21, Print(cover=True, signature=8), right_to_left))
    first, last = cover.leaves(right_to_left)
    assert (first, last) == ((1, 0), (0, 0))
    assert sewn(inner, 8, right_to_left) == whole(21)[1:21]


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("count", [1, 7, 8, 13, 70])
def test_piles_of_cut_sheets_read_on(count: int, right_to_left: bool) -> None:
    """The halves where reading begins, from the top sheet down, lie on the other halves."""
    stack = sheets(printed(count, Print(binding="stack"), right_to_left))
    left = [page for sheet in stack for page in (sheet.front.left, sheet.back.right)]
    right = [page for sheet in stack for page in (sheet.front.right, sheet.back.left)]
    assert (right + left if right_to_left else left + right) == whole(count)


@pytest.mark.parametrize("right_to_left", [False, True])
def test_two_pages_of_a_side_are_read_in_order(right_to_left: bool) -> None:
    sides = printed(13, Print(binding="two-up"), right_to_left)
    read = [page for side in sides for page in (reversed(side) if right_to_left else side)]
    assert read == [*range(1, 14), 0]
