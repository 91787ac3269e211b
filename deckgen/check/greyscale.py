"""Is everything told without colour? Office printers are often black and white."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Span, warning
from deckgen.model.theme import Theme

LEAST_DIFFERENCE = 15.0
"""Steps of lightness (L*, 0 to 100) that are told apart in print at a glance."""
PAIRS = (
    ("accent", "quiet", "a bar that matters and the others"),
    ("accent", "text", "a point that matters and the others"),
    ("accent", "surface", "a box that matters and the others"),
    ("quiet", "muted", "the parts of a stacked column"),
    ("text", "bg", "text and the paper"),
)
"""Print colours that tell things apart with no second sign. All else that colours tell is told by a name, a number, a
weight or a rule, too: series of charts, highlighted lines, the better of two sides, rises and falls."""


def check_greyscale(theme: Theme) -> Iterator[Diagnostic]:
    """Pairs of the theme's print colours that become about the same grey."""
    inks = theme.on_paper().colours
    for one, other, what in PAIRS:
        if one in inks and other in inks:
            light, dark = lightness(inks[one]), lightness(inks[other])
            if abs(light - dark) < LEAST_DIFFERENCE:
                where = Span(f"themes/{theme.name}/theme.yaml")
                message = f"{one} and {other} print as the same grey ({light:.0f} and {dark:.0f} of 100): {what}"
                hint = f"make one darker under 'print_colours', by {LEAST_DIFFERENCE:.0f} steps of lightness or more"
                yield warning(where, message, hint)


def lightness(colour: str) -> float:
    """CIE L* of `#RRGGBB`, from 0 for black to 100 for white (IEC 61966-2-1, CIE 15)."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def channels(colour: str) -> list[float]:
    return [byte / 255 for byte in bytes.fromhex(colour.removeprefix("#"))]
