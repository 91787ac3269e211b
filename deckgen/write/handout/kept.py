"""Documents of the handout that were laid out before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Protocol

from deckgen.write.handout.job import naming
from deckgen.write.handout.places import Extent, Layout, Learned


class Hand(Protocol):
    """Lays out a document: here, or in a process of its own. The methods are called in this order."""

    def extent(self) -> Extent: ...
    def name(self, pages: Mapping[str, int]) -> None:
        """Its words name these pages of places, wherever they stand; asks for `extent` again. May be called often."""

    def number(self, first: int, total: int) -> None:
        """Its pages are the pages `first` and following of `total`, counted from 1."""

    def result(self) -> Layout: ...


class KeptHand:
    """A document that may have been laid out before: it is laid out again only where that does not tell what is asked.

    `make` gives the hand that does it, which works at once unless the document is to `wait` until its pages are named.
    """

    def __init__(self, html: str, known: Layout | None, make: Callable[[], Hand], wait: bool = False) -> None:
        self._written, self._known, self._make = html, known, make
        self._html = digest(naming(html, {}))
        self._pages: Mapping[str, int] = {}
        self._extents = dict(known.learned.extents) if known else {}
        self._place = (0, 0)
        self._unread = 0
        self._hand: Hand | None = None
        if not wait and self._html not in self._extents:
            self._begin()

    def _begin(self) -> Hand:
        """Have the document laid out as it is now, without waiting for that."""
        self._hand = self._make()
        self._unread = 1
        if self._pages:
            self.name(self._pages)
        return self._hand

    def extent(self) -> Extent:
        if self._html not in self._extents:
            hand = self._hand or self._begin()
            for _ in range(self._unread):
                self._extents[self._html] = hand.extent()
            self._unread = 0
        return self._extents[self._html]

    def name(self, pages: Mapping[str, int]) -> None:
        self._pages, self._html = pages, digest(naming(self._written, pages))
        if self._hand:
            self._hand.name(pages)
            self._unread += 1

    def number(self, first: int, total: int) -> None:
        self._place = (first, total)
        if not self._kept:
            (self._hand or self._begin()).number(first, total)

    @property
    def _kept(self) -> Layout | None:
        """The layout of the time before, if it is that of now."""
        now = (self._html, *self._place)
        known = self._known if not self._hand else None
        return known if known and (known.learned.html, known.learned.first, known.learned.total) == now else None

    def result(self) -> Layout:
        layout = self._kept
        if not layout:
            assert self._hand, "a document that is not kept has been begun"
            for _ in range(self._unread):
                self._hand.extent()
            layout = self._hand.result()
        return layout._replace(learned=Learned(self._extents, self._html, *self._place))


def digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()
