"""The fonts of a run: theme fonts by reference, others by their names."""

from __future__ import annotations

from deckgen.model.text import Run
from deckgen.model.theme import Theme
from deckgen.write.pptx.markup import attributes

ALONE = "+"
"""Marks a theme font that shows a run whatever its characters: among text in other scripts, programs would set digits,
spaces and signs in the fonts of those."""


def font_of(run: Run, own: str, theme: Theme, language: str) -> str:
    """The font of a run in a paragraph of font `own`: a slot of the theme, or a family.

    The family of the deck's language stands in the theme's own slots; others that stand in go by their names.
    """
    if run.code and not run.face.strip(ALONE):
        return "mono"
    if run.face == ALONE:
        return own if own == "mono" else own + ALONE
    return own if run.face in ("", theme.fallback_for(language)) else run.face


def typeface(font: str, theme: Theme) -> str:
    """`a:latin`, `a:ea` and `a:cs`. A code font has no slot in a PowerPoint theme and goes by its name."""
    own = font.removesuffix(ALONE)
    if own not in ("head", "sans"):
        name = attributes(typeface=theme.fonts["mono"].family if font == "mono" else font)
        return f"<a:latin{name}/><a:ea{name}/><a:cs{name}/>"
    slot = "+mj" if own == "head" else "+mn"
    east, complex_ = ("lt", "lt") if font.endswith(ALONE) else ("ea", "cs")
    return f'<a:latin typeface="{slot}-lt"/><a:ea typeface="{slot}-{east}"/><a:cs typeface="{slot}-{complex_}"/>'
