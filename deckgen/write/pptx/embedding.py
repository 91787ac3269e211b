"""The theme's fonts inside of the deck: the faces that its slides and notes use, as Embedded OpenType.

The format is that of the W3C submission "Embedded OpenType (EOT) File Format", version 2.1, neither compressed nor
encrypted; PowerPoint knows no other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.block import runs
from deckgen.model.deck import Deck
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Show
from deckgen.model.text import Run, spoken
from deckgen.model.theme import Theme
from deckgen.typeset.cuts import Cut
from deckgen.typeset.fonts import Face, Faces
from deckgen.write.pptx.markup import NAMESPACES, RELATIONSHIPS, attributes
from deckgen.write.pptx.masters import NOTES_STYLE

CONTENT_TYPE = "application/x-fontdata"
VERSION, MAGIC = 0x00020001, 0x504C
DEFAULT_CHARSET = 1
RESTRICTED, BITMAPS_ONLY = 0x0002, 0x0200
"""Bits of OS/2 fsType that forbid to embed outlines (OpenType, OS/2)."""
ROLES = {(False, False): "regular", (True, False): "bold", (False, True): "italic", (True, True): "boldItalic"}
"""The faces of an embedded family in the order of the schema (ECMA-376 19.2.1.9)."""


class Used(NamedTuple):
    """A face of the theme: its slot, and how it is set."""

    slot: str
    bold: bool
    italic: bool


def used_faces(deck: Deck, show: Show) -> frozenset[Used]:
    """The faces that slides and notes use. Families that stand in for missing characters are not among them."""
    found = {face for page in show.pages for face in faces_in(page.drawing)}
    notes = (deck.notes, *(entry.notes for entry in deck.slides))
    words = spoken(tuple(run for note in notes for run in runs(note)))
    found |= {used(run, NOTES_STYLE.font, NOTES_STYLE.bold, NOTES_STYLE.italic) for run in words}
    return frozenset(found)


def faces_in(node: Any) -> Iterator[Used]:
    """The faces of all set text under a node."""
    if isinstance(node, SetParagraph):
        style = node.style
        yield from (used(run, style.font, style.bold, style.italic) for run in node.text if not run.face)
        if node.bullet:
            yield Used(node.bullet.font or style.font, style.bold, style.italic)
    elif isinstance(node, tuple):
        for child in node:
            yield from faces_in(child)
    elif is_dataclass(node):
        for f in fields(node):
            yield from faces_in(getattr(node, f.name))


def used(run: Run, slot: str, bold: bool, italic: bool) -> Used:
    return Used("mono" if run.code else slot, bold or run.bold, italic or run.italic)


def embed_fonts(presentation: Presentation, wanted: frozenset[Used], theme: Theme, faces: Faces) -> None:
    """Put the faces into the package and list them by family (`p:embeddedFontLst`)."""
    part = presentation.part
    families: dict[str, dict[str, str]] = {}
    for number, use in enumerate(sorted(wanted), start=1):
        family = theme.fonts[use.slot]
        face = faces.face(*use)
        data = eot(face, Cut(family, use.bold, use.italic, {}))
        font = Part(PackURI(f"/ppt/fonts/font{number}.fntdata"), CONTENT_TYPE, part.package, data)
        families.setdefault(family.family, {})[ROLES[use.bold, use.italic]] = part.relate_to(
            font, f"{RELATIONSHIPS}/font"
        )
    listed = "".join(
        f"<p:embeddedFont><p:font{attributes(typeface=family)}/>"
        + "".join(f'<p:{role} r:id="{ids[role]}"/>' for role in ROLES.values() if role in ids)
        + "</p:embeddedFont>"
        for family, ids in families.items()
    )
    if listed:
        element = presentation.element
        element.set("embedTrueTypeFonts", "1")
        place = element.find("{*}notesSz")
        assert place is not None, "the template has a notes size"
        place.addnext(parse_xml(f"<p:embeddedFontLst {NAMESPACES}>{listed}</p:embeddedFontLst>".encode()))


def check_embedding(wanted: frozenset[Used], theme: Theme, faces: Faces) -> tuple[Diagnostic, ...]:
    """An error for each family that its makers don't let anybody embed, or that PowerPoint could not read."""
    where = Span(f"themes/{theme.name}/theme.yaml")
    hint = "build without --embed-fonts, and give the fonts with the deck (see 'deckgen fonts')"
    found = {}
    for use in sorted(wanted):
        face, family = faces.face(*use), theme.fonts[use.slot].family
        if int.from_bytes(face.table("OS/2")[8:10], "big") & (RESTRICTED | BITMAPS_ONLY):
            found[family] = error(where, f"the licence of the font {family!r} does not allow to embed it", hint)
        elif face.file.read_bytes()[:4] == b"OTTO":
            found[family] = error(where, f"PowerPoint can't embed the font {family!r}: its outlines are CFF", hint)
    return tuple(found.values())


def eot(face: Face, cut: Cut) -> bytes:
    """A font file as Embedded OpenType."""
    data, os2 = face.file.read_bytes(), face.table("OS/2")
    (weight,), (fs_type,), (selection,) = (struct.unpack_from(">H", os2, at) for at in (4, 8, 62))
    unicode_ranges, code_pages = struct.unpack_from(">4I", os2, 42), struct.unpack_from(">2I", os2, 78)
    (adjustment,) = struct.unpack_from(">I", face.table("head"), 8)
    names = (cut.family.family, cut.style_name, "", f"{cut.family.family} {cut.style_name}")
    body = struct.pack("<III", len(data), VERSION, 0) + os2[32:42] + bytes([DEFAULT_CHARSET, selection & 1])
    body += struct.pack("<IHH", weight, fs_type, MAGIC) + struct.pack("<6I", *unicode_ranges, *code_pages)
    body += struct.pack("<I16xH", adjustment, 0) + b"\0\0".join(sized(name) for name in names)
    body += b"\0\0" + sized("") + data
    return struct.pack("<I", len(body) + 4) + body


def sized(name: str) -> bytes:
    """A name with its length before it, in UTF-16."""
    data = name.encode("utf-16-le")
    return struct.pack("<H", len(data)) + data
