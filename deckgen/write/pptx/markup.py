"""XML as text: escaping, namespaces, and the elements that every part shares."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from deckgen.write.pptx.ids import guid

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
"""The declarations of a part's root element."""
ALTERNATIVES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:of2010="http://schemas.microsoft.com/office/drawing/2010/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to hold (section 2.2, Char)."""


def text(value: str) -> str:
    """The value as element content."""
    return escape(FORBIDDEN.sub("", value))


def attributes(**values: str | int | None) -> str:
    """` name="value"` for each value that is not None."""
    return "".join(f" {name}={quoted(str(value))}" for name, value in values.items() if value is not None)


@lru_cache(4096)
def quoted(value: str) -> str:
    """The value as an attribute, in quotes."""
    return quoteattr(FORBIDDEN.sub("", value))


def element(name: str, attrs: str = "", children: str = "") -> str:
    return f"<{name}{attrs}>{children}</{name}>" if children else f"<{name}{attrs}/>"


def alternative(powerpoint: str, others: str) -> str:
    """Shapes for PowerPoint 2010 and later, and what stands for them in other programs (ISO/IEC 29500-3).

    The names of namespaces are free, but LibreOffice takes what is called `a14` for known, well or badly.
    """
    return (
        f'<mc:AlternateContent {ALTERNATIVES}><mc:Choice Requires="of2010">{powerpoint}</mc:Choice>'
        f"<mc:Fallback>{others}</mc:Fallback></mc:AlternateContent>"
    )


def identity(shape_id: int, name: str, key: str, alt: str = "", decorative: bool = False, click: str = "") -> str:
    """`p:cNvPr`: what PowerPoint knows a shape by, and what a `click` on it does.

    `key` becomes the creation id, which PowerPoint keeps when a shape is edited or moved ([MS-ODRAWXML] 2.25).
    """
    extensions = (
        '<a:ext uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"><a16:creationId'
        f' xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" id="{guid(key)}"/></a:ext>'
    )
    if decorative:
        extensions += (
            '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
            ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
        )
    described = attributes(id=shape_id, name=name, descr=alt if alt or decorative else None)
    return element("p:cNvPr", described, click + element("a:extLst", "", extensions))


def shape_tree(shapes: str) -> str:
    """`p:spTree`: the shapes of a slide, layout or master, the lowest first."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{shapes}</p:spTree>"
    )
