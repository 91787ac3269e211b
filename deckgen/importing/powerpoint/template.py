"""What a company's PowerPoint template looks like: its colours, its fonts, and what else its master shows."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from deckgen.importing.powerpoint.package import BadFile, Package
from deckgen.importing.powerpoint.shapes import number, placeholder
from deckgen.namespaces import A, P

SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")
WIDE = 16 / 9


class Template(NamedTuple):
    """Colours are `#RRGGBB`."""

    bg: str
    text: str
    accents: tuple[str, ...]
    """Its six."""
    fonts: tuple[str, ...]
    """For headings and for text."""
    remarks: tuple[str, ...]
    """What it has that a theme does not take from it."""


def read_template(data: bytes) -> Template:
    """The first master of a `.pptx` or `.potx`. Errors: `BadFile`."""
    package = Package(data)
    masters = [one.target for one in package.relations(package.main).values() if one.kind == "slideMaster"]
    part = package.related(package.main, "slideMaster")
    look = package.related(part, "theme") if part else ""
    if not look:
        raise BadFile("it has no slide master with a theme")
    master, theme = package.tree(part), package.tree(look)
    scheme = {slot: colour for slot in SLOTS if (colour := colour_of(theme.find(f".//{A}clrScheme/{A}{slot}")))}
    if missing := [slot for slot in SLOTS[:10] if slot not in scheme]:
        raise BadFile(f"its theme has no colour {missing[0]!r}")
    mapped = master.find(f"{P}clrMap")
    slots = {} if mapped is None else {str(name): str(slot) for name, slot in mapped.attrib.items()}
    known = scheme | {name: scheme[slot] for name, slot in slots.items() if slot in scheme}
    ground = master.find(f"{P}cSld/{P}bg")
    bg = known.get("bg1", scheme["lt1"]) if ground is None else filled(ground, known)
    fonts = tuple(dict.fromkeys(filter(None, (face(theme, kind) for kind in ("majorFont", "minorFont")))))
    remarks = (
        *told(package, master, ground),
        *([f"all but the first of its {len(masters)} masters"] if masters[1:] else []),
    )
    accents = tuple(scheme[f"accent{i}"] for i in range(1, 7))
    return Template(bg or known.get("bg1", scheme["lt1"]), known.get("tx1", scheme["dk1"]), accents, fonts, remarks)


def colour_of(node: etree._Element | None) -> str:
    """A colour that is set as such; empty for one that follows from others."""
    for child in [] if node is None else node:
        value = child.get("lastClr") if child.tag == f"{A}sysClr" else child.get("val")
        if child.tag in (f"{A}sysClr", f"{A}srgbClr") and value and len(value) == 6:
            return f"#{value.upper()}"
    return ""


def filled(ground: etree._Element, known: dict[str, str]) -> str:
    """The one colour of a background; empty for pictures and gradients."""
    reference, fill = ground.find(f"{P}bgRef"), ground.find(f"{P}bgPr/{A}solidFill")
    holder = reference if reference is not None else fill
    slot = None if holder is None else holder.find(f"{A}schemeClr")
    return colour_of(holder) if slot is None else known.get(slot.get("val", ""), "")


def face(theme: etree._Element, kind: str) -> str:
    latin = theme.find(f".//{A}fontScheme/{A}{kind}/{A}latin")
    return "" if latin is None else latin.get("typeface", "")


def told(package: Package, master: etree._Element, ground: etree._Element | None) -> list[str]:
    found = []
    size = package.tree(package.main).find(f"{P}sldSz")
    width, height = (0.0, 0.0) if size is None else (number(size.get("cx")), number(size.get("cy")))
    if height and abs(width / height - WIDE) > 0.01:
        found.append(f"slides of {width / height:.2f} to 1: those of a theme are 16 to 9")
    kinds = (f"{A}blipFill", f"{A}gradFill", f"{A}pattFill")
    if ground is not None and next(ground.iter(*kinds), None) is not None:
        found.append("the picture or gradient of its background: a slide may have a `background` of its own")
    pictures = [node for node in master.iter(f"{P}pic") if placeholder(node) is None]
    if pictures:
        found.append(f"{len(pictures)} picture{'s' if pictures[1:] else ''} of its master, such as the company's mark")
    return found
