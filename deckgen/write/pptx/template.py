"""Theme -> a complete PowerPoint package without slides."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deckgen.model.languages import right_to_left
from deckgen.typeset.furniture import Standing
from deckgen.units import emu
from deckgen.write.pptx.colour import colour_markup
from deckgen.write.pptx.layouts import layout_part
from deckgen.write.pptx.markup import DECLARATION, NAMESPACES, RELATIONSHIPS, attributes
from deckgen.write.pptx.masters import (
    FIRST_LAYOUT_ID,
    NOTES_HEIGHT_PT,
    NOTES_WIDTH_PT,
    default_levels,
    handout_master_part,
    notes_master_part,
    slide_master_part,
)
from deckgen.write.pptx.package import zipped
from deckgen.write.pptx.tables import table_styles_part
from deckgen.write.pptx.text import Pen
from deckgen.write.pptx.themepart import theme_part

OFFICE = "application/vnd.openxmlformats-officedocument."
PACKAGE = "application/vnd.openxmlformats-package."
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
VIEW = (
    f"{DECLARATION}<p:viewPr {NAMESPACES}><p:normalViewPr><p:restoredLeft sz='15620'/><p:restoredTop sz='80000'/>"
    "</p:normalViewPr><p:gridSpacing cx='76200' cy='76200'/></p:viewPr>"
)
APP = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>deckgen</Application></Properties>"
)
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE = f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE_PROPERTIES}"/>'
ROOT = (
    ("officeDocument", "ppt/presentation.xml"),
    (f"{PACKAGE_RELATIONSHIPS}/metadata/core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
)
PRESENTATION_TARGETS = (
    ("slideMaster", "ppt/slideMasters/slideMaster1.xml"),
    ("notesMaster", "ppt/notesMasters/notesMaster1.xml"),
    ("handoutMaster", "ppt/handoutMasters/handoutMaster1.xml"),
    ("presProps", "ppt/presProps.xml"),
    ("viewProps", "ppt/viewProps.xml"),
    ("theme", "ppt/theme/theme1.xml"),
    ("tableStyles", "ppt/tableStyles.xml"),
)


class TemplatePart(NamedTuple):
    """A part with the parts it refers to, as pairs of relationship type and name; relationship N is the Nth of them."""

    content_type: str
    xml: str
    targets: tuple[tuple[str, str], ...] = ()


Ground = tuple[str, str]
"""A layout of the theme, and the background that slides of this layout stand on; empty for the theme's own ground."""


def template(pen: Pen, standing: Standing, further: Sequence[Ground] = ()) -> bytes:
    """The package: master, a layout for each of the theme's and the `further` ones, notes and handout master, table
    style."""
    layouts = (*((name, "") for name in pen.theme.layouts), *further)
    parts = {**frame_parts(pen), **master_parts(pen, standing, layouts), **print_parts(pen)}
    files = {"[Content_Types].xml": content_types(parts), "_rels/.rels": relationships("", ROOT)}
    for name, part in parts.items():
        files[name] = part.xml.encode()
        if part.targets:
            folder, file = posixpath.split(name)
            files[f"{folder}/_rels/{file}.rels"] = relationships(folder, part.targets)
    return zipped(files)


def frame_parts(pen: Pen) -> dict[str, TemplatePart]:
    """The presentation itself and its properties."""
    slides = f"{OFFICE}presentationml."
    properties = f"{DECLARATION}<p:presentationPr {NAMESPACES}/>"
    return {
        "ppt/presentation.xml": TemplatePart(f"{slides}presentation.main+xml", presentation(pen), PRESENTATION_TARGETS),
        "ppt/presProps.xml": TemplatePart(f"{slides}presProps+xml", properties),
        "ppt/viewProps.xml": TemplatePart(f"{slides}viewProps+xml", VIEW),
        "ppt/tableStyles.xml": TemplatePart(f"{slides}tableStyles+xml", table_styles_part(pen)),
        "docProps/app.xml": TemplatePart(f"{OFFICE}extended-properties+xml", APP),
        "docProps/core.xml": TemplatePart(f"{PACKAGE}core-properties+xml", CORE),
    }


def master_parts(pen: Pen, standing: Standing, grounds: Sequence[Ground]) -> dict[str, TemplatePart]:
    """The slide master with its theme and layouts."""
    slides = f"{OFFICE}presentationml."
    names = {f"ppt/slideLayouts/slideLayout{i}.xml": ground for i, ground in enumerate(grounds, 1)}
    master = "ppt/slideMasters/slideMaster1.xml"
    theme = "ppt/theme/theme1.xml"
    layouts = tuple(("slideLayout", name) for name in names)
    return {
        master: TemplatePart(
            f"{slides}slideMaster+xml", slide_master_part(pen, standing, len(names)), (*layouts, ("theme", theme))
        ),
        **{
            name: TemplatePart(
                f"{slides}slideLayout+xml", layout_part(*ground, pen, standing), (("slideMaster", master),)
            )
            for name, ground in names.items()
        },
        theme: TemplatePart(f"{OFFICE}theme+xml", theme_part(pen.theme, pen.language)),
    }


def print_parts(pen: Pen) -> dict[str, TemplatePart]:
    """Notes and handout master; their themes are in print inks, so that paper stays white."""
    printed = replace(pen, theme=pen.theme.on_paper(), colours=colour_markup(pen.theme.on_paper()))
    notes_theme, handout_theme = "ppt/theme/theme2.xml", "ppt/theme/theme3.xml"
    theme = TemplatePart(f"{OFFICE}theme+xml", theme_part(printed.theme, printed.language))
    slides = f"{OFFICE}presentationml."
    return {
        "ppt/notesMasters/notesMaster1.xml": TemplatePart(
            f"{slides}notesMaster+xml", notes_master_part(printed), (("theme", notes_theme),)
        ),
        "ppt/handoutMasters/handoutMaster1.xml": TemplatePart(
            f"{slides}handoutMaster+xml", handout_master_part(printed), (("theme", handout_theme),)
        ),
        notes_theme: theme,
        handout_theme: theme,
    }


def presentation(pen: Pen) -> str:
    """`presentation.xml`; its relationships are `PRESENTATION_TARGETS`."""
    page = pen.theme.page
    turned = attributes(rtl=1 if right_to_left(pen.language) else None)
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES}{turned} saveSubsetFonts="1" autoCompressPictures="0">'
        f'<p:sldMasterIdLst><p:sldMasterId id="{FIRST_LAYOUT_ID - 1}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        '<p:handoutMasterIdLst><p:handoutMasterId r:id="rId3"/></p:handoutMasterIdLst>'
        f'<p:sldSz cx="{emu(page.width)}" cy="{emu(page.height)}"/>'
        f'<p:notesSz cx="{emu(NOTES_WIDTH_PT)}" cy="{emu(NOTES_HEIGHT_PT)}"/>'
        f"<p:defaultTextStyle>{default_levels(pen)}</p:defaultTextStyle></p:presentation>"
    )


def relationships(folder: str, targets: tuple[tuple[str, str], ...]) -> bytes:
    """A `.rels` part (ISO/IEC 29500-2, 8.5)."""
    items = "".join(
        "<Relationship"
        + attributes(
            Id=f"rId{i}",
            Type=kind if kind.startswith("http") else f"{RELATIONSHIPS}/{kind}",
            Target=posixpath.relpath(target, folder or "."),
        )
        + "/>"
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{items}</Relationships>'.encode()


def content_types(parts: dict[str, TemplatePart]) -> bytes:
    """`[Content_Types].xml` (ISO/IEC 29500-2, 7.2.3)."""
    overrides = "".join(
        f"<Override{attributes(PartName=f'/{name}', ContentType=part.content_type)}/>" for name, part in parts.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{PACKAGE}relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()
