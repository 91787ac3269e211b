"""Drawings as form XObjects, which other pages stamp in at any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.frozen import frozen
from deckgen.keep import Keep
from deckgen.model.drawing import Drawing, bounds
from deckgen.model.drawing import Picture as Image
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.units import Box, Size
from deckgen.write.pages.canvas import Canvas, Link
from deckgen.write.pages.images import sized
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

    @property
    def box(self) -> Box:
        """What the picture shows of the drawing's plane: the whole slide, or the bounds of the shapes."""
        return Box(0, 0, *self.drawing.size) if self.layout else bounds(self.drawing.shapes)


class Content(NamedTuple):
    """A picture as a content stream with its left lower corner at the origin."""

    data: bytes
    links: tuple[Link, ...]
    resources: Resources
    images: tuple[Image, ...]
    """All that it shows; how large they have to be depends on the size at which it is printed."""


def content(picture: Picture, faces: Faces) -> Content:
    resources = Resources()
    canvas = Canvas(picture.theme, faces, resources)
    if picture.layout:
        canvas.ground(picture.layout, picture.drawing)
    for shape in picture.drawing.shapes:
        canvas.draw(shape)
    upright = f"1 0 0 -1 {numbers(-picture.box.x, picture.box.bottom)} cm"
    data = "\n".join([upright, *canvas.operators]).encode("ascii")
    return Content(data, tuple(canvas.links), resources, tuple(canvas.images))


def shared_resources(
    pdf: pikepdf.Pdf, drawn: Iterable[Content], shown: Iterable[tuple[Image, float]]
) -> pikepdf.Object:
    """The resources of several streams, with one subset of each face; `shown` are all images with their scales."""
    found = Resources()
    for own in drawn:
        found.add(own.resources)
    return found.embedded(pdf, sized(shown))


class Form(NamedTuple):
    """A form XObject. Its origin is the left lower corner of what it shows, `size` its natural size in points."""

    x_object: pikepdf.Object
    size: Size


Drawn = Mapping[str, tuple[Picture, Content]]
"""Pictures that are drawn, by name, before it is known at which size they are printed."""


def draw(pictures: Mapping[str, Picture], faces: Faces, keep: Keep | None = None) -> Drawn:
    """`keep` holds pictures that were drawn before."""
    keep = keep or Keep()
    return {
        name: (picture, keep.recall(f"drawn {name}", (picture, faces), partial(content, picture, faces)))
        for name, picture in pictures.items()
    }


def add_forms(pdf: pikepdf.Pdf, drawn: Drawn, widths_pt: Mapping[str, float]) -> dict[str, Form]:
    """A form in `pdf` for each picture that is printed; `widths_pt` says how wide. All share their resources."""
    printed = {name: drawn[name] for name in widths_pt}
    images = [
        (image, widths_pt[name] / picture.box.width) for name, (picture, own) in printed.items() for image in own.images
    ]
    resources = shared_resources(pdf, (own for _, own in printed.values()), images)
    return {name: _form(pdf, picture, own.data, resources) for name, (picture, own) in printed.items()}


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
