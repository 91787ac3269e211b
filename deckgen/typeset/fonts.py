"""The theme's faces, measured with HarfBuzz, and those that stand in for them where they lack a character."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

from deckgen.model.family import FontFamily
from deckgen.model.languages import tags
from deckgen.model.theme import Theme
from deckgen.typeset.cuts import Cut, cut_file, cuts, installed, original, upright_cuts

MOST_ADVANCES = 200_000
"""Widths that a face remembers: more than any talk has, not more than a process can hold that sees many."""
PLAIN_CODE = {"calt": False, "liga": False}
"""Code shows the characters that were typed, never a ligature."""
UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff")
"""Characters that show nothing and need no glyph."""


class Font(NamedTuple):
    """A font file as HarfBuzz has it open."""

    face: Any
    font: Any


@cache
def opened(file: Path) -> Font:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    return Font(face, uharfbuzz.Font(face))


class Face:
    """A font file with its metrics, all in ems."""

    def __init__(self, file: Path, mono: bool, language: str = "en") -> None:
        self.file = file
        self.features = PLAIN_CODE if mono else {}
        self.language = language
        self.hb_face, self.font = opened(file)
        self.units_per_em: int = self.hb_face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.units_per_em
        self.descent: float = -extents.descender / self.units_per_em
        self._advances: dict[str, float] = {}

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face has a glyph for."""
        return frozenset(self.hb_face.unicodes)

    def covers(self, text: str) -> bool:
        """Whether the face has a glyph for every character that needs one."""
        return self.characters.issuperset(map(ord, text)) or all(
            ord(c) in self.characters or c in UNSEEN or c in "\n\t" for c in text
        )

    def shape(self, text: str, right_to_left: bool | None = None) -> Any:
        """The HarfBuzz buffer of a text of one script, its glyphs from left to right.

        The direction is that of the script if none is told.
        """
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = self.language
        if right_to_left is not None:
            buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self.font, buffer, self.features)
        return buffer

    def advance(self, text: str) -> float:
        """The width of a text at 1 pt."""
        width = self._advances.get(text)
        if width is None:
            if len(self._advances) >= MOST_ADVANCES:
                self._advances.clear()
            width = sum(p.x_advance for p in self.shape(text).glyph_positions) / self.units_per_em
            self._advances[text] = width
        return width

    @property
    def postscript_name(self) -> str:
        return self.file.stem.rpartition("-")[0]

    def table(self, tag: str) -> bytes:
        """An OpenType table of the file."""
        return bytes(self.hb_face.reference_table(tag).data)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """The font file with these glyphs alone, under their own numbers, without layout tables."""
        recipe = uharfbuzz.SubsetInput()
        recipe.glyph_set.update(glyphs)
        flags = uharfbuzz.SubsetFlags
        recipe.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.CFF_IDENTITY_CHARSET
        recipe.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE"))
        return bytes(uharfbuzz.subset(self.hb_face, recipe).blob.data)


class Faces:
    """The faces of a theme for a deck in `language`. Files are made on demand in `folder` and stay there."""

    def __init__(self, theme: Theme, folder: Path, language: str = "en") -> None:
        self.theme = theme
        self.folder = folder
        self.language = language
        self._faces: dict[tuple[str, bool, bool], Face] = {}

    def face(self, slot: str, bold: bool = False, italic: bool = False) -> Face:
        """The face of a font slot (`head`, `sans`, `mono`)."""
        return self._face(self.theme.fonts[slot], slot, bold, italic)

    def fallback(self, family: str, bold: bool = False) -> Face:
        """The upright face of a family that the theme names under `fallbacks`."""
        found = next(f for f in self.theme.fallbacks if f.family == family)
        return self._face(found, f"fallback {family}", bold, False)

    def fallback_for(self, text: str, language: str) -> str:
        """The family that stands in for a text of this language; empty if no installed family has it all."""
        families = fallbacks(self.theme, language)
        return next((family.family for family in families if covers(family, text, self.theme)), "")

    def files(self, families: Iterable[FontFamily]) -> tuple[tuple[Cut, Path], ...]:
        """All four faces of each family, each with its file."""
        return tuple((cut, cut_file(cut, self.folder)) for cut in cuts(families, self.theme))

    def opened(self, file: Path) -> Face:
        return Face(file, False, self.language)

    def fallback_files(self, families: Iterable[str]) -> tuple[tuple[Cut, Path], ...]:
        """The faces of these fallback families, each with its file."""
        wanted = frozenset(families)
        found = [family for family in self.theme.fallbacks if family.family in wanted]
        return tuple((cut, cut_file(cut, self.folder)) for cut in upright_cuts(found, self.theme))

    def _face(self, family: FontFamily, slot: str, bold: bool, italic: bool) -> Face:
        found = self._faces.get((slot, bold, italic))
        if found is None:
            file = cut_file(Cut(family, bold, italic, self.theme.font_files), self.folder)
            found = self._faces[slot, bold, italic] = Face(file, slot == "mono", self.language)
        return found


def fallbacks(theme: Theme, language: str) -> list[FontFamily]:
    """The installed fallback families of a theme, those made for the language first."""
    own = tags(language)

    def rank(family: FontFamily) -> int:
        return next((i for i, tag in enumerate(own) if tag in family.languages), len(own))

    return sorted((family for family in theme.fallbacks if installed(family)), key=rank)


def covers(family: FontFamily, text: str, theme: Theme) -> bool:
    key = (family.package, family.files, family.number)
    characters = repertoire(*key) if family.package else own_repertoire(family, theme)
    return all(ord(c) in characters or c in UNSEEN for c in text)


@lru_cache
def repertoire(package: str, files: tuple[str, ...], number: int) -> frozenset[int]:
    """The characters of a package's family, known before it is cut."""
    family = FontFamily(family="", package=package, files=files, number=number)
    return frozenset(original(Cut(family, False, False, {})).unicodes)


def own_repertoire(family: FontFamily, theme: Theme) -> frozenset[int]:
    return frozenset(original(Cut(family, False, False, theme.font_files)).unicodes)
