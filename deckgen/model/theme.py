"""The look, as data: palette, fonts, styles, frames and layouts, read from `themes/<name>/theme.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Literal

from deckgen.frozen import frozen
from deckgen.model.drawing import Stroke
from deckgen.model.family import FontFamily
from deckgen.model.languages import tags
from deckgen.model.legibility import Legibility
from deckgen.model.production import Press
from deckgen.model.setting import Align, Anchor, Bullet, Style
from deckgen.units import Box, Inches, Size


@frozen(kw_only=True)
class Level:
    """How the paragraphs of one list level are set in a frame."""

    style: str
    """The name of one of the theme's styles."""
    bullet: Bullet | None = None
    indent_pt: float = 0
    """Where the text begins, from the frame's edge."""
    before_pt: float = 0
    """The space above each paragraph."""


@frozen(kw_only=True)
class Mark:
    """A decorative shape: a filled box, or a line from the box's left top to its right bottom."""

    box: Box
    geometry: Literal["rect", "ellipse", "line"] = "rect"
    corner: Inches = 0
    fill: str = ""
    stroke: str = ""
    stroke_pt: float = 0.75
    text: str = ""
    """A glyph that the box shows, such as an opening quotation mark."""
    style: str = ""
    align: Align = "left"


@frozen(kw_only=True)
class Piece:
    """A part of a frame's own text: what the slide knows of itself and of its deck."""

    show: Literal["title", "event", "date", "number", "total", "section", "section_name", "section_total", "sections"]
    """The deck's title, event, date; the slide's number, the last; the section's number, name, the last; all names."""
    before: str = ""
    """What parts it from the piece before."""
    digits: int = 1
    """The least number of digits."""
    case: Literal["", "lower", "kebab"] = ""
    colour: str = ""
    """Empty: the style's."""
    current: str = ""
    """The colour of the name of the section that the slide stands in; that name is bold."""
    between: str = "   "
    """What parts the names of sections."""


@frozen(kw_only=True)
class Frame:
    """A place for text on a layout: a PowerPoint placeholder."""

    box: Box
    """Where it stands, from the slide's upper left corner."""
    type: Literal["title", "ctrTitle", "subTitle", "body", "tbl", "chart", "pic", "dt", "ftr", "sldNum"] = "body"
    levels: tuple[Level, ...]
    """How the paragraphs of each list level are set, the first level first."""
    align: Align = "left"
    anchor: Anchor = "top"
    right_to_left: bool = False
    prompt: str = "Click to edit text"
    """What PowerPoint shows while the frame is empty."""
    max_lines: int = 0
    """More lines than this do not fit, even if the box is higher; 0: as many as the box holds."""
    steps: tuple[float, ...] = ()
    """Factors by which the text may shrink, one after the other, if it does not fit at full size."""
    shows: tuple[Piece, ...] = ()
    """The text that every slide has here without its author's doing."""
    decorative: bool = False
    """The text says nothing that the slide doesn't say elsewhere; nobody has to read it."""
    ending: str = ""
    """A glyph after the text, in the accent colour."""
    marks: tuple[Mark, ...] = ()
    """What a slide that fills the frame shows under its text."""

    @property
    def top(self) -> float:
        """The upper edge of the text and its marks."""
        return min(box.y for box in (self.box, *(mark.box for mark in self.marks)))


@frozen(kw_only=True)
class Progress:
    """A strip of one segment for each section, from the left."""

    box: Box
    gap: Inches
    past: str
    current: str
    other: str


@frozen(kw_only=True)
class Signature:
    """The talk's mark: one row for each word of title and subtitle, as long as the word; one row is hot."""

    x: Inches
    """The edge at which the rows start, or end if they are aligned right."""
    align: Literal["left", "right"]
    top: Inches
    unit: Inches
    """Length of a row for each letter."""
    gap: Inches = 0
    """What parts the letters of a row; 0: a row is one bar."""
    corner: Inches = 0
    bar_height: Inches
    pitch: Inches
    max_width: Inches
    max_words: int
    colour: str
    vowel: str = ""
    """The colour of vowels, where letters are parted; empty: that of the others."""
    hot: str


@frozen(kw_only=True)
class Layout:
    """A slide layout: frames in reading order, and the shapes that decorate it."""

    title: str
    """The name that PowerPoint shows."""
    type: str = ""
    """The `type` of `p:sldLayout` (ECMA-376 ST_SlideLayoutType); empty: a layout of our own."""
    use: tuple[str, ...] = ()
    """Names of shared frames that the layout has too, in the theme's own order."""
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """Its own frames by their names, in reading order."""
    marks: tuple[Mark, ...] = ()
    """The shapes that decorate it."""
    body: Box | None = None
    """Where blocks stand, if not where the theme has them."""
    ground: str = "bg"
    """The colour of the slide; text on it takes its own from its styles."""
    link: str = "accent"
    """The colour of links."""
    progress: Progress | None = None
    signature: Signature | None = None
    smaller: str = ""
    """The layout that a slide takes if its text does not fit this one."""


@frozen(kw_only=True)
class Tone:
    """The look of a box in a diagram."""

    fill: str
    ink: str
    """The colour of the text in it."""
    outline: str = ""


@frozen(kw_only=True)
class TableStyle:
    """The rules and grounds of every table; PowerPoint gets them as the theme's table style."""

    top: Stroke | None
    under_header: Stroke | None
    rows: Stroke | None
    """Between two rows."""
    bottom: Stroke | None
    header_fill: str = ""
    hot_header_fill: str = ""
    """Of the column that matters; so the next."""
    hot_fill: str = ""


@frozen(kw_only=True)
class Footnotes:
    """Where and how the notes at the foot of a slide stand; they grow upward."""

    style: str
    bottom: Inches


class MissingInTheme(LookupError):
    """A theme lacks something that a block draws with."""

    def __init__(self, theme: str, what: str) -> None:
        super().__init__(f"the theme {theme!r} has no {what}")
        self.theme = theme


@frozen(kw_only=True)
class Theme:
    """A theme, complete. Everything that draws refers to colours, styles and frames by name."""

    name: str
    """The name that PowerPoint shows."""
    description: str
    """What the look is made for, in a sentence."""
    page: Size
    """The slide's size."""
    body: Box
    """Where blocks stand on a content slide."""
    fonts: Mapping[str, FontFamily]
    """Slot -> family: `head` and `sans` are PowerPoint's major and minor theme font, `mono` is for code."""
    fallbacks: tuple[FontFamily, ...] = ()
    """Families that show what these lack, such as other scripts and emoji; the first that has a character is taken."""
    colours: Mapping[str, str]
    """Role -> `#RRGGBB`."""
    series: tuple[str, ...]
    """Six chart colours, PowerPoint's accent 1 to 6."""
    styles: Mapping[str, Style]
    """How paragraphs are set, by names that frames and blocks refer to."""
    footnotes: Footnotes
    """How footnotes stand at the foot of a slide."""
    inline_code_size: float
    """The size of inline code, as a share of the text around it."""
    frames: Mapping[str, Frame]
    """Shared frames, which layouts take in with `use`."""
    layouts: Mapping[str, Layout]
    """The slide layouts by their names: `title`, `section`, `content` and those that kinds of blocks ask for."""
    tables: TableStyle
    """The lines and fills of tables."""
    blocks: Mapping[str, Any]
    """Block kind -> the `LOOK` of that kind."""
    backgrounds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Grounds that a slide may choose: name -> role -> `#RRGGBB`; a role that is missing keeps its colour."""
    print_colours: Mapping[str, str]
    """Role -> ink on white paper; a role that is missing keeps its colour."""
    print_fonts: tuple[FontFamily, ...]
    """The families that the handout's style sheet names."""
    print_series: tuple[str, ...] = ()
    """Chart colours on white paper; empty: those of the slides."""
    press: Press = field(default_factory=Press)
    """How its colours become inks, for printers."""
    legibility: Legibility = field(default_factory=Legibility)
    """From which limits on text is too small, or too much for a slide."""
    css: str = ""
    """The handout's style sheet, `handout.css`."""
    font_files: Mapping[str, bytes] = field(default_factory=dict)
    """The font files of the theme's own folder that its families name."""

    def frames_of(self, layout: str) -> Mapping[str, Frame]:
        """The frames of a layout, its own and the shared, in reading order: title, own, shared."""
        plan = self.layouts[layout]
        shared = {name: frame for name, frame in self.frames.items() if name in plan.use}
        titles = {name: frame for name, frame in (plan.frames | shared).items() if name == "title"}  # type: ignore[operator]
        return {**titles, **plan.frames, **shared}

    def body_of(self, layout: str) -> Box:
        """Where blocks stand on a layout."""
        return self.layouts[layout].body or self.body

    def fallback_for(self, language: str) -> str:
        """The family that is made for a language; empty if the theme's own fonts are."""
        own = tags(language)
        found = [(own.index(tag), f.family) for f in self.fallbacks for tag in f.languages if tag in own]
        return min(found)[1] if found else ""

    def style(self, name: str) -> Style:
        """Errors: `MissingInTheme`."""
        if name not in self.styles:
            raise MissingInTheme(self.name, f"style {name!r}")
        return self.styles[name]

    def on(self, background: str) -> Theme:
        """The theme in the colours of one of its backgrounds; the theme itself for none."""
        return replace(self, colours={**self.colours, **self.backgrounds[background]}) if background else self

    def on_paper(self) -> Theme:
        """The theme in its print inks."""
        series = self.print_series or self.series
        inks = {**self.colours, **self.print_colours, **series_roles(series)}
        return replace(self, colours=inks, series=series)


def series_roles(series: tuple[str, ...]) -> dict[str, str]:
    """The colours of charts as roles: `series1` to `series6`."""
    return {f"series{i}": colour for i, colour in enumerate(series, start=1)}


def scaled(style: Style, factor: float) -> Style:
    """The style at another size, everything in proportion, rounded to the 0.5 pt that people type."""
    size = round(style.size_pt * factor * 2) / 2
    share = size / style.size_pt
    return replace(
        style, size_pt=size, leading_pt=round(style.leading_pt * share * 4) / 4, spacing_pt=style.spacing_pt * share
    )
