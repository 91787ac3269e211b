"""What PowerPoint does to a deck when somebody saves it without an edit, as far as decks that it saved show it.

PowerPoint reads a deck into objects of its own and writes them anew: it keeps what is shown, the names of slides and
shapes, alternative texts, creation ids and custom XML, and nothing of how the XML was put.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from deckgen.namespaces import MC, A, C, M, P, R

Element = Any
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
A16 = "http://schemas.microsoft.com/office/drawing/2014/main"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
SIGNS = {ord("-"): 0x2212, ord("*"): 0x2217}
ROW = "{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}"
PARTS = re.compile(r"ppt/(slides|slideLayouts|slideMasters|notesSlides)/[^/]+\.xml")
ITALIC = {
    ord(sign): start + i
    for signs, start in (
        ("abcdefg", 0x1D44E), ("ijklmnopqrstuvwxyz", 0x1D456), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0x1D434), ("h", 0x210E),
        ("".join(map(chr, range(0x3B1, 0x3CA))), 0x1D6FC),
    )
    for i, sign in enumerate(signs)
}  # fmt: skip
"""The letters that PowerPoint sets formulas in."""


def saved_by_powerpoint(data: bytes) -> bytes:
    """The deck as it is after File, Save."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = renamed(parts)
    trees = {names[name]: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    for name, tree in trees.items():
        if PARTS.fullmatch(name):
            for rewrite in SLIDE:
                rewrite(tree)
        elif name.startswith("ppt/charts/chart"):
            numbers_in_full(tree)
    for old, new in names.items():
        if old.endswith(".rels"):
            tree = relations(trees[new], home(old), names)
            part = trees.get(home(old))
            renumbered(tree, part) if part is not None else None
    for override in trees["[Content_Types].xml"]:
        if "PartName" in override.attrib:
            override.set("PartName", f"/{names[override.get('PartName', '')[1:]]}")
    trees["docProps/app.xml"][0].text = "Microsoft Office PowerPoint"
    written = {name: DECLARATION + etree.tostring(tree, encoding="utf-8") for name, tree in trees.items()}
    media = {names[name]: part for name, part in parts.items() if names[name] not in written}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted({**written, **media}.items()):
            package.writestr(name, content)
    return buffer.getvalue()


def home(rels: str) -> str:
    """The part whose relationships these are."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def renamed(parts: dict[str, bytes]) -> dict[str, str]:
    """Media are numbered by kind, and custom XML is found by its relationships alone."""
    counts = {kind: itertools.count(1) for kind in ("image", "media")}
    found = {}
    for name in parts:
        new = name
        if name.startswith("ppt/media/"):
            kind = "media" if "-clip." in name else "image"
            new = f"ppt/media/{kind}{next(counts[kind])}{PurePosixPath(name).suffix}"
        found[name] = re.sub(r"(customXml/(?:_rels/)?item(?:Props)?)1", r"\g<1>3", new)
    return found


def relations(tree: Element, source: str, names: dict[str, str]) -> Element:
    """Their targets by the new names, and in another order."""
    for node in tree:
        if node.get("TargetMode") != "External":
            target = node.get("Target", "")
            full = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target))[1:]
            if names.get(full, full) != full:
                changed = posixpath.relpath(names[full], posixpath.dirname(source) or ".")
                node.set("Target", changed)
    tree[:] = list(reversed(tree))
    return tree


def renumbered(tree: Element, part: Element) -> None:
    """Their ids count from 1 again, and the part names them by those."""
    new = {node.get("Id", ""): f"rId{number}" for number, node in enumerate(tree, start=1)}
    for node in tree:
        node.set("Id", new[node.get("Id", "")])
    for node in part.iter():
        for key, value in node.attrib.items():
            if str(key).startswith(R) and value in new:
                node.set(key, new[str(value)])


def local_pixels(tree: Element) -> None:
    """`useLocalDpi` on every picture."""
    for blip in tree.iter(f"{A}blip"):
        extensions = blip.find(f"{A}extLst")
        extensions = etree.SubElement(blip, f"{A}extLst") if extensions is None else extensions
        own = etree.Element(f"{A}ext", uri="{28A0092B-C50C-407E-A947-70E740481C1C}")
        etree.SubElement(own, f"{{{A14}}}useLocalDpi", {"val": "0"}, nsmap={"a14": A14})
        extensions.insert(0, own)


def ends_of_paragraphs(tree: Element) -> None:
    for paragraph in tree.iter(f"{A}p"):
        if paragraph.find(f"{A}endParaRPr") is None:
            etree.SubElement(paragraph, f"{A}endParaRPr", lang="en-US", dirty="0")


def spelling(tree: Element) -> None:
    """Runs are divided where a word is in another language, or not in the dictionary."""
    for run in list(tree.iter(f"{A}r")):
        properties, text = run.find(f"{A}rPr"), run.find(f"{A}t")
        if properties is None or text is None:
            continue
        properties.set("dirty", "0")
        before, space, after = (text.text or "").rpartition(" ")
        if space and after:
            rest: Element = etree.fromstring(etree.tostring(run))
            text.text, rest.find(f"{A}t").text = before + space, after
            for key, value in (("lang", "de-DE"), ("err", "1")):
                rest.find(f"{A}rPr").set(key, value)
            run.addnext(rest)


def row_ids(tree: Element) -> None:
    """Rows and columns of tables have ids of their own."""
    for number, node in enumerate(tree.iter(f"{A}tr", f"{A}gridCol")):
        what = "rowId" if node.tag == f"{A}tr" else "colId"
        if next(node.iter(f"{A}extLst"), None) is None:
            extension = etree.SubElement(etree.SubElement(node, f"{A}extLst"), f"{A}ext", uri=ROW)
            etree.SubElement(extension, f"{{{A16}}}{what}", {"val": str(10000 + number)}, nsmap={"a16": A16})


def formulas(tree: Element) -> None:
    """Every letter is a run, in italics a sign of its own; others get a picture of the formula."""
    for run in list(tree.iter(f"{M}r")):
        properties, text = run.find(f"{A}rPr"), run.find(f"{M}t")
        italic = properties is not None and properties.get("i") == "1"
        for sign in text.text or "":
            own: Element = etree.fromstring(etree.tostring(run))
            own.find(f"{M}t").text = (sign.translate(ITALIC) if italic else sign).translate(SIGNS)
            run.addprevious(own)
        run.getparent().remove(run)
    for fallback in tree.iter(f"{MC}Fallback"):
        if next(fallback.getparent().iter(f"{M}oMath"), None) is not None:
            for text in fallback.iter(f"{A}t"):
                text.text = " "


def connectors(tree: Element) -> None:
    """Of alternatives that PowerPoint knows the first alone is left, but for formulas."""
    for node in list(tree.iter(f"{MC}AlternateContent")):
        choice = node.find(f"{MC}Choice")
        if next(choice.iter(f"{M}oMath"), None) is None and next(choice.iter(f"{P}cxnSp"), None) is not None:
            for child in choice:
                node.addprevious(child)
            node.getparent().remove(node)


def today(tree: Element) -> None:
    """Fields have their values of the day."""
    for field in tree.iter(f"{A}fld"):
        field.find(f"{A}t").text = "<#>"


def shrunk(tree: Element) -> None:
    """Text that has little room is shrunk."""
    for fit in tree.iter(f"{A}normAutofit"):
        fit.set("fontScale", "92500")
        fit.set("lnSpcReduction", "10000")


def described(tree: Element) -> None:
    """An empty description of what is no decoration is left out."""
    for node in tree.iter(f"{P}cNvPr"):
        if node.get("descr") == "":
            del node.attrib["descr"]


def numbers_in_full(tree: Element) -> None:
    """Numbers of charts are written with 17 digits."""
    for value in numbers(tree):
        value.text = f"{float(value.text or 0):.17g}"


def numbers(tree: Element) -> Iterator[Element]:
    for cache in tree.iter(f"{C}numCache", f"{C}numLit"):
        yield from cache.iter(f"{C}v")


SLIDE: tuple[Callable[[Element], None], ...] = (
    local_pixels, ends_of_paragraphs, spelling, row_ids, formulas, connectors, today, shrunk, described,
)  # fmt: skip
