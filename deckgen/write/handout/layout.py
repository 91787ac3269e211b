"""Lay the handout's HTML out on pages (WeasyPrint): a tagged PDF, and the places that it keeps for drawings.

This is what the handout's own process does. It gets text and font files and knows nothing of decks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from functools import partial
from itertools import accumulate, chain, count
from pathlib import Path
from typing import Any

from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckgen.write.handout.finish import PX_PT, attach, boxes, finisher
from deckgen.write.handout.formulas import colour_formulas
from deckgen.write.handout.job import Job, naming
from deckgen.write.handout.kept import Hand, KeptHand
from deckgen.write.handout.paginate import Paginated, Setting, let_lead_away, paginated
from deckgen.write.handout.places import Extent, Kind, Layout, Place, Rect
from deckgen.write.handout.reading import read_as_typed
from deckgen.write.handout.traces import told, traces

PLACE = re.compile(r"(picture|figure|piece)-(.+)|signature", re.DOTALL)
MOST_PASSES = 4
"""The first has no page numbers yet."""
TITLE = "at-title"
"""Where a link to the title slide would lead."""
MANIFEST_NAME = "deckgen-manifest.json"
"""The name of the attachment that `verify` reads."""


class FontFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches `data:` addresses and the theme's own font files; nothing else, no network."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Raises ValueError for any other address; WeasyPrint leaves such a resource out."""
        if file := self.files.get(url):
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})
        if url[:5].lower() != "data:":
            raise ValueError(f"not one of the handout's own files: {url[:80]}")
        return super().fetch(url, headers)


class OwnHand:
    """Lays out a part in this process."""

    def __init__(self, job: Job, part: int, setting: Setting) -> None:
        self._job, self._first, self._setting = job, 1, setting
        self._written = job.parts[part]
        self._html = naming(self._written, {})
        self._laid = paginated(self._html, setting)

    def extent(self) -> Extent:
        return Extent(len(self._laid.document.pages), self._laid.anchors(), traces(self._laid.document))

    def name(self, pages: Mapping[str, int]) -> None:
        html = naming(self._written, pages)
        if html != self._html:
            self._html, self._laid = html, paginated(html, self._setting)

    def number(self, first: int, total: int) -> None:
        self._first = first
        self._laid.number(first, total)

    def result(self) -> Layout:
        # The whole handout has the metadata of its first part alone.
        return written(self._laid.document, replace(self._job, identity=""), self._first)

    @property
    def document(self) -> Document:
        return self._laid.document


def nothing() -> None:
    """What there is to do when no part is begun any more, where nobody waits for that."""


def lay_out(
    job: Job, sheet: CSS, fork: Callable[[int], Hand] | None = None, begun: Callable[[], None] = nothing
) -> tuple[Layout, ...]:
    """PDF/A-3a and PDF/UA-1 files without their drawings, the same for the same job; merged, they are the handout.

    The first holds the cover, or the first part if there is none, and the manifest. `fork` gives hands for parts after
    the first that work beside this process; without it, all is made here. `begun` is called when no more are needed.
    """
    setting = setting_of(job, sheet)
    own: list[OwnHand] = []

    def make(part: int) -> Hand:
        if fork and part:
            return fork(part)
        own.append(OwnHand(job, part, setting))
        return own[-1]

    def hand_of(part: int) -> KeptHand:
        html = job.parts[part]
        return KeptHand(html, job.known.get(html) if part or job.cover else None, partial(make, part))

    hands = [hand_of(part) for part in range(1, len(job.parts))]
    if not job.known:
        begun()
    hands = [*map(hand_of, range(min(1, len(job.parts)))), *hands]
    extents, cover, places = settled(job, hands, setting)
    inserted = inserted_before(job, places, setting) if job.insert else []
    front = cover.document.pages if cover else []
    found = (*([traces(cover.document)] if cover else []), *(extent.traces for extent in extents))
    *firsts, end = accumulate((extent.pages for extent in extents), initial=1 + len(front))
    if cover:
        cover.number(1, end - 1)
    for hand, first in reversed(list(zip(hands, firsts, strict=True))):
        hand.number(first, end - 1)
    if job.known:
        begun()
    document = (cover or own[-1]).document.copy([*front, *inserted, *([] if cover else own[-1].document.pages)])
    attach(document, MANIFEST_NAME, told(job.manifest, found), job.stamp)
    labels = labels_with(len(front), len(inserted)) if inserted else ""
    first_part = written(document, job, 1, labels)._replace(numbers=tuple(places.items()))
    return (first_part, *(hand.result() for hand in hands[0 if cover else 1 :]))


class Unsettled(Exception):
    """Pages that words name, and the words that move them, change each other without end; the text is a place's id."""


def settled(job: Job, hands: Sequence[Hand], setting: Setting) -> tuple[list[Extent], Paginated | None, dict[str, int]]:
    """The parts and the cover when all words name the pages that places stand on, and the pages of all places.

    Errors: `Unsettled`.
    """
    told: dict[str, int] = {}
    for _ in range(MOST_PASSES):
        extents = [hand.extent() for hand in hands]
        cover, places = cover_before(job, extents, setting, told) if job.cover else (None, after(0, extents))
        found = {name: places[name] for name in sorted(job.named) if name in places}
        if found == told:
            return extents, cover, places
        told, before = found, told
        for hand in hands:
            hand.name(told)
    raise Unsettled(next(name for name in told if before.get(name) != told[name]))


def sheet_of(job: Job) -> CSS:
    return CSS(string=job.css, url_fetcher=FontFetcher({}))


def setting_of(job: Job, sheet: CSS) -> Setting:
    return Setting(sheet, job.font_rules, FontFetcher(job.fonts))


def cover_before(
    job: Job, extents: Sequence[Extent], setting: Setting, told: Mapping[str, int]
) -> tuple[Paginated, dict[str, int]]:
    """The cover, and the pages of all places: how many pages it takes is seen when it is laid out.

    Its words name the pages that are `told`. Contents that are a little too long for one page take some of the cover's
    white space, which style sheets know as `--air-left`.
    """
    html = naming(job.cover, told)
    for pages, air in chain(((1, air) for air in AIRS), ((pages, 1) for pages in count(2))):
        places = after(pages, extents)
        cover = paginated(html.replace("<body ", f'<body style="--air-left:{air}" ', 1), setting, places)
        if len(cover.document.pages) <= pages:
            own = {name: 1 + index for name, index in cover.anchors().items()}
            return cover, {TITLE: 1} | own | places
    raise AssertionError("counting ends when the cover has enough pages")


AIRS = (1, 0.7, 0.4)
"""What is left of the white space."""


def after(pages: int, extents: Sequence[Extent]) -> dict[str, int]:
    """The numbers of the pages of places in parts that come after some pages."""
    places: dict[str, int] = {}
    first = 1 + pages
    for extent in extents:
        places |= {name: first + index for name, index in extent.anchors.items()}
        first += extent.pages
    return places


VERSO = '<div class="verso"></div></body>'


def inserted_before(job: Job, places: Mapping[str, int], setting: Setting) -> list[Any]:
    """The pages between the cover and what follows, which has `places`: an even number, numbered by themselves."""
    insert = paginated(job.insert, setting, places)
    if len(insert.document.pages) % 2:
        insert = paginated(job.insert.replace("</body>", VERSO), setting, places)
    insert.number(1, len(insert.document.pages))
    return list(insert.document.pages)


def labels_with(cover: int, inserted: int) -> str:
    """The labels of pages, of which some are inserted after the cover: `1`, `i`, `ii`, `2` (ISO 32000-1, 12.4.2)."""
    return f"<</Nums [0 <</S /D>> {cover} <</S /r>> {cover + inserted} <</S /D /St {cover + 1}>>]>>"


def written(document: Document, job: Job, first: int, labels: str = "") -> Layout:
    document.metadata.created = document.metadata.modified = job.stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    colour_formulas(box for page in document.pages for box in boxes(page._page_box))
    away = let_lead_away(document)
    with read_as_typed():
        finish = finisher(document, job.identity, away, first, job.scale, labels)
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finish, zoom=job.scale)
    return Layout(pdf, len(document.pages), places_in(document, job.scale))


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
