"""Speaker notes as real notes pages."""

from __future__ import annotations

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesSlidePart, SlidePart

from deckgen.model.deck import Deck, Notes
from deckgen.model.schedule import Time, told
from deckgen.model.show import Page
from deckgen.model.text import Paragraph, label, spoken
from deckgen.write.pptx.layouts import number_field, plain_line
from deckgen.write.pptx.links import PartLinks
from deckgen.write.pptx.markup import NAMESPACES, attributes, element, identity, shape_tree
from deckgen.write.pptx.masters import NOTES_STEP_PT, NOTES_STYLE, notes_look
from deckgen.write.pptx.text import LEVELS, Links, Pen, character, paragraph_markup, runs


def notes_by_source(deck: Deck) -> dict[str, Notes]:
    """The notes of every slide and section that has any, by its id."""
    return {"title": deck.notes} | {entry.id: entry.notes for entry in deck.slides}


def time_so_far(time: Time, whole: float, language: str) -> Notes:
    """The line over the notes that tells the time."""
    return (Paragraph(label(told(time, whole, language), italic=True)),)


def add_notes(slide: SlidePart, page: Page, notes: Notes, master: Part, number: int, pen: Pen) -> None:
    """Give a slide its notes page, the `number`th of the deck."""
    name = PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
    root = parse_xml(
        f"<p:notes {NAMESPACES}><p:cSld/><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>".encode()
    )
    part = NotesSlidePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, slide.package, root)
    part.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide, RELATIONSHIP_TYPE.SLIDE)
    slide.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
    root.replace(root[0], parse_xml(notes_content(page, notes, pen, PartLinks(part, {})).encode()))


def notes_content(page: Page, notes: Notes, pen: Pen, links: Links) -> str:
    """`p:cSld` of a notes page: the slide, the text under it and the slide's number.

    A notes page may refer to one slide only, its own, so that jumps to other slides stay plain text here.
    """
    key = f"{page.id}/notes"
    paragraphs = "".join(notes_paragraph(paragraph, pen, links) for paragraph in notes)
    picture = (
        f"<p:sp><p:nvSpPr>{identity(2, f'Slide Image ({key})', f'{key}/picture')}<p:cNvSpPr>"
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr>'
        "</p:nvSpPr><p:spPr/></p:sp>"
    )
    shapes = (
        picture
        + placeholder(3, f"Notes ({key})", f"{key}/text", 'type="body" sz="quarter" idx="3"', paragraphs)
        + placeholder(
            4, f"Slide Number ({key})", f"{key}/number", 'type="sldNum" sz="quarter" idx="5"',
            number_field(key, pen.language, page.label) if page.label == str(page.number)
            else plain_line(page.label, pen.language),
        )
    )  # fmt: skip
    return f"<p:cSld {NAMESPACES}{attributes(name=key)}>{shape_tree(shapes)}</p:cSld>"


def placeholder(shape_id: int, name: str, key: str, kind: str, paragraphs: str) -> str:
    return (
        f"<p:sp><p:nvSpPr>{identity(shape_id, name, key)}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )


def notes_paragraph(content: Paragraph, pen: Pen, links: Links) -> str:
    level = min(content.level, LEVELS - 1)
    attrs, children = paragraph_markup(notes_look(level, content.marker), notes_look(), pen)
    if content.marker == "number":
        attrs = attributes(marL=round(NOTES_STEP_PT * (level + 1) * 12700), indent=round(-NOTES_STEP_PT * 12700))
        numbering = attributes(type="arabicPeriod", startAt=content.first if content.first > 1 else None)
        children = f'<a:buFont typeface="+mj-lt"/><a:buAutoNum{numbering}/>'
    attrs += attributes(lvl=level or None)
    properties = element("a:pPr", attrs, children) if attrs + children else ""
    said = runs(spoken(content.text), NOTES_STYLE, character(NOTES_STYLE), pen, links)
    return f"<a:p>{properties}{said}<a:endParaRPr{attributes(lang=pen.language)}/></a:p>"
