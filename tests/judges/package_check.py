"""A judge of `.pptx` packages that knows nothing of their writer: rules that schema validators do not check.

Everything that a rule refers to is in ISO/IEC 29500: part 2 for the package, part 1 for the parts.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "a16": "http://schemas.microsoft.com/office/drawing/2014/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "r": OFFICE,
}
TYPE_OF_RELATION = {
    "handoutMaster": "handoutMaster+xml", "notesMaster": "notesMaster+xml", "notesSlide": "notesSlide+xml",
    "presProps": "presProps+xml", "slide": "presentationml.slide+xml", "slideLayout": "slideLayout+xml",
    "slideMaster": "slideMaster+xml", "tableStyles": "tableStyles+xml", "theme": "theme+xml",
    "viewProps": "viewProps+xml", "customXmlProps": "customXmlProperties+xml",
}  # fmt: skip
NEEDED_RELATIONS = {
    "slides": ("slideLayout",),
    "slideLayouts": ("slideMaster",),
    "slideMasters": ("theme",),
    "notesMasters": ("theme",),
    "handoutMasters": ("theme",),
    "notesSlides": ("notesMaster", "slide"),
}
DRAWN = re.compile(r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters|handoutMasters)/[^/]+\.xml")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?(-[a-z0-9]+)*")
GUID = re.compile(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
NEVER_EMPTY = (
    "p:txBody", "a:txBody", "p:nvPr//p:extLst", "a:extLst", "p:extLst", "a:solidFill", "a:tcBdr/*", "p:sldIdLst",
    "p14:sldIdLst", "a:tblGrid", "a:tr", "p:sldLayoutIdLst", "p:cSld",
)  # fmt: skip
"""Elements that PowerPoint wants to repair, or that say nothing, if they have no children."""

Element = etree._Element


class Relation(NamedTuple):
    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """The files of a deck, read without any library for PowerPoint."""

    names: list[str]
    files: dict[str, bytes]
    problems: list[str] = field(default_factory=list)

    @cached_property
    def xml(self) -> dict[str, Element]:
        parsed: dict[str, Element] = {}
        for name, data in self.files.items():
            if name.endswith((".xml", ".rels")):
                try:
                    parsed[name] = etree.fromstring(data)
                except etree.XMLSyntaxError as problem:
                    self.problems.append(f"{name}: not well-formed: {problem}")
        return parsed

    @cached_property
    def parts(self) -> dict[str, Element]:
        """The XML parts, without relationships and content types."""
        return {
            name: root for name, root in self.xml.items() if name.endswith(".xml") and name != "[Content_Types].xml"
        }

    @cached_property
    def drawn(self) -> dict[str, Element]:
        """Slides, layouts, masters and notes pages."""
        return {name: root for name, root in self.parts.items() if DRAWN.fullmatch(name)}

    @cached_property
    def content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Defaults by extension, overrides by part name."""
        root = self.xml.get("[Content_Types].xml")
        entries = [] if root is None else list(root)
        defaults = {str(e.get("Extension")).lower(): str(e.get("ContentType")) for e in entries if e.get("Extension")}
        overrides = {str(e.get("PartName")): str(e.get("ContentType")) for e in entries if e.get("PartName")}
        return defaults, overrides

    def content_type(self, name: str) -> str:
        defaults, overrides = self.content_types
        return overrides.get(f"/{name}") or defaults.get(name.rpartition(".")[2].lower(), "")

    @cached_property
    def relations(self) -> dict[str, dict[str, Relation]]:
        """Source part (empty for the package) -> relationship id -> relation."""
        return {source_of(name): dict(read_relations(name, root)) for name, root in self.xml.items() if is_rels(name)}

    def query(self, name: str, path: str) -> list[Element]:
        return find(self.parts[name], path) if name in self.parts else []


def find(root: Element, path: str) -> list[Element]:
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [item for item in found if isinstance(item, etree._Element)]


def values(root: Element, path: str) -> list[str]:
    """The attributes that a path ends in."""
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(item) for item in found]


def is_rels(name: str) -> bool:
    return name.endswith(".rels")


def source_of(rels: str) -> str:
    folder, file = posixpath.split(rels)
    return posixpath.normpath(posixpath.join(folder, "..", file.removesuffix(".rels"))) if file != ".rels" else ""


def read_relations(name: str, root: Element) -> Iterator[tuple[str, Relation]]:
    folder = posixpath.dirname(source_of(name))
    for node in root:
        target = str(node.get("Target"))
        external = node.get("TargetMode") == "External"
        if not external:
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield str(node.get("Id")), Relation(str(node.get("Type")).rpartition("/")[2], target, external)


def twice(items: Iterable[str]) -> list[str]:
    return sorted(item for item, count in Counter(items).items() if count > 1)


def entries(package: Package) -> Iterator[str]:
    """Every file has one entry, a content type and somebody who refers to it."""
    for name in twice(name.lower() for name in package.names):
        yield f"{name}: two entries of this name"
    defaults, overrides = package.content_types
    for name in overrides:
        if name[1:] not in package.files:
            yield f"{name}: content type of a missing part"
    targets = {relation.target for relations in package.relations.values() for relation in relations.values()}
    for name in package.files:
        if name == "[Content_Types].xml":
            continue
        if not package.content_type(name):
            yield f"{name}: no content type"
        if not is_rels(name) and name not in targets:
            yield f"{name}: nothing refers to it"
    if "rels" not in defaults:
        yield "no content type for relationships"


def relations(package: Package) -> Iterator[str]:
    """Relationships have distinct ids, existing targets of the right type, and everything that uses one has it."""
    for name, root in package.xml.items():
        if is_rels(name):
            for repeated in twice(str(node.get("Id")) for node in root):
                yield f"{name}: two relationships {repeated}"
    for source, found in package.relations.items():
        if source and source not in package.files:
            yield f"{source}: relationships of a missing part"
        for relation in found.values():
            if relation.external:
                if not re.fullmatch(r"[!#-;=?-\[\]_a-z~%&']+", relation.target):
                    yield f"{source}: address {relation.target!r} is no URI"
            elif relation.target not in package.files:
                yield f"{source}: target {relation.target} is missing"
            elif TYPE_OF_RELATION.get(relation.kind, "") not in package.content_type(relation.target):
                yield f"{relation.target}: its content type does not suit relationship {relation.kind}"
    for name, root in package.parts.items():
        for used in values(root, "//@r:*"):
            if used and used not in package.relations.get(name, {}):
                yield f"{name}: refers to relationship {used}, which it has not"


def needed_relations(package: Package) -> Iterator[str]:
    for name in package.drawn:
        kinds = [relation.kind for relation in package.relations.get(name, {}).values()]
        for kind in NEEDED_RELATIONS[name.split("/")[1]]:
            if kinds.count(kind) != 1:
                yield f"{name}: {kinds.count(kind)} relationships to a {kind}, not one"


def used_relations(package: Package) -> Iterator[str]:
    """Hyperlinks that no text uses any more point to slides that somebody may delete."""
    for name, root in package.drawn.items():
        used = set(values(root, "//@r:*"))
        for relation_id, relation in package.relations.get(name, {}).items():
            if relation.kind == "hyperlink" and relation_id not in used:
                yield f"{name}: hyperlink {relation_id} is not used"


def presentation(package: Package) -> Iterator[str]:
    """Slides, masters and layouts are listed once, under ids of their own, in the ranges of the schema."""
    name = "ppt/presentation.xml"
    if name not in package.parts:
        yield "no presentation"
        return
    root, own = package.parts[name], package.relations.get(name, {})
    ids = values(root, "p:sldIdLst/p:sldId/@id")
    yield from (f"two slides have id {number}" for number in twice(ids))
    yield from (f"slide id {number} is out of range" for number in ids if not 256 <= int(number) < 2**31)
    listed = [own[relation].target for relation in values(root, "p:sldIdLst/p:sldId/@r:id") if relation in own]
    yield from (f"{slide}: listed twice" for slide in twice(listed))
    slides = [part for part in package.drawn if part.startswith("ppt/slides/")]
    yield from (f"{slide}: not in the list of slides" for slide in slides if slide not in listed)
    masters = values(root, "p:sldMasterIdLst/p:sldMasterId/@id")
    for part in package.drawn:
        masters += values(package.parts[part], "p:sldLayoutIdLst/p:sldLayoutId/@id")
    yield from (f"two masters or layouts have id {number}" for number in twice(masters))
    yield from (f"master or layout id {number} is out of range" for number in masters if int(number) < 2**31)
    yield from sections(root, ids)


def sections(root: Element, slide_ids: list[str]) -> Iterator[str]:
    """Every slide stands in one section, in the order of the deck."""
    found = find(root, ".//p14:section")
    listed = values(root, ".//p14:section//p14:sldId/@id")
    if found and listed != slide_ids:
        yield f"sections list {listed}, the deck has {slide_ids}"
    yield from (f"two sections have id {guid}" for guid in twice(str(s.get("id")) for s in found))
    yield from (f"section {s.get('name')!r} has no GUID" for s in found if not GUID.fullmatch(str(s.get("id"))))
    yield from ("a section has no name" for s in found if not s.get("name"))


def shapes(package: Package) -> Iterator[str]:
    """Ids and creation ids are unique on a slide; placeholders exist on the layout; what is not text has words."""
    for name, root in package.drawn.items():
        for attribute, path in (("id", f"//p:cNvPr{SHOWN}/@id"), ("creation id", f"//a16:creationId{SHOWN}/@id")):
            yield from (f"{name}: {attribute} {value} twice" for value in twice(values(root, path)))
        yield from (
            f"{name}: creation id {v} is no GUID" for v in values(root, "//a16:creationId/@id") if not GUID.fullmatch(v)
        )
        if name.startswith("ppt/slides/"):
            yield from (
                f"{name}: name {value!r} twice" for value in twice(values(root, f"//p:cNvPr[@name!='']{SHOWN}/@name"))
            )
            yield from placeholders(package, name, root)
        for shape in find(root, "//a:stCxn|//a:endCxn"):
            if str(shape.get("id")) not in values(root, "//p:cNvPr/@id"):
                yield f"{name}: a connector is tied to shape {shape.get('id')}, which is missing"


SHOWN = "[not(ancestor::mc:Fallback)]"
"""What a program shows that knows all extensions."""


def placeholders(package: Package, name: str, root: Element) -> Iterator[str]:
    layouts = [r.target for r in package.relations.get(name, {}).values() if r.kind == "slideLayout"]
    slots = [
        (str(ph.get("type", "obj")), str(ph.get("idx", "0")))
        for layout in layouts
        for ph in package.query(layout, "//p:ph")
    ]
    own = [(str(ph.get("type", "obj")), str(ph.get("idx", "0"))) for ph in find(root, f"//p:ph{SHOWN}")]
    yield from (f"{name}: placeholder {ph} is not on its layout" for ph in own if ph not in slots)
    yield from (f"{name}: placeholder {ph} twice" for ph in twice(f"{kind} {index}" for kind, index in own))
    for shape in find(root, "//p:sp[.//p:ph]"):
        if not "".join(values(shape, ".//a:t/text()|.//m:t/text()")).strip():
            yield f"{name}: placeholder {values(shape, './/p:cNvPr/@name')} is empty"


def tables(package: Package) -> Iterator[str]:
    """Rows have a cell for each column, spans stay inside, the style exists, both sides of an edge agree."""
    styles = (
        values(package.parts["ppt/tableStyles.xml"], "//@styleId") if "ppt/tableStyles.xml" in package.parts else []
    )
    for name, root in package.drawn.items():
        for table in find(root, ".//a:tbl"):
            columns, rows = len(find(table, "a:tblGrid/a:gridCol")), find(table, "a:tr")
            for number, row in enumerate(rows):
                cells = find(row, "a:tc")
                if len(cells) != columns:
                    yield f"{name}: table row {number} has {len(cells)} cells for {columns} columns"
                for column, cell in enumerate(cells):
                    width, height = int(cell.get("gridSpan", "1")), int(cell.get("rowSpan", "1"))
                    if column + width > columns or number + height > len(rows):
                        yield f"{name}: a cell of table row {number} spans out of the table"
            for style in find(table, "a:tblPr/a:tableStyleId"):
                if style.text not in styles:
                    yield f"{name}: table style {style.text} is unknown"


def timing(package: Package) -> Iterator[str]:
    """What an animation refers to is there: shapes by their numbers, paragraphs by theirs (part 1, 19.5)."""
    for name, root in package.drawn.items():
        for node in find(root, "p:timing//*[@spid]"):
            number = str(node.get("spid"))
            shapes = find(root, f"//p:spTree//*[p:cNvPr/@id = '{number}']/parent::*{SHOWN}")
            if len(shapes) != 1:
                yield f"{name}: an animation of shape {number}, which is not there"
            for place in find(node, "p:txEl/p:pRg"):
                if shapes and int(str(place.get("end"))) >= len(find(shapes[0], "p:txBody/a:p")):
                    yield f"{name}: an animation of a paragraph of shape {number} that is not there"
        for number in twice(values(root, "p:timing//p:cTn/@id")):
            yield f"{name}: two time nodes have the number {number}"
        built = set(values(root, "p:timing/p:bldLst/*/@spid"))
        for node in find(root, "p:timing//p:cTn[@grpId]"):
            if not {str(target) for target in values(node, ".//p:spTgt/@spid")} <= built:
                yield f"{name}: an animation belongs to a build that is not listed"


def text(package: Package) -> Iterator[str]:
    """Runs say their language; nothing that must have content is empty; colours come from the theme."""
    for name, root in package.parts.items():
        yield from (
            f"{name}: {tag} is no language tag" for tag in values(root, "//@lang") if not LANGUAGE.fullmatch(tag)
        )
        for path in NEVER_EMPTY:
            yield from (f"{name}: empty {path}" for node in find(root, f"//{path}") if len(node) == 0)
    for name, root in package.drawn.items():
        for run in find(root, "//a:r|//a:fld|//a:br"):
            if not values(run, "a:rPr/@lang"):
                yield f"{name}: text {''.join(values(run, 'a:t/text()'))!r} has no language"
        yield from (f"{name}: an end of paragraph has no language" for _ in find(root, "//a:endParaRPr[not(@lang)]"))
        yield from (f"{name}: an empty run" for run in find(root, "//a:r[not(a:t/text())]"))
        yield from (f"{name}: colour {v} is not the theme's" for v in values(root, "//a:srgbClr/@val|//a:sysClr/@val"))
        yield from (f"{name}: unknown action {v}" for v in values(root, "//@action") if not v.startswith("ppaction://"))


def markup(package: Package) -> Iterator[str]:
    """Prefixes that markup compatibility names are declared, what stands for something else is the same shape, and
    dates are dates."""
    for name, root in package.parts.items():
        for both in find(root, "//mc:AlternateContent[.//p:cNvPr]"):
            ids, others = (values(both, f"mc:{part}//p:cNvPr/@id") for part in ("Choice", "Fallback"))
            yield from (f"{name}: shape {number} has no alternative of its number" for number in set(ids) ^ set(others))
        for choice in find(root, "//mc:Choice"):
            yield from (
                f"{name}: prefix {p} unknown" for p in str(choice.get("Requires")).split() if p not in choice.nsmap
            )
    for node in package.parts.get("docProps/core.xml", etree.Element("none")):
        if str(node.tag).endswith(("}created", "}modified")) and not DATE.fullmatch(node.text or ""):
            yield f"docProps/core.xml: bad date {node.text!r}"


RULES: tuple[Callable[[Package], Iterator[str]], ...] = (
    entries, relations, needed_relations, used_relations, presentation, shapes, tables, timing, text, markup,
)  # fmt: skip


def findings(deck: bytes) -> list[str]:
    """What is wrong with a deck."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        package = Package(names, {name: archive.read(name) for name in names})
    found = [problem for rule in RULES for problem in rule(package)]
    return package.problems + found
