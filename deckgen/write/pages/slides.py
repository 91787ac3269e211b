"""The slides PDF: one page a slide, with bookmarks and links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from deckgen.model.deck import Deck
from deckgen.model.references import homes
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.units import Box, Size
from deckgen.write.pages.canvas import Link
from deckgen.write.pages.forms import Picture, content, shared_resources


def write_slides_pdf(deck: Deck, show: Show, theme: Theme, faces: Faces, stamp: datetime) -> bytes:
    """The show as a PDF without hidden slides, the same bytes for the same input. `stamp` (UTC) is its date."""
    pages = [page for page in show.pages if not page.hidden]
    drawn = [content(Picture(page.printed, theme.on(page.background), page.layout), faces) for page in pages]
    with pikepdf.new() as pdf:
        resources = shared_resources(pdf, drawn, ((image, 1) for own in drawn for image in own.images))
        for page, own in zip(pages, drawn, strict=True):
            pdf.add_blank_page(page_size=page.drawing.size)
            pdf.pages[-1].obj.Contents = pdf.make_stream(own.data)
            pdf.pages[-1].obj.Resources = resources
        sheets = list(pdf.pages)
        targets = {page.id: sheet for page, sheet in zip(pages, sheets, strict=True)}
        targets |= {name: targets[page] for name, page in homes(deck, show).items() if page in targets}
        for page, sheet, own in zip(pages, sheets, drawn, strict=True):
            notes = [note for link in own.links if (note := annotation(link, page.drawing.size, targets))]
            if notes:
                sheet.obj.Annots = Array([pdf.make_indirect(note) for note in notes])
        describe(pdf, deck, stamp)
        with pdf.open_outline() as outline:
            outline.root.extend(bookmarks(pages))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def annotation(link: Link, size: Size, targets: dict[str, pikepdf.Page]) -> Dictionary | None:
    """A link annotation; none if the slide it leads to is not shown."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=upright(link.box, size), Border=Array([0, 0, 0]), F=4)
    if not link.target.startswith("#"):
        note.A = Dictionary(S=Name.URI, URI=String(link.target))
    elif (sheet := targets.get(link.target[1:])) is not None:
        note.Dest = Array([sheet.obj, Name.Fit])
    else:
        return None
    return note


def upright(box: Box, size: Size) -> Array:
    """A box of a drawing as a PDF rectangle: left, bottom, right, top."""
    corners = (box.x, size.height - box.bottom, box.right, size.height - box.y)
    return Array([round(corner, 2) for corner in corners])


def describe(pdf: pikepdf.Pdf, deck: Deck, stamp: datetime) -> None:
    """Title, author, language and date of the document."""
    date = stamp.strftime("D:%Y%m%d%H%M%SZ")
    about = {"/Title": plain(deck.title), "/Author": plain(deck.author), "/CreationDate": date, "/ModDate": date}
    for key, value in about.items():
        if value:
            pdf.docinfo[key] = String(value)
    pdf.Root.Lang = String(deck.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def bookmarks(pages: Sequence[Page]) -> list[OutlineItem]:
    """A bookmark for each slide by its title, those of a section under the section's opener."""
    found: list[OutlineItem] = []
    section = 0
    for index, page in enumerate(pages):
        if page.part > 1:
            continue
        item = OutlineItem(bookmark_title(page), index, "Fit")
        if page.section and page.section == section:
            found[-1].children.append(item)
        else:
            found.append(item)
        section = page.section
    return found


def bookmark_title(page: Page) -> str:
    return plain(page.title) or page.label
