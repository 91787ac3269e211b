"""Colours as numbers, and how well they can be told apart."""

from __future__ import annotations

from typing import NamedTuple

TEXT, LARGE = 4.5, 3.0
"""The contrast that text needs, and text from `LARGE_PT` and what is no text (WCAG 2.2, 1.4.3 and 1.4.11)."""
LARGE_PT = 24.0


class Rgb(NamedTuple):
    red: int
    green: int
    blue: int


def rgb(colour: str) -> Rgb:
    """`#RRGGBB` as numbers."""
    return Rgb(int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def contrast(a: Rgb, b: Rgb) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Rgb) -> float:
    """The relative luminance of a colour in sRGB, from 0 to 1 (WCAG 2.2)."""
    shares = [channel / 255 for channel in colour]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def need(size_pt: float) -> float:
    """The contrast that text of a size needs with its ground."""
    return LARGE if size_pt >= LARGE_PT else TEXT


def named(colour: Rgb) -> str:
    """`#RRGGBB`."""
    return "#" + bytes(colour).hex().upper()


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, as `#RRGGBB`: the first at a share of 0, the second at 1."""
    both = zip(rgb(one), rgb(other), strict=True)
    return named(Rgb(*(round(a + (b - a) * min(1, max(0, share))) for a, b in both)))
