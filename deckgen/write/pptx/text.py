"""Paragraphs and runs as DrawingML. What a paragraph inherits is left out: only the difference is written.

So the layout stays in charge: Reset and Design > Fonts find nothing to undo, and text typed later looks alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from deckgen.frozen import frozen
from deckgen.model.languages import right_to_left, tagged
from deckgen.model.setting import Align, Bullet, SetParagraph, Style
from deckgen.model.text import Run, Text
from deckgen.model.theme import Frame, Theme
from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.language import language_tag
from deckgen.write.pptx.markup import attributes, element, text
from deckgen.write.pptx.maths import ink, inline
from deckgen.write.pptx.typefaces import ALONE, font_of, typeface

LEVELS = 9
"""List levels that DrawingML has (ECMA-376 21.1.2.4)."""
ALIGN: Mapping[Align, str] = {"left": "l", "center": "ctr", "right": "r"}
KERN_FROM = 1200
"""Pairs are kerned from 12 pt, as in PowerPoint's own templates; in hundredths of a point."""
BASELINE = {"sub": -25000, "super": 30000}
"""How far PowerPoint moves a script, in thousandths of a percent; it also sets it at two thirds of the size."""


class Links(Protocol):
    def markup(self, target: str) -> str:
        """`a:hlinkClick` for an address or `#slide-id`."""


class NoLinks:
    """For text that stands in layouts and masters, which has no links."""

    def markup(self, target: str) -> str:
        raise ValueError(f"text of a layout can't link to {target}")


@frozen
class Pen:
    """What all text and shapes of a deck are written with."""

    theme: Theme
    colours: Mapping[str, str]
    """Role -> `a:schemeClr`."""
    language: str

    def fill(self, role: str, opacity: float = 1) -> str:
        colour = self.colours[role]
        if opacity < 1:
            head, _, moves = colour.partition(">")
            alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>'
            colour = f"{head.removesuffix('/')}>{moves.removesuffix('</a:schemeClr>')}{alpha}</a:schemeClr>"
        return f"<a:solidFill>{colour}</a:solidFill>"


class Character(NamedTuple):
    """The look of a run, in hundredths of a point."""

    font: str
    size: int
    bold: bool
    italic: bool
    spacing: int
    colour: str


class Look(NamedTuple):
    """How a paragraph is set, apart from its words."""

    style: Style
    align: Align = "left"
    bullet: Bullet | None = None
    indent_pt: float = 0
    before_pt: float = 0
    right_to_left: bool = False


def look_of(paragraph: SetParagraph) -> Look:
    bullet = paragraph.bullet
    if bullet and bullet.first:  # PowerPoint counts the items itself.
        bullet = replace(bullet, glyph="")
    return Look(
        plain_style(paragraph.style),
        paragraph.align,
        bullet,
        paragraph.indent_pt,
        paragraph.before_pt,
        paragraph.right_to_left,
    )


def frame_looks(frame: Frame, theme: Theme) -> tuple[Look, ...]:
    """The look of each list level; levels deeper than the frame knows are set as its last."""
    looks = [
        Look(
            plain_style(theme.style(level.style)),
            frame.align,
            level.bullet,
            level.indent_pt,
            level.before_pt,
            frame.right_to_left,
        )
        for level in frame.levels
    ]
    return tuple(looks[min(i, len(looks) - 1)] for i in range(LEVELS))


def plain_style(style: Style) -> Style:
    """The style without its way to break lines, which PowerPoint has no word for."""
    return replace(style, balance=False) if style.balance else style


def character(style: Style) -> Character:
    return Character(
        style.font, round(style.size_pt * 100), style.bold, style.italic, round(style.spacing_pt * 100), style.colour
    )


def character_of(run: Run, style: Style, theme: Theme, language: str) -> Character:
    """The look of a run in a paragraph of this style. What stands in for a font is upright and has its own spacing."""
    base = character(style)
    shrunk = run.code and style.font != "mono"
    other = bool(run.face) and run.face != ALONE
    return base._replace(
        font=font_of(run, base.font, theme, language),
        size=round(style.size_pt * theme.inline_code_size * 100) if shrunk else base.size,
        bold=base.bold or run.bold,
        italic=(base.italic or run.italic) and not other,
        spacing=0 if other else base.spacing,
        colour=run.colour or base.colour,
    )


def character_markup(
    name: str, wanted: Character, given: Character | None, pen: Pen, first: str = "", last: str = ""
) -> str:
    """`a:rPr` or `a:defRPr` with what the given look lacks; `first` are more attributes, `last` more children."""
    attrs = first + attributes(
        sz=wanted.size if not given or wanted.size != given.size else None,
        b=int(wanted.bold) if not given or wanted.bold != given.bold else None,
        i=int(wanted.italic) if not given or wanted.italic != given.italic else None,
        kern=None if given else KERN_FROM,
        spc=wanted.spacing if not given or wanted.spacing != given.spacing else None,
    )
    fill = pen.fill(wanted.colour) if not given or wanted.colour != given.colour else ""
    font = typeface(wanted.font, pen.theme) if not given or wanted.font != given.font else ""
    return element(name, attrs, fill + font + last)


def paragraph_markup(wanted: Look, given: Look | None, pen: Pen) -> tuple[str, str]:
    """Attributes and children of `a:pPr` or `a:lvlNpPr` with what the given look lacks."""

    def differs(field: str) -> bool:
        return given is None or getattr(wanted, field) != getattr(given, field)

    hang_pt = wanted.bullet.hang_pt if wanted.bullet else 0
    placed = differs("indent_pt") or differs("bullet")
    attrs = attributes(
        marL=round(wanted.indent_pt * 12700) if placed else None,
        indent=round(-hang_pt * 12700) if placed else None,
        algn=ALIGN[wanted.align] if differs("align") else None,
        rtl=int(wanted.right_to_left) if differs("right_to_left") else None,
    )
    children = ""
    if given is None or wanted.style.leading_pt != given.style.leading_pt:
        children += f'<a:lnSpc><a:spcPts val="{round(wanted.style.leading_pt * 100)}"/></a:lnSpc>'
    if differs("before_pt"):
        children += f'<a:spcBef><a:spcPts val="{round(wanted.before_pt * 100)}"/></a:spcBef>'
    if differs("bullet"):
        children += bullet_markup(wanted.bullet, pen)
    return attrs, children


def bullet_markup(bullet: Bullet | None, pen: Pen) -> str:
    if bullet is None:
        return "<a:buNone/>"
    size = f'<a:buSzPct val="{round(bullet.size * 100000)}"/>'
    slots = {"head": "+mj-lt", "mono": pen.theme.fonts["mono"].family}
    font = attributes(typeface=slots.get(bullet.font, "+mn-lt"))
    look = f"<a:buClr>{pen.colours[bullet.colour]}</a:buClr>{size}<a:buFont{font}/>"
    if bullet.first:
        start = bullet.first if bullet.first > 1 else None
        return f"{look}<a:buAutoNum{attributes(type='arabicPeriod', startAt=start)}/>"
    return f"{look}<a:buChar{attributes(char=bullet.glyph)}/>"


def level_markup(level: int, wanted: Look, given: Look | None, pen: Pen) -> str:
    """`a:lvlNpPr`: how a list level (from 0) is set."""
    attrs, children = paragraph_markup(wanted, given, pen)
    base = character(given.style) if given else None
    look = character_markup("a:defRPr", character(wanted.style), base, pen)
    whole = ' defTabSz="914400"' if given is None else ""
    return element(f"a:lvl{level + 1}pPr", attrs + whole, children + (look if look != "<a:defRPr/>" else ""))


def body_markup(
    name: str,
    body_properties: str,
    paragraphs: Sequence[SetParagraph],
    inherited: Sequence[Look],
    pen: Pen,
    links: Links,
) -> str:
    """`p:txBody`. `inherited` is the look of each level that the placeholder brings; empty for a shape of its own.

    What all paragraphs of a level have of their own goes into the shape's list style, so that it holds for text
    typed later too.
    """
    own: dict[int, Look] = {}
    for paragraph in paragraphs:
        level = level_of(paragraph)
        base = inherited[level] if inherited else None
        if level not in own or look_of(paragraph) == base:
            own[level] = look_of(paragraph)
    styles = "".join(
        level_markup(level, look, inherited[level] if inherited else None, pen)
        for level, look in sorted(own.items())
        if not inherited or look != inherited[level]
    )
    content = "".join(paragraph_element(p, own[level_of(p)], pen, links) for p in paragraphs)
    if not paragraphs:
        content = f"<a:p><a:endParaRPr{attributes(lang=pen.language)}/></a:p>"
    return f"<{name}>{body_properties}{element('a:lstStyle', '', styles)}{content}</{name}>"


def level_of(paragraph: SetParagraph) -> int:
    return min(paragraph.level, LEVELS - 1)


def paragraph_element(content: SetParagraph, given: Look, pen: Pen, links: Links) -> str:
    """`a:p` where `given` is what its level brings."""
    attrs, children = paragraph_markup(look_of(content), given, pen)
    level = attributes(lvl=level_of(content) or None)
    properties = element("a:pPr", attrs + level, children) if attrs + level + children else ""
    base = character(given.style)
    end = character_markup("a:endParaRPr", character(content.style), base, pen, attributes(lang=pen.language))
    broken = "<a:br>" + end.replace("a:endParaRPr", "a:rPr") + "</a:br>"
    lines = (runs(line, content.style, base, pen, links) for line in shown_lines(content))
    return f"<a:p>{properties}{broken.join(lines)}{end}</a:p>"


def shown_lines(content: SetParagraph) -> tuple[Text, ...]:
    """The lines that are broken by hand: a balanced paragraph keeps its breaks wherever it is opened."""
    if content.style.balance and len(content.lines) > 1:
        return tuple(line.text for line in content.lines)
    return (content.text,)


def runs(content: Text, style: Style, given: Character, pen: Pen, links: Links) -> str:
    """`a:r` for each run of a text, `a:fld` for one that PowerPoint keeps up to date, `a14:m` for a formula."""
    mixed = right_to_left(pen.language) or any(run.face for run in content)
    found = (replace(run, face=ALONE) if mixed and not run.face else run for run in content)
    return "".join(
        run_markup(part, language, style, given, pen, links) for run in found for part, language in spoken(run, pen)
    )


def spoken(run: Run, pen: Pen) -> list[tuple[Run, str]]:
    """The stretches of a run with the language of each, by which programs spell it and read it aloud."""
    parts = tagged(run.text, pen.language)
    if run.code or run.math or run.live or len(parts) == 1:
        return [(run, language_tag(parts[0][1]) if len(parts) == 1 else pen.language)] if run.text else []
    return [(replace(run, text=part), language_tag(language)) for part, language in parts]


def run_markup(run: Run, language: str, style: Style, given: Character, pen: Pen, links: Links) -> str:
    if run.math:
        return inline(run.text, ink(pen, style.size_pt, run.colour or style.colour))
    kind, attrs = ("a:fld", attributes(id=guid(run.live), type=run.live)) if run.live else ("a:r", "")
    return (
        f"<{kind}{attrs}>{run_properties(run, language, style, given, pen, links)}<a:t>{text(run.text)}</a:t></{kind}>"
    )


def run_properties(run: Run, language: str, style: Style, given: Character, pen: Pen, links: Links) -> str:
    first = attributes(
        lang=language,
        noProof=1 if run.code or style.font == "mono" else None,
        baseline=BASELINE[run.script] if run.script else None,
    )
    link = links.markup(run.link) if run.link else ""
    return character_markup("a:rPr", character_of(run, style, pen.theme, pen.language), given, pen, first, link)
