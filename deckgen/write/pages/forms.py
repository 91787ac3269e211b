"""Drawings as form XObjects, which other pages stamp in at any size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.frozen import frozen
from deckgen.model.drawing import Drawing, bounds
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.units import Box, Size
from deckgen.write.pages.canvas import Canvas, Link
from deckgen.write.pages.paths import numbers
from deckgen.write.pages.resources import Resources

BLEED_PT = 3.0
"""How far the lines of a figure may reach over its bounds."""


@frozen
class Picture:
    """A drawing with the theme that colours it; with a layout, it stands on that layout's ground."""

    drawing: Drawing
    theme: Theme
    layout: str = ""
    scale: float = 1
    """How many times its size it is shown at."""

    @property
    def box(self) -> Box:
        """What the picture shows of the drawing's plane: the whole slide, or the bounds of the shapes."""
        return Box(0, 0, *self.drawing.size) if self.layout else bounds(self.drawing.shapes)


def content(picture: Picture, faces: Faces, book: Resources) -> tuple[bytes, tuple[Link, ...]]:
    """The picture as a content stream with its left lower corner at the origin, and the links on it."""
    canvas = Canvas(picture.theme, faces, book, picture.scale)
    if picture.layout:
        canvas.ground(picture.layout, picture.drawing)
    for shape in picture.drawing.shapes:
        canvas.draw(shape)
    upright = f"1 0 0 -1 {numbers(-picture.box.x, picture.box.bottom)} cm"
    return "\n".join([upright, *canvas.operators]).encode("ascii"), tuple(canvas.links)


class Form(NamedTuple):
    """A form XObject. Its origin is the left lower corner of what it shows, `size` its natural size in points."""

    x_object: pikepdf.Object
    size: Size


def add_forms(pdf: pikepdf.Pdf, pictures: Mapping[str, Picture], faces: Faces) -> dict[str, Form]:
    """A form in `pdf` for each picture. All share one subset of each face."""
    book = Resources()
    streams = {name: content(picture, faces, book)[0] for name, picture in pictures.items()}
    resources = book.embedded(pdf)
    return {name: _form(pdf, pictures[name], data, resources) for name, data in streams.items()}


def _form(pdf: pikepdf.Pdf, picture: Picture, data: bytes, resources: pikepdf.Object) -> Form:
    width, height = picture.box.width, picture.box.height
    bleed = 0 if picture.layout else BLEED_PT
    corners = (-bleed, -bleed, width + bleed, height + bleed)
    entries = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(corner, 2) for corner in corners]),
        Resources=resources,
    )
    return Form(pdf.make_stream(data, entries), Size(width, height))
