"""LibreOffice as a judge: how it draws a deck, with our fonts and without autofit."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from deckgen.model.theme import Theme
from deckgen.typeset.cuts import default_folder, font_files
from deckgen.units import Box

HTML = "{http://www.w3.org/1999/xhtml}"
AUTOFIT = re.compile(rb"<a:normAutofit\s*/>")
SECONDS = 240


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the left upper corner."""

    text: str
    box: Box


def without_autofit(source: Path, target: Path) -> None:
    """The deck with text left at its size: LibreOffice would shrink it and hide what does not fit."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, AUTOFIT.sub(b"<a:noAutofit/>", data) if name.endswith(".xml") else data)


def to_pdf(deck: Path, theme: Theme, folder: Path, language: str = "en") -> Path:
    """The deck as LibreOffice prints it, with the theme's fonts installed."""
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    for name, data in font_files(theme, default_folder(), language).items():
        (fonts / name).write_bytes(data)
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/fontcache</cachedir></fontconfig>"
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(deck)],
        check=True, capture_output=True, timeout=SECONDS, env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )  # fmt: skip
    return folder / f"{deck.stem}.pdf"


def saved_again(deck: Path, folder: Path) -> bytes:
    """The deck as LibreOffice saves what it has understood of it."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pptx",
         "--outdir", str(folder / "again"), str(deck)],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip
    return (folder / "again" / deck.name).read_bytes()


def words_of(pdf: Path) -> list[list[Word]]:
    """The words of each page, as Poppler finds them."""
    out = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=SECONDS).stdout
    clean = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", out)
    pages = []
    for page in ElementTree.fromstring(clean).iter(f"{HTML}page"):
        words = []
        for node in page.iter(f"{HTML}word"):
            x1, y1, x2, y2 = (float(node.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax"))
            words.append(Word(node.text or "", Box(x1, y1, x2 - x1, y2 - y1)))
        pages.append(words)
    return pages


def lines_in(words: list[Word], box: Box, leading_pt: float) -> list[str]:
    """The lines of text whose words have their middle in a box."""
    inside = [word for word in words if within(middle(word.box), box)]
    lines: list[tuple[float, list[Word]]] = []
    for word in sorted(inside, key=lambda word: word.box.bottom):
        if lines and word.box.bottom - lines[-1][0] < leading_pt * 0.45:
            lines[-1][1].append(word)
        else:
            lines.append((word.box.bottom, [word]))
    return [" ".join(word.text for word in sorted(members, key=lambda word: word.box.x)) for _, members in lines]


def middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def within(point: tuple[float, float], box: Box) -> bool:
    return box.x - 1 <= point[0] <= box.right + 1 and box.y - 1 <= point[1] <= box.bottom + 1
