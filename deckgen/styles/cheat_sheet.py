"""What the talk chooses with `cheat`, on one page in columns; if it is too much, the build says by how much.

handout: cheat-sheet
handout:
  - article
  - cheat-sheet: {columns: 4, landscape: true}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from deckgen.blocks import kind_of
from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key, noted, out_of_range, runs
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import bounds
from deckgen.model.legible import least_size
from deckgen.model.paper import PAPERS, Paper
from deckgen.model.show import Show
from deckgen.model.style import Piece, Style, bare
from deckgen.model.text import Text, label
from deckgen.typeset.slides import FIGURE_WIDTH_PT
from deckgen.units import PT_PER_MM, Box

MARGIN_MM, FOOT_MM, GAP_MM = 12.0, 10.0, 7.0
"""At the sides, below, and between columns."""
LINE_PT = 10.5
"""A line of running text."""
FIGURE_MM = 118.0
"""Figures are drawn no larger than they would be in the article: so wide if they take all its measure."""
LEAST_PT = 6.0
"""Of text in figures."""
BESIDE_MM = 62.0
"""What a heading takes at the side of a figure that needs more than a column."""
MOST_COLUMNS = 4
LONG = 10
"""Paragraphs of a text that stays in one column."""


@frozen
class Item:
    """A block, and of a figure the size of its drawing in points and its width as a share of the room."""

    key: str
    block: Block
    drawn: Box | None = None
    share: float = 100.0

    @property
    def long(self) -> bool:
        """Whether it may be divided between columns: text of many paragraphs."""
        return self.block.FLOWS and len(self.block.flow_lines()) > LONG


@frozen
class Topic:
    """A slide with what is chosen of it; wide if a figure in it needs all columns."""

    slide: Slide
    title: Text
    items: tuple[Item, ...]
    takeaway: Text
    wide: bool = False


@frozen(kw_only=True)
class CheatSheet(Style):
    """Chosen blocks on one page."""

    HTML = """
{% macro piece(item) %}
{% if item.drawn %}
<img id="figure-{{ item.key }}" class="figure" src="{{ blank(item.drawn) }}" style="width:{{ item.share }}%" alt="{{ item.block.description(words) }}" />
{% else %}
{{ item.block | html }}
{% endif %}
{% if item.block.caption_text() %}<p class="caption">{{ item.block.caption_text() | prose }}</p>{% endif %}
{{ notes() }}

{% endmacro %}
{% for topics in sheets %}
<section class="cheat">
<div class="top"><h1>{{ deck.title | prose }}</h1>
{% if deck.event or deck.date %}<p>{{ deck.event | prose }}{% if deck.event and deck.date %}, {% endif %}{{ deck.date | in_words }}</p>{% endif %}

</div>
<div class="sheet{% if topics | selectattr("wide") | list %} parted{% endif %}">
{% for topic in topics %}
{% set changed = " changed" if topic.slide.id in marks else "" %}
{% if topic.wide %}<div class="wide{{ changed }}" data-slide="{{ topic.slide.id }}"><h2>{{ topic.title | prose }}</h2>{% endif %}

{% for item in topic.items %}
<div class="piece{% if item.long %} long{% endif %}{% if loop.last and not topic.takeaway %} last{% endif %}{{ changed if not topic.wide }}" id="piece-{{ item.key }}" data-slide="{{ topic.slide.id }}">
{% if loop.first and topic.title and not topic.wide %}<h2>{{ topic.title | prose }}</h2>{% endif %}

{{ piece(item) }}
</div>
{% endfor %}
{% if topic.takeaway %}<p class="takeaway last{{ changed if not topic.items }}" id="piece-{{ topic.slide.id }}">{{ topic.takeaway | prose }}</p>{% endif %}

{% if topic.wide %}</div>{% endif %}

{% endfor %}
</div>
</section>
{% endfor %}
"""  # noqa: E501
    CSS = """
@page cheat {
  margin: 12mm 12mm 10mm;
  background: none;
  @top-left-corner { content: none; }
  @top-left { content: none; }
  @top-right { content: none; }
  @bottom-left-corner { content: none; }
  @bottom-left { content: none; }
  @bottom-right { content: none; }
}
.cheat { page: cheat; --grid: none; --text-size: 8.25pt; --leading: 10.5pt; --half: 3pt; --small: 7.75pt/10pt; }
.cheat { --aside: 7pt/9pt; --code: 7pt/9.25pt; font: var(--text-size)/var(--leading) var(--sans-font); }
.cheat .top { border-bottom: 0.75pt solid var(--accent); padding-bottom: 4pt; margin-bottom: 10pt; position: relative; }
.cheat .top h1 { font: 17pt/20pt var(--head-font); margin-right: 84mm; }
.cheat .top p { position: absolute; right: 0; bottom: 5pt; width: 82mm; text-align: right; color: var(--muted); }
.cheat .sheet { columns: var(--columns); column-gap: 7mm; column-rule: 0.35pt solid var(--rule); }
.cheat .parted { column-rule: none; }
.cheat .wide { column-span: all; padding: 8pt 0 4pt; position: relative; padding-left: 62mm; min-height: 12mm; }
.cheat .wide > h2 { position: absolute; left: 0; top: 8pt; width: 56mm; margin: 0; }
.cheat .piece { margin-bottom: 6pt; break-inside: avoid; }
.cheat .long { break-inside: auto; }
.cheat .piece.changed { margin-left: -2.5mm; border-left: 2pt solid var(--accent); padding-left: calc(2.5mm - 2pt); }
.cheat .piece > h2 { margin: 0 0 3pt; }
.cheat .last { margin-bottom: 14pt; }
.cheat h2 { font: 10.5pt/12.5pt var(--head-font); letter-spacing: 0; color: var(--accent); }
.cheat .caption { font: var(--aside) var(--sans-font); color: var(--muted); margin-top: 2pt; break-before: avoid; }
.cheat .figure { max-width: 100%; break-inside: avoid; }
.cheat .note { float: none; width: auto; margin: 2pt 0 0; padding: 0; }
.cheat .text { margin: 0 0 3pt; hyphens: auto; }
.cheat .list { margin: 0; padding-left: 4.4mm; }
.cheat .list li { margin-bottom: 1.5pt; }
.cheat .list ul { margin-left: 3mm; }
.cheat .text, .cheat .list, .cheat .definitions { margin-right: 0; }
.cheat .definitions { margin: 0; }
.cheat .definitions dd { margin: 0 0 2pt 3.2mm; }
.cheat .callout { margin: 0; padding: 3pt 2.5mm; font: var(--text-size)/var(--leading) var(--sans-font); }
.cheat .callout .label { font-size: var(--text-size); line-height: var(--leading); }
.cheat .table { font: var(--small) var(--sans-font); width: 100%; }
.cheat .table th, .cheat .table td { padding: 2pt 5pt 2pt 0; font-size: 7.75pt; line-height: 10pt; }
.cheat .table .hot { padding-left: 3pt; }
.cheat .table-notes { font: var(--aside) var(--sans-font); margin-top: 2pt; }
.cheat .code { padding: 4pt 0; font: var(--code) var(--mono-font); }
.cheat .code.dense .line { font-size: 1em; }
.cheat .line { min-height: 9.25pt; padding: 0 4pt 0 19pt; }
.cheat .line i { width: 13pt; }
.cheat .line.hot { padding-left: 17.5pt; }
.cheat .equation { margin: 0; }
.cheat .symbols { margin-top: 3pt; }
.cheat .comparison { margin: 0; font: var(--small) var(--sans-font); }
.cheat td.side { padding: 2pt 0; }
.cheat th.side { font-size: 9pt; line-height: 11pt; }
.cheat .quote, .cheat .statement { margin: 0; }
.cheat .quote .title, .cheat .statement .title { font-size: 11pt; line-height: 13.5pt; bookmark-level: none; }
.cheat .quote .source, .cheat .statement .source { font: var(--aside) var(--sans-font); margin-top: 2pt; }
.cheat .takeaway { position: relative; font-size: 9pt; line-height: 11.5pt; margin: 0 0 14pt; break-before: avoid; }
"""

    columns: int | None = key("How many columns, 1 to 4; 2 if missing, or 3 on paper that lies", None)
    landscape: bool = key("Turn the paper on its long side", False)

    @property
    def count(self) -> int:
        return self.columns or (3 if self.landscape else 2)

    def problems(self) -> Iterator[Diagnostic]:
        if self.columns is not None:
            yield from out_of_range("columns", self.columns, range(1, MOST_COLUMNS + 1), self.span)

    def paper(self, paper: Paper) -> Paper:
        return paper.turned() if self.landscape else paper

    def properties(self, show: Show, paper: Paper) -> Mapping[str, str]:
        return {"columns": str(self.count)}

    def sheets(self, deck: Deck, show: Show, paper: Paper) -> tuple[tuple[Topic, ...], ...]:
        return (tuple(self.measured(topic, show, paper) for topic in topics(deck)),)

    def measured(self, topic: Topic, show: Show, paper: Paper) -> Topic:
        """The topic with the sizes of its figures."""
        full = paper.width_mm - 2 * MARGIN_MM
        column = (full - (self.count - 1) * GAP_MM) / self.count
        items = tuple(sized(item, show, column) for item in topic.items)
        if self.count == 1 or all(text_size(item, show, column) * paper.scale >= LEAST_PT for item in items):
            return Topic(topic.slide, topic.title, items, topic.takeaway)
        items = tuple(sized(item, show, full - BESIDE_MM) for item in topic.items)
        return Topic(topic.slide, topic.title, items, topic.takeaway, True)

    def unfit(self, deck: Deck, show: Show) -> Iterator[Diagnostic]:
        """Nothing is chosen, or text of a figure would be too small to be read."""
        place = self.span if self.span.file else deck.span
        [chosen] = self.sheets(deck, show, self.paper(PAPERS[deck.paper]))
        if not chosen:
            hint = "write `cheat: true` beside a block, or on a slide for all its blocks"
            yield error(place, "the talk chooses nothing for its cheat sheet", hint, "handout")
        paper = self.paper(PAPERS[deck.paper])
        room = paper.width_mm - 2 * MARGIN_MM
        for topic in chosen:
            for item in topic.items:
                size = text_size(item, show, room - BESIDE_MM if topic.wide else room) * paper.scale
                if size < LEAST_PT:
                    message = f"text of this figure would have {size:.1f} pt on the cheat sheet, less than {LEAST_PT:g}"
                    hint = "leave it out with `cheat: false`, or set `landscape: true` for a wider sheet"
                    yield error(item.block.span, message, hint, "handout")

    def excess(self, deck: Deck, pieces: Sequence[Piece]) -> Iterator[Diagnostic]:
        """By how much the sheet is longer than its page, and what takes most of it."""
        paper = self.paper(PAPERS[deck.paper])
        foot = FOOT_MM * PT_PER_MM * paper.scale
        width = (paper.width_mm - 2 * MARGIN_MM) * PT_PER_MM * paper.scale
        over = 0.0
        heights: dict[str, float] = {}
        for piece in pieces:
            columns = self.count if piece.right - piece.left > width / self.count else 1
            height = (piece.top - piece.bottom) * columns
            heights[piece.name] = heights.get(piece.name, 0.0) + height
            over += height if piece.page else max(0.0, foot - piece.bottom) * columns
        if over < 1:
            return
        places = {item.key: item.block for topic in topics(deck) for item in topic.items}
        highest = max((name for name in heights if name in places), key=lambda name: heights[name])
        yield self.too_long(deck, over / paper.scale, places[highest], heights[highest])

    def too_long(self, deck: Deck, over: float, highest: Block, height: float) -> Diagnostic:
        lines = ceil(over / LINE_PT)
        what = f"{lines} lines ({over / PT_PER_MM:.0f} mm) of a column"
        place = self.span if self.span.file else deck.span
        more = [] if self.count >= MOST_COLUMNS else [f"try `columns: {self.count + 1}`"]
        takes = f"the {kind_of(highest)} of line {highest.span.line} takes {height / PT_PER_MM:.0f} mm"
        hint = ", or ".join([f"leave something out ({takes})", *more])
        return error(place, f"the cheat sheet is too long for its page by {what}", hint, "handout")

    def blocks(self, deck: Deck) -> tuple[tuple[str, Block], ...]:
        return tuple((item.key, item.block) for topic in topics(deck) for item in topic.items)

    def held(self, deck: Deck, show: Show) -> Iterator[Text]:
        yield bare(deck.title)
        yield deck.event
        yield label(in_words(deck.date, deck.language))
        for topic in topics(deck):
            yield topic.title
            for item in topic.items:
                if item.block.NUMBERED != "figure":
                    yield from (part for strand in item.block.strands() for part in noted(strand))
                yield from noted(tuple(runs(item.block.caption_text())))
            yield topic.takeaway


def topics(deck: Deck) -> Iterator[Topic]:
    """The slides of which something is chosen, with all that is."""
    for slide in deck.slides:
        if isinstance(slide, Slide) and slide.only != "deck":
            items = tuple(Item(f"{slide.id}/{place}", block) for place, block in chosen(slide))
            takeaway = bare(slide.takeaway) if slide.cheat else ()
            if items or takeaway:
                served = any(item.block.slide_title() for item in items)
                yield Topic(slide, () if served else bare(slide.title), items, takeaway)


def chosen(slide: Slide) -> Iterator[tuple[str, Block]]:
    """The blocks that are on the sheet, with their places on the slide: those in columns one under the other."""
    for i, whole in enumerate(slide.body, start=1):
        inner = whole.inner()
        parts = [(f"{i}/{n}", block) for n, block in enumerate(inner, start=1)] if inner else [(str(i), whole)]
        for place, block in parts:
            says = next((said for said in (block.cheat, whole.cheat) if said is not None), slide.cheat)
            if says and "deck" not in (block.only, whole.only):
                yield place, block


def sized(item: Item, show: Show, room_mm: float) -> Item:
    """A figure with the share of the room that it takes; other blocks as they are."""
    if item.block.NUMBERED != "figure":
        return item
    box = bounds(show.figures[item.key].shapes)
    width = min(FIGURE_MM * box.width / FIGURE_WIDTH_PT, room_mm)
    return Item(item.key, item.block, box, round(100 * width / room_mm, 2))


def text_size(item: Item, show: Show, room_mm: float) -> float:
    """The size in points of the smallest text of a figure in a room; endless if it has none."""
    if item.block.NUMBERED != "figure":
        return float("inf")
    drawing = show.figures[item.key]
    box = bounds(drawing.shapes)
    width = min(FIGURE_MM * box.width / FIGURE_WIDTH_PT, room_mm) * PT_PER_MM
    return least_size(drawing.shapes) * width / box.width
