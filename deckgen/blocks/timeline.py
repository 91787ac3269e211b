"""Events in the order of time, one of which may be marked.

- timeline:
    - {when: 1999, name: VMware Workstation, text: brings virtual machines to ordinary PCs}
    - {when: 2008, name: LXC, text: joins Linux namespaces and cgroups}
    - {when: 2013, name: Docker, text: makes images easy to build and to share, hot: true}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Line, Stroke, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.typeset.labels import bold, fitted_all, led
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

MOST = 7
"""Events on one slide."""
YEARS = ("year", "year_small", "label_bold")
EVENTS = ("event", "event_small")


@frozen(kw_only=True)
class Stretch:
    """The line with its points, up to the marked event or from there on."""

    colour: str
    """Of the line; empty: the layout has drawn the line."""
    fill: str
    """Of the points."""
    outline_pt: float = 0
    """Of the points, in the accent colour."""


@frozen(kw_only=True)
class Look:
    """A timeline in a theme: down a line, years to its left, or along a line, texts under it. Boxes are the first's."""

    direction: Literal["down", "right"]
    year: Box
    event: Box
    line_at: Inches
    """Where the line stands: from the left if it goes down, from the top if it goes to the right."""
    line_from: Inches
    line_to: Inches
    line_pt: float
    before: Stretch
    after: Stretch
    pitch: Inches
    """From one event to the next, where the events go down."""
    tight_pitch: Inches
    gap: Inches
    """Between the texts of neighbours."""
    geometry: Literal["rect", "ellipse"]
    point: Size
    hot_point: Size


@frozen(kw_only=True)
class Event:
    """Something that happened."""

    when: Text = key("The year or the date, in your own words")
    name: Text = key("What it is called", ())
    text: Text = key("What happened", ())
    hot: bool = key("Mark the event as the one that matters", False)


@frozen(kw_only=True)
class Timeline(Block):
    """Up to seven events on a slide; more continue on the next."""

    events: tuple[Event, ...] = key("The events, the earliest first")

    LAYOUT = "timeline"
    SOLE = True
    LOOK = Look
    HTML = """<ul class="timeline">{% for event in block.events %}<li{% if event.hot %} class="hot"{% endif %}>
      {{- "" }}<b class="year">{{ event.when | runs }}</b> {% if event.name %}<b>{{ event.name | runs }}</b> {% endif %}
      {{- event.text | prose }}</li>{% endfor %}</ul>"""
    CSS = """.timeline { list-style: none; margin: 6pt 0; }
      .timeline li { position: relative; padding: 0 0 5pt 22mm; break-inside: avoid; }
      .timeline .year { position: absolute; left: 0; width: 20mm; }
      .timeline .hot .year { color: var(--accent); }"""

    def problems(self) -> Iterator[Diagnostic]:
        if sum(event.hot for event in self.events) > 1:
            yield error(self.span, "more than one event is marked as `hot`", "mark the one that matters most")

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("timeline")
        shapes = self.draw_down(look, sheet) if look.direction == "down" else self.draw_along(look, sheet)
        end = max((shape.box.bottom for shape in shapes if isinstance(shape, TextBox)), default=sheet.box.y)
        # Too many events are too high for any slide, so that they are split.
        most = sheet.box.height * len(self.events) / MOST
        height = end - sheet.box.y if len(self.events) <= MOST else most
        return Drawing(Size(sheet.box.width, height), tuple(shapes))

    def draw_down(self, look: Look, sheet: Sheet) -> list[AnyShape]:
        """Events one under the other, as far apart as there is room for."""
        pitch = max(look.tight_pitch, min(look.pitch, sheet.box.height / len(self.events)))
        first = look.year.y + look.year.height / 2
        # Each text keeps to its own stretch of the line.
        room = Box(0, first - pitch / 2, 0, pitch)
        years = self.years(look.year._replace(y=room.y, height=pitch), sheet, align="right")
        texts = [led(event.name, event.text) for event in self.events]
        events = fitted_all(texts, EVENTS, Size(look.event.width, pitch), sheet)
        shapes: list[AnyShape] = []
        for i, (event, year, text) in enumerate(zip(self.events, years, events, strict=True), start=1):
            centre = first + (i - 1) * pitch
            shapes.append(self.point(i, event, Point(look.line_at, centre), look, sheet))
            for name, paragraph, x, width in (
                ("when", year, look.year.x, look.year.width),
                ("text", text, look.event.x, look.event.width),
            ):
                box = Box(x, centre - pitch / 2, width, pitch)
                shapes += text_box(f"{sheet.key}/{i}/{name}", (paragraph,), box, "middle")
        return shapes

    def draw_along(self, look: Look, sheet: Sheet) -> list[AnyShape]:
        """Events side by side, sharing the width."""
        pitch = sheet.box.width / max(2, min(MOST, len(self.events)))
        years = self.years(look.year._replace(width=pitch - look.gap), sheet, align="left")
        room = Size(pitch - look.gap, min(look.event.height, sheet.box.bottom - look.event.y))
        texts = self.stacked(room, sheet)
        shapes: list[AnyShape] = [*self.axis(pitch, look, sheet)]
        for i, (event, year, text) in enumerate(zip(self.events, years, texts, strict=True), start=1):
            x = look.event.x + (i - 1) * pitch
            shapes.append(self.point(i, event, Point(x, look.line_at), look, sheet))
            when = Box(x, look.year.y, room.width, look.year.height)
            shapes += text_box(f"{sheet.key}/{i}/when", (year,), when, "bottom")
            shapes += text_box(f"{sheet.key}/{i}/text", text, Box(x, look.event.y, *room), "top")
        return shapes

    def years(self, box: Box, sheet: Sheet, align: Literal["left", "right"]) -> list[SetParagraph]:
        """What stands at the points, all in one size."""
        plain = fitted_all(
            [event.when for event in self.events], YEARS, Size(box.width, box.height), sheet, align=align
        )
        return [
            replace(year, style=replace(year.style, colour="accent")) if event.hot else year
            for event, year in zip(self.events, plain, strict=True)
        ]

    def stacked(self, room: Size, sheet: Sheet) -> list[tuple[SetParagraph, ...]]:
        """Name over text, in the largest style in which all events keep to their height."""
        for style in EVENTS:
            quiet = replace(sheet.theme.style(style), colour="muted")
            found = [
                tuple(
                    sheet.set(text, ink, room.width)
                    for text, ink in ((bold(event.name), style), (event.text, quiet))
                    if text
                )
                for event in self.events
            ]
            if all(sum(p.safe_height_pt for p in paragraphs) <= room.height for paragraphs in found):
                break
        return found

    def axis(self, pitch: float, look: Look, sheet: Sheet) -> Iterator[Line]:
        """The line up to the marked event, and the line from there on."""
        hot = next((look.event.x + i * pitch for i, event in enumerate(self.events) if event.hot), look.line_to)
        for name, start, end, stretch in (
            ("before", look.line_from, hot, look.before),
            ("after", hot, look.line_to, look.after),
        ):
            if stretch.colour and start < end:
                stroke = Stroke(stretch.colour, look.line_pt)
                ends = Point(start, look.line_at), Point(end, look.line_at)
                yield Line(key=f"{sheet.key}/{name}", start=ends[0], end=ends[1], stroke=stroke, decorative=True)

    def point(self, number: int, event: Event, centre: Point, look: Look, sheet: Sheet) -> AutoShape:
        """A mark on the line: down its middle, or from its text's left edge."""
        after = any(event.hot for event in self.events[:number])
        stretch = look.after if after else look.before
        width, height = look.hot_point if event.hot else look.point
        left = centre.x - width / 2 if look.direction == "down" else centre.x
        return AutoShape(
            key=f"{sheet.key}/{number}/point",
            box=Box(left, centre.y - height / 2, width, height),
            geometry=look.geometry,
            fill="accent" if event.hot else stretch.fill,
            stroke=Stroke("accent", stretch.outline_pt) if stretch.outline_pt else None,
            decorative=True,
        )

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        look: Look = sheet.look("timeline")
        most = min(MOST, int(sheet.box.height / look.tight_pitch)) if look.direction == "down" else MOST
        if not 0 < most < len(self.events):
            return None
        slides = -(-len(self.events) // most)
        count = -(-len(self.events) // slides)
        return replace(self, events=self.events[:count]), replace(self, events=self.events[count:])


def text_box(
    name: str, paragraphs: tuple[SetParagraph, ...], box: Box, anchor: Literal["top", "middle", "bottom"]
) -> tuple[TextBox, ...]:
    """A text box; none for no text."""
    return (TextBox(key=name, box=box, paragraphs=paragraphs, anchor=anchor),) if paragraphs else ()
