"""The talk at a glance, in two columns on few pages: titles, key points, take-aways, and the works that it cites.

handout: outline
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import accumulate

from deckgen.frozen import frozen
from deckgen.model.block import leaves
from deckgen.model.deck import Deck, Section, Slide, parts
from deckgen.model.paper import COLUMN_MM, Paper
from deckgen.model.show import Show
from deckgen.model.style import Style, bare
from deckgen.model.text import Text, plain
from deckgen.units import PT_PER_MM

LINE = 50
"""Characters on a line, about."""


@frozen
class Topic:
    """A slide, or without points the section that the slides after it belong to."""

    id: str
    label: str
    title: Text
    points: tuple[Text, ...]
    takeaway: Text
    opens: bool

    @property
    def height_pt(self) -> float:
        """About how much of a column it takes."""
        texts = (self.title, *self.points, self.takeaway)
        lines = sum(math.ceil(len(plain(text)) / LINE) for text in texts)
        return 29.0 if self.opens else lines * 11.5 + 6


@frozen(kw_only=True)
class Outline(Style):
    """Titles, first-level items, take-aways and references."""

    HTML = """
{% for topics, turn in sheets %}
<section class="outline">
<h1>{{ deck.title | prose }}</h1>
{% for topic in topics %}
{% set turns = (" turn" if topic is sameas turn else "") ~ (" changed" if topic.id in marks else "") %}
{% if topic.opens %}
<h2 class="opener{{ turns }}" data-slide="{{ topic.id }}">
<b>{{ topic.label }}</b>{{ topic.title | prose }}</h2>
{% else %}
<div class="topic{{ turns }}" data-slide="{{ topic.id }}">
<h2><b>{{ topic.label }}</b>{{ topic.title | prose }}</h2>
{% if topic.points %}
<ul>{% for point in topic.points %}<li>{{ point | prose }}</li>{% endfor %}</ul>
{% endif %}
{% if topic.takeaway %}<p class="key">{{ topic.takeaway | prose }}</p>{% endif %}

</div>
{% endif %}
{% endfor %}
{% if deck.references %}
<h2 class="opener">{{ words.say("References") }}</h2>
{% for work in deck.references %}<p class="work">{{ work | runs }}</p>{% endfor %}

{% endif %}
</section>
{% endfor %}
"""
    CSS = """
.outline { page: outline; margin-left: -50mm; width: var(--full); columns: 2; column-gap: 8mm; column-fill: auto; }
.outline { font-size: 8.75pt; line-height: 11.5pt; }
.outline h1 { font-size: 18pt; line-height: 21pt; margin-bottom: 8pt; }
.outline .opener { position: relative; font: 12pt/14pt var(--head-font); color: var(--accent); margin: 11pt 0 4pt; }
.outline .topic { break-inside: avoid; margin-bottom: 6pt; padding-left: 7mm; position: relative; }
.outline .topic h2 { font: bold 8.75pt/11.5pt var(--sans-font); letter-spacing: 0; margin: 0; break-after: auto; }
.outline .topic h2 b { position: absolute; left: 0; color: var(--accent); }
.outline .opener b { display: inline-block; min-width: 7mm; font-weight: inherit; }
.outline ul { list-style: none; }
.outline li { padding-left: 3mm; position: relative; }
.outline li::before { content: "–"; position: absolute; left: 0; color: var(--muted); }
.outline .key { font-style: italic; color: var(--muted); }
.outline .turn { break-before: column; margin-top: 0; }
.outline .work { padding-left: 7mm; text-indent: -7mm; margin-bottom: 2pt; }
"""

    def sheets(self, deck: Deck, show: Show, paper: Paper) -> tuple[tuple[tuple[Topic, ...], Topic | None], ...]:
        """All topics, and the one that the second column of a single page begins with."""
        found = tuple(topics(deck, show))
        works = sum(2 + 11.5 * math.ceil(len(plain(work)) / LINE) for work in deck.references)
        return ((found, turn(found, works, paper.text_height_mm * PT_PER_MM)),)

    def properties(self, show: Show, paper: Paper) -> Mapping[str, str]:
        return {"between": f"{paper.full_mm / 2 - COLUMN_MM:.2f}mm"}

    def held(self, deck: Deck, show: Show) -> Iterator[Text]:
        yield bare(deck.title)
        for topic in topics(deck, show):
            yield topic.title
            yield from topic.points
            yield topic.takeaway
        yield from deck.references


def topics(deck: Deck, show: Show) -> Iterator[Topic]:
    """Sections and slides in order, with their key points; a slide that says nothing of them is left out."""
    labels = {page.source_id: page.label for page in reversed(show.pages)}
    titles = {page.source_id: bare(page.title) for page in reversed(show.pages)}
    for part in parts(deck):
        if part.section:
            yield opener(part.section, part.label)
        for slide in part.slides:
            if slide.only != "deck":
                title = titles.get(slide.id, bare(slide.title))
                topic = Topic(
                    slide.id, labels.get(slide.id, ""), title, tuple(points(slide)), bare(slide.takeaway), False
                )
                if topic.title or topic.points or topic.takeaway:
                    yield topic


def turn(topics: tuple[Topic, ...], end_pt: float, column_pt: float) -> Topic | None:
    """The topic that divides one page into two columns of about the same height; `end_pt`: what follows the topics.

    None where one page is not enough, and two columns are filled anyway.
    """
    tops = tuple(accumulate((topic.height_pt for topic in topics), initial=29.0))
    whole = tops[-1] + end_pt
    if len(topics) < 2 or whole > 1.7 * column_pt:
        return None
    after_section = {i + 1 for i, topic in enumerate(topics) if topic.opens}
    places = [i for i in range(1, len(topics)) if i not in after_section]
    return topics[min(places, key=lambda i: abs(tops[i] - whole / 2))] if places else None


def opener(section: Section, label: str) -> Topic:
    return Topic(section.id, label, bare(section.section), (), (), True)


def points(slide: Slide) -> Iterator[Text]:
    """The items of the first level."""
    for _, block in leaves(slide.body):
        if block.FLOWS and block.only != "deck":
            yield from (bare(line.text) for line in block.flow_lines() if line.level == 0 and line.text)
