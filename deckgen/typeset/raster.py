"""Pixels (Pillow, resvg): pictures as their files have them, and at the size at which they are shown."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from deckgen.frozen import frozen
from deckgen.model.asset import UNCUT, Crop, Image, Kind
from deckgen.model.drawing import Picture

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

P = ParamSpec("P")
MOST_PIXELS = 60_000_000
MOST_SIDE = 30_000
FORMATS = ("PNG", "JPEG", "WEBP")
SIGNS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
"""How files of these formats begin."""
SAVE_PICTURE_AS = "save the picture as PNG, JPEG, WebP or SVG"
JPEG_QUALITY = 90
KEPT_JPEG = {0xE0, 0xEE}
"""JPEG's application segments that say how the pixels are stored: JFIF and Adobe."""
KEPT_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
SPARE = 1.25
"""A picture with up to this many times the pixels that are asked for stays as it is."""
POSTER_WIDTH = 1600
SVG_WIDEST = 4000
"""Pixels of the longer side of a drawing that becomes pixels."""


class Unusable(Exception):
    """A file is no picture that can be shown; with what to do about it."""

    def __init__(self, message: str, hint: str = SAVE_PICTURE_AS) -> None:
        super().__init__(message)
        self.hint = hint


def read_pixels(data: bytes, name: str) -> Image:
    """A PNG, JPEG or WebP file as a picture that is upright, in sRGB or grey, and tells nothing but its pixels.

    Raises `Unusable` for what is none of these, is damaged or too large.
    """
    from PIL import Image as pil
    from PIL import UnidentifiedImageError

    try:
        with strict():
            pixels = pil.open(io.BytesIO(data), formats=FORMATS)
            if pixels.width * pixels.height > MOST_PIXELS or max(pixels.size) > MOST_SIDE:
                raise pil.DecompressionBombError
            kind, stored = normal(pixels, data)
    except (pil.DecompressionBombError, pil.DecompressionBombWarning):
        hint = f"make it smaller: the limit is {MOST_PIXELS // 1_000_000} million pixels"
        raise Unusable(f"the picture {name} has too many pixels", hint) from None
    except UnidentifiedImageError:
        damaged = data.startswith(SIGNS)
        hint = "open it in a picture editor and save it again" if damaged else SAVE_PICTURE_AS
        what = f"the picture {name} is damaged" if damaged else f"{name} is no picture of a kind that is known here"
        raise Unusable(what, hint) from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error):
        raise Unusable(f"the picture {name} is damaged", "open it in a picture editor and save it again") from None
    with pil.open(io.BytesIO(stored)) as written:
        width, height = written.size
    return Image(hashlib.sha256(data).hexdigest(), kind, width, height, stored, name)


@contextmanager
def strict() -> Iterator[None]:
    """Let Pillow refuse files that are cut short and those of very many pixels, whatever other libraries have set."""
    from PIL import Image as pil
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pil.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def normal(pixels: Pixels, data: bytes) -> tuple[Kind, bytes]:
    """The kind and the bytes of a picture as it is kept: the file's own pixels where they can stay as they are."""
    from PIL import ImageOps

    upright = pixels.getexif().get(0x0112, 1) in (0, 1)
    plain = upright and is_srgb(pixels) and pixels.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
    if plain and pixels.format == "JPEG":
        pixels.draft(None, (1, 1))
        pixels.load()  # A file that is cut short says so here.
        return "jpeg", b"".join(jpeg_segments(data))
    pixels.load()
    if plain and pixels.format == "PNG" and data[24] <= 8:
        return "png", b"".join(png_chunks(data))
    lossy = pixels.format == "JPEG" or (pixels.format == "WEBP" and b"VP8 " in data[:64])
    shown = in_srgb(ImageOps.exif_transpose(pixels))
    if lossy and "A" not in shown.getbands():
        return "jpeg", encoded(shown, "jpeg", 95)
    return "png", encoded(shown, "png")


def is_srgb(pixels: Pixels) -> bool:
    """Whether the numbers are sRGB's own (or grey), as in most files."""
    profile = pixels.info.get("icc_profile")
    if not profile:
        return pixels.mode != "CMYK"
    return b"sRGB" in profile or b"s\0R\0G\0B" in profile


def in_srgb(pixels: Pixels) -> Pixels:
    """The picture as RGB, RGBA or grey of 8 bits a channel, its colours brought over from its own profile."""
    from PIL import ImageCms

    profile = pixels.info.pop("icc_profile", None)
    if pixels.mode.startswith("I"):
        return pixels.convert("I").point(lambda value: value / 256).convert("L")
    alpha = "A" in pixels.getbands() or "transparency" in pixels.info
    flat = pixels if pixels.mode in ("L", "RGB", "RGBA", "CMYK") else pixels.convert("RGBA" if alpha else "RGB")
    wanted = "RGBA" if alpha else "L" if flat.mode == "L" else "RGB"
    if profile and wanted != "L":
        try:
            given, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(flat, given, srgb, outputMode=wanted) or flat.convert(wanted)
        except (ImageCms.PyCMSError, OSError):
            pass  # A profile that can't be used: the numbers are taken as sRGB, as most programs do.
    return flat.convert(wanted)


def encoded(pixels: Pixels, kind: str, quality: int = JPEG_QUALITY) -> bytes:
    out = io.BytesIO()
    pixels.info = {}
    if kind == "jpeg":
        pixels.save(out, "JPEG", quality=quality, optimize=True)
    else:
        pixels.save(out, "PNG", optimize=False, compress_level=9)
    return out.getvalue()


def jpeg_segments(data: bytes) -> Iterator[bytes]:
    """A JPEG file without comments and metadata (ITU-T T.81, B.1.1)."""
    yield data[:2]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # A fill byte.
            at += 1
            continue
        if marker == 0xDA:
            yield data[at:]
            return
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in KEPT_JPEG:
            yield data[at : at + 2 + length]
        at += 2 + length


def png_chunks(data: bytes) -> Iterator[bytes]:
    """A PNG file without text, time and profiles (ISO/IEC 15948, 5.3)."""
    yield data[:8]
    at = 8
    while at + 12 <= len(data):
        size = 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in KEPT_PNG:
            yield data[at : at + size]
        at += size


def shown_at(image: Image, width: int) -> Image:
    """The picture with about `width` pixels a line, if it has many more; a JPEG stays a JPEG.

    A drawing (SVG) becomes a PNG of that width.
    """
    if image.kind == "svg":
        return drawn(image, max(1, min(width, round(SVG_WIDEST * min(1.0, image.ratio)))))
    if image.width <= width * SPARE:
        return image
    return smaller(image, max(1, width))


def kept(make: Callable[Concatenate[Image, P], Image]) -> Callable[Concatenate[Image, P], Image]:
    """Keeps the pictures that a function makes, each under the name of the one that it is asked to make it of."""
    cached = lru_cache(64)(make)

    @wraps(make)
    def named(image: Image, /, *arguments: P.args, **options: P.kwargs) -> Image:
        found = cached(image, *arguments, **options)  # type: ignore[arg-type]
        return found if found.name == image.name else replace(found, name=image.name)

    return named


@kept
def smaller(image: Image, width: int) -> Image:
    from PIL import Image as pil

    height = max(1, round(width / image.ratio))
    with pil.open(io.BytesIO(image.data)) as pixels:
        if image.kind == "jpeg":
            pixels.draft(None, (width, height))
        full = pixels if image.kind == "jpeg" else in_srgb(pixels)
        small = full.resize((width, height), pil.Resampling.LANCZOS, reducing_gap=3)
    return replace(image, width=width, height=height, data=encoded(small, image.kind))


def in_deck(picture: Picture) -> Picture:
    """A picture as the deck has it: the poster of a clip is cut, since PowerPoint would crop the video with it."""
    return replace(picture, image=cut(picture.image, picture.crop), crop=UNCUT) if picture.clip else picture


@kept
def cut(image: Image, crop: Crop) -> Image:
    """What a crop leaves of a picture, as a picture of its own."""
    from PIL import Image as pil

    if not any(crop):
        return image
    whole = drawn(image, POSTER_WIDTH) if image.kind == "svg" else image
    width, height = whole.width, whole.height
    box = (crop.left * width, crop.top * height, (1 - crop.right) * width, (1 - crop.bottom) * height)
    with pil.open(io.BytesIO(whole.data)) as opened:
        pixels = in_srgb(opened).crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    digest = hashlib.sha256(f"{image.digest} {crop}".encode()).hexdigest()
    data = encoded(pixels, whole.kind)
    return replace(whole, digest=digest, width=pixels.width, height=pixels.height, data=data)


@kept
def drawn(image: Image, width: int) -> Image:
    """An SVG as a PNG; no fonts but those of its own outlines, no file but itself."""
    import resvg_py

    height = max(1, round(width / image.ratio))
    data = bytes(resvg_py.svg_to_bytes(svg_string=image.data.decode(), width=width, skip_system_fonts=True))
    return replace(image, kind="png", width=width, height=height, data=data)


@frozen
class Samples:
    """Pixels as PDF stores them: a JPEG file, or PNG's own compressed lines (ISO 32000-1, 7.4.4.4), and alpha apart."""

    width: int
    height: int
    channels: int
    """1 for grey, 3 for colour."""
    colours: bytes
    alpha: bytes = b""
    """One channel, empty if the picture is opaque."""


def samples(image: Image) -> Samples:
    """The pixels of a PNG or JPEG, 8 bits a channel."""
    from PIL import Image as pil

    with pil.open(io.BytesIO(image.data)) as opened:
        if image.kind == "jpeg":
            return Samples(*opened.size, len(opened.getbands()), image.data)
        pixels = in_srgb(opened)
    alpha = pixels.getchannel("A") if pixels.mode == "RGBA" else None
    if alpha and alpha.getextrema() == (255, 255):
        alpha = None
    colours = pixels.convert("RGB") if pixels.mode == "RGBA" else pixels
    return Samples(
        *pixels.size,
        len(colours.getbands()),
        compressed_lines(encoded(colours, "png")),
        compressed_lines(encoded(alpha, "png")) if alpha else b"",
    )


def compressed_lines(png: bytes) -> bytes:
    chunks = list(png_chunks(png))[1:]
    return b"".join(chunk[8:-4] for chunk in chunks if re.match(rb".{4}IDAT", chunk, re.DOTALL))
