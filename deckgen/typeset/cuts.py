"""Font files: static faces cut once from the fonts of packages, or of a theme's own folder, into a cache."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

from deckgen.model.family import FontFamily
from deckgen.model.languages import tags
from deckgen.model.theme import Theme

FORMAT = "3"
"""Goes into the name of every cached face: raise it when faces are cut in another way."""
LIGATURES = ("calt", "liga")
SUFFIXES = (".ttf", ".otf", ".ttc")


class Cut(NamedTuple):
    """One face of a family: a weight, upright or italic."""

    family: FontFamily
    bold: bool
    italic: bool
    own: Mapping[str, bytes]
    """The files of the theme's own folder, for a family that has no package."""

    @property
    def weight(self) -> int:
        return self.family.bold if self.bold else self.family.regular

    @property
    def style_name(self) -> str:
        return {(0, 0): "Regular", (1, 0): "Bold", (0, 1): "Italic", (1, 1): "Bold Italic"}[self.bold, self.italic]

    @property
    def file_name(self) -> str:
        family = self.family
        own = [hashlib.sha256(self.own[name]).hexdigest() for name in family.files] if not family.package else []
        origin = (family.package, family.files, family.number, own)
        recipe = repr((FORMAT, origin, sorted(family.axes.items()), self.weight, self.italic))
        digest = hashlib.sha256(recipe.encode()).hexdigest()[:10]
        return f"{family.family}-{self.style_name}-{digest}.ttf".replace(" ", "")


def default_folder() -> Path:
    """Where cut faces are kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    return Path(base).expanduser() / "deckgen" / "fonts"


def user_folder() -> Path | None:
    """Where this user's programs look for fonts; None on Windows, which wants them installed by hand."""
    if sys.platform == "win32":
        return None
    if sys.platform == "darwin":
        return Path("~/Library/Fonts").expanduser() / "deckgen"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "fonts" / "deckgen"


def font_files(theme: Theme, folder: Path, language: str = "en") -> dict[str, bytes]:
    """The font files that a deck of the theme may name, for people to install, and their licences; by file name.

    The faces are made in `folder` if they are not there yet. Families whose package is not installed are left out,
    and so are large ones, which an extra installs, if they are made for other languages.
    """
    families = [theme.fonts[slot] for slot in sorted(theme.fonts)]
    own = tags(language)
    more = [family for family in theme.fallbacks if not family.extra or set(own) & set(family.languages)]
    found: dict[str, bytes] = {}
    for cut in (*cuts(families, theme), *upright_cuts(more, theme)):
        data = cut_file(cut, folder).read_bytes()
        suffix = ".otf" if data.startswith(b"OTTO") else ".ttf"
        found[f"{cut.family.family}-{cut.style_name}{suffix}".replace(" ", "")] = data
        if cut.family.package:
            found |= licences(cut.family.package)
    return found


def cuts(families: Iterable[FontFamily], theme: Theme) -> list[Cut]:
    """All four faces of each family."""
    return [
        Cut(family, bold, italic, theme.font_files)
        for family in families
        for bold in (False, True)
        for italic in (False, True)
    ]


def upright_cuts(families: Iterable[FontFamily], theme: Theme) -> list[Cut]:
    """Both faces of each family that stands in for the theme's fonts, if it is installed."""
    return [
        Cut(family, bold, False, theme.font_files) for family in families if installed(family) for bold in (False, True)
    ]


def installed(family: FontFamily) -> bool:
    """Whether the family's files are on this machine."""
    return not family.package or package_folder(family.package) is not None


@cache
def package_folder(package: str) -> Path | None:
    """The folder of a package of fonts, found without importing it; None if it is not installed."""
    found = importlib.util.find_spec(package) if package.isidentifier() else None
    return Path(found.origin).parent if found and found.origin else None


@cache
def package_files(package: str) -> tuple[Path, ...]:
    folder = package_folder(package)
    return tuple(sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES)) if folder else ()


def licences(package: str) -> dict[str, bytes]:
    """The licence that comes with a package, in it or beside it."""
    folder = package_folder(package)
    beside = folder.parent.glob(f"{package}-*.dist-info/licenses/LICENSE*") if folder else ()
    places = [folder / "LICENSE", *sorted(beside)] if folder else []
    return {f"{package}-LICENSE.txt": place.read_bytes() for place in places[:2] if place.is_file()}


def cut_file(cut: Cut, folder: Path) -> Path:
    """The static font file of a cut; made if it is not in `folder` yet."""
    file = folder / cut.file_name
    if not file.exists():
        import tempfile

        folder.mkdir(parents=True, exist_ok=True)
        data = named(instance(cut), cut)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".tmp", delete=False) as part:
            part.write(data)
        os.replace(part.name, file)
    return file


def original(cut: Cut) -> Any:
    """The face that the cut is made from, as HarfBuzz opens it: a variable one, or the static one of nearest weight.

    Errors: `FileNotFoundError` if there is none, or no italic one for an italic cut.
    """
    family = cut.family
    blobs = {
        file.name: uharfbuzz.Blob.from_file_path(str(file))
        for file in package_files(family.package)
        if not family.files or file.name.startswith(family.files)
    } or {name: uharfbuzz.Blob(cut.own[name]) for name in family.files}
    found = [uharfbuzz.Face(blob, family.number) for name, blob in blobs.items() if ("Italic" in name) == cut.italic]
    if not found:
        what = "italic" if cut.italic else "upright"
        raise FileNotFoundError(f"{family.package or family.family} has no {what} font")
    return found[0] if len(found) == 1 else min(found, key=lambda face: abs(weight_of(face) - cut.weight))


def weight_of(face: Any) -> int:
    """The weight that a static font tells (OpenType `OS/2`, usWeightClass)."""
    return int.from_bytes(face.reference_table("OS/2").data[4:6], "big")


def instance(cut: Cut) -> bytes:
    """The font pinned to the cut's weight and axes."""
    face = original(cut)
    recipe = uharfbuzz.SubsetInput()
    recipe.keep_everything()
    recipe.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2  # PowerPoint and PDF know no outlines of version 2
    has = {axis.tag for axis in face.axis_infos}
    for tag, value in {**cut.family.axes, "wght": float(cut.weight)}.items():
        if tag in has:
            recipe.pin_axis_location(face, tag, value)
    for tag in has - {"wght", *cut.family.axes}:
        recipe.pin_axis_to_default(face, tag)
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
    if font["post"].isFixedPitch and "GSUB" in font:
        without_ligatures(font["GSUB"].table)
    os2 = font["OS/2"]
    os2.usWeightClass = 700 if cut.bold else 400
    os2.fsSelection = os2.fsSelection & ~0b1100001 | (0b1 if cut.italic else 0) | (0b100000 if cut.bold else 0)
    if not (cut.bold or cut.italic):
        os2.fsSelection |= 0b1000000
    font["head"].macStyle = (1 if cut.bold else 0) | (2 if cut.italic else 0)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def without_ligatures(substitutions: Any) -> None:
    """Let code show the characters that were typed in every program: many draw an arrow for `->` unasked."""
    for record in substitutions.FeatureList.FeatureRecord if substitutions.FeatureList else ():
        if record.FeatureTag in LIGATURES:
            record.Feature.LookupListIndex = []
