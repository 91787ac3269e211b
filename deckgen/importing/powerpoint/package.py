"""The parts of a PowerPoint file and how they are related (ISO/IEC 29500-2), read without trust."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from deckgen.namespaces import P, R

STRICT = {
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/presentationml/": b"http://schemas.openxmlformats.org/presentationml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
"""The names of ISO's strict form -> those that everybody writes."""
MOST_PARTS = 20_000
MOST_XML = 40_000_000
MOST_TOGETHER = 1_000_000_000
MOST_RATIO = 200
"""How many times larger than the file all that is packed in it may be, where it is more than a few megabytes."""
FEW = 50_000_000


class BadFile(Exception):
    """The file can't be read as a deck; the message says why, for the person who has it."""


class Relation(NamedTuple):
    kind: str
    """The last word of its type, such as `slideLayout`."""
    target: str
    """The part that it leads to, or the address out of the file."""
    external: bool


class Package:
    """A file. Errors: `BadFile`."""

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            if data.startswith(b"\xd0\xcf\x11\xe0"):
                raise BadFile("it has a password, or is of the old kind .ppt: save it as .pptx without one") from None
            raise BadFile("it is damaged, or no PowerPoint file") from problem
        sizes = [entry.file_size for entry in self.archive.infolist()]
        if len(sizes) > MOST_PARTS or sum(sizes) > MOST_TOGETHER:
            raise BadFile(f"it is too large: {len(sizes)} parts with {sum(sizes) / 1e6:.0f} MB")
        if sum(sizes) > max(FEW, MOST_RATIO * len(data)):
            raise BadFile(f"its {sum(sizes) / 1e6:.0f} MB are packed too tightly to be opened safely")
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self.trees: dict[str, etree._Element] = {}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.names

    def read(self, part: str) -> bytes:
        """The bytes of a part; b"" if there is none."""
        name = self.names.get(part.lower())
        if name is None:
            return b""
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as problem:
            raise BadFile(f"its part {part} is damaged") from problem

    def tree(self, part: str) -> etree._Element:
        """A part in XML."""
        if part not in self.trees:
            name = self.names.get(part.lower())
            if name is None or self.archive.getinfo(name).file_size > MOST_XML:
                raise BadFile(f"its part {part} is {'too large' if name else 'missing'}")
            data = self.read(part)
            for strict, usual in STRICT.items():
                data = data.replace(strict, usual) if strict in data else data
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
            try:
                tree = etree.fromstring(data, parser)
            except (etree.XMLSyntaxError, ValueError) as problem:
                raise BadFile(f"its part {part} is damaged") from problem
            if tree.getroottree().docinfo.internalDTD is not None:
                raise BadFile(f"its part {part} has declarations that no Office file has")
            self.trees[part] = tree
        return self.trees[part]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Of a part; the empty name is the whole file."""
        folder, name = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{name}.rels")
        if own not in self:
            return {}
        return {node.get("Id", ""): relation(node, folder) for node in self.tree(own) if isinstance(node.tag, str)}

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that a part leads to; empty if there is none."""
        found = (one.target for one in self.relations(part).values() if one.kind == kind and not one.external)
        return next((target for target in found if target in self), "")

    @cached_property
    def main(self) -> str:
        found = self.related("", "officeDocument")
        if not found or self.tree(found).tag != f"{P}presentation":
            raise BadFile("it is no PowerPoint deck")
        return found

    def slides(self) -> Iterator[str]:
        """The parts of the slides in their order."""
        relations = self.relations(self.main)
        for node in self.tree(self.main).iterfind(f"{P}sldIdLst/{P}sldId"):
            found = relations.get(node.get(f"{R}id", ""))
            if found and not found.external and found.target in self:
                yield found.target


def relation(node: etree._Element, folder: str) -> Relation:
    external = node.get("TargetMode") == "External"
    target = node.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Relation(node.get("Type", "").rpartition("/")[2], target, external)
