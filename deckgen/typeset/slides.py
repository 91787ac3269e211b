"""Typeset a deck: one page for each slide, or several where its text needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from deckgen.frozen import frozen
from deckgen.keep import Keep
from deckgen.model.asset import Backdrop
from deckgen.model.block import leaves
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Part, Section, Slide, parts
from deckgen.model.drawing import AnyShape, Drawing, TextBox, moved
from deckgen.model.exhibit import Exhibit
from deckgen.model.show import Page, Show, Step
from deckgen.model.text import Text, label
from deckgen.model.theme import Theme
from deckgen.typeset.body import BodyPage, paginate
from deckgen.typeset.builds import with_ground
from deckgen.typeset.cropping import filling
from deckgen.typeset.fonts import Faces
from deckgen.typeset.footnotes import GAP_PT as NOTES_GAP_PT
from deckgen.typeset.footnotes import notes_box, notes_of, texts_in, with_marks
from deckgen.typeset.furniture import Standing, furniture
from deckgen.typeset.marks import progress, under_filled
from deckgen.typeset.numbering import Kind, labels
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.signature import signature
from deckgen.units import Box, Point


@frozen
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
    steps: tuple[Step, ...] = ()
    print_step: int | None = None
    under: tuple[AnyShape, ...] = ()
    """What stands under all else."""

    @property
    def kind(self) -> Kind:
        """What counts for its number."""
        appendix = self.belongs.label if self.belongs and self.belongs.appendix else ""
        return Kind(appendix, isinstance(self.source, Section), isinstance(self.source, Slide) and self.source.hidden)


def typeset(deck: Deck, theme: Theme, faces: Faces, keep: Keep | None = None) -> Show:
    """All pages of a deck, and the figures that print draws. Text that does not fit stays for `check` to report.

    `keep` holds the slides of earlier times.
    """
    keep = keep or Keep()
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
    # What is kept was made with one theme and one list of sections, compared once for all.
    common = keep.recall("sheet", (theme, faces.folder, deck.language, sheet.sections), object)
    drafts = [draft_title(deck, sheet)]
    drafts += [draft for part in parts(deck) for draft in draft_part(part, sheet, keep, common)]
    total = sum(1 for draft in drafts if not (draft.kind.hidden or draft.kind.appendix))
    named = zip(drafts, labels(draft.kind for draft in drafts), strict=True)
    pages = tuple(finished(draft, i, name, total, deck, sheet) for i, (draft, name) in enumerate(named, start=1))
    return Show(pages, dict(figures(deck, sheet, keep, common)))


def draft_title(deck: Deck, sheet: Sheet) -> Draft:
    date = label(in_words(deck.date, deck.language))
    texts = {
        "title": (deck.title,),
        "subtitle": (deck.subtitle,),
        "author": (deck.author, deck.role),
        "event": (deck.event, date),
    }
    shapes: list[AnyShape] = [sheet.fill(name, *found) for name, found in texts.items() if any(found)]
    return Draft("title", None, None, deck.title, "title", tuple(shapes))


def draft_part(part: Part, sheet: Sheet, keep: Keep, common: object) -> Iterator[Draft]:
    """The opener of a section and its slides."""
    sheet = replace(sheet, section=0 if part.appendix else part.number)
    if part.section:
        yield draft_section(part.section, part, sheet)
    for slide in part.slides:
        if slide.only != "handout":
            made_of = (common, sheet.section, slide)
            kept = keep.recall(drafts_of(slide.id), made_of, partial(draft_all, slide, part, sheet))
            yield from (replace(draft, source=slide, belongs=part) for draft in kept)


def drafts_of(source_id: str) -> str:
    """The name under which the pages of a slide are kept."""
    return f"slide {source_id}"


def draft_all(slide: Slide, part: Part, sheet: Sheet) -> tuple[Draft, ...]:
    return tuple(draft_slide(slide, part, sheet))


def draft_section(section: Section, part: Part, sheet: Sheet) -> Draft:
    sheet = replace(sheet, layout="section", key=section.id)
    shapes = [sheet.fill("title", section.section)]
    if section.summary:
        shapes.append(sheet.fill("summary", section.summary))
    return Draft(section.id, section, part, section.section, "section", tuple(shapes))


def draft_slide(slide: Slide, part: Part, sheet: Sheet) -> Iterator[Draft]:
    """The pages of a slide: one, or several if its text fits no smaller layout."""
    title = slide.title or next((block.slide_title() for block in slide.body if block.slide_title()), ())
    slide = with_marks(slide)
    box = body_box(slide, sheet)
    pages = paginate(slide, replace(sheet, key=slide.id, box=box))
    done = 0
    for i, page in enumerate(pages, start=1):
        page_id = slide.id if i == 1 else f"{slide.id}--{i}"
        own = slide.title or next((block.slide_title() for block in slide.body if block.slide_title()), ())
        count = label(f" ({i}/{len(pages)})") if len(pages) > 1 else ()
        takeaway = slide.takeaway if i == len(pages) else ()
        shapes = frame_shapes((*own, *count), page, takeaway, page_id, sheet)
        last = (Step((f"{page_id}/takeaway",)),) if takeaway and slide.reveal != "none" else ()
        steps = (*page.steps, *last)
        at = None if slide.print_step is None else max(0, min(len(steps), slide.print_step - done))
        done += len(steps)
        shown = (*title, *count)
        yield Draft(page_id, slide, part, shown, page.layout, tuple(shapes), i, len(pages), steps, at, page.under)


GAP_PT = 7.2
"""Between the body and the take-away under it."""


def body_box(slide: Slide, sheet: Sheet) -> Box:
    """The room of the body: over the take-away, and over the footnotes of the slide."""
    body = sheet.theme.body
    bottom = sheet.theme.frames["takeaway"].top - GAP_PT if slide.takeaway else body.bottom
    notes = notes_box(notes_of(slide.body), slide.id, sheet)
    if notes:
        bottom = min(bottom, notes.box.y - NOTES_GAP_PT) - (takeaway_rise(notes, sheet) if slide.takeaway else 0)
    return body._replace(height=max(0.0, bottom - body.y))


def takeaway_rise(notes: TextBox | None, sheet: Sheet) -> float:
    """How far the take-away has to give way to the notes under it."""
    frame = sheet.theme.frames["takeaway"].box
    return max(0.0, frame.bottom - (notes.box.y - NOTES_GAP_PT)) if notes else 0.0


def frame_shapes(title: Text, page: BodyPage, takeaway: Text, page_id: str, sheet: Sheet) -> Iterator[AnyShape]:
    """The shapes of a slide in reading order: title, body, take-away, footnotes."""
    sheet = replace(sheet, layout=page.layout, key=page_id)
    notes = notes_box(notes_of(texts_in(page.shapes)), page_id, sheet)
    yield sheet.fill("title", title)
    yield from page.shapes
    if takeaway:
        yield moved(sheet.fill("takeaway", takeaway), 0, -takeaway_rise(notes, sheet))
    if notes:
        yield notes


def finished(draft: Draft, number: int, name: str, total: int, deck: Deck, sheet: Sheet) -> Page:
    """The page with all that follows from its place in the deck: decorations under its shapes, number and footer."""
    sheet = replace(sheet, layout=draft.layout, key=draft.id)
    standing = standing_of(draft, number, name, total, deck, sheet)
    own = list(furniture(standing, sheet))
    shapes = (*draft.shapes, *(box for box in own if not box.decorative))
    under = (*decorations(draft, standing, shapes, deck, sheet), *(box for box in own if box.decorative))
    source, slide = draft.source, draft.source if isinstance(draft.source, Slide) else None
    source_id = draft.source.id if draft.source else "title"
    return Page(
        id=draft.id,
        source_id=source_id,
        number=number,
        label=name,
        hidden=slide is not None and slide.hidden,
        background=slide.background.ground if slide and sheet.theme.backgrounds.get(slide.background.ground) else "",
        transition=source.transition if source and source.transition else deck.transition,
        part=draft.part,
        parts=draft.parts,
        section=draft.belongs.number if draft.belongs else 0,
        title=draft.title,
        layout=draft.layout,
        steps=tuple(with_ground(step, under) for step in draft.steps),
        print_step=draft.print_step,
        drawing=Drawing(sheet.theme.page, (*draft.under, *under, *shapes), backdrop_of(slide, sheet.theme)),
        span=draft.source.span if draft.source else deck.span,
    )


def backdrop_of(slide: Slide | None, theme: Theme) -> Backdrop | None:
    """The picture that a slide stands on, cut to the form of the page."""
    plan = slide.background if slide else None
    if not plan or not plan.image:
        return None
    crop = filling(plan.image, Box(0, 0, *theme.page), Point(*plan.focus))
    return Backdrop(plan.image, crop, plan.shade / 100, theme.on(plan.ground).colours["bg"])


def standing_of(draft: Draft, number: int, name: str, total: int, deck: Deck, sheet: Sheet) -> Standing:
    """Where a page stands. A section of the appendix is none of those that the talk counts."""
    part = draft.belongs
    names = tuple(name for name, _ in sheet.sections)
    here = Standing(
        deck.title, names, number=name, counted=name == str(number), total=total, event=deck.event,
        date=in_words(deck.date, deck.language),
    )  # fmt: skip
    if part is None or part.section is None:
        return here
    place = 0 if part.appendix else part.number
    return replace(here, section=place, label=part.label, name=part.section.section)


def decorations(
    draft: Draft, standing: Standing, shapes: Sequence[AnyShape], deck: Deck, sheet: Sheet
) -> Iterator[AnyShape]:
    """What a slide shows under its shapes beside the marks of its layout, since it depends on the talk."""
    plan = sheet.theme.layouts[draft.layout]
    if plan.signature:
        texts = [shape for shape in shapes if isinstance(shape, TextBox)]
        if mark := signature(plan.signature, deck.title, deck.subtitle, f"{draft.id}/signature", texts):
            yield mark
    if plan.progress and (
        strip := progress(plan.progress, standing.section, len(sheet.sections), f"{draft.id}/progress")
    ):
        yield strip
    yield from under_filled(shapes, draft.layout, sheet.theme)


FIGURE_WIDTH_PT = 643.68
"""Of a figure as wide as the handout's measure of 118 mm: its labels of 16 pt become 8.3 pt there, in every theme."""
SPILLED_SHAPE = 1.5
"""The height of the figures that no slide has room for, beside their width: they have a page."""


def figures(deck: Deck, sheet: Sheet, keep: Keep, common: object) -> Iterator[tuple[str, Drawing]]:
    """The drawings of all blocks that print shows as figures, by block key, from the left upper corner."""
    for part in parts(deck):
        for slide in part.slides:
            for i, block in leaves(slide.body):
                if block.NUMBERED == "figure" and "deck" not in (slide.only, block.only):
                    name = f"{slide.id}/{i}"
                    alone = isinstance(block, Exhibit) and block.spill and block.only == "handout"
                    height = FIGURE_WIDTH_PT * SPILLED_SHAPE if alone else sheet.theme.body.height
                    box = Box(0, 0, FIGURE_WIDTH_PT, height)
                    own = replace(sheet, key=name, layout=block.LAYOUT, box=box)
                    yield name, keep.recall(drawing_of(name), (common, block, height), partial(block.figure, own))


def drawing_of(block_key: str) -> str:
    """The name under which the figure of a block is kept."""
    return f"figure {block_key}"
