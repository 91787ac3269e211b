"""Do a deck and a handout come from the same source, and from this one?"""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

from deckgen.check.pdf_text import read_manifest
from deckgen.check.pptx_text import read_deck_text
from deckgen.model.manifest import Manifest, from_json


def manifest_in(name: str, data: bytes) -> Manifest | str:
    """The manifest of a `.pptx` or `.pdf`, or why there is none."""
    try:
        found = read_deck_text(data).manifest if data[:2] == b"PK" else read_manifest(data)
    except (zipfile.BadZipFile, KeyError, ValueError, ElementTree.ParseError):
        return f"{name} is neither a PowerPoint deck nor a PDF, or it is damaged"
    if found is None:
        return f"{name} carries no manifest: it was not made by deckgen, or another program has rewritten it"
    return from_json(found) or f"{name} carries a manifest that this version of deckgen can't read"
