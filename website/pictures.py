"""A picture of every kind of block in every theme, drawn from the example in its docstring."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

import pypdfium2
from PIL.Image import Image

from deckgen.blocks import block_class, kinds
from deckgen.talk import Talk, prepare_in_time
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.pages.slides import write_slides_pdf
from website.examples import HEAD, files, of_kind, slide_of

WIDTH = 1200
"""Of a picture, in pixels: one and a half times what a page has room for, for fine screens."""


def shown_kinds() -> list[str]:
    """The kinds that a slide can show."""
    return [kind for kind in sorted(kinds()) if not block_class(kind).PRINT_ONLY]


def source() -> str:
    """A talk with a slide for each kind, in order."""
    slides = "".join(slide_of(of_kind(kind), slide_id(kind), kind.capitalize()) for kind in shown_kinds())
    return HEAD + textwrap.indent(slides, "  ")


def slide_id(kind: str) -> str:
    return f"example-of-{kind}"


def pictures(theme: str) -> Iterator[tuple[str, bytes]]:
    """The picture of each kind as WebP. Errors: `ValueError` tells what is wrong with an example."""
    world = MemoryWorld({"kinds.yaml": source().encode(), **files()}, default_folder())
    talk, found = prepare_in_time(world, "kinds.yaml", theme)
    if talk is None:
        raise ValueError("\n".join(str(problem) for problem in found))
    first = first_pages(talk)
    document = pypdfium2.PdfDocument(write_slides_pdf(talk.worded, talk.show, talk.theme, talk.faces, talk.stamp))
    for kind in shown_kinds():
        page = document[first[slide_id(kind)]]
        yield kind, webp(page.render(scale=WIDTH / page.get_width()).to_pil())
    document.close()


def first_pages(talk: Talk) -> dict[str, int]:
    """The first page of each slide of the source, counted from 0."""
    found: dict[str, int] = {}
    for number, page in enumerate(talk.show.pages):
        found.setdefault(page.source_id, number)
    return found


def webp(image: Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
