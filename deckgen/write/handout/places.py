"""The places that the handout's layout keeps for drawings, and those of its pieces.

WeasyPrint lays out empty images as placeholders, known by their ids: `picture-<page id>` for a slide's picture,
`figure-<block key>` for a figure, `signature` for the talk's mark. An element `piece-<name>` of any kind is told
as it stands, each part of one that is divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["picture", "figure", "signature", "piece"]


class Rect(NamedTuple):
    """Two corners in points from the page's left lower corner, as PDF has them."""

    left: float
    bottom: float
    right: float
    top: float


class Place(NamedTuple):
    """Where a drawing is stamped in, or a piece stands. Pages count from 0; the name is the placeholder's id."""

    page: int
    name: str
    kind: Kind
    rect: Rect


class Traces(NamedTuple):
    """What stands on the pages of a document of the handout, its margin boxes left out."""

    slides: Mapping[str, tuple[int, int]]
    """By id, the indices of the first and the last page of a slide, a section or the cover, from 0."""
    prints: tuple[str, ...]
    """For each page a digest of its words and images, and of their places to a tenth of a pixel."""


class Extent(NamedTuple):
    """What the rest of the handout has to know of one of its documents."""

    pages: int
    anchors: Mapping[str, int]
    """The index of the page of each place that a link can lead to, from 0."""
    traces: Traces


class Learned(NamedTuple):
    """What a document was laid out from, for the next time."""

    extents: Mapping[str, Extent]
    """By digests of its HTML: words that name pages change it while the handout settles."""
    html: str
    """The digest of the HTML in the end."""
    first: int
    """The number of its first page, from 1."""
    total: int


class Layout(NamedTuple):
    """A document of the handout (its cover, a part, what is inserted between them) without drawings.

    Its places count its own pages.
    """

    pdf: bytes
    pages: int
    places: tuple[Place, ...]
    learned: Learned
    inserted: bool = False
    """Whether its pages count by themselves."""
    numbers: tuple[tuple[str, int], ...] = ()
    """The names of all places that links lead to, with the numbers of their pages; the first document tells them."""

    @property
    def traces(self) -> Traces:
        return self.learned.extents[self.learned.html].traces
