"""Colours by theme reference: every role of the palette, told from the twelve colours of a PowerPoint theme.

Eleven roles and chart colours have a slot of their own. The others are a slot with its hue, saturation and
lightness moved (ECMA-376 20.1.2.3: `hueOff`, `satMod`, `lumMod`, `lumOff`), so that they follow when somebody
picks other theme colours.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import NamedTuple

from deckgen.model.colour import Rgb, luminance, rgb
from deckgen.model.theme import Theme

SLOT_OF_ROLE = {"bg": "bg1", "text": "tx1", "surface": "bg2", "muted": "tx2"}
"""Roles that are theme colours themselves, as the master's colour map names them."""
DEGREE = 60000
PERCENT = 1000
TOLERANCE = 2
"""How far, per channel of 255, a reference may come out from the colour that is meant."""


class Reference(NamedTuple):
    """A theme colour and how it is moved, in the units of DrawingML; in the order in which the moves apply."""

    slot: str
    hue_off: int = 0
    sat_mod: int = 100 * PERCENT
    sat_off: int = 0
    lum_mod: int = 100 * PERCENT
    lum_off: int = 0


UNMOVED = Reference("")


def theme_slots(theme: Theme) -> dict[str, str]:
    """The twelve colours of the PowerPoint theme (`a:clrScheme`) as `#RRGGBB`, in the order of the schema."""
    roles = theme.colours
    grounds, inks = (roles["bg"], roles["surface"]), (roles["text"], roles["muted"])
    dark, light = (grounds, inks) if is_dark(theme) else (inks, grounds)
    return {
        "dk1": dark[0],
        "lt1": light[0],
        "dk2": dark[1],
        "lt2": light[1],
        **{f"accent{i}": colour for i, colour in enumerate(theme.series, 1)},
        "hlink": roles["accent"],
        "folHlink": roles["muted"],
    }


def is_dark(theme: Theme) -> bool:
    """Whether the theme sets light text on a dark ground."""
    return luminance(rgb(theme.colours["bg"])) < luminance(rgb(theme.colours["text"]))


def colour_map(theme: Theme) -> dict[str, str]:
    """Which of the theme's colours a master takes for ground and text (ECMA-376 19.3.1.6, `p:clrMap`)."""
    ground, ink = ("dk", "lt") if is_dark(theme) else ("lt", "dk")
    slots = {"bg1": f"{ground}1", "tx1": f"{ink}1", "bg2": f"{ground}2", "tx2": f"{ink}2"}
    same = (*(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")
    return slots | {slot: slot for slot in same}


def colour_markup(theme: Theme, mapped: Mapping[str, Rgb] | None = None) -> dict[str, str]:
    """`a:schemeClr` for every role of the theme; `mapped` are the slots' colours where a slide maps them anew."""
    slots = {slot: rgb(theme.colours[role]) for role, slot in SLOT_OF_ROLE.items()}
    slots |= {f"accent{i}": rgb(colour) for i, colour in enumerate(theme.series, 1)}
    slots |= mapped or {}
    colours = {role: rgb(colour) for role, colour in theme.colours.items()}
    own = {role: slot for role, slot in SLOT_OF_ROLE.items() if slots[slot] == colours[role]}
    return {
        role: markup(Reference(own[role]) if role in own else reference(colour, slots, colours.get(kin(role))))
        for role, colour in colours.items()
    }


def kin(role: str) -> str:
    """The role that this one is a pale variant of, by its name (`accent_soft`); else the role itself."""
    return role.removesuffix("_soft")


def markup(colour: Reference) -> str:
    moves = {"hueOff": "hue_off", "satMod": "sat_mod", "satOff": "sat_off", "lumMod": "lum_mod", "lumOff": "lum_off"}
    children = "".join(
        f'<a:{name} val="{getattr(colour, field)}"/>'
        for name, field in moves.items()
        if getattr(colour, field) != getattr(UNMOVED, field)
    )
    return (
        f'<a:schemeClr val="{colour.slot}">{children}</a:schemeClr>'
        if children
        else f'<a:schemeClr val="{colour.slot}"/>'
    )


def reference(target: Rgb, slots: Mapping[str, Rgb], like: Rgb | None = None) -> Reference:
    """The theme colour nearest to the target, or to the colour it is `like`, that can be moved onto the target."""
    nearest = sorted(slots, key=lambda slot: distance(slots[slot], like or target))
    moved = (moved_onto(target, slot, slots[slot]) for slot in nearest)
    return next(found for found in moved if off_by(evaluate(found, slots[found.slot]), target) <= TOLERANCE)


def moved_onto(target: Rgb, slot: str, source: Rgb) -> Reference:
    """The moves that turn a theme colour into the target.

    A lighter target is a tint (lightness goes the same share of its way to white), a darker one a shade: that is
    how PowerPoint makes its own lighter and darker variants, and it stays sensible under other theme colours.
    """
    if source == target:
        return Reference(slot)
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in target))
    slot_hue, slot_light, slot_saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in source))
    lum_mod = (
        (1 - light) / (1 - slot_light) if light >= slot_light and slot_light < 1 else light / max(slot_light, 1e-9)
    )
    lum_off = light - slot_light * lum_mod
    if not saturation:
        hue = slot_hue  # a grey has none
    return Reference(
        slot,
        hue_off=round((hue - slot_hue) * 360 * DEGREE),
        sat_mod=round(saturation / slot_saturation * 100 * PERCENT) if slot_saturation else 100 * PERCENT,
        sat_off=0 if slot_saturation else round(saturation * 100 * PERCENT),
        lum_mod=round(lum_mod * 100 * PERCENT),
        lum_off=round(lum_off * 100 * PERCENT),
    )


def evaluate(colour: Reference, source: Rgb) -> Rgb:
    """The colour that PowerPoint shows for a reference, when its slot holds `source`."""
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in source))
    hue = (hue + colour.hue_off / DEGREE / 360) % 1
    saturation = clamp(saturation * colour.sat_mod / PERCENT / 100 + colour.sat_off / PERCENT / 100)
    light = clamp(light * colour.lum_mod / PERCENT / 100 + colour.lum_off / PERCENT / 100)
    return Rgb(*(round(channel * 255) for channel in colorsys.hls_to_rgb(hue, light, saturation)))


def clamp(share: float) -> float:
    return min(1.0, max(0.0, share))


def off_by(a: Rgb, b: Rgb) -> int:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))


def distance(a: Rgb, b: Rgb) -> float:
    """How unlike two colours look, told mostly from hue: a tint is nearer to its own colour than to another tint."""
    (light_a, *chroma_a), (light_b, *chroma_b) = opponent(a), opponent(b)
    return (0.5 * (light_a - light_b)) ** 2 + sum((x - y) ** 2 for x, y in zip(chroma_a, chroma_b, strict=True))


def opponent(colour: Rgb) -> tuple[float, float, float]:
    """Lightness, blue-yellow and red-green (ITU-R BT.601)."""
    red, green, blue = colour
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return light, 0.564 * (blue - light), 0.713 * (red - light)
