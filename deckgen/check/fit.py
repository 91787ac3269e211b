"""Does all text fit its box? What does not is an error that tells by how much, and the cheapest way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count as count_from

from deckgen.check.footnotes import check_footnotes
from deckgen.check.formulas import check_formulas
from deckgen.check.tables import check_table
from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.block import runs
from deckgen.model.drawing import AutoShape, Chart, Group, Shape, Table, TextBox, every_shape
from deckgen.model.outlines import inner
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.model.theme import Theme
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.units import PT_PER_INCH, Box

ROUNDING_PT = 0.01
FIELDS = {
    "title": "title",
    "author": "author",
    "subtitle": "subtitle",
    "summary": "section summary",
    "takeaway": "take-away",
    "section_name": "section name",
    "kicker": "section name",
    "message": "message",
    "source": "source",
    "footer": "footer",
    "date": "date in the footer",
    "left_title": "left title",
    "right_title": "right title",
    "left_best": "left `best_for`",
    "right_best": "right `best_for`",
}
WHERE = re.compile(", but|, on slide|, in the handout")
"""Before the words of a message that tell on which of the pages something does not fit."""
SERVING = ("quote", "statement")
"""Layouts whose title is the block itself."""


def check_fit(show: Show, theme: Theme) -> tuple[Diagnostic, ...]:
    """An error for each text that its box can't hold; text that stands on many pages is told of once."""
    first: dict[tuple[Span, str], Diagnostic] = {}
    figures = (shape for drawing in show.figures.values() for shape in drawing.shapes if isinstance(shape, Chart))
    found = [problem for page in show.pages for problem in check_page(page, theme)]
    found += [problem for chart in figures for problem in check_chart(chart, "in the handout")]
    for problem in found:
        first.setdefault((problem.span, WHERE.split(problem.message)[0]), problem)
    # What a title is too long for, the footer that repeats it is, too.
    titles = {span for span, message in first if message.startswith("the title ")}
    return tuple(
        d for (span, message), d in first.items() if not (message.startswith("the footer ") and span in titles)
    )


def check_page(page: Page, theme: Theme) -> Iterator[Diagnostic]:
    yield from check_footnotes(page)
    yield from check_formulas(page)
    for shape in page.drawing.shapes:
        yield from check_shape(shape, page, theme)


def check_shape(shape: Shape, page: Page, theme: Theme) -> Iterator[Diagnostic]:
    match shape:
        case TextBox():
            yield from check_text(shape, page, theme)
        case Group():
            yield from check_room(shape, page)
            for child in shape.shapes:
                yield from check_shape(child, page, theme)
        case Chart():
            yield from check_chart(shape, f"on slide {page.label}")
        case AutoShape(text=text) if text:
            yield from check_label(shape, page)
        case Table():
            yield from check_table(shape, page, theme, place)


def check_text(box: TextBox, page: Page, theme: Theme) -> Iterator[Diagnostic]:
    """A text in a frame or box: its lines and its height."""
    if not box.paragraphs:
        return
    if box.placeholder == "code" and any(p.safe_lines > 1 for p in box.paragraphs):
        yield from wide_code(box, page)
        return
    frame = theme.frames_of(page.layout).get(box.placeholder)
    room_pt = box.room_pt or box.box.height
    needed = sum(p.safe_lines for p in box.paragraphs)
    available = lines_within(box, room_pt)
    if frame and frame.max_lines:
        available = min(available, frame.max_lines)
    if needed > available:
        name = (
            page.layout
            if page.layout in SERVING and box.placeholder == "title"
            else FIELDS.get(box.placeholder, "text")
        )
        yield error(
            place(box.paragraphs, page),
            f"the {name} needs {count(needed, 'line')}, but slide {page.label} has room for {available}",
            cheapest(box, available),
        )


def wide_code(box: TextBox, page: Page) -> Iterator[Diagnostic]:
    """Lines of code that would wrap. They must not: the numbers beside them count lines as they were typed."""
    for number, line in zip(line_numbers(box, page), box.paragraphs, strict=False):
        if line.safe_lines > 1:
            full = max(line.lines, key=lambda broken: broken.width_pt)
            room = int(box.box.width * SAFE_SHARE * len(plain(full.text)) / full.width_pt)
            needed = count(len(plain(line.text)), "character")
            yield error(
                place((line,), page),
                f"line {number} of the code needs {needed}, but slide {page.label} has room for {room}",
                "break the line in two",
            )


def line_numbers(box: TextBox, page: Page) -> Iterator[str]:
    """The numbers of a listing's lines, as they stand beside it; counted from 1 where none do."""
    key = box.key.rpartition("/")[0] + "/numbers"
    shown = next((s for s in page.drawing.shapes if isinstance(s, TextBox) and s.key == key), None)
    return (plain(p.text) for p in shown.paragraphs) if shown else map(str, count_from(1))


def lines_within(box: TextBox, room_pt: float) -> int:
    """How many lines of a text, from its first, a height holds."""
    lines, used = 0, 0.0
    for i, paragraph in enumerate(box.paragraphs):
        used += paragraph.before_pt if i else 0
        for _ in range(paragraph.safe_lines):
            used += paragraph.style.leading_pt
            if used > room_pt + ROUNDING_PT:
                return lines
            lines += 1
    return lines


def cheapest(box: TextBox, available: int) -> str:
    """The fix that costs the author least."""
    excess = sum(p.safe_lines for p in box.paragraphs) - available
    if box.placeholder == "code":
        return f"show {count(excess, 'line')} less, or put the rest on a slide of its own"
    if len(box.paragraphs) > 2:
        return f"cut {count(excess, 'line')} of text, or divide the slide in two"
    shares = [(p, line) for p in box.paragraphs for line in p.lines]
    words = sum(len(plain(line.text).split()) for _, line in shares[available:])
    return f"shorten it by about {count(max(1, words), 'word')}"


def check_room(group: Group, page: Page) -> Iterator[Diagnostic]:
    """A diagram that is as large as its content makes it."""
    box, room = group.box, group.room
    if room and (box.right > room.right + ROUNDING_PT or box.bottom > room.bottom + ROUNDING_PT):
        words = tuple(p for shape in every_shape([group]) if isinstance(shape, AutoShape) for p in shape.text)
        yield error(
            place(words, page),
            f"the diagram needs {in_inches(box)}, but slide {page.number} has room for {in_inches(room)}",
            "shorten its texts, leave out parts, or divide it in two",
        )


def in_inches(box: Box) -> str:
    return f"{box.width / PT_PER_INCH:.1f} x {box.height / PT_PER_INCH:.1f} inches"


def check_label(shape: AutoShape, page: Page) -> Iterator[Diagnostic]:
    """The text inside a drawn box."""
    height = sum(p.safe_height_pt for p in shape.text)
    if height > inner(shape).height + ROUNDING_PT:
        lines = sum(p.safe_lines for p in shape.text)
        room = int(inner(shape).height // shape.text[0].style.leading_pt)
        yield error(
            place(shape.text, page),
            f"the label needs {count(lines, 'line')}, but its box on slide {page.label} has room for {room}",
            "shorten the label",
        )


def check_chart(chart: Chart, where: str) -> Iterator[Diagnostic]:
    """The names and numbers of a chart in the places that are left for them."""
    if chart.trouble:
        hint = "show less, shorten the names, or choose another kind of chart"
        yield error(chart.span, f"{chart.trouble}, {where}", hint)
        return
    for shape in chart.shapes:
        if not isinstance(shape, TextBox):
            continue
        wide = max(line.width_pt for line in shape.paragraphs[0].lines)
        if wide > shape.box.width + ROUNDING_PT:
            words, room = plain(shape.paragraphs[0].text), f"{shape.box.width:.0f} pt"
            message = f"the name {words!r} is {wide:.0f} pt wide, and {where} there is room for {room}"
            yield error(chart.span, message, "shorten it")


def place(paragraphs: tuple[SetParagraph, ...], page: Page) -> Span:
    """Where the text stands in the source."""
    return next((run.span for p in paragraphs for run in runs(p.text) if run.span.line), page.span)


def count(number: float, noun: str) -> str:
    return f"{number:g} {noun}" + ("" if number == 1 else "s")
