"""Can text be read on the picture under it? Its contrast is that of the worst place, as WCAG 2.2 asks at level AA."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.asset import Backdrop
from deckgen.model.colour import Rgb, contrast, need, rgb
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Group, Picture, Table, TextBox
from deckgen.model.outlines import inner, placed_cells
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.model.theme import Theme
from deckgen.typeset.backdrops import colours
from deckgen.units import Box

CELL_PT = 4.0
"""The picture is looked at in squares of this side, about as wide as a thick stroke of large type."""
STEP = 5
"""Shades are proposed in steps of so many percent."""
SHORT = 40
"""Letters of a text that a message quotes."""


class Line(NamedTuple):
    """A line of text where it stands, with the colours of its letters."""

    box: Box
    roles: frozenset[str]
    needed: float
    paragraph: SetParagraph


class Worst(NamedTuple):
    """The place of a page at which a text is hardest to read."""

    contrast: float
    line: Line
    ink: Rgb
    under: Rgb

    @property
    def enough(self) -> float:
        """The share of the needed contrast; from 1 on the text can be read."""
        return self.contrast / self.line.needed


def check_backdrops(show: Show, theme: Theme) -> tuple[Diagnostic, ...]:
    """An error for each source slide with text that can't be read on its picture."""
    found: dict[Span, Diagnostic] = {}
    for page in show.pages:
        if page.drawing.backdrop and (problem := check_page(page, page.drawing.backdrop, theme)):
            found.setdefault(page.span, problem)
    return tuple(found.values())


def check_page(page: Page, backdrop: Backdrop, theme: Theme) -> Diagnostic | None:
    places = [worst(line, page, backdrop, theme) for line in bare_lines(page, theme)]
    failing = [place for place in places if place.enough < 1]
    if not failing:
        return None
    line = min(failing, key=lambda place: place.enough).line
    lowest = min(failing, key=lambda place: place.enough).contrast
    words = plain(line.paragraph.text)
    quoted = words if len(words) <= SHORT else words[:SHORT].rstrip() + "…"
    shade = least_shade(failing, backdrop)
    return error(
        page.span,
        f"{quoted!r} has a contrast of {lowest:.2f} with the picture under it on slide {page.label}, "
        f"and needs {line.needed:g}",
        f"write `shade: {shade}` in its `background`, or choose another `ground` or picture",
    )


def least_shade(failing: Iterable[Worst], backdrop: Backdrop) -> int:
    """The least shade, in percent, that makes all of these readable."""
    ground = rgb(backdrop.colour)
    now = round(backdrop.shade * 100)
    for shade in range(now - now % STEP + STEP, 100, STEP):
        more = (shade / 100 - backdrop.shade) / (1 - backdrop.shade)
        if all(contrast(p.ink, blended(p.under, ground, more)) >= p.line.needed for p in failing):
            return shade
    return 100


def blended(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    return Rgb(*(round(a + (b - a) * share) for a, b in zip(colour, ground, strict=True)))


def worst(line: Line, page: Page, backdrop: Backdrop, theme: Theme) -> Worst:
    width, height = page.drawing.size
    columns, rows = round(width / CELL_PT), round(height / CELL_PT)
    raster = colours(backdrop, columns, rows)
    across = cells(line.box.x, line.box.right, width, columns)
    down = cells(line.box.y, line.box.bottom, height, rows)
    palette = theme.on(page.background).colours
    inks = [rgb(palette[role]) for role in sorted(line.roles)]
    under = sorted({raster[row][column] for row in down for column in across})
    found = ((contrast(ink, colour), ink, colour) for ink in inks for colour in under)
    lowest, ink, colour = min(found, key=lambda place: place[0])
    return Worst(lowest, line, ink, colour)


def cells(start: float, end: float, length: float, count: int) -> range:
    """The squares that a stretch of the page touches, at least one."""
    first = min(max(int(start / length * count), 0), count - 1)
    return range(first, min(max(int(end / length * count), first), count - 1) + 1)


def bare_lines(page: Page, theme: Theme) -> Iterator[Line]:
    """The lines of a page that stand on its picture, with nothing of the theme's between."""
    covers = [mark.box for mark in theme.layouts[page.layout].marks if mark.fill]
    for line, over in lines_of(page.drawing.shapes, covers, theme.layouts[page.layout].link):
        if line.roles and not any(holds(cover, line.box) for cover in over):
            yield line


def holds(outer: Box, box: Box) -> bool:
    inside = outer.x <= box.x and box.right <= outer.right
    return inside and outer.y <= box.y and box.bottom <= outer.bottom


def lines_of(shapes: Iterable[AnyShape], covers: list[Box], link: str) -> Iterator[tuple[Line, tuple[Box, ...]]]:
    """Every line of the shapes, with what lies under it on the picture; `covers` grows with the shapes."""
    for shape in shapes:
        match shape:
            case TextBox() if not shape.decorative:
                spare = shape.box.height - shape.height_pt
                top = {"top": 0.0, "middle": spare / 2, "bottom": spare}[shape.anchor]
                room = shape.box._replace(y=shape.box.y + top)
                yield from ((line, tuple(covers)) for line in set_in(shape.paragraphs, room, link))
            case AutoShape():
                if shape.fill and shape.opacity == 1:
                    covers.append(shape.box)
                elif shape.text:
                    yield from (
                        (line, tuple(covers)) for line in set_in(shape.text, middle(shape.text, inner(shape)), link)
                    )
            case Picture():
                covers.append(shape.box)
            case Table():
                for cell, box in placed_cells(shape):
                    if not cell.fill:
                        room = middle(cell.paragraphs, box)
                        yield from ((line, tuple(covers)) for line in set_in(cell.paragraphs, room, link))
            case Group() | Chart():
                yield from lines_of(shape.shapes, covers, link)


def middle(paragraphs: tuple[SetParagraph, ...], box: Box) -> Box:
    """The box from where text begins that stands in the middle of its height."""
    height = sum(p.height_pt + (p.before_pt if i else 0) for i, p in enumerate(paragraphs))
    return box._replace(y=box.y + (box.height - height) / 2)


def set_in(paragraphs: tuple[SetParagraph, ...], box: Box, link: str) -> Iterator[Line]:
    """The lines of paragraphs from the upper edge of a box down."""
    y = box.y
    for i, paragraph in enumerate(paragraphs):
        y += paragraph.before_pt if i else 0
        left = box.x + (0 if paragraph.right_to_left else paragraph.indent_pt)
        for line in paragraph.lines:
            spare = box.width - paragraph.indent_pt - line.width_pt
            shift = {"left": 0.0, "center": spare / 2, "right": spare}[paragraph.align]
            roles = frozenset(run.colour or (link if run.link else paragraph.style.colour) for run in line.text)
            place = Box(left + shift, y, line.width_pt, paragraph.style.leading_pt)
            yield Line(place, roles, need(paragraph.style.size_pt), paragraph)
            y += paragraph.style.leading_pt
