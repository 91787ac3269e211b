"""Read the text of a written deck back, as PowerPoint would show it: slide by slide, shape by shape."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from xml.etree import ElementTree

from deckgen.check.comparable import formula
from deckgen.check.pptx_charts import ReadChart, read_chart
from deckgen.frozen import frozen
from deckgen.keep import Keep
from deckgen.namespaces import MC, P14, A, C, M, P, R

SIGNS = frozenset(f"{M}{name}" for name in ("chr", "begChr", "endChr", "sepChr"))
TEXT, FORMULA, CHART, FALLBACK = f"{A}t", f"{M}oMath", f"{C}chart", f"{MC}Fallback"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
Target = tuple[str, str]
"""The kind of a relationship, and the part that it leads to."""


@frozen
class SlideText:
    """The text of the slide in reading order, and of its notes."""

    body: str
    notes: str
    charts: tuple[ReadChart, ...] = ()
    """The charts in the order of the slide; their words stand in `body` too."""
    pictures: frozenset[tuple[str, str]] = frozenset()
    """Of each picture: the part of its digest that its file is named by, and its alternative text."""


@frozen
class PartText:
    """What a part says, whatever its references lead to."""

    words: tuple[str | Reference, ...]
    """Its text runs in order, with the relationships of charts between them."""
    pictures: tuple[tuple[Reference, str], ...]
    """Of each picture, and each clip, the relationship and the alternative text."""


class Reference(str):
    """The id of a relationship."""


def read_deck_text(pptx: bytes, keep: Keep | None = None) -> tuple[SlideText, ...]:
    """The text of the slides of a deck that deckgen wrote. `keep` holds what parts said that were read before."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as package:
        deck = ReadPackage(package, keep or Keep())
        main = "ppt/presentation.xml"
        targets = deck.related(main)
        slides = ElementTree.fromstring(package.read(main)).iter(f"{P}sldId")
        return tuple(deck.slide_text(targets[slide.attrib[f"{R}id"]][1]) for slide in slides)


@frozen
class ReadPackage:
    """A deck that is open."""

    package: zipfile.ZipFile
    keep: Keep

    def slide_text(self, part: str) -> SlideText:
        relations, own = self.related(part), self.text_of(part)
        words: list[str] = []
        charts: list[ReadChart] = []
        for item in own.words:
            if isinstance(item, Reference):
                charts.append(self.chart_at(relations[item][1]))
            words.append(charts[-1].words if isinstance(item, Reference) else item)
        notes = [self.text_of(target) for kind, target in relations.values() if kind == "notesSlide"]
        noted = "".join(word for text in notes for word in text.words if not isinstance(word, Reference))
        return SlideText("".join(words), noted, tuple(charts), frozenset(self.pictures(own, relations)))

    def pictures(self, own: PartText, relations: Mapping[str, Target]) -> Iterator[tuple[str, str]]:
        """The pictures and clips of a slide whose files are in the package and not empty."""
        for reference, alternative in own.pictures:
            file = relations[reference][1]
            if self.package.getinfo(file).file_size:
                yield posixpath.basename(file).partition("-")[0], alternative

    def text_of(self, part: str) -> PartText:
        data = self.package.read(part)
        return self.keep.recall(part, data, partial(part_text, data))

    def chart_at(self, part: str) -> ReadChart:
        """A chart part with its workbook."""
        [book] = [target for kind, target in self.related(part).values() if kind == "package"]
        chart, workbook = self.package.read(part), self.package.read(book)
        return self.keep.recall(part, (chart, workbook), partial(read_chart, chart, workbook))

    def related(self, part: str) -> dict[str, Target]:
        """Relationship id -> its kind and the part that it leads to."""
        folder, name = posixpath.split(part)
        file = f"{folder}/_rels/{name}.rels"
        try:
            data = self.package.read(file)
        except KeyError:
            return {}
        return self.keep.recall(file, data, partial(targets_in, data, folder))


def part_text(data: bytes) -> PartText:
    tree = ElementTree.fromstring(data)
    words = [item if isinstance(item, str) else Reference(item.attrib[f"{R}id"]) for item in content(tree, [])]
    return PartText(tuple(words), (*pictures_of(tree), *backdrop_of(tree)))


Shown = str | ElementTree.Element
"""A text run, or the frame of a chart."""


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


def pictures_of(tree: ElementTree.Element) -> Iterator[tuple[Reference, str]]:
    """The pictures and clips of a slide."""
    for picture in tree.iter(f"{P}pic"):
        properties, blip = picture.find(f"{P}nvPicPr/{P}cNvPr"), picture.find(f"{P}blipFill/{A}blip")
        if properties is not None and blip is not None:
            for node in (blip, *picture.iter(f"{P14}media")):
                yield Reference(node.attrib[f"{R}embed"]), properties.get("descr", "")


def backdrop_of(tree: ElementTree.Element) -> Iterator[tuple[Reference, str]]:
    """The picture that a slide stands on."""
    for blip in tree.iterfind(f"{P}cSld/{P}bg/{P}bgPr/{A}blipFill/{A}blip"):
        yield Reference(blip.attrib[f"{R}embed"]), ""


def targets_in(relationships: bytes, folder: str) -> dict[str, Target]:
    """The targets of a part in this folder, by the ids of its relationships."""
    return {
        node.attrib["Id"]: (
            node.attrib["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, node.attrib["Target"])).lstrip("/"),
        )
        for node in ElementTree.fromstring(relationships).iter(RELATIONSHIP)
        if node.get("TargetMode") != "External"
    }
