"""Do a deck and a handout come from the same source, and from this one?

The files may come from anywhere: another program has saved them, they are damaged, or they are not deckgen's at all.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Literal
from xml.etree import ElementTree

from deckgen.check.pdf_text import read_manifest
from deckgen.model.manifest import NAMESPACE, Manifest, differences, digest_of_parts, from_json

ELEMENT = f"{{{NAMESPACE}}}manifest"
LARGEST = 64 * 2**20
"""Bytes of a part that can be a manifest; a hostile archive may unpack to more than there is memory."""


LARGEST_DECK = 4 * 2**30
"""Bytes of a deck that deckgen could have written."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError, OSError, RuntimeError)
"""What becomes of a file that is damaged."""


def kind_of(data: bytes) -> Literal["deck", "handout", ""]:
    """What a file is by its first bytes; empty if it is neither."""
    if data.startswith(b"PK\x03\x04"):
        return "deck"
    return "handout" if b"%PDF-" in data[:1024] else ""


def manifest_in(name: str, data: bytes) -> Manifest | str:
    """The manifest of a `.pptx` or `.pdf`, or why there is none."""
    kind = kind_of(data)
    if not kind:
        return f"{name} is neither a PowerPoint deck nor a PDF"
    try:
        found = deck_manifest(data) if kind == "deck" else read_manifest(data)
    except UNREADABLE:
        return f"{name} can't be read: it is damaged, or protected by a password"
    if found is None:
        return f"{name} carries no manifest: it was not made by deckgen, or another program has left it out"
    return from_json(found) or f"{name} carries a manifest that this version of deckgen can't read"


def deck_manifest(pptx: bytes) -> bytes | None:
    """The manifest of a deck. Errors: those of `zipfile`."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as package:
        return manifest_part(package)[1]


def manifest_part(package: zipfile.ZipFile) -> tuple[str, bytes | None]:
    """The name and the content of the part that holds the manifest; an empty name and None if there is none.

    It is found by its namespace: other programs number and name custom XML parts anew. Errors: those of `zipfile`.
    """
    for part in package.infolist():
        name = part.filename.lower()
        if "customxml/" in name and name.endswith(".xml") and part.file_size <= LARGEST:
            try:
                root = ElementTree.fromstring(package.read(part))
            except ElementTree.ParseError:
                continue
            if root.tag == ELEMENT:
                return part.filename, (root.text or "").encode()
    return "", None


def as_written(pptx: bytes) -> bool:
    """Whether a deck is as deckgen wrote it, so that nobody has saved it since. What can't be read is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(pptx)) as package:
            own, data = manifest_part(package)
            found = from_json(data or b"")
            if not found or sum(part.file_size for part in package.infolist()) > LARGEST_DECK:
                return False
            parts = ((name, package.read(name)) for name in package.namelist() if name != own)
            return found.written == digest_of_parts(parts)
    except UNREADABLE:
        return False


def apart(manifests: Mapping[str, Manifest]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The differences of each from the last of the named manifests, by both names; empty if all are in step."""
    *others, last = manifests
    found = {(name, last): differences(manifests[name], manifests[last], name, last) for name in others}
    return {names: texts for names, texts in found.items() if texts}
