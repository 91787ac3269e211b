"""A judge of PDF/X-4 files that knows nothing of their writer.

No open validator knows all of ISO 15930-7. These are its requirements as far as they touch what a handout can hold;
where the thing itself is defined, the clause of ISO 32000-1 stands beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Check = Callable[[pikepdf.Pdf], Iterator[str]]
SCREEN_SPACES = ("/DeviceRGB", "/CalRGB", "/CalGray", "/Lab")
SCREEN_OPERATORS = ("rg", "RG")
SLACK_PT = 0.01


def findings(pdf: bytes) -> list[str]:
    """What breaks a rule, the rule's name first."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [f"{check.__name__}: {found}" for check in CHECKS for found in check(document)]


def things(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All dictionaries and streams of the file, those in others too."""
    for item in pdf.objects:
        yield from inside(item)


def inside(item: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(item, Dictionary | Stream):
        yield item
    if depth < 12 and isinstance(item, Dictionary | Stream | Array):
        for child in item if isinstance(item, Array) else [item[key] for key in item.keys()]:  # noqa: SIM118
            if isinstance(child, Dictionary | Array) and not child.is_indirect:
                yield from inside(child, depth + 1)


def file(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Version 1.6 at most, an ID (14.4), not encrypted."""
    if pdf.pdf_version > "1.6":
        yield f"version {pdf.pdf_version}"
    if "/ID" not in pdf.trailer:
        yield "no ID in the trailer"
    if pdf.is_encrypted:
        yield "encrypted"


def identity(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The metadata say that it is PDF/X-4, since when, and which version of which document."""
    wanted = ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfxid:GTS_PDFXVersion") != "PDF/X-4":
            yield "not called PDF/X-4"
        for name in (*wanted, "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
            if not metadata.get(name):
                yield f"no {name}"
        title = metadata.get("dc:title")
        if str(pdf.docinfo.get(Name.Title, "")) != title:
            yield "two titles"
        for name, key in (("xmp:CreateDate", Name.CreationDate), ("xmp:ModifyDate", Name.ModDate)):
            digits = [re.sub(r"\D", "", str(value))[:14] for value in (metadata.get(name), pdf.docinfo.get(key))]
            if digits[0] != digits[1]:
                yield f"two values of {name}"


def trapping(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Trapped is known, and the same in both places (14.3.3)."""
    with pdf.open_metadata() as metadata:
        values = [str(pdf.docinfo.get(Name.Trapped, "")).removeprefix("/"), metadata.get("pdf:Trapped")]
    if values not in (["True"] * 2, ["False"] * 2):
        yield f"trapped is {values}"


def intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    """One output intent for print, with a profile of an output device for the file's inks (14.11.5)."""
    found = [i for i in pdf.Root.get(Name.OutputIntents, Array()) if i.S == Name.GTS_PDFX]
    if len(found) != 1:
        yield f"{len(found)} output intents"
        return
    if not str(found[0].get(Name.OutputConditionIdentifier, "")):
        yield "no output condition"
    if Name.DestOutputProfile not in found[0]:
        yield "no profile"
        return
    profile = found[0].DestOutputProfile.read_bytes()
    if (profile[12:16], profile[16:20], profile[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        yield "the profile is not one of a CMYK printer"
    if int.from_bytes(profile[:4], "big") != len(profile):
        yield "the profile is cut off"


def boxes(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A TrimBox on every page, in a BleedBox, in the MediaBox (14.11.2)."""
    for number, page in enumerate(pdf.pages, start=1):
        if Name.TrimBox not in page.obj or Name.ArtBox in page.obj:
            yield f"page {number} has no TrimBox, or an ArtBox"
            continue
        trim, bleed, media = ([float(v) for v in box] for box in (page.trimbox, page.bleedbox, page.mediabox))
        for inner, outer in ((trim, bleed), (bleed, media)):
            if any(sign * (a - b) < -SLACK_PT for sign, a, b in zip((1, 1, -1, -1), inner, outer, strict=True)):
                yield f"a box of page {number} stands out of the next one"


def fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every font is embedded (9.9)."""
    for item in things(pdf):
        if item.get(Name.Type) == Name.Font and item.get(Name.Subtype) not in (Name.Type0, Name.Type3):
            descriptor = item.get(Name.FontDescriptor, Dictionary())
            if not any(name in descriptor for name in (Name.FontFile, Name.FontFile2, Name.FontFile3)):
                yield f"{item.get(Name.BaseFont)} is not embedded"


def colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Inks alone (8.6): stricter than the standard, which lets a shop convert."""
    for item in things(pdf):
        for key in ("/ColorSpace", "/CS"):
            space = item.get(key)
            if key == "/ColorSpace" and isinstance(space, Dictionary) and not isinstance(space, Stream):
                named = [space[name] for name in space.keys()]  # noqa: SIM118
            else:
                named = [space] if space is not None else []
            yield from (f"a colour space of the screen: {said}" for said in map(str_of, named) if is_screen(said))
    for place, content in contents(pdf):
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), [str(value) for value in instruction.operands]
            if operator in SCREEN_OPERATORS or (operator in ("cs", "CS") and is_screen(operands[0])):
                yield f"{operator} on {place}"


def str_of(space: Any) -> str:
    if isinstance(space, Array):
        parts = [
            f"N{int(part.N)}" if isinstance(part, Stream) and "/N" in part else str(part) for part in list(space)[:2]
        ]
        return " ".join(parts)
    return str(space)


def is_screen(space: str) -> bool:
    return any(name in space for name in SCREEN_SPACES) or space == "/ICCBased N3"


def contents(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The content of pages, forms, patterns and letters."""
    for number, page in enumerate(pdf.pages, start=1):
        yield f"page {number}", page
    for item in pdf.objects:
        if isinstance(item, Stream) and (item.get(Name.Subtype) == Name.Form or item.get(Name.PatternType) == 1):
            yield f"object {item.objgen[0]}", item


def interaction(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Nothing on the page that is not printed: annotations (12.5), forms (12.7), actions (12.6)."""
    for number, page in enumerate(pdf.pages, start=1):
        if page.obj.get(Name.Annots):
            yield f"annotations on page {number}"
        if Name.AA in page.obj:
            yield f"an action on page {number}"
    for name in ("/AcroForm", "/OpenAction", "/AA"):
        if name in pdf.Root:
            yield f"{name} in the catalogue"
    if any(item.get(Name.S) == Name.JavaScript for item in things(pdf)):
        yield "JavaScript"


def plain_graphics(pdf: pikepdf.Pdf) -> Iterator[str]:
    """No PostScript (8.8.2), alternate images (8.9.5.4), OPI (14.11.7), transfer curves (10.5), own halftones."""
    for item in things(pdf):
        if item.get(Name.Subtype) == Name.PS or item.get(Name.Subtype2) == Name.PS:
            yield "PostScript"
        for name in ("/Alternates", "/OPI", "/TR", "/HTP"):
            if name in item:
                yield f"{name}"
        if item.get(Name.TR2, Name.Default) != Name.Default:
            yield "/TR2"


def streams(pdf: pikepdf.Pdf) -> Iterator[str]:
    """No LZW, no encryption of parts (7.4), no data in other files (7.3.8)."""
    for item in pdf.objects:
        if isinstance(item, Stream):
            filters = item.get(Name.Filter, Array())
            used = " ".join(str(name) for name in (filters if isinstance(filters, Array) else [filters]))
            if "LZW" in used or "Crypt" in used:
                yield f"{used} in object {item.objgen[0]}"
            if Name.F in item:
                yield f"object {item.objgen[0]} is in another file"


CHECKS: tuple[Check, ...] = (
    file, identity, trapping, intent, boxes, fonts, colours, interaction, plain_graphics, streams
)  # fmt: skip
