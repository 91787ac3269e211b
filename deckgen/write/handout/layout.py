"""Lay the handout's HTML out on pages (WeasyPrint): a tagged PDF, and the places that it keeps for drawings.

This is what the handout's own process does. It gets text and font files and knows nothing of decks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from itertools import accumulate, count
from typing import Any

from weasyprint.document import Document

from deckgen.write.handout.finish import PX_PT, boxes, finisher
from deckgen.write.handout.formulas import colour_formulas
from deckgen.write.handout.job import Job, naming
from deckgen.write.handout.kept import Hand, KeptHand
from deckgen.write.handout.paginate import Paginated, let_lead_away, paginated
from deckgen.write.handout.places import Extent, Kind, Layout, Learned, Place, Rect
from deckgen.write.handout.reading import read_as_typed
from deckgen.write.handout.setting import Setting
from deckgen.write.handout.traces import traces

PLACE = re.compile(r"(picture|figure|piece)-(.+)|signature", re.DOTALL)
MOST_PASSES = 4
"""The first has no page numbers yet."""
TITLE = "at-title"
"""Where a link to the title slide would lead."""


class OwnHand:
    """Lays out a document in this process, by `lay`."""

    def __init__(self, job: Job, html: str, lay: Callable[[str], Paginated]) -> None:
        self._job, self._first, self._lay = job, 1, lay
        self._written, self._html = html, naming(html, {})
        self._laid: Paginated | None = None

    def _as_named(self) -> Paginated:
        """The document as its words are now."""
        if not self._laid:
            self._laid = self._lay(self._html)
        return self._laid

    def extent(self) -> Extent:
        laid = self._as_named()
        return Extent(len(laid.document.pages), laid.anchors(), traces(laid.document))

    def name(self, pages: Mapping[str, int]) -> None:
        html = naming(self._written, pages)
        if html != self._html:
            self._html, self._laid = html, None

    def number(self, first: int, total: int) -> None:
        self._first = first
        self._as_named().number(first, total)

    def result(self) -> Layout:
        return written(self._as_named().document, self._job, self._first)


def nothing() -> None:
    """What there is to do when no part is begun any more, where nobody waits for that."""


def lay_out(
    job: Job,
    setting: Setting | None = None,
    fork: Callable[[int], Hand] | None = None,
    begun: Callable[[], None] = nothing,
) -> tuple[Layout, ...]:
    """PDF/A-3a and PDF/UA-1 files without their drawings, the same for the same job; merged, they are the handout.

    They come in the order of `job.documents`. `setting` is that of the job's look, if there is one already. `fork`
    gives hands for parts after the first that work beside this process; without it, all is made here. `begun` is called
    when no more are needed.
    """
    with_look = setting or Setting(job.look)

    def kept(html: str, lay: Lay, part: int = 0, wait: bool = False) -> KeptHand:
        def make() -> Hand:
            return fork(part) if fork and part else OwnHand(job, html, lambda html: lay(html, with_look))

        return KeptHand(html, job.known.get(html), make, wait)

    cover = kept(job.cover, airy, wait=True) if job.cover else None
    insert = kept(job.insert, on_sheets, wait=True) if job.insert else None
    hands = [kept(html, paginated, part) for part, html in enumerate(job.parts)]
    if not job.known:
        begun()
    extents, front, places = settled(job, hands, cover)
    *firsts, end = accumulate((extent.pages for extent in extents), initial=1 + front)
    for hand, first in reversed(list(zip(hands, firsts, strict=True))):
        hand.number(first, end - 1)
    if cover:
        cover.number(1, end - 1)
    if insert:
        insert.name(places)
        insert.number(1, insert.extent().pages)
    if job.known:
        begun()
    before = [*([cover.result()] if cover else []), *([insert.result()._replace(inserted=True)] if insert else [])]
    parts = [*before, *(hand.result() for hand in hands)]
    return (parts[0]._replace(numbers=tuple(places.items())), *parts[1:])


class Unsettled(Exception):
    """Pages that words name, and the words that move them, change each other without end; the text is a place's id."""


def settled(job: Job, hands: Sequence[Hand], cover: Hand | None) -> tuple[list[Extent], int, dict[str, int]]:
    """The parts when all words name the pages that places stand on, the pages of the cover, and those of all places.

    Errors: `Unsettled`.
    """
    told: dict[str, int] = {}
    for _ in range(MOST_PASSES):
        extents = [hand.extent() for hand in hands]
        front, places = cover_before(cover, extents) if cover else (0, after(0, extents))
        found = {name: places[name] for name in sorted(job.named) if name in places}
        if found == told:
            return extents, front, places
        told, before = found, told
        for hand in hands:
            hand.name(told)
    raise Unsettled(next(name for name in told if before.get(name) != told[name]))


def cover_before(cover: Hand, extents: Sequence[Extent]) -> tuple[int, dict[str, int]]:
    """The number of the cover's pages, and the pages of all places, which its words name.

    How many pages it takes is seen when it is laid out.
    """
    for pages in count(1):
        places = after(pages, extents)
        cover.name(places)
        extent = cover.extent()
        if extent.pages <= pages:
            return extent.pages, {TITLE: 1} | {name: 1 + index for name, index in extent.anchors.items()} | places
    raise AssertionError("counting ends when the cover has enough pages")


Lay = Callable[[str, Setting], Paginated]
AIRS = (0.7, 0.4)
"""What may be left of the cover's white space."""


def airy(html: str, setting: Setting) -> Paginated:
    """The cover. A little too long for one page, it takes some of its white space (style sheets: `--air-left`)."""
    whole = paginated(html, setting)
    if len(whole.document.pages) == 2:
        for air in AIRS:
            less = paginated(html.replace("<body ", f'<body style="--air-left:{air}" ', 1), setting)
            if len(less.document.pages) == 1:
                return less
    return whole


VERSO = '<div class="verso"></div></body>'


def on_sheets(html: str, setting: Setting) -> Paginated:
    """What is inserted, on an even number of pages."""
    insert = paginated(html, setting)
    odd = len(insert.document.pages) % 2
    return paginated(html.replace("</body>", VERSO), setting) if odd else insert


def after(pages: int, extents: Sequence[Extent]) -> dict[str, int]:
    """The numbers of the pages of places in parts that come after some pages."""
    places: dict[str, int] = {}
    first = 1 + pages
    for extent in extents:
        places |= {name: first + index for name, index in extent.anchors.items()}
        first += extent.pages
    return places


def written(document: Document, job: Job, first: int) -> Layout:
    document.metadata.created = document.metadata.modified = job.stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    colour_formulas(box for page in document.pages for box in boxes(page._page_box))
    away = let_lead_away(document)
    with read_as_typed():
        finish = finisher(document, away, first, job.scale)
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finish, zoom=job.scale)
    return Layout(pdf, len(document.pages), places_in(document, job.scale), Learned({}, "", 0, 0))


def places_in(document: Document, scale: float = 1) -> tuple[Place, ...]:
    """The places that the rendered handout keeps, page by page in reading order: its images without their borders.

    After them the pieces of its pages with their borders.
    """
    found: dict[str, Place] = {}
    pieces = []
    for number, page in enumerate(document.pages):
        for box in boxes(page._page_box):
            name = "" if box.element is None else box.element.get("id", "")
            if name in found or not (match := PLACE.fullmatch(name)):
                continue
            kind: Kind = match[1] or "signature"  # type: ignore[assignment]
            if kind == "piece":
                area = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
                pieces.append(Place(number, name, kind, rect_on(page, *area, scale)))
            else:
                area = box.content_box_x(), box.content_box_y(), box.width, box.height
                found[name] = Place(number, name, kind, rect_on(page, *area, scale))
    return (*found.values(), *pieces)


def rect_on(page: Any, left: float, top: float, width: float, height: float, scale: float) -> Rect:
    """A rectangle of a page, which counts from the left upper corner, in CSS pixels."""
    corners = (left, page.height - top - height, left + width, page.height - top)
    return Rect(*(corner * PX_PT * scale for corner in corners))
