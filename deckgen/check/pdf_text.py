"""Read a handout's text back from its PDF, as a screen reader would: in the order of the structure tree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import partial

import pikepdf

from deckgen.check.comparable import characters, formula
from deckgen.check.pdf_fonts import Codes, Fonts
from deckgen.check.pdf_pages import numbers
from deckgen.check.pdf_structure import Piece, Pieces, Reading, joined
from deckgen.frozen import frozen
from deckgen.keep import Keep

MANIFEST_NAME = "deckgen-manifest.json"
FIGURE = re.compile(r"/Figure(\d+)")
PICTURE = re.compile(rb"/I([0-9a-f]{16}) Do")
OPERATION = re.compile(
    rb"\[(?P<array>[^\]]*)\]\s*TJ"
    rb"|/(?P<tag>[^\s/<]+)\s*(?:(?P<properties><<(?:[^<>]|<[^<>]*>)*>>)\s*BDC|BMC)"
    rb"|(?P<end>EMC)"
    rb"|/(?P<font>[^\s/<]+)\s+[\d.]+\s+Tf"
    rb"|1 0 0 -1 (?P<x>\S+) (?P<y>\S+) Tm"
)
"""What matters of a content stream. Both writers of deckgen's PDFs show all text as hexadecimal `TJ` arrays."""
LATEX = re.compile(rb"/ActualText <FEFF([0-9A-F]+)>")
"""What a drawn formula says."""
MCID = re.compile(rb"/MCID\s+(\d+)")
ACTUAL = re.compile(rb"/ActualText\s*<feff([0-9a-f]+)>")


@frozen
class PdfText:
    """The words of a handout.

    `text` is what the PDF shows, with these differences from its source, which `check.comparable` evens out:
    a line end stands as a line feed where the source had a space, a word divided there ends in a hyphen;
    characters that share a glyph come back as one of them (a no-break space as a space, U+2010 as `-`);
    list marks, counters and other text made by the style sheet stand in it too; what floats out of a paragraph, such
    as a note in the margin, stands after it.
    """

    text: str
    """In the order of the structure tree, without artifacts: no running headers, no slide pictures, no figures."""
    figures: tuple[str, ...]
    """The text of each figure that was stamped in, in the order of the pages."""
    manifest: bytes | None
    """The attached manifest."""
    pages: int
    """How many pages the handout has."""
    headings: tuple[tuple[int, int], ...] = ()
    """Where each heading of the first two levels begins and ends in `text`, in order."""
    drawn: tuple[frozenset[str], ...] = ()
    """The pictures in each figure, by the part of their digest that they are named by."""
    alternatives: tuple[str, ...] = ()
    """The alternative texts of all figures."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of the page on which each slide, section or block begins, by its id."""


def read_pdf_text(pdf: bytes, keep: Keep | None = None) -> PdfText:
    """Read a handout that deckgen wrote. `keep` holds the text of streams that were read before.

    Raises pikepdf.PdfError if `pdf` is no PDF, and AttributeError or KeyError if it is not tagged.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.obj for page in document.pages]
        fonts = Fonts()
        read = partial(content_kept, keep or Keep())
        shown = {
            page.objgen: read(f"page {i}", content_of(page), fonts.of(page.Resources)) for i, page in enumerate(pages)
        }
        told = Reading(shown)
        told.read(document.Root.StructTreeRoot.K)
        text, headings = joined(told.pieces)
        contents = [(form.read_bytes(), fonts.of(form.Resources)) for form in figure_forms(pages)]
        figures = [read(f"figure {i}", data, codes) for i, (data, codes) in enumerate(contents)]
        attachment = document.attachments.get(MANIFEST_NAME)
        return PdfText(
            text,
            tuple("\n".join(piece.text for piece in figure.get(None, ())) for figure in figures),
            attachment.get_file().read_bytes() if attachment is not None else None,
            len(pages),
            headings,
            tuple(frozenset(name.decode() for name in PICTURE.findall(data)) for data, _ in contents),
            tuple(told.alternatives),
            dict(numbers(document)),
        )


def read_manifest(pdf: bytes) -> bytes | None:
    """The attached manifest alone, of any file. Raises ValueError or RuntimeError if `pdf` can't be read."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            attachment = document.attachments.get(MANIFEST_NAME)
            return attachment.get_file().read_bytes() if attachment is not None else None
    except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError, AttributeError, TypeError) as problem:
        raise ValueError(str(problem)) from None


def content_of(page: pikepdf.Object) -> bytes:
    """The page's content; if it has several streams, as one."""
    contents = page.Contents
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(stream.read_bytes() for stream in contents)
    return contents.read_bytes()


def figure_forms(pages: Iterable[pikepdf.Object]) -> list[pikepdf.Object]:
    """The figures that were stamped in, by their numbers. Pages may share one dictionary that names them all."""
    found: dict[int, pikepdf.Object] = {}
    shared = {page.Resources.objgen: page.Resources for page in pages}
    for resources in shared.values():
        for name, form in resources.get("/XObject", pikepdf.Dictionary()).items():
            if match := FIGURE.fullmatch(name):
                found[int(match[1])] = form
    return [found[number] for number in sorted(found)]


def content_kept(keep: Keep, name: str, data: bytes, fonts: dict[bytes, Codes]) -> Pieces:
    """`read_content` of what is called `name`, read anew if it is another."""
    return keep.recall(name, (data, fonts), partial(read_content, data, fonts))


def read_content(data: bytes, fonts: dict[bytes, Codes]) -> Pieces:
    """The text of a content stream; text set line by line is one piece a line, and a look."""
    found: Pieces = {}
    owners: list[int | None] = [None]
    told: list[str | None] = [None]
    place, fresh = (0.0, 0.0), True
    codes: Codes | None = None
    for match in OPERATION.finditer(data):
        kind = match.lastgroup
        if kind == "array" and codes:
            pieces = found.setdefault(owners[-1], [])
            if fresh or not pieces:
                pieces.append(Piece(*place, []))
                fresh = False
            spoken = told[-1]
            pieces[-1].glyphs += codes.decode(match["array"]) if spoken is None else [spoken]
            told[-1] = None if spoken is None else ""
        elif kind == "y":
            place, fresh = (float(match["x"]), float(match["y"])), True
        elif kind == "font":
            codes = fonts[match["font"]]
        elif kind == "end":
            owners.pop()
            told.pop()
        elif kind in ("tag", "properties"):
            if said := LATEX.search(match["properties"] or b""):
                latex = bytes.fromhex(said[1].decode()).decode("utf-16-be")
                found.setdefault(owners[-1], []).append(Piece(*place, [formula(characters(latex))]))
                fresh = True
            owners.append(owner(match, owners[-1]))
            told.append(actual_text(match["properties"] or b"", told[-1]))
    return found


def owner(match: re.Match[bytes], outer: int | None) -> int | None:
    """The MCID of marked content that begins; an artifact has none, other content without one belongs to the outer."""
    if mcid := MCID.search(match["properties"] or b""):
        return int(mcid[1])
    return None if match["tag"] == b"Artifact" else outer


def actual_text(properties: bytes, outer: str | None) -> str | None:
    """What marked content says in place of its glyphs; None for content whose glyphs say it."""
    spoken = ACTUAL.search(properties)
    return bytes.fromhex(spoken[1].decode()).decode("utf-16-be") if spoken else outer
