"""For the presenter only: each slide with what is to be said, its minutes and the time so far, and ruled lines.

handout: notes
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.frozen import frozen
from deckgen.model.deck import Deck, Slide, parts
from deckgen.model.deck import Notes as Paragraphs
from deckgen.model.paper import Paper
from deckgen.model.schedule import Time, schedule, whole
from deckgen.model.show import Page, Show
from deckgen.model.style import Running, Style, bare, running
from deckgen.model.text import Paragraph, Text

RULE_MM = 8.2


@frozen
class Sheet:
    """A slide, its notes, and the time it takes."""

    page: Page
    running: Running
    title: Text
    last: str
    """What the last slide of the talk is called."""
    paragraphs: tuple[tuple[Paragraph, ...], ...]
    """Paragraphs by themselves, and the items of each list together."""
    takeaway: Text
    time: Time | None
    whole: float
    rules: int


@frozen(kw_only=True)
class Notes(Style):
    """The one style that holds `notes`."""

    HTML = """
{% from "sheets.html.j2" import head_of, picture_of with context %}
{% for sheet in sheets %}
<section class="speech" data-slide="{{ sheet.page.source_id }}">
{{ head_of(sheet.running) }}
<div class="shown{% if sheet.page.source_id in marks %} changed{% endif %}">
{{ picture_of(sheet.page, sheet.title) }}
</div>
<div class="margin clock"><p class="number">{{ sheet.page.label }}</p>
{% if sheet.last %}<p>{{ words.say("{page} of {pages}", page="", pages=sheet.last) | trim }}</p>{% endif %}

{% if sheet.time %}<p>{{ sheet.time | minutes(sheet.whole) }}</p>{% endif %}

</div>
<h1>{{ sheet.title | prose if sheet.title else words.slides(sheet.page.label, sheet.page.label) }}</h1>
{% for group in sheet.paragraphs %}
{% if group[0].marker %}
<ul class="said">
{% for item in group %}
<li class="{{ item.marker }}"
{%- if item.number %} data-number="{{ item.number }}."{% endif %} style="margin-left:{{ item.level * 5 }}mm">
{{- item.text | prose }}</li>
{% endfor %}
</ul>
{% else %}
<p class="text">{{ group[0].text | prose }}</p>
{% endif %}
{% endfor %}
{% if sheet.takeaway %}<p class="takeaway">{{ sheet.takeaway | prose }}</p>{% endif %}

<div class="fill">
<div class="begin"><h2>{{ words.say("Your notes") }}</h2>
{% for _ in range(3) %}<div class="rule"></div>{% endfor %}

</div>
{% for _ in range(sheet.rules - 3) %}<div class="rule"></div>{% endfor %}

</div>
</section>
{% endfor %}
"""
    CSS = """
.speech { page: speech; break-before: page; }
.speech .room { float: none; height: 0; }
.shown { width: var(--full); margin-left: -50mm; margin-bottom: 14pt; position: relative; break-after: avoid; }
.shown > .picture { margin: 0; }
.clock .number { color: var(--accent); font-family: var(--head-font); font-size: 13pt; line-height: 15pt; }
.speech > h1 { font-size: 18pt; line-height: 22pt; margin-bottom: 8pt; }
.speech h2 { bookmark-level: none; margin: 0; }
.said { list-style: none; margin: 5pt 0; }
.said li { padding-left: 5mm; position: relative; margin-bottom: 3pt; }
.said .bullet::before { content: "–"; position: absolute; left: 0; color: var(--accent); }
.said .number::before { content: attr(data-number); position: absolute; left: 0; color: var(--accent); }
.fill { margin-top: 16pt; }
.begin { break-inside: avoid; }
.rule { height: 8.2mm; background: linear-gradient(var(--ruled)) bottom / 100% 0.35pt no-repeat; }
"""

    def sheets(self, deck: Deck, show: Show, paper: Paper) -> tuple[Sheet, ...]:
        sections = parts(deck)
        entries = {entry.id: entry for entry in deck.slides}
        times = {time.entry.id: time for time in schedule(deck)}
        last = max((page.label for page in show.pages if page.label.isdigit()), key=int, default="")
        rules = int(paper.text_height_mm / RULE_MM)
        found = []
        for page in show.pages:
            entry = entries.get(page.source_id)
            first = page.part == 1
            notes = entry.notes if entry else deck.notes
            found.append(
                Sheet(
                    page,
                    running(sections, page),
                    bare(page.title),
                    last if page.label.isdigit() else "",
                    grouped(notes) if first else (),
                    bare(entry.takeaway) if isinstance(entry, Slide) and page.part == page.parts else (),
                    times.get(page.source_id) if first else None,
                    whole(deck),
                    rules,
                )
            )
        return tuple(found)

    def held(self, deck: Deck, show: Show) -> Iterator[Text]:
        notes = {entry.id: entry.notes for entry in deck.slides}
        for page in show.pages:
            yield bare(page.title)
            for paragraph in notes.get(page.source_id, deck.notes) if page.part == 1 else ():
                yield paragraph.text


def grouped(notes: Paragraphs) -> tuple[tuple[Paragraph, ...], ...]:
    """Neighbouring items of lists together, other paragraphs alone."""
    found: list[tuple[Paragraph, ...]] = []
    for paragraph in notes:
        if paragraph.marker and found and found[-1][-1].marker:
            found[-1] = (*found[-1], paragraph)
        else:
            found.append((paragraph,))
    return tuple(found)
