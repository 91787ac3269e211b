"""Slide layouts: a theme's frames as placeholders with all their levels, and its marks as decorative shapes."""

from __future__ import annotations

from deckgen.model.text import label
from deckgen.model.theme import Theme
from deckgen.typeset.furniture import NUMBER_GLYPH, Standing, said
from deckgen.typeset.marks import mark_shape
from deckgen.write.pptx.backgrounds import map_markup, pen_on
from deckgen.write.pptx.canvas import Canvas, NoCharts, NoMedia, ShapeIds
from deckgen.write.pptx.geometry import placed, preset, text_properties
from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.markup import DECLARATION, NAMESPACES, attributes, element, identity, shape_tree, text
from deckgen.write.pptx.maths import as_text
from deckgen.write.pptx.placeholders import FOOTER_INDEX, TITLES, Slot, slots
from deckgen.write.pptx.shapes import markup
from deckgen.write.pptx.text import LEVELS, Look, NoLinks, Pen, character, frame_looks, level_markup, runs

PROMPT_LANGUAGE = "en-US"
DEEPER = ("Second level", "Third level", "Fourth level", "Fifth level")
"""What PowerPoint calls the levels under the first in the prompt of a placeholder."""
SMALL_PRINT = tuple(FOOTER_INDEX)


def layout_part(name: str, ground: str, pen: Pen, standing: Standing) -> str:
    """`slideLayoutN.xml` for a layout of the theme, on one of its backgrounds or on its own ground."""
    layout = pen.theme.layouts[name]
    mapping = map_markup(name, ground, pen.theme)
    pen = pen_on(ground, pen)
    canvas = Canvas(pen, NoLinks(), ShapeIds(), {}, NoMedia(), NoCharts(), '<p:nvPr userDrawn="1"/>')
    key = f"theme/{pen.theme.name}/{name}" + (f"/{ground}" if ground else "")
    marks = [mark_shape(mark, f"{key}/mark {i}", pen.theme) for i, mark in enumerate(layout.marks, 1)]
    shapes = "".join(markup(mark, canvas) for mark in marks) + "".join(
        placeholder(slot, canvas.ids.of(f"{key}/{frame}"), f"{key}/{frame}", prompt_of(slot, pen, standing), pen)
        for frame, slot in slots(pen.theme, name).items()
    )
    kind = attributes(type=layout.type or None, preserve=1, userDrawn=None if layout.type else 1)
    title = attributes(name=f"{layout.title}, {ground}" if ground else layout.title)
    own = background(layout.ground, pen) if ground or layout.ground != "bg" else ""
    return (
        f"{DECLARATION}<p:sldLayout {NAMESPACES}{kind}><p:cSld{title}>{own}{shape_tree(shapes)}</p:cSld>"
        f"<p:clrMapOvr>{mapping}</p:clrMapOvr></p:sldLayout>"
    )


def placeholder(slot: Slot, shape_id: int, key: str, paragraphs: str, pen: Pen) -> str:
    """A placeholder with place, insets, anchor and every level's look of its own."""
    frame = slot.frame
    fit = "" if slot.type in SMALL_PRINT else "<a:normAutofit/>"
    levels = 1 if fit == "" or frame.type in TITLES else LEVELS
    looks = frame_looks(frame, pen.theme)[:levels]
    styles = "".join(level_markup(i, look, None, pen) for i, look in enumerate(looks))
    name = f"{slot.label} Placeholder ({key.rpartition('/')[2]})"
    return (
        f"<p:sp><p:nvSpPr>{identity(shape_id, name, key)}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{slot.markup(prompt=True)}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{placed(frame.box)}{preset('rect')}</p:spPr>"
        f"<p:txBody>{text_properties(frame.anchor, fit)}{element('a:lstStyle', '', styles)}{paragraphs}</p:txBody>"
        "</p:sp>"
    )


def background(role: str, pen: Pen) -> str:
    """`p:bg` of a layout on another ground than the master's."""
    return f"<p:bg><p:bgPr>{pen.fill(role)}<a:effectLst/></p:bgPr></p:bg>"


def prompt_of(slot: Slot, pen: Pen, standing: Standing) -> str:
    """What an empty placeholder shows while the slide is edited; a footer shows itself."""
    frame = slot.frame
    if frame.type in FOOTER_INDEX:
        found = said(frame.shows, standing) or label(frame.prompt)
        style = pen.theme.style(frame.levels[0].style)
        shown = runs(as_text(found), style, character(style), pen, NoLinks())
        return f"<a:p>{shown}<a:endParaRPr{attributes(lang=pen.language)}/></a:p>"
    deeper = DEEPER[: len(frame.levels) - 1]
    return "".join(plain_line(line, PROMPT_LANGUAGE, level) for level, line in enumerate((frame.prompt, *deeper)))


def plain_line(line: str, language: str, level: int = 0) -> str:
    properties = f'<a:pPr lvl="{level}"/>' if level else ""
    lang = attributes(lang=language)
    return f"<a:p>{properties}<a:r><a:rPr{lang}/><a:t>{text(line)}</a:t></a:r><a:endParaRPr{lang}/></a:p>"


def number_field(key: str, language: str, number: str = NUMBER_GLYPH) -> str:
    """A paragraph with the slide number, which PowerPoint keeps up to date."""
    lang = attributes(lang=language)
    field = attributes(id=guid(f"{key}/slidenum"), type="slidenum")
    return f"<a:p><a:fld{field}><a:rPr{lang}/><a:t>{text(number)}</a:t></a:fld><a:endParaRPr{lang}/></a:p>"


def content_looks(theme: Theme) -> tuple[Look, ...]:
    """The look of body text: that of the first placeholder that takes any content."""
    for layout in theme.layouts:
        for slot in slots(theme, layout).values():
            if not slot.type:
                return frame_looks(slot.frame, theme)
    raise KeyError(f"theme {theme.name} has no layout with a frame named body")
