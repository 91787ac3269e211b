"""The handout for a print shop: PDF/X-4 in inks, with bleed and crop marks (ISO 15930-7)."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.theme import Theme
from deckgen.units import PT_PER_MM
from deckgen.write.handout.stamp import saved
from deckgen.write.production.edges import Edges, edges, run_on
from deckgen.write.production.inks import Inks
from deckgen.write.production.metadata import claim, for_paper
from deckgen.write.production.recolour import Recolour, Unprintable
from deckgen.write.production.sharpness import check_sharpness

BLEED = 3 * PT_PER_MM
MARGIN = 10 * PT_PER_MM
"""Paper around the trimmed page, for bleed and marks."""
MARK_FROM, MARK_TO = 4 * PT_PER_MM, 9 * PT_PER_MM
"""How far from the trim crop marks begin and end."""
MARK_PT = 0.25


def press(
    pdf: bytes, theme: Theme, stamp: datetime, at: Span, files: Mapping[str, str] | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The handout as PDF/X-4, and what is wrong with its inks and pictures, said `at` a place; no bytes if that is an
    error. `files`: the names of pictures by the first 16 digits of their digests."""
    inks = Inks(theme)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for_paper(document)
        recolour = Recolour(document, inks)
        try:
            for page in document.pages:
                bleed(document, page)
                recolour.page(page)
        except Unprintable as problem:
            return b"", (error(at, f"{problem} can't be printed in four colours", "leave it out of the talk"),)
        for page in document.pages:
            mark(document, page)
        intend(document, inks)
        identify(document, hashlib.sha256(pdf).hexdigest(), stamp)
        return saved(document, "1.6"), (*inks.problems(), *check_sharpness(document, files or {}, at))


def bleed(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Let colours run over the trim, and set the boxes: TrimBox is the page as it was."""
    trim = edges(page.trimbox)
    run_on(document, page, Edges(BLEED, BLEED, BLEED, BLEED))
    boxes = ((Name.TrimBox, 0.0), (Name.BleedBox, BLEED), (Name.MediaBox, MARGIN))
    for name, by in boxes:
        page.obj[name] = Array([round(v, 4) for v in trim.grown(Edges(by, by, by, by))])
    if Name.CropBox in page.obj:
        del page.obj[Name.CropBox]


def mark(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Crop marks at the four corners, on all plates."""
    if Name.ColorSpace not in page.obj.Resources:
        page.obj.Resources.ColorSpace = Dictionary()
    page.obj.Resources.ColorSpace.Registration = registration()
    left, bottom, right, top = edges(page.trimbox)
    lines = []
    for x, out_x in ((left, -1), (right, 1)):
        for y, out_y in ((bottom, -1), (top, 1)):
            lines.append((x + out_x * MARK_FROM, y, x + out_x * MARK_TO, y))
            lines.append((x, y + out_y * MARK_FROM, x, y + out_y * MARK_TO))
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    marks = f"q /Registration CS 1 SCN {MARK_PT} w {drawn} Q"
    parts = (b"q", None, b"Q", marks.encode("ascii"))
    page.obj.Contents = Array([document.make_stream(part) if part else page.obj.Contents for part in parts])


def registration() -> Array:
    """The colour that stands on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def intend(document: pikepdf.Pdf, inks: Inks) -> None:
    """The printing condition that the inks are made for, with its profile (ISO 15930-7; ISO 32000-1, 14.11.5)."""
    profile = document.make_stream(inks.profile, Dictionary(N=4, Alternate=Name.DeviceCMYK))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(inks.press.condition),
        Info=String(inks.press.condition),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )
    document.Root.OutputIntents = Array([intent])


def identify(document: pikepdf.Pdf, digest: str, stamp: datetime) -> None:
    """Say that the file is PDF/X-4, and not trapped (ISO 32000-1, 14.3.3); its id follows from its content."""
    now = stamp.astimezone(UTC)
    document.docinfo[Name.Trapped] = Name("/False")
    # The metadata's word is what counts; some programs of print shops look here, as in the earlier parts of ISO 15930.
    document.docinfo[Name.GTS_PDFXVersion] = String("PDF/X-4")
    document.docinfo[Name.CreationDate] = document.docinfo[Name.ModDate] = String(now.strftime("D:%Y%m%d%H%M%SZ"))
    in_xmp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    claim(
        document,
        {
            "dc:title": str(document.docinfo.get(Name.Title, "")),
            "pdfxid:GTS_PDFXVersion": "PDF/X-4",
            "pdf:Trapped": "False",
            "xmp:CreateDate": in_xmp,
            "xmp:ModifyDate": in_xmp,
            "xmp:MetadataDate": in_xmp,
            "xmpMM:DocumentID": f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
            "xmpMM:RenditionClass": "default",
            "xmpMM:VersionID": "1",
        },
    )
