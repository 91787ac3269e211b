"""Lay the handout's HTML out on pages (WeasyPrint): a tagged PDF, and the places that it keeps for drawings.

This is what the handout's own process does. It gets text and font files and knows nothing of decks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckgen.write.handout.finish import PX_PT, attach, boxes, finisher
from deckgen.write.handout.job import Job
from deckgen.write.handout.places import Kind, Place, Rect

PLACE = re.compile(r"(picture|figure)-(.+)|signature", re.DOTALL)
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


def lay_out(job: Job) -> tuple[bytes, tuple[Place, ...]]:
    """A PDF/A-3a and PDF/UA-1 file without its drawings, the same bytes for the same job, and their places."""
    document = HTML(string=job.html, url_fetcher=FontFetcher(job.fonts)).render()
    document.metadata.created = document.metadata.modified = job.stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    attach(document, MANIFEST_NAME, job.manifest, job.stamp)
    pdf = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher(document, job.identity))
    return pdf, places_in(document)


def places_in(document: Document) -> tuple[Place, ...]:
    """The places that the rendered handout keeps, page by page from top to bottom: its images without their borders."""
    found: dict[str, Place] = {}
    for number, page in enumerate(document.pages):
        for box in boxes(page._page_box):
            name = "" if box.element is None else box.element.get("id", "")
            if name not in found and (match := PLACE.fullmatch(name)):
                left, top = box.content_box_x(), box.content_box_y()
                corners = (left, page.height - top - box.height, left + box.width, page.height - top)
                kind: Kind = match[1] or "signature"  # type: ignore[assignment]
                found[name] = Place(number, name, kind, Rect(*(corner * PX_PT for corner in corners)))
    return tuple(sorted(found.values(), key=lambda place: (place.page, -place.rect.top, place.rect.left)))
