"""Which inks stand for a colour of the screen (Pillow, Little CMS)."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from deckgen.diagnostics import Diagnostic, Span, warning
from deckgen.model.theme import Theme

BUILT_IN = Path(__file__).parent / "fogra39.icc"
BLACK = (0.0, 0.0, 0.0, 1.0)
BLACK_ROLES = ("text", "code_text")
"""Print colours of running text: black ink alone, which shows no coloured edges where plates are off."""
GREY_SPREAD = 30
"""Colours whose red, green and blue differ by no more (of 255) are greys."""
GREY_LIGHTNESS = (25.0, 70.0)
"""Greys from here to here (L*) are tints of black alone; darker ones are deep with all inks, lighter ones too faint."""
SPARE_INK = 2.0
"""Per cent of ink that rounding may add."""

Rgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]
"""From 0 to 1."""


class Inks:
    """Each colour stands for one mixture, wherever it is used: the theme's own, black, or what the profile says."""

    def __init__(self, theme: Theme) -> None:
        self.press = theme.press
        self.profile = theme.press.data or BUILT_IN.read_bytes()
        self._theme = theme
        paper = ImageCms.ImageCmsProfile(io.BytesIO(self.profile))
        screen: Any = ImageCms.createProfile("sRGB")
        lab: Any = ImageCms.createProfile("LAB")
        intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        self._to_inks = ImageCms.buildTransform(screen, paper, "RGB", "CMYK", intent, flags)
        self._lightness = ImageCms.buildTransform(screen, lab, "RGB", "LAB", intent)
        ramp = ImageCms.buildTransform(paper, lab, "CMYK", "LAB", intent)
        tints = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, k)) for k in range(256)))
        self._tints = [-pixel[0] for pixel in pixels(ImageCms.applyTransform(tints, ramp))]
        self._known = dict(named(theme))
        self._most = 0.0

    def of(self, colour: Rgb) -> Cmyk:
        """The mixture for a colour."""
        if colour not in self._known:
            self._known[colour] = self._calculated(colour)
        return self._known[colour]

    def _calculated(self, colour: Rgb) -> Cmyk:
        dot = Image.new("RGB", (1, 1), colour)
        light = pixels(ImageCms.applyTransform(dot, self._lightness))[0][0] / 2.55
        if max(colour) == 0:
            return BLACK
        if max(colour) - min(colour) <= GREY_SPREAD and GREY_LIGHTNESS[0] <= light <= GREY_LIGHTNESS[1]:
            return (0.0, 0.0, 0.0, round(bisect_left(self._tints, -light * 2.55) / 255, 2))
        c, m, y, k = (round(ink / 255, 2) for ink in pixels(ImageCms.applyTransform(dot, self._to_inks))[0])
        return (c, m, y, k)

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in the profile's inks."""
        made = ImageCms.applyTransform(picture.convert("RGB"), self._to_inks)
        assert made
        cells = made.resize((min(made.width, 400), min(made.height, 400)), Image.Resampling.BOX)
        self._most = max(self._most, *(sum(pixel) / 2.55 for pixel in pixels(cells)))
        return made

    def problems(self) -> Iterator[Diagnostic]:
        """Mixtures of more ink than the paper takes."""
        where, limit = Span(f"themes/{self._theme.name}/theme.yaml"), self.press.ink_limit
        for colour, inks in sorted(self._known.items()):
            if (sum_ := 100 * sum(inks)) > limit + SPARE_INK:
                message = f"{name_of(colour, self._theme)} takes {sum_:.0f} % of ink, and the limit is {limit:g} %"
                yield warning(where, message, "write inks for it under 'press: cmyk', or take the profile of the limit")
        if self._most > limit + SPARE_INK:
            message = f"pictures take up to {self._most:.0f} % of ink, and the limit is {limit:g} %"
            yield warning(where, message, "name a profile under 'press' that is made for this limit")


def named(theme: Theme) -> Iterator[tuple[Rgb, Cmyk]]:
    """The mixtures that the theme names, and black for its text on paper. Later ones win."""
    paper = theme.on_paper().colours
    for role in BLACK_ROLES:
        if role in paper:
            yield rgb(paper[role]), BLACK
    for palette in (*theme.backgrounds.values(), theme.colours, paper):
        for role, inks in theme.press.cmyk.items():
            if role in palette:
                c, m, y, k = (ink / 100 for ink in inks)
                yield rgb(palette[role]), (c, m, y, k)


def name_of(colour: Rgb, theme: Theme) -> str:
    """The roles of a colour, or the colour itself."""
    palettes = (theme.colours, theme.on_paper().colours, *theme.backgrounds.values())
    roles = dict.fromkeys(role for palette in palettes for role, value in palette.items() if rgb(value) == colour)
    shown = "#{:02X}{:02X}{:02X}".format(*colour)
    return f"{', '.join(roles)} ({shown})" if roles else f"the colour {shown}"


def rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def pixels(picture: Any) -> list[tuple[int, ...]]:
    data, bands = picture.tobytes(), len(picture.getbands())
    return [tuple(data[i : i + bands]) for i in range(0, len(data), bands)]
