"""Deck, show and theme -> the bytes of a `.pptx`."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import NamedTuple

import pptx
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import SlidePart
from pptx.presentation import Presentation

from deckgen.keep import Keep
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Section
from deckgen.model.manifest import Manifest, digest_of_parts
from deckgen.model.references import homes
from deckgen.model.schedule import schedule, whole
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces
from deckgen.typeset.furniture import Standing
from deckgen.write.pptx.backgrounds import MASTER_MAP, backdrop_markup, map_markup, pen_on
from deckgen.write.pptx.builds import timing_markup
from deckgen.write.pptx.canvas import Canvas, ShapeIds
from deckgen.write.pptx.charts.part import ChartParts
from deckgen.write.pptx.colour import colour_markup
from deckgen.write.pptx.embedding import embed_fonts, used_faces
from deckgen.write.pptx.ids import number, slide_ids
from deckgen.write.pptx.language import language_tag
from deckgen.write.pptx.links import PartLinks
from deckgen.write.pptx.manifest import ITEM, PROPERTIES
from deckgen.write.pptx.markup import NAMESPACES, attributes, shape_tree
from deckgen.write.pptx.media import MediaParts, SlideMedia
from deckgen.write.pptx.notes import add_notes, notes_by_source, time_so_far
from deckgen.write.pptx.package import files_of, index_relationships, zipped
from deckgen.write.pptx.placeholders import slots
from deckgen.write.pptx.sections import POWERPOINT_2010, section_list
from deckgen.write.pptx.shapes import markup
from deckgen.write.pptx.template import Ground, template
from deckgen.write.pptx.text import Pen
from deckgen.write.pptx.traces import Element, Stored, pictures, trace
from deckgen.write.pptx.transitions import morphing, transition_markup

LONGEST_PROPERTY = 255
"""Characters that a core property may have."""


class SlideXml(NamedTuple):
    """What is written of a page: the content of its slide, and what comes on at clicks; the latter may be empty."""

    content: str
    timing: str


def write_deck(
    deck: Deck,
    show: Show,
    theme: Theme,
    manifest: Manifest,
    stamp: datetime,
    embedded: Faces | None = None,
    keep: Keep | None = None,
) -> bytes:
    """The deck as a PowerPoint file; the same arguments give the same bytes.

    `stamp` is the time of creation that the file tells; `embedded` are the theme's faces if the deck is to carry those
    that it uses; `keep` holds what an earlier deck was made of.
    """
    keep = keep or Keep()
    pen = Pen(theme, colour_markup(theme), language_tag(deck.language))
    pen = keep.recall("pen", pen, lambda: pen)
    further, known = grounds(show, theme), standing(deck, show)
    empty = keep.recall("template", (pen, known, further), lambda: template(pen, known, further))
    presentation = pptx.Presentation(io.BytesIO(empty))
    index_relationships(presentation)
    ids = slide_ids(page.id for page in show.pages)
    slides = add_slides(presentation, show, (*((name, "") for name in theme.layouts), *further), ids)
    lone = draw_slides(slides, homes(deck, show), show, pen, keep)
    note_slides(presentation, slides, deck, show, pen)
    presentation.element.append(parse_xml(section_list(deck, show.pages, ids).encode()))
    set_properties(presentation, deck, pen, stamp)
    add_manifest(presentation)
    if embedded:
        embed_fonts(presentation, used_faces(deck, show), theme, embedded)
    traces = {}
    for name, part in slides.items():
        made = partial(trace, part.slide.element, charts_of(part))
        traces[name] = keep.recall(f"trace {name}", lone[name], made) if name in lone else made()
    shown = pictures({name: (part.slide.element, media_of(part)) for name, part in slides.items()})
    files = files_of(presentation)
    written = digest_of_parts((name, data) for name, data in files.items() if name != ITEM)
    return zipped(files | {ITEM: replace(manifest, traces=traces, pictures=shown, written=written).to_xml()})


def standing(deck: Deck, show: Show) -> Standing:
    """What a new slide of the deck knows before it has a place."""
    names = tuple(entry.section for entry in deck.slides if isinstance(entry, Section))
    date = in_words(deck.date, deck.language)
    return Standing(deck.title, names, total=len(show.pages), event=deck.event, date=date)


def grounds(show: Show, theme: Theme) -> tuple[Ground, ...]:
    """The layouts that slides have on other backgrounds than the theme's own."""
    used = {(page.layout, page.background) for page in show.pages if page.background}
    order = list(theme.layouts)
    return tuple(sorted(used, key=lambda ground: (order.index(ground[0]), ground[1])))


def add_slides(
    presentation: Presentation, show: Show, every: Sequence[Ground], ids: Mapping[str, int]
) -> dict[str, SlidePart]:
    """An empty slide for each page, so that links find every slide when they are written."""
    layouts = dict(zip(every, presentation.slide_layouts, strict=True))
    slides: dict[str, SlidePart] = {}
    listed = presentation.element.get_or_add_sldIdLst()
    for page in show.pages:
        relation, slide = presentation.part.add_slide(layouts[page.layout, page.background])
        listed._add_sldId(id=ids[page.id], rId=relation)
        slides[page.id] = slide.part
    return slides


def draw_slides(
    slides: Mapping[str, SlidePart], homes: Mapping[str, str], show: Show, pen: Pen, keep: Keep
) -> dict[str, SlideXml]:
    """Put every page's drawing onto its slide; links to an id lead to its home. Gives what refers to no other part."""
    targets = {name: slides[page] for name, page in homes.items()}
    places = {layout: slots(pen.theme, layout) for layout in {page.layout for page in show.pages}}
    pairs = morphing(show.pages)
    parts = MediaParts(next(iter(slides.values())).package)
    pens = {background: pen_on(background, pen) for background in {page.background for page in show.pages}}
    charts = count(1)
    lone: dict[str, SlideXml] = {}

    def drawn(page: Page) -> SlideXml:
        part = slides[page.id]
        ids, media = ShapeIds(page.drawing.shapes), SlideMedia(part, parts)
        own, links = pens[page.background], PartLinks(part, targets)
        canvas = Canvas(own, links, ids, places[page.layout], media, ChartParts(part, charts), morphs=page.id in pairs)
        return SlideXml(slide_content(page, canvas), timing_markup(page.steps, page.drawing.shapes, ids))

    for page in show.pages:
        part, name = slides[page.id], f"slide {page.id}"
        xml = keep.recall(name, (pen, page, page.id in pairs), partial(drawn, page))
        if len(part.rels) > 1:  # To its layout it always refers; all else has to be there anew each time.
            keep.forget(name)
        else:
            lone[page.id] = xml
        root = part.slide.element
        root.replace(root.cSld, parse_xml(xml.content.encode()))
        if (mapping := map_markup(page.layout, page.background, pen.theme)) != MASTER_MAP:
            root.replace(root.clrMapOvr, parse_xml(f"<p:clrMapOvr {NAMESPACES}>{mapping}</p:clrMapOvr>".encode()))
        if page.hidden:
            root.set("show", "0")
        if transition := transition_markup(page.transition):
            root.append(parse_xml(transition.encode()))
        if xml.timing:
            root.append(parse_xml(xml.timing.encode()))
    return lone


def slide_content(page: Page, canvas: Canvas) -> str:
    """`p:cSld`: the page's shapes under its id as name, the slide's lasting number beside them."""
    ground = backdrop_markup(page.drawing.backdrop, canvas.media)
    shapes = "".join(markup(shape, canvas) for shape in page.drawing.shapes)
    return (
        f"<p:cSld {NAMESPACES}{attributes(name=page.id)}>{ground}{shape_tree(shapes)}"
        '<p:extLst><p:ext uri="{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}">'
        f'<p14:creationId xmlns:p14="{POWERPOINT_2010}" val="{number(page.id)}"/></p:ext></p:extLst></p:cSld>'
    )


def charts_of(slide: SlidePart) -> Mapping[str, Element]:
    """The charts of a slide by the relationships that lead to them."""
    targets = ((name, relation.target_part) for name, relation in slide.rels.items() if not relation.is_external)
    charts = ((name, part) for name, part in targets if part.content_type == CONTENT_TYPE.DML_CHART)
    return {name: part._element for name, part in charts if isinstance(part, XmlPart)}


def media_of(slide: SlidePart) -> Mapping[str, Stored]:
    """The pictures and clips of a slide by the relationships that lead to them."""
    targets = ((name, relation.target_part) for name, relation in slide.rels.items() if not relation.is_external)
    return {name: Stored(part.partname, part.blob) for name, part in targets if part.partname.startswith("/ppt/media/")}


def note_slides(presentation: Presentation, slides: Mapping[str, SlidePart], deck: Deck, show: Show, pen: Pen) -> None:
    """A notes page for each slide with notes; the later pages of a slide that was split have none."""
    master = presentation.part.notes_master_part
    notes = notes_by_source(deck)
    times = {time.entry.id: time_so_far(time, whole(deck), deck.language) for time in schedule(deck)}
    noted = [page for page in show.pages if page.part == 1 and (notes.get(page.source_id) or page.source_id in times)]
    for i, page in enumerate(noted, start=1):
        text = (*times.get(page.source_id, ()), *notes[page.source_id])
        add_notes(slides[page.id], page, text, master, i, pen)


def set_properties(presentation: Presentation, deck: Deck, pen: Pen, stamp: datetime) -> None:
    """The core properties (ISO/IEC 29500-2, 8.3)."""
    properties = presentation.core_properties
    properties.title = plain(deck.title)[:LONGEST_PROPERTY]
    if deck.subtitle:
        properties.subject = plain(deck.subtitle)[:LONGEST_PROPERTY]
    if deck.author:
        properties.author = properties.last_modified_by = plain(deck.author)[:LONGEST_PROPERTY]
    properties.language = pen.language
    properties.revision = 1
    properties.created = properties.modified = stamp.astimezone(UTC).replace(tzinfo=None) if stamp.tzinfo else stamp


def add_manifest(presentation: Presentation) -> None:
    """Make room for the manifest, a custom XML part (ECMA-376 part 1, 15.2.5 and 15.2.6), whose content comes last."""
    package = presentation.part.package
    properties_name = PackURI("/customXml/itemProps1.xml")
    properties = Part(properties_name, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, package, PROPERTIES.encode())
    item = Part(PackURI(f"/{ITEM}"), CONTENT_TYPE.XML, package, b"")
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    presentation.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
