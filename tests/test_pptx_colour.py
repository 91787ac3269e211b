"""Colours by theme reference come out as the colours that the theme means."""

from __future__ import annotations

import colorsys
import re

from hypothesis import given
from hypothesis import strategies as st

from deckgen.model.colour import Rgb, rgb
from deckgen.write.pptx.colour import colour_markup, evaluate, markup, off_by, reference, theme_slots
from tests.builders import every_kind, paper, written
from tests.judges.package_check import find
from tests.opened import opened

CHANNEL = st.integers(0, 255)
COLOUR = st.builds(Rgb, CHANNEL, CHANNEL, CHANNEL)
MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def shown(xml: str) -> Rgb:
    """What a program shows for `a:schemeClr` in the theme paper, told from its XML alone."""
    slot = re.findall(r'schemeClr val="(\w+)"', xml)[0]
    moves = {name: int(value) for name, value in re.findall(r'<a:(\w+) val="(-?\d+)"/>', xml)}
    start = rgb(theme_slots(paper())[MAP.get(slot, slot)])
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in start))
    hue = min(max(hue + moves.get("hueOff", 0) / 21_600_000, 0), 1)
    saturation = min(saturation * moves.get("satMod", 100_000) / 100_000, 1)
    light = min(light * moves.get("lumMod", 100_000) / 100_000 + moves.get("lumOff", 0) / 100_000, 1)
    return Rgb(*(round(channel * 255) for channel in colorsys.hls_to_rgb(hue, light, saturation)))


def test_every_role_comes_out_as_the_theme_means_it() -> None:
    references = colour_markup(paper())
    wrong = {
        role: (shown(references[role]), meant)
        for role, meant in paper().colours.items()
        if off_by(shown(references[role]), rgb(meant)) > 2
    }
    assert wrong == {}


def test_the_roles_of_the_theme_colours_are_plain_references() -> None:
    references = colour_markup(paper())
    plain = {
        role: re.findall(r'val="(\w+)"', references[role]) for role in ("bg", "text", "surface", "muted", "accent")
    }
    assert plain == {"bg": ["bg1"], "text": ["tx1"], "surface": ["bg2"], "muted": ["tx2"], "accent": ["accent1"]}


def test_a_pale_variant_follows_its_colour() -> None:
    references = colour_markup(paper())
    assert 'val="accent1"' in references["accent_soft"]
    assert 'val="accent2"' in references["accent2_soft"]


@given(COLOUR, st.lists(COLOUR, min_size=1, max_size=6))
def test_any_colour_can_be_told_from_any_theme(target: Rgb, theme: list[Rgb]) -> None:
    slots = {f"accent{i}": colour for i, colour in enumerate(theme, 1)} | {
        "tx1": Rgb(20, 20, 30),
        "bg1": Rgb(255, 255, 255),
    }
    found = reference(target, slots)
    assert off_by(evaluate(found, slots[found.slot]), target) <= 2
    assert markup(found).startswith(f'<a:schemeClr val="{found.slot}"')


def test_only_the_theme_spells_colours_out() -> None:
    package = opened(written(every_kind()))
    spelled = [
        name
        for name in package.named("ppt/")
        if "/theme/" not in name and find(package.root(name), "//a:srgbClr|//a:sysClr|//a:scrgbClr|//a:prstClr")
    ]
    assert spelled == []
