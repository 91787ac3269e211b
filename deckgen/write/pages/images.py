"""The images of a PDF, each embedded once: JPEG as it is, PNG with its alpha, SVG as vectors (svg2pdf).

Colours are sRGB or grey, which the output intent of PDF/A covers (ISO 19005-3, 6.2.4.3).
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name

from deckgen.model.asset import Image
from deckgen.model.drawing import Picture
from deckgen.typeset.raster import samples, shown_at

PRINT_PPI = 300
"""A picture with many more pixels to the inch, where it is printed, is made smaller."""
FILTER_PPI = 300
"""Pixels to the inch (of 96) of those effects of an SVG that have no vectors."""


def name_of(image: Image) -> str:
    """The name of an image's resource."""
    return f"/I{image.digest[:16]}"


def sized(shown: Iterable[tuple[Picture, float]]) -> dict[str, Image]:
    """The images of pictures by the names of their resources, in the size of pixels that print needs.

    Each picture comes with the scale at which it is printed, beside its size in the drawing; the largest counts.
    """
    widths: dict[str, int] = {}
    images: dict[str, Image] = {}
    for picture, scale in shown:
        name = name_of(picture.image)
        images[name] = picture.image
        widths[name] = max(widths.get(name, 0), picture.pixels(PRINT_PPI * scale))
    return {name: image if image.kind == "svg" else shown_at(image, widths[name]) for name, image in images.items()}


def embed(pdf: pikepdf.Pdf, image: Image) -> pikepdf.Object:
    return vector_form(pdf, image) if image.kind == "svg" else image_object(pdf, image)


def image_object(pdf: pikepdf.Pdf, image: Image) -> pikepdf.Object:
    """An image XObject (ISO 32000-1, 8.9.5)."""
    found = samples(image)

    def stream(data: bytes, channels: int, mask: pikepdf.Object | None = None) -> pikepdf.Object:
        entries = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=found.width,
            Height=found.height,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray if channels == 1 else Name.DeviceRGB,
        )
        if mask:
            entries.SMask = mask
        made = pdf.make_stream(b"", entries)
        if image.kind == "jpeg":
            made.write(data, filter=Name.DCTDecode)
        else:
            lines = Dictionary(Predictor=15, Colors=channels, BitsPerComponent=8, Columns=found.width)
            made.write(data, filter=Name.FlateDecode, decode_parms=lines)
        return made

    return stream(found.colours, found.channels, stream(found.alpha, 1) if found.alpha else None)


def vector_form(pdf: pikepdf.Pdf, image: Image) -> pikepdf.Object:
    """A form XObject of an SVG, which fills the unit square."""
    import svg2pdf_py

    options = svg2pdf_py.ConversionOptions(raster_scale=FILTER_PPI / 96, embed_text=False)
    converted = svg2pdf_py.svg_to_pdf(image.data.decode(), svg2pdf_py.FontDatabase(), options)
    with pikepdf.open(io.BytesIO(converted)) as drawn:
        page = drawn.pages[0]
        form = pdf.copy_foreign(page.as_form_xobject())
        _, _, width, height = map(float, page.mediabox)
    form.Matrix = pikepdf.Array([round(1 / width, 8), 0, 0, round(1 / height, 8), 0, 0])
    return form
