"""How a slide comes on: transitions, and the names by which morph finds the shapes that two slides share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckgen.model.show import Page
from deckgen.write.pptx.markup import NAMESPACES
from deckgen.write.pptx.sections import POWERPOINT_2010

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
POWERPOINT_2015 = "http://schemas.microsoft.com/office/powerpoint/2015/09/main"
EFFECTS: Mapping[str, tuple[str, str, int, str]] = {
    "fade": ("p14", "<p:fade/>", 700, "<p:fade/>"),
    "push": ("p14", '<p:push dir="l"/>', 700, '<p:push dir="l"/>'),
    "morph": ("p159", '<p159:morph option="byObject"/>', 1200, "<p:fade/>"),
}
"""Transition -> what a program has to know to show it, the effect, its milliseconds, and what others show instead."""


def transition_markup(kind: str) -> str:
    """The transition of a slide (ISO/IEC 29500-1, 19.5.87; [MS-PPTX] 2.6 for its time and for morph); else empty."""
    if kind not in EFFECTS:
        return ""
    needed, effect, milliseconds, instead = EFFECTS[kind]
    return (
        f'<mc:AlternateContent {NAMESPACES} xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:p14="{POWERPOINT_2010}"'
        f' xmlns:p159="{POWERPOINT_2015}" Requires="{needed}">'
        f'<p:transition spd="med" p14:dur="{milliseconds}">{effect}</p:transition></mc:Choice>'
        f'<mc:Fallback><p:transition spd="med">{instead}</p:transition></mc:Fallback></mc:AlternateContent>'
    )


def morphing(pages: Sequence[Page]) -> frozenset[str]:
    """The ids of the slides on either side of a morph."""
    later = [i for i, page in enumerate(pages) if page.transition == "morph"]
    return frozenset(pages[j].id for i in later for j in (i - 1, i) if j >= 0)


def shared_name(key: str) -> str:
    """The name of a shape by its place in the slide's content: morph pairs shapes of one name that begins with `!!`."""
    return f"!!{key.partition('/')[2] or key}"
