"""What documents are set with (WeasyPrint): a style sheet that is read once, and the theme's own fonts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckgen.write.handout.job import Look


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


class Setting:
    """The style sheet and the fonts of a look, read and loaded here: that takes as long as some pages."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.fetcher = FontFetcher(dict(look.fonts))
        self.css = CSS(string=look.css, url_fetcher=FontFetcher({}))
        self.fonts = FontConfiguration()
        CSS(string=look.font_rules, url_fetcher=self.fetcher, font_config=self.fonts)
