"""The theme parts: the only place of a deck where colours and font names are spelled out."""

from __future__ import annotations

from deckgen.model.family import FontFamily
from deckgen.model.languages import EAST_ASIAN, tags
from deckgen.model.theme import Theme
from deckgen.write.pptx.colour import theme_slots
from deckgen.write.pptx.markup import DECLARATION, DRAWING, attributes

SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
LINES = "".join(
    f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{SOLID}<a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>'
    for width in (9525, 15875, 28575)
)
FLAT = (
    f'<a:fmtScheme name="Flat"><a:fillStyleLst>{SOLID * 3}</a:fillStyleLst><a:lnStyleLst>{LINES}</a:lnStyleLst>'
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{SOLID * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
"""Fills, lines and effects that PowerPoint offers for shapes: flat, without shadows (ECMA-376 20.1.4.1.14)."""

KINDS = {
    "serif": ("02040503050406030204", "18"),
    "sans-serif": ("020B0503030403020204", "34"),
    "monospace": ("020B0509030403020204", "49"),
}
"""CSS's generic family -> PANOSE number, and pitch and family (ECMA-376 21.1.2.3.7)."""


SCRIPTS = {
    "ar": "Arab", "he": "Hebr", "hi": "Deva", "ja": "Jpan", "ko": "Hang", "th": "Thai", "zh": "Hans", "zh-Hant": "Hant",
}  # fmt: skip
"""The language that a family is made for -> the script that PowerPoint sets in it (ECMA-376 20.1.4.1.16)."""


def theme_part(theme: Theme, language: str) -> str:
    """`themeN.xml`: twelve colours, two font families and a flat style of shapes."""
    name = attributes(name=theme.name.title())
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{colour[1:].upper()}"/></a:{slot}>' for slot, colour in theme_slots(theme).items()
    )
    others = other_scripts(theme, language)
    fonts = font("majorFont", theme.fonts["head"], others) + font("minorFont", theme.fonts["sans"], others)
    return (
        f'{DECLARATION}<a:theme xmlns:a="{DRAWING}"{name}><a:themeElements><a:clrScheme{name}>{colours}</a:clrScheme>'
        f"<a:fontScheme{name}>{fonts}</a:fontScheme>{FLAT}</a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def other_scripts(theme: Theme, language: str) -> str:
    """The families for East Asian and complex scripts: that of the deck's language, and one for each script."""
    own = theme.fallback_for(language)
    east = own if tags(language)[-1] in EAST_ASIAN else ""
    scripts = {SCRIPTS[tag]: family.family for family in theme.fallbacks for tag in family.languages if tag in SCRIPTS}
    each = "".join(f"<a:font{attributes(script=script, typeface=name)}/>" for script, name in sorted(scripts.items()))
    return f"<a:ea{attributes(typeface=east)}/><a:cs{attributes(typeface='' if east else own)}/>{each}"


def font(slot: str, family: FontFamily, others: str) -> str:
    """A font of the scheme. Its kind tells a program without the font what to take in its place."""
    panose, pitch = KINDS[family.fallback.rpartition(",")[2].strip()]
    latin = attributes(typeface=family.family, panose=panose, pitchFamily=pitch, charset="0")
    return f"<a:{slot}><a:latin{latin}/>{others}</a:{slot}>"
