"""A picture sheet: the slides of a talk in rows of three, nine on a page, so that themes can be compared."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.setting import Style
from deckgen.model.show import Show
from deckgen.model.text import label
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.typeset.paragraphs import set_paragraph
from deckgen.units import Box, Size
from deckgen.write.pages.forms import Form, Picture, add_forms, draw
from deckgen.write.pages.paths import numbers, rectangle

PAGE = Size(842, 595)
"""A4, upright side down."""
MARGIN_PT, GAP_PT, TOP_PT = 36.0, 14.0, 70.0
ROW, ROWS = 3, 3
NAME, DESCRIPTION = Style("head", 20, 26), Style("sans", 11, 15, colour="muted")
FRAME = "0.8 G 0.5 w"
"""A thin grey line around each slide: a white one would not be seen on paper."""


def write_sheets(talks: Iterable[tuple[Show, Theme, Faces]]) -> bytes:
    """A PDF with a page for every nine slides of each talk, under the name of its theme."""
    with pikepdf.new() as pdf:
        with pdf.open_outline() as outline:
            for show, theme, faces in talks:
                outline.root.append(pikepdf.OutlineItem(theme.name, len(pdf.pages), "Fit"))
                add_sheets(pdf, show, theme, faces)
        pdf.Root.Lang = String("en")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def add_sheets(pdf: pikepdf.Pdf, show: Show, theme: Theme, faces: Faces) -> None:
    pages = [page for page in show.pages if not page.hidden]
    pictures = {page.id: Picture(page.printed, theme.on(page.background), page.layout) for page in pages}
    drawn = draw({"/head": heading(theme, faces), **pictures}, faces)
    forms = add_forms(pdf, drawn, {name: picture.box.width for name, (picture, _) in drawn.items()})
    for first in range(0, len(pages), ROW * ROWS):
        add_sheet(pdf, forms["/head"], [forms[page.id] for page in pages[first : first + ROW * ROWS]])


def heading(theme: Theme, faces: Faces) -> Picture:
    """The name of the theme and what it says of itself, in its own fonts."""
    width = PAGE.width - 2 * MARGIN_PT
    paragraphs = tuple(
        set_paragraph(label(words), style, width, faces, theme.inline_code_size)
        for words, style in ((theme.name, NAME), (theme.description, DESCRIPTION))
    )
    box = Box(0, 0, width, sum(paragraph.height_pt for paragraph in paragraphs))
    return Picture(Drawing(PAGE, (TextBox(key="head", box=box, paragraphs=paragraphs),)), theme.on_paper())


def add_sheet(pdf: pikepdf.Pdf, head: Form, slides: Iterable[Form]) -> None:
    """A page with the heading and the slides."""
    pdf.add_blank_page(page_size=PAGE)
    page = pdf.pages[-1].obj
    operators = [f"q 1 0 0 1 {numbers(MARGIN_PT, PAGE.height - 24 - head.size.height)} cm /Head Do Q"]
    names = {"/Head": head.x_object}
    for i, (slide, box) in enumerate(zip(slides, places(), strict=False)):
        scale = min(box.width / slide.size.width, box.height / slide.size.height)
        y = PAGE.height - box.bottom
        operators.append(f"q {scale:.5f} 0 0 {scale:.5f} {numbers(box.x, y)} cm /Slide{i} Do Q")
        operators.append(f"{FRAME} {rectangle(box._replace(y=y, height=slide.size.height * scale))} S")
        names[f"/Slide{i}"] = slide.x_object
    page.Contents = pdf.make_stream("\n".join(operators).encode("ascii"))
    page.Resources = Dictionary(XObject=Dictionary(names), ProcSet=Array([Name.PDF]))


def places() -> Iterator[Box]:
    """Where the slides of a page stand, row by row."""
    area = Box(MARGIN_PT, TOP_PT, PAGE.width - 2 * MARGIN_PT, PAGE.height - TOP_PT - MARGIN_PT)
    height = (area.height - (ROWS - 1) * GAP_PT) / ROWS
    for row in range(ROWS):
        yield from area._replace(y=area.y + row * (height + GAP_PT), height=height).columns(ROW, GAP_PT)
