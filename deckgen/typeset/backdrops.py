"""Pictures that slides stand on: cut to the page, shaded, and measured where text stands on them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.model.asset import Backdrop, Image, Kind
from deckgen.model.colour import Rgb
from deckgen.typeset.raster import drawn, encoded, in_srgb

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

WIDEST = 2933
"""Pixels of a backdrop: 220 to the inch, PowerPoint's own measure, on a slide of 13.33 inches."""
FINE = 4
"""Pixels of a drawing across a square whose mean colour is asked for."""


@lru_cache(16)
def laid_under(backdrop: Backdrop) -> Image:
    """The backdrop as a picture of its own, opaque, with its shade."""
    from PIL import Image as pil

    image = backdrop.image
    pixels = in_place(backdrop, WIDEST)
    if pixels.width > WIDEST:
        size = (WIDEST, max(1, round(pixels.height * WIDEST / pixels.width)))
        pixels = pixels.resize(size, pil.Resampling.LANCZOS, reducing_gap=3)
    pixels = shaded(pixels, backdrop)
    about = f"{image.digest} {tuple(backdrop.crop)} {backdrop.shade} {backdrop.colour}"
    digest = hashlib.sha256(about.encode()).hexdigest()
    kind: Kind = "jpeg" if image.kind == "jpeg" else "png"
    data = encoded(pixels, kind)
    return replace(image, kind=kind, digest=digest, width=pixels.width, height=pixels.height, data=data)


@lru_cache(16)
def colours(backdrop: Backdrop, columns: int, rows: int) -> tuple[tuple[Rgb, ...], ...]:
    """The mean colours of the backdrop with its shade in a raster, row by row."""
    from PIL import Image as pil

    pixels = in_place(backdrop, columns * FINE)
    if pixels.mode == "RGBA":  # What shows of the ground is a part of the mean.
        pixels = shaded(pixels, replace(backdrop, shade=0.0))
    data = shaded(pixels.resize((columns, rows), pil.Resampling.BOX), backdrop).tobytes()
    found = [Rgb(*data[i : i + 3]) for i in range(0, len(data), 3)]
    return tuple(tuple(found[row * columns : (row + 1) * columns]) for row in range(rows))


def in_place(backdrop: Backdrop, width: int) -> Pixels:
    """What the crop leaves of the picture, at least `width` pixels wide if it has so many; a drawing exactly so."""
    from PIL import Image as pil

    image, crop = backdrop.image, backdrop.crop
    whole = round(width / (1 - crop.left - crop.right))
    data = drawn(image, whole).data if image.kind == "svg" else image.data
    with pil.open(io.BytesIO(data)) as opened:
        opened.draft(None, (whole, 1))
        across, down = opened.size
        box = (crop.left * across, crop.top * down, (1 - crop.right) * across, (1 - crop.bottom) * down)
        return in_srgb(opened).crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))


def shaded(pixels: Pixels, backdrop: Backdrop) -> Pixels:
    """Pixels on the ground of the backdrop, and under its shade."""
    from PIL import Image as pil

    ground = pil.new("RGB", pixels.size, backdrop.colour)
    opaque = ground.copy()
    opaque.paste(pixels, mask=pixels.getchannel("A") if pixels.mode == "RGBA" else None)
    return pil.blend(opaque, ground, backdrop.shade) if backdrop.shade else opaque
