"""On which pages of a handout its places stand, read back from the names that links lead to (pikepdf)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

PLACE = "at-"
"""Before the id in the name of its place."""


def numbers(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """The ids of places that links lead to, and the numbers of their pages; the cover is page 1."""
    yield "title", 1
    pages = {page.obj.objgen: number for page, number in zip(document.pages, page_numbers(document), strict=True)}
    named = list(
        document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests", pikepdf.Dictionary()).get("/Names", ())
    )
    for name, place in zip(map(str, named[::2]), named[1::2], strict=True):
        if name.startswith(PLACE):
            yield name.removeprefix(PLACE), pages[place[0].objgen]


def page_numbers(document: pikepdf.Pdf) -> Iterator[int]:
    """The number of each page; 0 for those inserted ones that count by themselves (ISO 32000-1, 12.4.2)."""
    ranges = list(document.Root.get("/PageLabels", pikepdf.Dictionary()).get("/Nums", ()))
    starts = dict(zip(map(int, ranges[::2]), ranges[1::2], strict=True))
    number, counted = 0, True
    for index in range(len(document.pages)):
        if label := starts.get(index):
            counted = label.get("/S") == pikepdf.Name.D
            number = int(label.get("/St", 1)) - 1 if counted else number
        number += counted
        yield number if counted else 0
