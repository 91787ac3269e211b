"""The handout as a PDF: HTML laid out by WeasyPrint, drawings stamped in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import accumulate

import pikepdf

from deckgen.keep import Keep
from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.manifest import Manifest
from deckgen.model.show import Show
from deckgen.model.style import Piece
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.write.handout.carried import MANIFEST_NAME, attach, identify, label_pages, told
from deckgen.write.handout.html import layout_job
from deckgen.write.handout.merge import append
from deckgen.write.handout.placeholders import signature_of
from deckgen.write.handout.places import Layout, Place
from deckgen.write.handout.stamp import saved, stamp
from deckgen.write.pages.forms import Drawn, Picture, add_forms, draw


def write_handout(deck: Deck, show: Show, theme: Theme, faces: Faces, manifest: Manifest, stamp: datetime) -> bytes:
    """The handout, made in this process; the same bytes for the same arguments. All dates in it are `stamp`."""
    from deckgen.write.handout.layout import lay_out

    job = layout_job(deck, show, theme, faces, stamp)
    drawn = drawings(job.placeholders, show, theme, faces)
    return with_drawings(lay_out(job), drawn, manifest, stamp)


def with_drawings(parts: Sequence[Layout], drawn: Drawn, manifest: Manifest, stamped: datetime) -> bytes:
    """The parts of the laid out handout as one file, with the drawings in their places, and with the manifest."""
    places = [place for place in places_in(parts) if place.kind != "piece"]
    widths_pt = {place.name: place.rect.right - place.rect.left for place in places}
    with ExitStack() as stack:
        pdf, *others = [stack.enter_context(pikepdf.open(io.BytesIO(part.pdf))) for part in parts]
        append(pdf, others)
        stamp(pdf, places, add_forms(pdf, drawn, widths_pt))
        label_pages(pdf, parts)
        attach(pdf, MANIFEST_NAME, told(manifest, (part.traces for part in parts if not part.inserted)), stamped)
        identify(pdf, f"{manifest.tool}, source {manifest.source}")
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


def drawings(names: Iterable[str], show: Show, theme: Theme, faces: Faces, keep: Keep | None = None) -> Drawn:
    """The drawings for places with these names. Slides and the talk's mark keep the colours of the screen."""
    inks = theme.on_paper()
    known = {f"picture-{page.id}": Picture(page.printed, theme.on(page.background), page.layout) for page in show.pages}
    known |= {f"figure-{key}": Picture(drawing, inks) for key, drawing in show.figures.items()}
    if mark := signature_of(show):
        known["signature"] = Picture(Drawing(theme.page, (mark,)), theme)
    return draw({name: known[name] for name in names}, faces, keep)
