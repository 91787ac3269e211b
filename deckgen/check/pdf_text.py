"""Read a handout's text back from its PDF, as a screen reader would: in the order of the structure tree."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

MANIFEST_NAME = "deckgen-manifest.json"
FIGURE = re.compile(r"/Figure(\d+)")
INLINE = frozenset({"/Span", "/Link", "/NonStruct"})
"""Structure elements that do not begin a line of their own."""

OPERATION = re.compile(
    rb"\[(?P<array>[^\]]*)\]\s*TJ"
    rb"|/(?P<tag>[^\s/<]+)\s*(?:(?P<properties><<.*?>>)\s*BDC|BMC)"
    rb"|(?P<end>EMC)"
    rb"|/(?P<font>[^\s/<]+)\s+[\d.]+\s+Tf"
    rb"|1 0 0 -1 (?P<x>\S+) (?P<y>\S+) Tm",
    re.DOTALL,
)
"""What matters of a content stream. Both writers of deckgen's PDFs show all text as hexadecimal `TJ` arrays."""
STRING = re.compile(rb"<([0-9A-Fa-f]+)>")
MCID = re.compile(rb"/MCID\s+(\d+)")
MAPPING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
UNSEEN = re.compile(r"[\s\u00ad\u200b\-\u2010]+")


@dataclass(frozen=True)
class PdfText:
    """The words of a handout.

    `text` is what the PDF shows, with these differences from its source, which `comparable` evens out:
    a line end stands as a line feed where the source had a space, a word divided there ends in a hyphen;
    characters that share a glyph come back as one of them (a no-break space as a space, U+2010 as `-`);
    list marks, counters and other text made by the style sheet stand in it too.
    """

    text: str
    """In the order of the structure tree, without artifacts: no running headers, no slide pictures, no figures."""
    figures: tuple[str, ...]
    """The text of each figure that was stamped in, in the order of the pages."""
    manifest: bytes | None
    """The attached manifest."""


def comparable(text: str) -> str:
    """A text for comparison with what was read: without white space and hyphens, characters in one form (NFKC)."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@dataclass
class Piece:
    """Text that was shown from one place on."""

    x: float
    y: float
    text: str


Pieces = dict[int | None, list[Piece]]
"""Pieces by the marked content they belong to (MCID); None: artifacts and the like."""


def read_pdf_text(pdf: bytes) -> PdfText:
    """Read a handout that deckgen wrote.

    Raises pikepdf.PdfError if `pdf` is no PDF, and AttributeError or KeyError if it is not tagged.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = Fonts()
        pages = {page.obj.objgen: page for page in document.pages}
        shown = {
            number: read_content(_data(page.obj.Contents), fonts.of(page.obj.Resources))
            for number, page in pages.items()
        }
        text = "".join(tree_text(document.Root.StructTreeRoot.K, shown, None)).strip("\n")
        attachment = document.attachments.get(MANIFEST_NAME)
        manifest = attachment.get_file().read_bytes() if attachment is not None else None
        return PdfText(text, tuple(figure_texts(document, fonts)), manifest)
