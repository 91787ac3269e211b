"""Draw shapes as the operators of a PDF content stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from deckgen.model.drawing import (
    AnyShape,
    AutoShape,
    Chart,
    Connector,
    Drawing,
    Equation,
    Freeform,
    Group,
    Line,
    Picture,
    Stroke,
    Table,
    TextBox,
)
from deckgen.model.outlines import inner, placed_cells
from deckgen.model.path import Path
from deckgen.model.setting import SetParagraph
from deckgen.model.text import label
from deckgen.model.theme import Theme
from deckgen.typeset.backdrops import laid_under
from deckgen.typeset.bidi import in_view
from deckgen.typeset.clusters import told_by_glyphs
from deckgen.typeset.fonts import Faces
from deckgen.typeset.formula import outline as outline_of
from deckgen.typeset.formula import placed
from deckgen.typeset.lines import Measure
from deckgen.typeset.marks import mark_shape
from deckgen.units import Box, Point
from deckgen.write.pages.baseline import baseline_pt
from deckgen.write.pages.fonts import number
from deckgen.write.pages.images import name_of
from deckgen.write.pages.paths import arrows, numbers, outline, path, rectangle, rounded, shortened
from deckgen.write.pages.resources import Resources
from deckgen.write.pages.segments import Segment, in_one, ordered

RISE = {"": 0.0, "super": 0.3, "sub": -0.25}
"""How far script letters stand above the baseline, in ems of the text around them, as PowerPoint sets them."""
DASH = (4.0, 3.0)
"""A dash and a gap in line widths, as PowerPoint draws `dash`."""


class Link(NamedTuple):
    """A place that leads to an address or, as `#slide-id`, to a slide."""

    target: str
    box: Box


@dataclass
class Canvas:
    """A content stream in the making, in the drawing's own space: points, y grows downward."""

    theme: Theme
    faces: Faces
    resources: Resources
    operators: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
    link_colour: str = "accent"
    _set: dict[str, str] = field(default_factory=lambda: {"d": "[] 0", "J": "0", "j": "0"})
    """The state of the stream: operator -> the operands it was last given."""

    def ground(self, layout: str, drawing: Drawing) -> None:
        """The background and the marks of a layout."""
        plan = self.theme.layouts[layout]
        self.link_colour = plan.link
        whole = Box(0, 0, *drawing.size)
        self.fill(whole, plan.ground)
        if drawing.backdrop:
            self.picture(Picture(key="backdrop", box=whole, image=laid_under(drawing.backdrop)))
        for mark in plan.marks:
            self.draw(mark_shape(mark, "mark", self.theme, self.faces))

    def draw(self, shape: AnyShape) -> None:
        match shape:
            case TextBox():
                self.text_box(shape)
            case AutoShape():
                self.auto_shape(shape)
            case Freeform():
                self.paint(path(shape.path), shape)
            case Equation():
                self.formula(shape.path, shape.colour, shape.latex)
            case Picture():
                self.picture(shape)
            case Line():
                self.line(shape, (shape.start, shape.end))
            case Connector():
                self.line(shape, shape.points)
            case Table():
                self.table(shape)
            case Group() | Chart():
                for child in shape.shapes:
                    self.draw(child)
            case _:
                assert_never(shape)

    def text_box(self, shape: TextBox) -> None:
        spare = shape.box.height - shape.height_pt
        top = shape.box.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[shape.anchor]
        self.paragraphs(shape.paragraphs, shape.box.x, top, shape.box.width)

    def auto_shape(self, shape: AutoShape) -> None:
        self.paint(outline(shape), shape)
        self.centred(shape.text, inner(shape))

    def paint(self, outline: str, shape: AutoShape | Freeform) -> None:
        """Fill and stroke a path."""
        if shape.fill:
            self.colour(shape.fill, "rg")
        if shape.stroke:
            self.pen(shape.stroke)
        if shape.fill or shape.stroke:
            paint = {(1, 0): "f", (0, 1): "S", (1, 1): "B"}[bool(shape.fill), bool(shape.stroke)]
            if shape.opacity < 1:
                self.operators += [f"q {self.resources.opacity(shape.opacity)} gs", outline, f"{paint} Q"]
            else:
                self.operators += [outline, paint]

    def picture(self, shape: Picture) -> None:
        """The whole picture, clipped to what the crop leaves; its own space is the unit square, upright."""
        name, whole = name_of(shape.image), shape.whole
        self.images.append(shape)
        clip = rounded(shape.box, shape.corner_pt) if shape.corner_pt else rectangle(shape.box)
        matrix = numbers(whole.width, 0, 0, -whole.height, whole.x, whole.bottom)
        self.operators.append(f"q {clip} W n {matrix} cm {name} Do Q")

    def table(self, table: Table) -> None:
        """Grounds first: a rule between two cells lies over both."""
        cells = list(placed_cells(table))
        for cell, box in cells:
            if cell.fill:
                self.fill(box, cell.fill)
        for cell, box in cells:
            for stroke, y in ((cell.top, box.y), (cell.bottom, box.bottom)):
                if stroke:
                    self.stretch(Point(box.x, y), Point(box.right, y), stroke)
            insets = cell.inset_left_pt + cell.inset_right_pt
            inner = Box(box.x + cell.inset_left_pt, box.y, box.width - insets, box.height)
            self.centred(cell.paragraphs, inner, in_cell=True)

    def fill(self, box: Box, colour: str) -> None:
        self.colour(colour, "rg")
        self.operators += [rectangle(box), "f"]

    def line(self, shape: Line | Connector, points: tuple[Point, ...]) -> None:
        """Straight stretches from point to point, with the arrowheads at their ends."""
        first, *others = shortened(shape, points)
        if len(others) == 1 and not shape.stroke.dashed:
            self.stretch(first, others[0], shape.stroke)
        else:
            self.pen(shape.stroke)
            self.operators.append(f"{numbers(*first)} m {' '.join(f'{numbers(*point)} l' for point in others)} S")
        for head in arrows(shape, points):
            self.colour(shape.stroke.colour, "rg")
            self.operators += [head, "f"]

    def stretch(self, start: Point, end: Point, stroke: Stroke) -> None:
        """Upright and level lines are filled: a stroke is never drawn thinner than a pixel, a filled area is."""
        half = stroke.width_pt / 2
        if start.x == end.x:
            self.fill(Box(start.x - half, min(start.y, end.y), stroke.width_pt, abs(end.y - start.y)), stroke.colour)
        elif start.y == end.y:
            self.fill(Box(min(start.x, end.x), start.y - half, abs(end.x - start.x), stroke.width_pt), stroke.colour)
        else:
            self.pen(stroke)
            self.operators.append(f"{numbers(*start)} m {numbers(*end)} l S")

    def centred(self, paragraphs: Sequence[SetParagraph], box: Box, in_cell: bool = False) -> None:
        """Text in the middle of a box's height."""
        height = sum(p.height_pt + (p.before_pt if i else 0) for i, p in enumerate(paragraphs))
        self.paragraphs(paragraphs, box.x, box.y + (box.height - height) / 2, box.width, in_cell)

    def paragraphs(
        self, paragraphs: Sequence[SetParagraph], x: float, y: float, width: float, in_cell: bool = False
    ) -> None:
        for i, paragraph in enumerate(paragraphs):
            y += paragraph.before_pt if i else 0
            self.paragraph(paragraph, Point(x + paragraph.indent_pt, y), width - paragraph.indent_pt, in_cell)
            y += paragraph.height_pt

    def paragraph(self, paragraph: SetParagraph, at: Point, width: float, in_cell: bool) -> None:
        """Set the lines from `at` down; its x is the text edge, the bullet hangs left of it.

        In a paragraph from right to left the text edge is the right one, and the bullet hangs right of it.
        """
        measure = Measure(paragraph.style, self.faces, self.theme.inline_code_size)
        left = at.x - paragraph.indent_pt if paragraph.right_to_left else at.x
        for i, (line, segments) in enumerate(zip(paragraph.lines, ordered(paragraph), strict=True)):
            baseline = at.y + i * paragraph.style.leading_pt + baseline_pt(line, measure, in_cell)
            if paragraph.bullet and i == 0:
                bullet = label(paragraph.bullet.glyph, colour=paragraph.bullet.colour)
                glyph = replace(measure, style=paragraph.bullet.style(paragraph.style))
                hang = paragraph.bullet.hang_pt
                mark = left + width + hang if paragraph.right_to_left else at.x - hang
                self.text(in_one(bullet), glyph, mark, baseline, from_right=paragraph.right_to_left)
            spare = width - line.width_pt
            shift = {"left": 0.0, "center": spare / 2, "right": spare}[paragraph.align]
            self.text(segments, measure, left + shift, baseline)

    def text(
        self, segments: Sequence[Segment], measure: Measure, x: float, baseline: float, from_right: bool = False
    ) -> None:
        """Set one line; the text space is turned upright, since the drawing's y grows downward.

        Text from right to left is written in the order in which it is read, each segment at its own place.
        """
        widths = [measure.width_pt(segment.run, segment.run.text) for segment in segments]
        x -= sum(widths) if from_right else 0
        places = dict(zip(in_view([(i, s.level) for i, s in enumerate(segments)]), [0.0] * len(segments), strict=True))
        for i in places:
            places[i], x = x, x + widths[i]
        begun = False
        for i, segment in enumerate(segments):
            if segment.run.math:
                self.operators += ["ET"] if begun else []
                begun = False
                drawn = outline_of(segment.run.text, False)
                origin = Point(places[i], baseline)
                colour = segment.run.colour or measure.style.colour
                self.formula(placed(drawn, measure.size_pt(segment.run), origin), colour, segment.run.text)
                continue
            if not begun or any(s.level for s in segments):
                self.operators.append(f"{'' if begun else 'BT '}1 0 0 -1 {numbers(places[i], baseline)} Tm")
                begun = True
            self.run(segment, measure)
            if segment.run.link:
                face, size = measure.face(segment.run), measure.size_pt(segment.run)
                box = Box(places[i], baseline - face.ascent * size, widths[i], (face.ascent + face.descent) * size)
                self.links.append(Link(segment.run.link, box))
        if begun:
            self.operators.append("ET")

    def formula(self, outline: Path, colour: str, latex: str) -> None:
        """A formula as a path that says its LaTeX."""
        self.colour(colour, "rg")
        said = f"FEFF{latex.encode('utf-16-be').hex().upper()}"
        self.operators += [f"/Span <</ActualText <{said}>>> BDC", path(outline), "f EMC"]

    def run(self, segment: Segment, measure: Measure) -> None:
        run, rise = segment.run, RISE[segment.run.script] * measure.style.size_pt
        size, spacing = measure.size_pt(run), measure.spacing_pt(run)
        font = self.resources.fonts.use(measure.face(run))
        self.colour(run.colour or (self.link_colour if run.link else measure.style.colour), "rg")
        self.state("Tf", f"/{font.name} {number(size)}")
        self.state("Tc", number(spacing))
        spoken = segment.level % 2 == 0 and run.face and not told_by_glyphs(run.text)
        if spoken:  # no glyph tells alone which characters it shows
            self.operators.append(f"/Span <</ActualText <feff{run.text.encode('utf-16-be').hex()}>>> BDC")
        for operand, raised in font.show(run.text, spacing / size, segment.level % 2 == 1):
            self.state("Ts", number(rise + raised * size))
            self.operators.append(f"{operand}TJ")
        if spoken:
            self.operators.append("EMC")

    def pen(self, stroke: Stroke) -> None:
        self.colour(stroke.colour, "RG")
        self.state("w", number(stroke.width_pt))
        self.state("d", f"[{numbers(*(share * stroke.width_pt for share in DASH))}] 0" if stroke.dashed else "[] 0")
        self.state("J", "1" if stroke.rounded else "0")
        self.state("j", "1" if stroke.rounded else "0")

    def colour(self, role: str, operator: str) -> None:
        """Set a colour of the theme for filling (`rg`) or stroking (`RG`)."""
        value = self.theme.colours[role]
        self.state(operator, " ".join(f"{int(value[i : i + 2], 16) / 255:.3g}" for i in (1, 3, 5)))

    def state(self, operator: str, operands: str) -> None:
        if self._set.get(operator) != operands:
            self._set[operator] = operands
            self.operators.append(f"{operands} {operator}")
