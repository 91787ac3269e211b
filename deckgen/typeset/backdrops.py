"""Pictures that slides stand on: cut to the page, shaded, and measured where text stands on them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import lru_cache

from deckgen.model.asset import Backdrop, Image
from deckgen.model.colour import Rgb
from deckgen.typeset.raster import drawn, encoded, in_srgb

WIDEST = 2933
"""Pixels of a backdrop: 220 to the inch, PowerPoint's own measure, on a slide of 13.33 inches."""


@lru_cache(16)
def laid_under(backdrop: Backdrop) -> Image:
    """The backdrop as a picture of its own, opaque, with its shade."""
    from PIL import Image as pil

    image, crop = backdrop.image, backdrop.crop
    share = 1 - crop.left - crop.right
    whole = drawn(image, round(WIDEST / share)) if image.kind == "svg" else image
    width, height = whole.width, whole.height
    box = (crop.left * width, crop.top * height, (1 - crop.right) * width, (1 - crop.bottom) * height)
    with pil.open(io.BytesIO(whole.data)) as opened:
        pixels = in_srgb(opened).crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    if pixels.width > WIDEST:
        size = (WIDEST, max(1, round(pixels.height * WIDEST / pixels.width)))
        pixels = pixels.resize(size, pil.Resampling.LANCZOS, reducing_gap=3)
    ground = pil.new("RGB", pixels.size, backdrop.colour)
    opaque = ground.copy()
    opaque.paste(pixels, mask=pixels.getchannel("A") if pixels.mode == "RGBA" else None)
    shaded = pil.blend(opaque, ground, backdrop.shade) if backdrop.shade else opaque
    about = f"{image.digest} {tuple(crop)} {backdrop.shade} {backdrop.colour}"
    digest = hashlib.sha256(about.encode()).hexdigest()
    data = encoded(shaded, whole.kind)
    return replace(whole, digest=digest, width=shaded.width, height=shaded.height, data=data)


@lru_cache(16)
def colours(image: Image, columns: int, rows: int) -> tuple[tuple[Rgb, ...], ...]:
    """The mean colours of a picture in a raster, row by row."""
    from PIL import Image as pil

    with pil.open(io.BytesIO(image.data)) as opened:
        data = opened.convert("RGB").resize((columns, rows), pil.Resampling.BOX).tobytes()
    pixels = [Rgb(*data[i : i + 3]) for i in range(0, len(data), 3)]
    return tuple(tuple(pixels[row * columns : (row + 1) * columns]) for row in range(rows))
