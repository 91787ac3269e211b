"""Typeset a deck: one page for each slide, or several where its text needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckgen.model.block import leaves
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Part, Section, Slide, parts
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.show import Page, Show
from deckgen.model.text import Text, label
from deckgen.model.theme import Theme
from deckgen.typeset.body import BodyPage, paginate
from deckgen.typeset.fonts import Faces
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.signature import signature
from deckgen.units import Box


@dataclass(frozen=True)
class Draft:
    """A page that does not know its number yet."""

    id: str
    source: Section | Slide | None
    section: int
    title: Text
    layout: str
    shapes: tuple[AnyShape, ...]
    part: int = 1
    parts: int = 1


def typeset(deck: Deck, theme: Theme, faces: Faces) -> Show:
    """All pages of a deck, and the figures that print draws. Text that does not fit stays for `check` to report."""
    sheet = Sheet(
        theme=theme,
        faces=faces,
        layout="title",
        key="title",
        box=theme.body,
        language=deck.language,
        sections=tuple((part.section.section, part.section.summary) for part in parts(deck) if part.section),
    )
    drafts = [draft_title(deck, sheet), *(draft for part in parts(deck) for draft in draft_part(part, sheet))]
    pages = tuple(number_page(draft, i, deck, sheet) for i, draft in enumerate(drafts, start=1))
    return Show(pages, dict(figures(deck, sheet)))


def draft_title(deck: Deck, sheet: Sheet) -> Draft:
    date = label(in_words(deck.date, deck.language))
    texts = {
        "title": (deck.title,),
        "subtitle": (deck.subtitle,),
        "author": (deck.author, deck.role),
        "event": (deck.event, date),
    }
    shapes: list[AnyShape] = [sheet.fill(name, *found) for name, found in texts.items() if any(found)]
    mark = signature(deck.title, deck.subtitle, sheet.theme)
    return Draft("title", None, 0, deck.title, "title", (*((mark,) if mark else ()), *shapes))


def draft_part(part: Part, sheet: Sheet) -> Iterator[Draft]:
    """The opener of a section and its slides."""
    sheet = replace(sheet, section=part.number)
    if part.section:
        yield draft_section(part.section, part.number, sheet)
    for slide in part.slides:
        if slide.only != "handout":
            yield from draft_slide(slide, part.section, sheet)


def draft_section(section: Section, number: int, sheet: Sheet) -> Draft:
    sheet = replace(sheet, layout="section", key=section.id)
    shapes = [sheet.fill("title", section.section)]
    if section.summary:
        shapes.append(sheet.fill("summary", section.summary))
    shapes.append(sheet.fill("number", label(str(number))))
    return Draft(section.id, section, number, section.section, "section", tuple(shapes))


def draft_slide(slide: Slide, section: Section | None, sheet: Sheet) -> Iterator[Draft]:
    """The pages of a slide: one, or several if its text fits no smaller layout."""
    takeaway_top = sheet.theme.frames["takeaway"].box.y
    body = sheet.theme.body
    box = body._replace(height=takeaway_top - GAP_PT - body.y) if slide.takeaway else body
    pages = paginate(slide, replace(sheet, key=slide.id, box=box))
    for i, page in enumerate(pages, start=1):
        title = slide.title or next((block.slide_title() for block in slide.body if block.slide_title()), ())
        page_id = slide.id if i == 1 else f"{slide.id}--{i}"
        shown = (*title, *label(f" ({i}/{len(pages)})")) if len(pages) > 1 else title
        shapes = frame_shapes(shown, page, section, slide.takeaway if i == len(pages) else (), page_id, sheet)
        yield Draft(page_id, slide, sheet.section, shown, page.layout, tuple(shapes), i, len(pages))


GAP_PT = 7.2
"""Between the body and the take-away under it."""


def frame_shapes(
    title: Text, page: BodyPage, section: Section | None, takeaway: Text, page_id: str, sheet: Sheet
) -> Iterator[AnyShape]:
    """The shapes of a slide in reading order: title, body, take-away, the section it stands in."""
    sheet = replace(sheet, layout=page.layout, key=page_id)
    yield sheet.fill("title", title)
    yield from page.shapes
    if takeaway:
        yield sheet.fill("takeaway", takeaway)
    if section and sheet.has("section_number"):
        yield sheet.fill("section_number", label(str(sheet.section)))
    if section and sheet.has("section_name"):
        yield sheet.fill("section_name", section.section)


def number_page(draft: Draft, number: int, deck: Deck, sheet: Sheet) -> Page:
    """The page with its number and footer."""
    sheet = replace(sheet, layout=draft.layout, key=draft.id)
    shapes: list[AnyShape] = list(draft.shapes)
    if sheet.has("footer"):
        shapes.append(sheet.fill("footer", plain_footer(deck)))
    if sheet.has("slide_number"):
        shapes.append(replace(sheet.fill("slide_number", label(str(number))), field="slidenum"))
    source_id = draft.source.id if draft.source else "title"
    return Page(
        id=draft.id,
        source_id=source_id,
        number=number,
        part=draft.part,
        parts=draft.parts,
        section=draft.section,
        title=draft.title,
        layout=draft.layout,
        drawing=Drawing(sheet.theme.page, tuple(shapes)),
        span=draft.source.span if draft.source else deck.span,
    )


def plain_footer(deck: Deck) -> Text:
    """The deck's title without looks and links."""
    return label("".join(run.text for run in deck.title))


def figures(deck: Deck, sheet: Sheet) -> Iterator[tuple[str, Drawing]]:
    """The drawings of all blocks that print shows as figures, by block key, from the left upper corner."""
    for part in parts(deck):
        for slide in part.slides:
            for i, block in leaves(slide.body):
                if block.NUMBERED == "figure" and "deck" not in (slide.only, block.only):
                    name = f"{slide.id}/{i}"
                    box = Box(0, 0, sheet.theme.body.width, sheet.theme.body.height)
                    yield name, block.figure(replace(sheet, key=name, layout=block.LAYOUT, box=box))
