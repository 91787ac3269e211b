"""A drawing as a PDF of one page."""

from __future__ import annotations

import io

import pikepdf

from deckgen.typeset.fonts import Faces
from deckgen.write.pages.forms import Picture, content
from deckgen.write.pages.images import sized


def page_pdf(picture: Picture, faces: Faces) -> bytes:
    """The picture on a page of its own size, the same bytes for the same arguments."""
    own = content(picture, faces)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(picture.box.width, picture.box.height))
        page = pdf.pages[0].obj
        page.Resources = own.resources.embedded(pdf, sized((image, 1) for image in own.images))
        page.Contents = pdf.make_stream(own.data)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
