"""Read the text of a written deck back, as PowerPoint would show it: slide by slide, shape by shape."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from deckgen.check.comparable import formula
from deckgen.check.pptx_charts import ReadChart, read_chart
from deckgen.frozen import frozen
from deckgen.namespaces import MC, P14, A, C, M, P, R

SIGNS = frozenset(f"{M}{name}" for name in ("chr", "begChr", "endChr", "sepChr"))
TEXT, FORMULA, CHART, FALLBACK = f"{A}t", f"{M}oMath", f"{C}chart", f"{MC}Fallback"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@frozen
class SlideText:
    """The text of the slide in reading order, and of its notes."""

    body: str
    notes: str
    charts: tuple[ReadChart, ...] = ()
    """The charts in the order of the slide; their words stand in `body` too."""
    pictures: frozenset[tuple[str, str]] = frozenset()
    """Of each picture: the part of its digest that its file is named by, and its alternative text."""


def read_deck_text(pptx: bytes) -> tuple[SlideText, ...]:
    """The text of the slides of a deck that deckgen wrote."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as package:
        main = "ppt/presentation.xml"
        targets = related(package, main)
        slides = ElementTree.fromstring(package.read(main)).iter(f"{P}sldId")
        return tuple(slide_text(package, targets[slide.attrib[f"{R}id"]][1]) for slide in slides)


def slide_text(package: zipfile.ZipFile, part: str) -> SlideText:
    relations = related(package, part)
    tree = ElementTree.fromstring(package.read(part))
    notes = [target for kind, target in relations.values() if kind == "notesSlide"]
    words: list[str] = []
    charts: list[ReadChart] = []
    for item in content(tree, []):
        if not isinstance(item, str):
            charts.append(chart_at(package, relations[item.attrib[f"{R}id"]][1]))
        words.append(item if isinstance(item, str) else charts[-1].words)
    pictures = [*pictures_of(tree, relations, package), *backdrop_of(tree, relations, package)]
    noted = "".join(part_text(package, target) for target in notes)
    return SlideText("".join(words), noted, tuple(charts), frozenset(pictures))


def chart_at(package: zipfile.ZipFile, part: str) -> ReadChart:
    """A chart part with its workbook."""
    [book] = [target for kind, target in related(package, part).values() if kind == "package"]
    return read_chart(package.read(part), package.read(book))


def part_text(package: zipfile.ZipFile, part: str) -> str:
    """The text runs of a part, in the order in which they stand."""
    tree = ElementTree.fromstring(package.read(part))
    return "".join(item for item in content(tree, []) if isinstance(item, str))


Shown = str | ElementTree.Element


def content(node: ElementTree.Element, found: list[Shown]) -> list[Shown]:
    """The text of runs, formulas as `comparable.formula` has them, and charts, as PowerPoint shows them.

    All after what was `found` before. What other programs show in their place is left out.
    """
    if node.tag == TEXT:
        found.append(node.text or "")
    elif node.tag == FORMULA:
        found.append(formula(letters(node)))
    elif node.tag == CHART:
        found.append(node)
    elif node.tag != FALLBACK:
        for child in node:
            content(child, found)
    return found


def letters(formula: ElementTree.Element) -> str:
    """All characters of a formula: those of its runs, and the signs that its elements name."""
    signs = (node.get(f"{M}val", "") for node in formula.iter() if node.tag in SIGNS)
    return "".join([*(node.text or "" for node in formula.iter(f"{M}t")), *signs])


def pictures_of(
    tree: ElementTree.Element, targets: dict[str, tuple[str, str]], package: zipfile.ZipFile
) -> Iterator[tuple[str, str]]:
    """The pictures of a slide whose files are in the package and not empty."""
    for picture in tree.iter(f"{P}pic"):
        properties, blip = picture.find(f"{P}nvPicPr/{P}cNvPr"), picture.find(f"{P}blipFill/{A}blip")
        if properties is not None and blip is not None:
            file = targets[blip.attrib[f"{R}embed"]][1]
            if package.getinfo(file).file_size:
                yield posixpath.basename(file).partition("-")[0], properties.get("descr", "")
            for clip in picture.iter(f"{P14}media"):
                file = targets[clip.attrib[f"{R}embed"]][1]
                yield posixpath.basename(file).partition("-")[0], properties.get("descr", "")


def backdrop_of(
    tree: ElementTree.Element, targets: dict[str, tuple[str, str]], package: zipfile.ZipFile
) -> Iterator[tuple[str, str]]:
    """The picture that a slide stands on, if its file is in the package and not empty."""
    for blip in tree.iterfind(f"{P}cSld/{P}bg/{P}bgPr/{A}blipFill/{A}blip"):
        file = targets[blip.attrib[f"{R}embed"]][1]
        if package.getinfo(file).file_size:
            yield posixpath.basename(file).partition("-")[0], ""


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
