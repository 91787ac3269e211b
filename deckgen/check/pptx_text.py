"""Read the text of a written deck back, as PowerPoint would show it: slide by slide, shape by shape."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class SlideText:
    """The text of the slide in reading order, and of its notes."""

    body: str
    notes: str


def read_deck_text(pptx: bytes) -> tuple[SlideText, ...]:
    """The text of the slides of a deck that deckgen wrote."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as package:
        main = "ppt/presentation.xml"
        targets = related(package, main)
        slides = ElementTree.fromstring(package.read(main)).iter(f"{P}sldId")
        return tuple(slide_text(package, targets[slide.attrib[f"{R}id"]][1]) for slide in slides)


def slide_text(package: zipfile.ZipFile, part: str) -> SlideText:
    notes = [target for kind, target in related(package, part).values() if kind == "notesSlide"]
    return SlideText(part_text(package, part), "".join(part_text(package, target) for target in notes))


def part_text(package: zipfile.ZipFile, part: str) -> str:
    """The text runs of a part, in the order in which they stand."""
    tree = ElementTree.fromstring(package.read(part))
    return "".join(node.text or "" for node in tree.iter(f"{A}t"))


def related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> its kind and the part that it leads to."""
    folder, name = posixpath.split(part)
    try:
        tree = ElementTree.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return {}
    return {
        node.attrib["Id"]: (
            node.attrib["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, node.attrib["Target"])).lstrip("/"),
        )
        for node in tree.iter(RELATIONSHIP)
        if node.get("TargetMode") != "External"
    }
