"""The slide, notes and handout masters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from deckgen.model.drawing import Stroke
from deckgen.model.setting import Align, Bullet, Style
from deckgen.model.theme import Theme
from deckgen.typeset.furniture import Standing
from deckgen.units import Box
from deckgen.write.pptx.colour import colour_map
from deckgen.write.pptx.geometry import outline, placed, preset, text_properties
from deckgen.write.pptx.layouts import PROMPT_LANGUAGE, content_looks, number_field, placeholder, plain_line, prompt_of
from deckgen.write.pptx.markup import DECLARATION, NAMESPACES, attributes, identity, shape_tree
from deckgen.write.pptx.placeholders import MAIN_INDEX, Slot, slots
from deckgen.write.pptx.text import LEVELS, Look, Pen, frame_looks, level_markup

FIRST_LAYOUT_ID = 2**31 + 1
"""Masters and layouts share one space of ids from 2**31 (ECMA-376 ST_SlideLayoutId); the master takes the first."""
BACKGROUND = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
OTHER_TEXT = Look(Style("sans", 18, 22.5))
"""Text in shapes and text boxes that a person draws."""

NOTES_WIDTH_PT, NOTES_HEIGHT_PT = 540.0, 720.0
NOTES_SIDE_PT = 54.0
NOTES_STEP_PT = 16.0
"""How far a list level of the notes stands in."""
NOTES_STYLE = Style("sans", 12, 17)
NOTES_SMALL = Style("sans", 9.5, 12, colour="muted")
NOTES_BULLET = Bullet("–", "accent", NOTES_STEP_PT)


def notes_look(level: int = 0, marker: str = "") -> Look:
    """How a paragraph of the notes is set: a list's marks stand in the margin of its text."""
    indent_pt = NOTES_STEP_PT * (level + (1 if marker else 0))
    return Look(NOTES_STYLE, bullet=NOTES_BULLET if marker == "bullet" else None, indent_pt=indent_pt, before_pt=6)


def slide_master_part(pen: Pen, standing: Standing, count_of_layouts: int) -> str:
    """`slideMaster1.xml`: what the layouts have in common. Relationship N belongs to layout N."""
    key = f"theme/{pen.theme.name}/master"
    ids = count(2)
    shapes = "".join(
        placeholder(slot, next(ids), f"{key}/{name}", prompt_of(slot, pen, standing), pen)
        for name, slot in master_slots(pen.theme).items()
    )
    layouts = "".join(f'<p:sldLayoutId id="{FIRST_LAYOUT_ID + i}" r:id="rId{i + 1}"/>' for i in range(count_of_layouts))
    return (
        f"{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld>{BACKGROUND}{shape_tree(shapes)}</p:cSld>"
        f"<p:clrMap{attributes(**colour_map(pen.theme))}/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>"
        f"<p:hf{attributes(hdr=0, dt=None if dated(pen.theme) else 0)}/>{text_styles(pen)}</p:sldMaster>"
    )


def master_slots(theme: Theme) -> dict[str, Slot]:
    """Title, body, date, footer and number: from the first layout that has each."""
    every = [slot for layout in theme.layouts for slot in slots(theme, layout).values()]
    shared = list(theme.frames.values())
    title = next(frame for frame in (*shared, *(s.frame for s in every)) if frame.type == "title")
    body = next(slot.frame for slot in every if not slot.type)
    footer = next(frame for frame in (*shared, *(s.frame for s in every)) if frame.type == "ftr")
    number = next(frame for frame in (*shared, *(s.frame for s in every)) if frame.type == "sldNum")
    given = [frame for frame in (*shared, *(s.frame for s in every)) if frame.type == "dt"]
    date_box = Box(footer.box.right, footer.box.y, max(theme.body.right - footer.box.right, 72), footer.box.height)
    if footer.right_to_left:
        date_box = Box(theme.body.x, footer.box.y, max(footer.box.x - theme.body.x, 72), footer.box.height)
    end: Align = "left" if footer.right_to_left else "right"
    date = (*given, replace(footer, type="dt", box=date_box, align=end, prompt="Date", shows=()))[0]
    return {
        "title": Slot(title, "title", None),
        "body": Slot(body, "body", MAIN_INDEX),
        "date": Slot(date, "dt", 2),
        "footer": Slot(footer, "ftr", 3),
        "slide number": Slot(number, "sldNum", 4),
    }


def dated(theme: Theme) -> bool:
    """Whether slides show the date, so that new ones do."""
    return any(frame.type == "dt" for name in theme.layouts for frame in theme.frames_of(name).values())


def text_styles(pen: Pen) -> str:
    """`p:txStyles`, which new placeholders and shapes take."""
    title = level_markup(0, frame_looks(master_slots(pen.theme)["title"].frame, pen.theme)[0], None, pen)
    body = levels(content_looks(pen.theme), pen)
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{default_levels(pen)}</p:otherStyle></p:txStyles>"
    )


def levels(looks: Iterable[Look], pen: Pen) -> str:
    return "".join(level_markup(i, look, None, pen) for i, look in enumerate(looks))


def default_levels(pen: Pen) -> str:
    """`a:defPPr` and nine plain levels, each 36 pt further in."""
    plain = levels((OTHER_TEXT._replace(indent_pt=36 * i) for i in range(LEVELS)), pen)
    return f"<a:defPPr><a:defRPr{attributes(lang=pen.language)}/></a:defPPr>{plain}"


def notes_master_part(pen: Pen) -> str:
    """`notesMaster1.xml`: the slide over the speaker's text."""
    width = NOTES_WIDTH_PT - 2 * NOTES_SIDE_PT
    height = width * pen.theme.page.height / pen.theme.page.width
    key = f"theme/{pen.theme.name}/notes"
    picture_box = Box(NOTES_SIDE_PT, 66, width, height)
    text_box = Box(NOTES_SIDE_PT, 66 + height + 24, width, NOTES_HEIGHT_PT - 66 - height - 24 - 66)
    picture = (
        f"<p:sp><p:nvSpPr>{identity(2, 'Slide Image Placeholder', f'{key}/picture')}<p:cNvSpPr>"
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{placed(picture_box)}{preset('rect')}<a:noFill/>{outline(Stroke('rule', 0.75), pen)}"
        "</p:spPr></p:sp>"
    )
    style = levels((notes_look(i) for i in range(LEVELS)), pen)
    prompts = "".join(
        plain_line(line, PROMPT_LANGUAGE, i) for i, line in enumerate(("Click to edit notes", "Second level"))
    )
    notes = (
        f"<p:sp><p:nvSpPr>{identity(3, 'Notes Placeholder', f'{key}/text')}<p:cNvSpPr>"
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{placed(text_box)}{preset('rect')}</p:spPr>"
        f"<p:txBody>{text_properties('top', '')}<a:lstStyle>{style}</a:lstStyle>{prompts}</p:txBody></p:sp>"
    )
    shapes = picture + notes + page_corners(pen, key, 4, {"hdr": None, "dt": 1, "ftr": 4, "sldNum": 5})
    return (
        f"{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld>{BACKGROUND}{shape_tree(shapes)}</p:cSld>"
        f"<p:clrMap{attributes(**colour_map(pen.theme))}/><p:notesStyle>{style}</p:notesStyle></p:notesMaster>"
    )


def handout_master_part(pen: Pen) -> str:
    """`handoutMaster1.xml`: PowerPoint's own prints of several slides a page."""
    key = f"theme/{pen.theme.name}/handout"
    shapes = page_corners(pen, key, 2, {"hdr": None, "dt": 1, "ftr": 2, "sldNum": 3})
    return (
        f"{DECLARATION}<p:handoutMaster {NAMESPACES}><p:cSld>{BACKGROUND}{shape_tree(shapes)}</p:cSld>"
        f"<p:clrMap{attributes(**colour_map(pen.theme))}/></p:handoutMaster>"
    )


def page_corners(pen: Pen, key: str, first_id: int, index: dict[str, int | None]) -> str:
    """Header, date, footer and page number of a printed page, one in each corner."""
    half = (NOTES_WIDTH_PT - 2 * NOTES_SIDE_PT) / 2
    left, right, top, bottom = NOTES_SIDE_PT, NOTES_SIDE_PT + half, 30.0, NOTES_HEIGHT_PT - 42
    corners = {"hdr": (left, top), "dt": (right, top), "ftr": (left, bottom), "sldNum": (right, bottom)}
    return "".join(
        page_corner(pen, f"{key}/{kind}", first_id + i, kind, index[kind], Box(*place, half, 12))
        for i, (kind, place) in enumerate(corners.items())
    )


def page_corner(pen: Pen, key: str, shape_id: int, kind: str, index: int | None, box: Box) -> str:
    empty = f"<a:p><a:endParaRPr{attributes(lang=pen.language)}/></a:p>"
    content = number_field(key, pen.language) if kind == "sldNum" else empty
    look = Look(NOTES_SMALL, "right" if kind in ("dt", "sldNum") else "left")
    ph = f"<p:ph{attributes(type=kind, sz='quarter', idx=index)}/>"
    name = {"hdr": "Header", "dt": "Date", "ftr": "Footer", "sldNum": "Slide Number"}[kind]
    return (
        f"<p:sp><p:nvSpPr>{identity(shape_id, f'{name} Placeholder', key)}<p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr>"
        f"<p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr>{placed(box)}{preset('rect')}</p:spPr>"
        f"<p:txBody>{text_properties('top', '')}<a:lstStyle>{level_markup(0, look, None, pen)}</a:lstStyle>"
        f"{content}</p:txBody></p:sp>"
    )
