"""The package as bytes: the same parts give the same bytes, and adding a slide costs the same at any length."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree
from pptx.opc.package import OpcPackage, Part, _Relationships
from pptx.presentation import Presentation

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip entry can tell."""
MEDIA = "ppt/media/"
"""The folder of what is compressed already."""
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "fntdata": "application/x-fontdata",
}


class IndexedRelationships(_Relationships):
    """python-pptx's relationships of a part, with an index in place of the walk through all of them."""

    _index: dict[tuple[str, int], str]

    def _get_matching(self, reltype: str, target: Part | str, is_external: bool = False) -> str | None:
        if is_external:
            return super()._get_matching(reltype, target, is_external)
        return self._index.get((reltype, id(target)))

    def _add_relationship(self, reltype: str, target: Part | str, is_external: bool = False) -> str:
        relation = super()._add_relationship(reltype, target, is_external)
        self._index[reltype, id(target)] = relation
        return relation


def index_relationships(presentation: Presentation) -> None:
    """Make `relate_to` of the presentation part take constant time: every slide is related to it.

    Bound to python-pptx 1.0.2; a test compares the parts with and without.
    """
    relations = presentation.part.rels
    relations.__class__ = IndexedRelationships
    assert isinstance(relations, IndexedRelationships)
    relations._index = {
        (relation.reltype, id(relation.target_part)): name
        for name, relation in relations.items()
        if not relation.is_external
    }


def files_of(presentation: Presentation) -> dict[str, bytes]:
    """The parts of the `.pptx` file, in a fixed order and without time, user or machine."""
    package = presentation.part.package
    parts = reachable(package)
    files = {CONTENT_TYPES: content_types(parts), ROOT_RELATIONSHIPS: package._rels.xml}
    for part in parts:
        files[part.partname.membername] = part.blob
        if len(part.rels):
            files[part.partname.rels_uri.membername] = part.rels.xml
    if len(files) != 2 + len(parts) + sum(1 for part in parts if len(part.rels)):
        raise ValueError("two parts of the package have one name")
    return files


def reachable(package: OpcPackage) -> list[Part]:
    """All parts, by name. Without recursion: slides may link to each other in a chain of any length."""
    found: dict[int, Part] = {}
    open_relations = [package._rels]
    while open_relations:
        for relation in open_relations.pop().values():
            if not relation.is_external and id(relation.target_part) not in found:
                found[id(relation.target_part)] = relation.target_part
                open_relations.append(relation.target_part.rels)
    return sorted(found.values(), key=lambda part: natural(part.partname))


def natural(name: str) -> list[str | int]:
    """A key that sorts `slide2` before `slide10`."""
    return [int(piece) if piece.isdigit() else piece for piece in re.split(r"(\d+)", name)]


def content_types(parts: list[Part]) -> bytes:
    """`[Content_Types].xml` (ISO/IEC 29500-2, 7.2.3): every part by name, but for plain XML."""
    root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})  # type: ignore[dict-item]
    for extension, content_type in DEFAULTS.items():
        etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type)
    for part in parts:
        if DEFAULTS.get(part.partname.ext) != part.content_type:
            name = str(part.partname)
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=name, ContentType=part.content_type)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of the files in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_STORED if name.startswith(MEDIA) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=6)
    return buffer.getvalue()
