"""A written deck, taken apart: what stands where in the XML of its parts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from tests.judges.package_check import Element, find, values


@dataclass(frozen=True)
class Opened:
    files: dict[str, bytes]

    def root(self, name: str) -> Element:
        return etree.fromstring(self.files[name])

    def slide(self, number: int = 1) -> Element:
        return self.root(f"ppt/slides/slide{number}.xml")

    def named(self, name: str) -> list[str]:
        """The parts whose name starts so."""
        return [part for part in self.files if part.startswith(name) and part.endswith(".xml")]


def opened(deck: bytes) -> Opened:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        return Opened({name: archive.read(name) for name in archive.namelist()})


def only(root: Element, path: str) -> Element:
    """The one element at a path."""
    (found,) = find(root, path)
    return found


def shape(root: Element, name: str) -> Element:
    """The shape whose name holds this."""
    (found,) = [node for node in find(root, "//p:cNvPr") if name in str(node.get("name"))]
    holder = found.getparent()
    assert holder is not None
    outer = holder.getparent()
    assert outer is not None
    return outer


def markup(node: Element, path: str) -> str:
    """The XML of the one element at a path, without namespaces and extension lists."""
    return etree.tostring(only(node, path), encoding="unicode").partition(">")[2]


def texts(node: Element) -> list[str]:
    """The paragraphs under an element; a line break is a bar."""
    lines = []
    for paragraph in find(node, ".//a:p"):
        runs = find(paragraph, "a:r|a:fld|a:br")
        lines.append("".join("|" if run.tag.endswith("}br") else "".join(values(run, "a:t/text()")) for run in runs))
    return lines
