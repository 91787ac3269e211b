"""The fonts of a PDF: one subset a face, embedded once for all content of a document."""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.typeset.bidi import on_one_glyph
from deckgen.typeset.fonts import Face

ZERO_WIDTH_SPACE = "\u200b"
FIXED_PITCH, SYMBOLIC, ITALIC = 1, 4, 64
"""Bits of a font descriptor's Flags (ISO 32000-1, table 123)."""
MOST_DRIFT = 0.75
"""How far a glyph may stand from its place, in thousandths of the size."""
STEM_V = 80
"""Viewers use the stem width for substitution alone, which an embedded font never needs."""


def number(value: float) -> str:
    """A number as content streams write it, to a hundredth."""
    return f"{round(value, 2):g}"


class Shown(NamedTuple):
    """An operand of `TJ`, and how far its glyphs stand above the baseline, in ems."""

    operand: str
    raised: float


def joined(parts: Sequence[str]) -> str:
    return f"[{''.join(parts).replace('><', '')}]"


class Shaped(NamedTuple):
    """How a text is shown."""

    operands: tuple[Shown, ...]
    letters: tuple[tuple[int, str], ...]
    """The glyphs, and what each stands for."""


@lru_cache(20_000)
def shaped(face: Face, text: str, spacing: float, right_to_left: bool) -> Shaped:
    """A text as operands of `TJ`: glyph numbers, and kerning in thousandths of the size.

    `spacing` is the letter-spacing in ems. The caller sets it with `Tc`, which counts glyphs; a ligature
    makes up here for the letters that it swallows.
    """
    buffer = face.shape(text, True if right_to_left else None)
    scale = 1000 / face.units_per_em
    shown: list[Shown] = []
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    kern = raised = 0.0
    glyphs = [*zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)]
    turned = bool(glyphs) and glyphs[0][0].cluster > glyphs[-1][0].cluster
    letters_of = list(clusters([info.cluster for info, _ in (reversed(glyphs) if turned else glyphs)], text))
    for (info, position), letters in zip(glyphs, reversed(letters_of) if turned else letters_of, strict=True):
        glyph: int = info.codepoint
        found.append((glyph, on_one_glyph(letters)))
        if position.y_offset * scale / 1000 != raised:
            if parts:
                shown.append(Shown(joined(parts), raised))
            parts, raised = [], position.y_offset * scale / 1000
        swallowed = len(letters.strip(ZERO_WIDTH_SPACE)) - 1
        shift = position.x_offset * scale
        kern += width(face, glyph) + shift - position.x_advance * scale - swallowed * spacing * 1000
        parts.append(f" {number(-shift)}<{glyph:04x}>" if shift else f"<{glyph:04x}>")
        if abs(kern) > MOST_DRIFT:
            parts.append(f" {number(kern)}")
            kern = 0.0
    return Shaped((*shown, Shown(joined(parts), raised)), tuple(dict.fromkeys(found)))


def width(face: Face, glyph: int) -> int:
    """The glyph's own advance as the PDF gives it: in whole thousandths of the size, as some viewers cut them."""
    return round(1000 / face.units_per_em * float(face.font.get_glyph_h_advance(glyph)))


class UsedFace:
    """A face with the glyphs that content shows of it."""

    def __init__(self, face: Face) -> None:
        self.face = face
        known_by = f"{face.file.name} {face.features}"
        self.name = f"F{hashlib.sha256(known_by.encode()).hexdigest()[:8]}"
        """Of its resource: the same in all content, so that each can be drawn by itself."""
        self.text_of: dict[int, str] = {}
        """Glyph -> what it stands for."""

    def show(self, text: str, spacing: float, right_to_left: bool = False) -> tuple[Shown, ...]:
        """A text as operands of `TJ` (see `shaped`)."""
        found = shaped(self.face, text, spacing, right_to_left)
        self.add(found.letters)
        return found.operands

    def add(self, letters: Iterable[tuple[int, str]]) -> None:
        """Show these glyphs, too. One of several characters, such as two spaces, stands for the plainest of them."""
        for glyph, own in letters:
            known = self.text_of.get(glyph)
            self.text_of[glyph] = own if known is None else min(known, own)

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font with everything that belongs to it as objects of `pdf`."""
        glyphs = sorted(self.text_of)
        data = self.face.subset(glyphs)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        name = Name(f"/{tag}+{self.face.postscript_name}")
        cubic = data.startswith(b"OTTO")
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0 if cubic else Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            DW=0,
            W=Array([item for glyph in glyphs for item in (glyph, Array([width(self.face, glyph)]))]),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf, name, data)),
        )
        if not cubic:
            font.CIDToGIDMap = Name.Identity
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(font)]),
                ToUnicode=pdf.make_stream(to_unicode(self.text_of)),
            )
        )

    def _descriptor(self, pdf: pikepdf.Pdf, name: Name, data: bytes) -> Dictionary:
        scale = 1000 / self.face.units_per_em
        head = self.face.table("head")
        corners = [round(value * scale) for value in struct.unpack_from(">4h", head, 36)]
        angle: float = struct.unpack_from(">i", self.face.table("post"), 4)[0] / 65536
        cap_height = struct.unpack_from(">h", self.face.table("OS/2"), 88)[0] * scale
        fixed = struct.unpack_from(">I", self.face.table("post"), 12)[0]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=SYMBOLIC | (ITALIC if angle else 0) | (FIXED_PITCH if fixed else 0),
            FontBBox=Array(corners),
            ItalicAngle=round(angle, 2),
            Ascent=round(self.face.ascent * 1000),
            Descent=round(-self.face.descent * 1000),
            CapHeight=round(cap_height),
            StemV=STEM_V,
        )
        if data.startswith(b"OTTO"):  # the glyphs' numbers are their names (CIDs): see `Face.subset`
            outlines = table_of(data, b"CFF ")
            descriptor.FontFile3 = pdf.make_stream(outlines, Subtype=Name.CIDFontType0C)
        else:
            descriptor.FontFile2 = pdf.make_stream(data, Length1=len(data))
        return descriptor


def table_of(data: bytes, tag: bytes) -> bytes:
    """A table of a font file (OpenType 1.9, table directory)."""
    count = struct.unpack_from(">H", data, 4)[0]
    for at in range(12, 12 + 16 * count, 16):
        if data[at : at + 4] == tag:
            start, length = struct.unpack_from(">2I", data, at + 8)
            return data[start : start + length]
    raise KeyError(tag)


class FontBook:
    """The faces that content shows, under the names of its font resources."""

    def __init__(self) -> None:
        self._used: dict[str, UsedFace] = {}

    def use(self, face: Face) -> UsedFace:
        used = UsedFace(face)
        return self._used.setdefault(used.name, used)

    def add(self, other: FontBook) -> None:
        """Show what the content of another book shows, too."""
        for used in other._used.values():
            self.use(used.face).add(used.text_of.items())

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font resources of all content drawn with this book."""
        return Dictionary({f"/{name}": used.embedded(pdf) for name, used in sorted(self._used.items())})


def clusters(places: Sequence[int], text: str) -> Iterator[str]:
    """The characters that each glyph stands for; `places` are where its cluster begins in the text, in its order.

    Where several glyphs stand for one character, the first has it and the others have a zero-width space: PDF/A
    wants Unicode for every glyph.
    """
    glyphs_at = Counter(places)
    starts = sorted(glyphs_at)
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: Counter[int] = Counter()
    for start in places:
        first, seen[start] = start + seen[start], seen[start] + 1
        end = ends[start] if seen[start] == glyphs_at[start] else min(first + 1, ends[start])
        yield text[first:end] or ZERO_WIDTH_SPACE


def to_unicode(text_of: dict[int, str]) -> bytes:
    """The CMap that gives each glyph its characters (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    pairs = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(text_of.items())]
    for start in range(0, len(pairs), 100):
        chunk = pairs[start : start + 100]
        lines += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
