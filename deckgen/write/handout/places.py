"""The places that the handout's layout keeps for drawings, and those of its pieces.

WeasyPrint lays out empty images as placeholders, known by their ids: `picture-<page id>` for a slide's picture,
`figure-<block key>` for a figure, `signature` for the talk's mark. An element `piece-<name>` of any kind is told
as it stands, each part of one that is divided.
"""

from __future__ import annotations

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


class Layout(NamedTuple):
    """A part of the handout without its drawings; its places count its own pages."""

    pdf: bytes
    pages: int
    places: tuple[Place, ...]
    numbers: tuple[tuple[str, int], ...] = ()
    """The names of all places that links lead to, with the numbers of their pages; the first part tells them."""
