"""PowerPoint sections ([MS-PPTX] 2.6.3): the deck's own, by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deckgen.model.deck import Deck, parts
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.markup import NAMESPACES, attributes

POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def section_list(deck: Deck, pages: Iterable[Page], slide_ids: Mapping[str, int]) -> str:
    """`p:extLst` of the presentation. Slides before the first section stand in one named after the talk."""
    names = {0: (plain(deck.title), "")}
    names |= {part.number: (plain(part.section.section), part.section.id) for part in parts(deck) if part.section}
    slides: dict[int, list[int]] = {}
    for page in pages:
        slides.setdefault(page.section, []).append(slide_ids[page.id])
    sections = "".join(
        f"<p14:section{attributes(name=names[number][0], id=guid(f'section/{names[number][1]}'))}><p14:sldIdLst>"
        + "".join(f'<p14:sldId id="{slide_id}"/>' for slide_id in ids)
        + "</p14:sldIdLst></p14:section>"
        for number, ids in slides.items()
    )
    return (
        f'<p:extLst {NAMESPACES}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{POWERPOINT_2010}">{sections}</p14:sectionLst></p:ext></p:extLst>'
    )
