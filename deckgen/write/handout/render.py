"""The handout as a PDF: HTML laid out by WeasyPrint, drawings stamped in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

import pikepdf

from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.manifest import Manifest
from deckgen.model.show import Show
from deckgen.model.style import Piece
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.write.handout.html import layout_job
from deckgen.write.handout.merge import append
from deckgen.write.handout.placeholders import signature_of
from deckgen.write.handout.places import Layout, Place, Rect
from deckgen.write.handout.stamp import saved, stamp
from deckgen.write.pages.forms import Picture, add_forms


def write_handout(deck: Deck, show: Show, theme: Theme, faces: Faces, manifest: Manifest, stamp: datetime) -> bytes:
    """The handout, made in this process; the same bytes for the same arguments. All dates in it are `stamp`."""
    from deckgen.write.handout.layout import lay_out, sheet_of

    job = layout_job(deck, show, theme, faces, manifest, stamp)
    return with_drawings(lay_out(job, sheet_of(job)), show, theme, faces)


def with_drawings(parts: Sequence[Layout], show: Show, theme: Theme, faces: Faces) -> bytes:
    """The parts of the laid out handout as one file, with the drawings in their places."""
    places = [place for place in places_in(parts) if place.kind != "piece"]
    with ExitStack() as stack:
        pdf, *others = [stack.enter_context(pikepdf.open(io.BytesIO(part.pdf))) for part in parts]
        append(pdf, others)
        stamp(pdf, places, add_forms(pdf, pictures(places, show, theme), faces))
        return saved(pdf)


def places_in(parts: Sequence[Layout]) -> list[Place]:
    """The places in all parts, with the numbers of their pages in the whole."""
    firsts = accumulate((part.pages for part in parts), initial=0)
    return [
        place._replace(page=first + place.page)
        for first, part in zip(firsts, parts, strict=False)
        for place in part.places
    ]


def pieces_of(parts: Sequence[Layout]) -> tuple[Piece, ...]:
    """The pieces of the pages, from their head to their foot."""
    prefix = "piece-"
    return tuple(
        Piece(place.page, place.name.removeprefix(prefix), *place.rect)
        for place in places_in(parts)
        if place.kind == "piece"
    )


def pictures(places: Sequence[Place], show: Show, theme: Theme) -> dict[str, Picture]:
    """The drawing for each place, by the place's name. Slides and the talk's mark keep the colours of the screen."""
    inks = theme.on_paper()
    drawings = {
        f"picture-{page.id}": Picture(page.printed, theme.on(page.background), page.layout) for page in show.pages
    }
    drawings |= {f"figure-{key}": Picture(drawing, inks) for key, drawing in show.figures.items()}
    if mark := signature_of(show):
        drawings["signature"] = Picture(Drawing(theme.page, (mark,)), theme)
    return {place.name: shown_in(place.rect, drawings[place.name]) for place in places}


def shown_in(rect: Rect, picture: Picture) -> Picture:
    """The picture at the scale at which it stands in a place."""
    return replace(picture, scale=(rect.right - rect.left) / picture.box.width)
