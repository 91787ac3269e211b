"""Slides on another ground: the theme's colours mapped anew, so that all text and shapes follow.

Every layout that a deck uses on a background becomes a layout of its own. So Reset in PowerPoint changes nothing, and
what somebody adds to such a slide has the right colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckgen.model.asset import Backdrop
from deckgen.model.colour import contrast, rgb
from deckgen.model.theme import Theme
from deckgen.typeset.backdrops import laid_under
from deckgen.write.pptx.canvas import Media
from deckgen.write.pptx.colour import SLOT_OF_ROLE, colour_map, colour_markup, distance, theme_slots
from deckgen.write.pptx.markup import attributes, element
from deckgen.write.pptx.text import Pen

READABLE = 4.5
"""Contrast of links with the ground (WCAG 2.2, 1.4.3)."""
OWN_LINK = "accent"
"""The colour of links in the PowerPoint theme."""
MASTER_MAP = "<a:masterClrMapping/>"


def pen_on(background: str, pen: Pen) -> Pen:
    """The pen for slides on a background of the theme."""
    if not background:
        return pen
    theme = pen.theme.on(background)
    slots = theme_slots(pen.theme)
    named = {
        name: slots[slot] for name, slot in mapped_slots(background, pen.theme).items() if "link" not in name.lower()
    }
    return replace(
        pen, theme=theme, colours=colour_markup(theme, {name: rgb(colour) for name, colour in named.items()})
    )


def mapped_slots(background: str, theme: Theme) -> Mapping[str, str]:
    """Which colour of the PowerPoint theme takes which part on a background (ISO/IEC 29500-1, 20.1.6.8)."""
    slots = theme_slots(theme)
    wanted = theme.on(background).colours
    ground = rgb(wanted["bg"])

    def nearest(role: str, least: float = 0) -> str:
        fitting = [slot for slot, colour in slots.items() if contrast(rgb(colour), ground) >= least]
        return min(fitting or slots, key=lambda slot: distance(rgb(slots[slot]), rgb(wanted[role])))

    return {
        **{name: nearest(role) for role, name in SLOT_OF_ROLE.items()},
        **{f"accent{i}": f"accent{i}" for i in range(1, 7)},
        "hlink": nearest("accent", READABLE),
        "folHlink": nearest("muted", READABLE),
    }


def backdrop_markup(backdrop: Backdrop | None, media: Media) -> str:
    """`p:bg` of a slide that stands on a picture. Cut and shade are in its pixels: programs differ in both."""
    if not backdrop:
        return ""
    blip = f'<a:blip r:embed="{media.relation(laid_under(backdrop))}"/>'
    fill = f'<a:blipFill dpi="0" rotWithShape="1">{blip}<a:srcRect/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'
    return f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"


def map_markup(layout: str, background: str, theme: Theme) -> str:
    """The content of `p:clrMapOvr`, which layout and slide both have: programs differ in what slides inherit."""
    link = theme.layouts[layout].link
    if not background and link == OWN_LINK:
        return MASTER_MAP
    mapped = mapped_slots(background, theme) if background else colour_map(theme)
    if link != OWN_LINK:
        slots, wanted = theme_slots(theme), rgb(theme.on(background).colours[link])
        slot = min(slots, key=lambda slot: distance(rgb(slots[slot]), wanted))
        mapped = {**mapped, "hlink": slot, "folHlink": slot}
    return element("a:overrideClrMapping", attributes(**mapped))
