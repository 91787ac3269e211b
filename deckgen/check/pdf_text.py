"""Read a handout's text back from its PDF, as a screen reader would: in the order of the structure tree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import bidirectional

import pikepdf

from deckgen.check.comparable import characters, formula
from deckgen.check.pdf_fonts import Codes, Fonts
from deckgen.check.pdf_pages import numbers
from deckgen.frozen import frozen
from deckgen.typeset.bidi import has_right_to_left

MANIFEST_NAME = "deckgen-manifest.json"
HEADING = re.compile(r"/H[12]")
"""Headings of the handout and of its chapters and slides; those inside print text are of lower levels."""
FIGURE = re.compile(r"/Figure(\d+)")
PICTURE = re.compile(rb"/I([0-9a-f]{16}) Do")
INLINE = frozenset({"/Span", "/Link", "/NonStruct"})
"""Structure elements that do not begin a line of their own."""

OPERATION = re.compile(
    rb"\[(?P<array>[^\]]*)\]\s*TJ"
    rb"|/(?P<tag>[^\s/<]+)\s*(?:(?P<properties><<(?:[^<>]|<[^<>]*>)*>>)\s*BDC|BMC)"
    rb"|(?P<end>EMC)"
    rb"|/(?P<font>[^\s/<]+)\s+[\d.]+\s+Tf"
    rb"|1 0 0 -1 (?P<x>\S+) (?P<y>\S+) Tm"
)
"""What matters of a content stream. Both writers of deckgen's PDFs show all text as hexadecimal `TJ` arrays."""
RAISED = 9.0
"""Text higher or lower than this (in CSS pixels) stands on another line; less is a superscript."""
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


@dataclass
class Piece:
    """Text that was shown from one place on, in the units of its page."""

    x: float
    y: float
    glyphs: list[str]
    """What each glyph shows, in the order in which they stand."""

    @property
    def text(self) -> str:
        return in_reading_order(self.glyphs)


class Border(NamedTuple):
    """Where a structure element begins (depth 1) or ends (depth -1)."""

    type: str
    depth: int


Pieces = dict[int | None, list[Piece]]
"""Pieces by the marked content they belong to (MCID); None: artifacts and the like."""


def read_pdf_text(pdf: bytes) -> PdfText:
    """Read a handout that deckgen wrote.

    Raises pikepdf.PdfError if `pdf` is no PDF, and AttributeError or KeyError if it is not tagged.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.obj for page in document.pages]
        fonts = Fonts()
        shown = {page.objgen: read_content(content_of(page), fonts.of(page.Resources)) for page in pages}
        told = Reading(shown)
        told.read(document.Root.StructTreeRoot.K)
        text, headings = joined(told.pieces)
        contents = [(form.read_bytes(), fonts.of(form.Resources)) for form in figure_forms(pages)]
        figures = [read_content(data, codes) for data, codes in contents]
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


def in_reading_order(glyphs: list[str]) -> str:
    """The text of glyphs from left to right: words from right to left, with what stands between them, turned around."""
    text = "".join(glyphs)
    if not has_right_to_left(text):
        return text
    kinds = ["R" if has_right_to_left(glyph) else bidirectional(glyph[0]) if glyph else "" for glyph in glyphs]
    found: list[str] = []
    start = 0
    while start < len(glyphs):
        end = start + 1
        if kinds[start] == "R":
            for i in range(start + 1, len(glyphs)):
                if kinds[i] in ("L", "EN"):
                    break
                end = i + 1 if kinds[i] == "R" else end
        found += reversed(glyphs[start:end])
        start = end
    return "".join(found)


def actual_text(properties: bytes, outer: str | None) -> str | None:
    """What marked content says in place of its glyphs; None for content whose glyphs say it."""
    spoken = ACTUAL.search(properties)
    return bytes.fromhex(spoken[1].decode()).decode("utf-16-be") if spoken else outer


@dataclass
class Reading:
    """What a structure tree says in its order; filled in place, since generators one in another cost most of it."""

    shown: Mapping[tuple[int, int], Pieces]
    """The pieces of each page."""
    pieces: list[Piece | Border | str] = field(default_factory=list)
    """Formulas stand as text, and elements that begin a line with their borders."""
    alternatives: list[str] = field(default_factory=list)
    """The alternative texts."""

    def read(self, node: object, page: tuple[int, int] = (0, 0), silent: bool = False) -> None:
        """Read what is under a structure element; of a `silent` one, whose words are known, the alternatives alone."""
        if isinstance(node, int):
            self.pieces += () if silent else self.shown[page].get(node, ())
        elif isinstance(node, pikepdf.Array):
            for kid in node:
                self.read(kid, page, silent)
        elif isinstance(node, pikepdf.Dictionary):
            self.element(node, page, silent)

    def element(self, node: pikepdf.Dictionary, page: tuple[int, int], silent: bool) -> None:
        keys = node.keys()  # To ask for a key that is not there takes longer than to ask for all.
        if "/MCID" in keys:
            if not silent:
                self.pieces += self.shown[node.Pg.objgen].get(int(node.MCID), ())
            return
        alternative = str(node.Alt) if "/Alt" in keys else None
        if alternative is not None:
            self.alternatives.append(alternative)
        kind = str(node.S) if "/S" in keys else ""
        words = str(node.ActualText) if "/ActualText" in keys else None
        if kind == "/Formula":
            words = formula(characters(alternative or ""))
        if words is not None and not silent:
            self.pieces.append(words)
        if "/K" not in keys:
            return
        border = words is None and not silent and kind not in INLINE
        if border:
            self.pieces.append(Border(kind, 1))
        self.read(node.K, node.Pg.objgen if "/Pg" in keys else page, silent or words is not None)
        if border:
            self.pieces.append(Border(kind, -1))


def joined(pieces: Iterable[Piece | Border | str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The pieces as text, with line feeds where lines end, and the stretches of it that are headings."""
    parts: list[str] = []
    headings: list[tuple[int, int]] = []
    last: Piece | None = None
    length = depth = start = 0
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
            length += len(piece)
            continue
        ends = isinstance(piece, Border) or (last and (piece.x <= last.x or abs(piece.y - last.y) > RAISED))
        if ends and parts and parts[-1] != "\n":
            parts.append("\n")
            length += 1
        if isinstance(piece, Piece):
            parts.append(piece.text)
            length += len(piece.text)
            last = piece
        else:
            last = None
            if HEADING.fullmatch(piece.type):
                depth += piece.depth
                start = length if (piece.depth, depth) == (1, 1) else start
                headings += [(start, length)] if depth == 0 else []
    return "".join(parts).rstrip("\n"), tuple(headings)
