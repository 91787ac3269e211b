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
from deckgen.typeset.numbering import Kind, labels
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.signature import signature
from deckgen.units import Box


@dataclass(frozen=True)
class Draft:
    """A page that does not know its number yet."""

    id: str
    source: Section | Slide | None
    belongs: Part | None
    title: Text
    layout: str
    shapes: tuple[AnyShape, ...]
    part: int = 1
    parts: int = 1

    @property
    def kind(self) -> Kind:
        """What counts for its number."""
        appendix = self.belongs.label if self.belongs and self.belongs.appendix else ""
        return Kind(appendix, isinstance(self.source, Section), isinstance(self.source, Slide) and self.source.hidden)


def typeset(deck: Deck, theme: Theme, faces: Faces) -> Show:
    """All pages of a deck, and the figures that print draws. Text that does not fit stays for `check` to report."""
    sheet = Sheet(
        theme=theme,
        faces=faces,
        layout="title",
        key="title",
        box=theme.body,
        language=deck.language,
        sections=tuple(
            (part.section.section, part.section.summary) for part in parts(deck) if part.section and not part.appendix
        ),
    )
    drafts = [draft_title(deck, sheet), *(draft for part in parts(deck) for draft in draft_part(part, sheet))]
    named = zip(drafts, labels(draft.kind for draft in drafts), strict=True)
    pages = tuple(number_page(draft, i, name, deck, sheet) for i, (draft, name) in enumerate(named, start=1))
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
    return Draft("title", None, None, deck.title, "title", (*((mark,) if mark else ()), *shapes))


def draft_part(part: Part, sheet: Sheet) -> Iterator[Draft]:
    """The opener of a section and its slides."""
    sheet = replace(sheet, section=0 if part.appendix else part.number)
    if part.section:
        yield draft_section(part.section, part, sheet)
    for slide in part.slides:
        if slide.only != "handout":
            yield from draft_slide(slide, part, sheet)


def draft_section(section: Section, part: Part, sheet: Sheet) -> Draft:
    sheet = replace(sheet, layout="section", key=section.id)
    shapes = [sheet.fill("title", section.section)]
    if section.summary:
        shapes.append(sheet.fill("summary", section.summary))
    shapes.append(sheet.fill("number", label(part.label)))
    return Draft(section.id, section, part, section.section, "section", tuple(shapes))


def draft_slide(slide: Slide, part: Part, sheet: Sheet) -> Iterator[Draft]:
    """The pages of a slide: one, or several if its text fits no smaller layout."""
    takeaway_top = sheet.theme.frames["takeaway"].box.y
    body = sheet.theme.body
    box = body._replace(height=takeaway_top - GAP_PT - body.y) if slide.takeaway else body
    pages = paginate(slide, replace(sheet, key=slide.id, box=box))
    for i, page in enumerate(pages, start=1):
        title = slide.title or next((block.slide_title() for block in slide.body if block.slide_title()), ())
        page_id = slide.id if i == 1 else f"{slide.id}--{i}"
        shown = (*title, *label(f" ({i}/{len(pages)})")) if len(pages) > 1 else title
        shapes = frame_shapes(shown, page, part, slide.takeaway if i == len(pages) else (), page_id, sheet)
        yield Draft(page_id, slide, part, shown, page.layout, tuple(shapes), i, len(pages))


GAP_PT = 7.2
"""Between the body and the take-away under it."""


def frame_shapes(
    title: Text, page: BodyPage, part: Part, takeaway: Text, page_id: str, sheet: Sheet
) -> Iterator[AnyShape]:
    """The shapes of a slide in reading order: title, body, take-away, the section it stands in."""
    sheet = replace(sheet, layout=page.layout, key=page_id)
    yield sheet.fill("title", title)
    yield from page.shapes
    if takeaway:
        yield sheet.fill("takeaway", takeaway)
    if part.section and sheet.has("section_number"):
        yield sheet.fill("section_number", label(part.label))
    if part.section and sheet.has("section_name"):
        yield sheet.fill("section_name", part.section.section)


def number_page(draft: Draft, number: int, name: str, deck: Deck, sheet: Sheet) -> Page:
    """The page with its number and footer.

    PowerPoint numbers slides by their places. So a slide that is called otherwise has its number as text.
    """
    sheet = replace(sheet, layout=draft.layout, key=draft.id)
    shapes: list[AnyShape] = list(draft.shapes)
    if sheet.has("footer"):
        shapes.append(sheet.fill("footer", plain_footer(deck)))
    if sheet.has("slide_number"):
        counted = name == str(number)
        shapes.append(replace(sheet.fill("slide_number", label(name)), field="slidenum" if counted else ""))
    source, slide = draft.source, draft.source if isinstance(draft.source, Slide) else None
    source_id = draft.source.id if draft.source else "title"
    return Page(
        id=draft.id,
        source_id=source_id,
        number=number,
        label=name,
        hidden=slide is not None and slide.hidden,
        background=slide.background if slide else "",
        transition=source.transition if source and source.transition else deck.transition,
        part=draft.part,
        parts=draft.parts,
        section=draft.belongs.number if draft.belongs else 0,
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
