"""A picture of every kind of block in every theme, drawn from the example in its docstring."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

import pypdfium2
from PIL.Image import Image
from PIL.ImageChops import difference

from deckgen.blocks import block_class, kinds
from deckgen.build import Options, build
from deckgen.talk import Talk, prepare_in_time
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.pages.slides import write_slides_pdf
from website.examples import HEAD, files, of_kind, slide_of

WIDTH = 1200
"""Of a picture, in pixels: one and a half times what a page has room for, for fine screens."""
FILE = "kinds.yaml"
LEAD_PT = 4.0
"""How far a heading's letters may stand above its bookmark."""
FOOT_PT = 62.0
"""The room that the footer of a page takes."""
AIR = 24
"""Under what is printed, in pixels."""
SIDE_PT = 36.0
"""The white at the sides of a page that is not shown."""


def shown_kinds() -> list[str]:
    """The kinds that a slide can show."""
    return [kind for kind in sorted(kinds()) if not block_class(kind).PRINT_ONLY]


def source() -> str:
    """A talk with a slide for each kind, in order."""
    slides = "".join(slide_of(of_kind(kind), slide_id(kind), kind.capitalize()) for kind in shown_kinds())
    return HEAD + textwrap.indent(slides, "  ")


def slide_id(kind: str) -> str:
    return f"example-of-{kind}"


def project() -> MemoryWorld:
    return MemoryWorld({FILE: source().encode(), **files()}, default_folder())


def pictures(theme: str) -> Iterator[tuple[str, bytes]]:
    """Each kind on its slide, as WebP. Errors: `ValueError` tells what is wrong with an example."""
    talk, found = prepare_in_time(project(), FILE, theme)
    if talk is None:
        raise ValueError("\n".join(str(problem) for problem in found))
    first = first_pages(talk)
    document = pypdfium2.PdfDocument(write_slides_pdf(talk.worded, talk.show, talk.theme, talk.faces, talk.stamp))
    for kind in shown_kinds():
        page = document[first[slide_id(kind)]]
        yield kind, webp(page.render(scale=WIDTH / page.get_width()).to_pil())
    document.close()


def printed_pictures() -> Iterator[tuple[str, bytes]]:
    """Each kind as the article prints it, as WebP: from its heading, which is a bookmark, to the next one or the foot.

    Errors: `ValueError` tells what is wrong with an example.
    """
    made = build(project(), FILE, Options(only="handout"))
    if not made.outputs:
        raise ValueError("\n".join(str(problem) for problem in made.diagnostics))
    document = pypdfium2.PdfDocument(made.outputs[0].data)
    bookmarks = [(mark.level, mark.get_dest()) for mark in document.get_toc()]
    places = [(to.get_index(), to.get_view()[1][1]) for level, to in bookmarks if level and to][1:]
    ends = [*places[1:], (len(document), 0.0)]
    for kind, (index, top), (next_index, next_top) in zip(shown_kinds(), places, ends, strict=True):
        page = document[index]
        foot = next_top + LEAD_PT if next_index == index else FOOT_PT
        width = page.get_width() - 2 * SIDE_PT
        scale = WIDTH / width
        image = page.render(scale=scale).to_pil().convert("RGB")
        head = page.get_height() - top - LEAD_PT
        box = (SIDE_PT, head, SIDE_PT + width, page.get_height() - foot)
        left, upper, right, lower = (round(scale * place_pt) for place_pt in box)
        yield kind, webp(without_empty_foot(image.crop((left, upper, right, lower))))
    document.close()


def without_empty_foot(image: Image) -> Image:
    """Up to the last row of pixels that is another than the lowest, and a little white."""
    lowest = image.crop((0, image.height - 1, image.width, image.height)).resize(image.size)
    box = difference(image, lowest).getbbox()
    return image.crop((0, 0, image.width, min(box[3] + AIR, image.height))) if box else image


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
