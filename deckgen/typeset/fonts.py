"""The theme's fonts: static faces cut once from variable fonts into a cache, and measured with HarfBuzz."""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import os
import sys
import tempfile
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

from deckgen.model.theme import FontFamily, Theme

FORMAT = "1"
"""Goes into the name of every cached face: raise it when faces are cut in another way."""
PLAIN_CODE = {"calt": False, "liga": False}
"""Code shows the characters that were typed, never a ligature."""


class Cut(NamedTuple):
    """One face of a family: a weight, upright or italic."""

    family: FontFamily
    bold: bool
    italic: bool

    @property
    def weight(self) -> int:
        return self.family.bold if self.bold else self.family.regular

    @property
    def style_name(self) -> str:
        return {(0, 0): "Regular", (1, 0): "Bold", (0, 1): "Italic", (1, 1): "Bold Italic"}[self.bold, self.italic]

    @property
    def file_name(self) -> str:
        recipe = repr((FORMAT, self.family.package, sorted(self.family.axes.items()), self.weight, self.italic))
        digest = hashlib.sha256(recipe.encode()).hexdigest()[:10]
        return f"{self.family.family}-{self.style_name}-{digest}.ttf".replace(" ", "")


class Face:
    """A font file with its metrics, all in ems."""

    def __init__(self, file: Path, mono: bool) -> None:
        self.file = file
        self.features = PLAIN_CODE if mono else {}
        self.hb_face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
        self.font = uharfbuzz.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.units_per_em
        self.descent: float = -extents.descender / self.units_per_em
        self._advances: dict[str, float] = {}

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face has a glyph for."""
        return frozenset(self.hb_face.unicodes)

    def shape(self, text: str) -> Any:
        """The HarfBuzz buffer of a text, shaped with the face's features."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer, self.features)
        return buffer

    def advance(self, text: str) -> float:
        """The width of a text at 1 pt."""
        width = self._advances.get(text)
        if width is None:
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
        recipe.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
        recipe.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE"))
        return bytes(uharfbuzz.subset(self.hb_face, recipe).blob.data)


class Faces:
    """The faces of a theme. Files are made on demand in `folder` and stay there."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.theme = theme
        self.folder = folder
        self._faces: dict[tuple[str, bool, bool], Face] = {}

    def face(self, slot: str, bold: bool = False, italic: bool = False) -> Face:
        """The face of a font slot (`head`, `sans`, `mono`)."""
        found = self._faces.get((slot, bold, italic))
        if found is None:
            file = cut_file(Cut(self.theme.fonts[slot], bold, italic), self.folder)
            found = self._faces[slot, bold, italic] = load(file, slot == "mono")
        return found

    def files(self, families: Iterable[FontFamily]) -> tuple[tuple[Cut, Path], ...]:
        """All four faces of each family, each with its file."""
        cuts = [Cut(family, bold, italic) for family in families for bold in (False, True) for italic in (False, True)]
        return tuple((cut, cut_file(cut, self.folder)) for cut in cuts)


def font_files(theme: Theme, folder: Path) -> dict[str, bytes]:
    """The font files that a deck of the theme names, for people to install, and their licences; by file name.

    The faces are made in `folder` if they are not there yet.
    """
    families = [theme.fonts[slot] for slot in sorted(theme.fonts)]
    files = {
        f"{cut.family.family}-{cut.style_name}.ttf".replace(" ", ""): file.read_bytes()
        for cut, file in Faces(theme, folder).files(families)
    }
    licences = {f"{f.package}-LICENSE.txt": importlib.resources.files(f.package) / "LICENSE" for f in families}
    return files | {name: licence.read_bytes() for name, licence in licences.items()}


def user_folder() -> Path | None:
    """Where this user's programs look for fonts; None on Windows, which wants them installed by hand."""
    if sys.platform == "win32":
        return None
    if sys.platform == "darwin":
        return Path("~/Library/Fonts").expanduser() / "deckgen"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "fonts" / "deckgen"


@cache
def load(file: Path, mono: bool) -> Face:
    return Face(file, mono)


def default_folder() -> Path:
    """Where cut faces are kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    return Path(base).expanduser() / "deckgen" / "fonts"


def cut_file(cut: Cut, folder: Path) -> Path:
    """The static font file of a cut; made if it is not in `folder` yet."""
    file = folder / cut.file_name
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        data = named(instance(source_font(cut), cut), cut)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".tmp", delete=False) as part:
            part.write(data)
        os.replace(part.name, file)
    return file


@lru_cache
def _package_files(package: str) -> tuple[Path, ...]:
    folder = importlib.resources.files(package) / "files"
    return tuple(sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith((".ttf", ".otf"))))


def source_font(cut: Cut) -> Path:
    """The package's upright or italic font: a variable one, or the static one nearest to the cut's weight."""
    files = [f for f in _package_files(cut.family.package) if ("Italic" in f.name) == cut.italic]
    if not files:
        raise FileNotFoundError(f"{cut.family.package} has no {'italic' if cut.italic else 'upright'} font")
    return files[0] if len(files) == 1 else min(files, key=lambda file: abs(weight_of(file) - cut.weight))


def weight_of(file: Path) -> int:
    """The weight that a static font tells (OpenType `OS/2`, usWeightClass)."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    return int.from_bytes(face.reference_table("OS/2").data[4:6], "big")


def instance(file: Path, cut: Cut) -> bytes:
    """The font pinned to the cut's weight and axes; a static one as it is."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    if not face.has_var_data:
        return file.read_bytes()
    recipe = uharfbuzz.SubsetInput()
    recipe.keep_everything()
    for tag, value in {**cut.family.axes, "wght": float(cut.weight)}.items():
        recipe.pin_axis_location(face, tag, value)
    return bytes(uharfbuzz.subset(face, recipe).blob.data)


def named(data: bytes, cut: Cut) -> bytes:
    """The font under the family and style name by which PowerPoint and fontconfig find it."""
    from fontTools.ttLib import TTFont  # Needed only once on a machine, where a face is cut.

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 7, 13, 14)]
    family, style = cut.family.family, cut.style_name
    postscript = f"{family}-{style}".replace(" ", "")
    for name_id, value in (
        (1, family),
        (2, style),
        (3, f"{postscript};deckgen"),
        (4, f"{family} {style}"),
        (6, postscript),
    ):
        names.setName(value, name_id, 3, 1, 0x409)
    for tag in ("STAT", "DSIG"):
        if tag in font:
            del font[tag]
    os2 = font["OS/2"]
    os2.usWeightClass = 700 if cut.bold else 400
    os2.fsSelection = os2.fsSelection & ~0b1100001 | (0b1 if cut.italic else 0) | (0b100000 if cut.bold else 0)
    if not (cut.bold or cut.italic):
        os2.fsSelection |= 0b1000000
    font["head"].macStyle = (1 if cut.bold else 0) | (2 if cut.italic else 0)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
