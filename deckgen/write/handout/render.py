"""The handout as a PDF: HTML laid out by WeasyPrint, finished for PDF/A-3a and PDF/UA-1, drawings stamped in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing
from deckgen.model.manifest import from_json
from deckgen.model.show import Show
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.write.handout.finish import attach, finisher
from deckgen.write.handout.html import font_files, handout_html, signature_of
from deckgen.write.handout.stamp import places_in, saved
from deckgen.write.handout.stamp import stamp as stamp_drawings
from deckgen.write.pages.forms import Picture, add_forms

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


def write_handout(deck: Deck, show: Show, theme: Theme, faces: Faces, manifest: bytes, stamp: datetime) -> bytes:
    """The handout's PDF, the same bytes for the same arguments. `manifest` is attached; all dates in it are `stamp`."""
    html = handout_html(deck, show, theme, faces)
    document = HTML(string=html, url_fetcher=FontFetcher(font_files(theme, faces))).render()
    document.metadata.created = document.metadata.modified = stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    attach(document, MANIFEST_NAME, manifest, stamp)
    source = from_json(manifest)
    identity = f"{source.tool}, source {source.source}" if source else ""
    data = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher(document, identity))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stamp_drawings(pdf, places_in(document), add_forms(pdf, pictures(document, show, theme), faces))
        return saved(pdf)


def pictures(document: Document, show: Show, theme: Theme) -> dict[str, Picture]:
    """The drawing for each place that the layout keeps, by the place's name. Slides keep the colours of the screen."""
    inks = theme.on_paper()
    drawings = {f"picture-{page.id}": Picture(page.drawing, theme, page.layout) for page in show.pages}
    drawings |= {f"figure-{key}": Picture(drawing, inks) for key, drawing in show.figures.items()}
    if mark := signature_of(show):
        drawings["signature"] = Picture(Drawing(theme.page, (mark,)), inks)
    return {place.name: drawings[place.name] for place in places_in(document)}
