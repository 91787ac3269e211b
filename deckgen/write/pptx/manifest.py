"""The manifest in the deck: a custom XML part, which PowerPoint keeps and nobody sees.

Reading it back needs no python-pptx: the file may come from another program, or be no deck at all.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.markup import DECLARATION

ITEM_ID = guid("manifest")
"""The id of the data store item; it stays when a program renames the part."""
PROPERTIES = (
    f'{DECLARATION}<ds:datastoreItem ds:itemID="{ITEM_ID}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
)
LARGEST_MANIFEST = 64 * 2**20
TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']+)["']""")


def read_manifest_xml(pptx: bytes) -> bytes | None:
    """The manifest of a deck, also after another program has saved it; None if there is none or the file is no deck."""
    try:
        with zipfile.ZipFile(io.BytesIO(pptx)) as archive:
            for relations in archive.namelist():
                folder, _, file = relations.rpartition("/_rels/")
                if folder and "customxml" in folder.lower() and is_manifest(archive, folder, relations):
                    return read(archive, f"{folder}/{file.removesuffix('.rels')}")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return None
    return None


def is_manifest(archive: zipfile.ZipFile, folder: str, relations: str) -> bool:
    """Whether the item with these relationships has the manifest's id."""
    names = set(archive.namelist())
    for target in TARGET.findall(read(archive, relations)):
        name = posixpath.normpath(posixpath.join("/" + folder, target.decode())).lstrip("/")
        if name in names and ITEM_ID.encode() in read(archive, name).upper():
            return True
    return False


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of the archive. One that is larger than any manifest is a ValueError."""
    if archive.getinfo(name).file_size > LARGEST_MANIFEST:
        raise ValueError(f"{name} is too large")
    return archive.read(name)
