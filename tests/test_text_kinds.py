"""Numbered lists, definitions, callouts and columns, as PowerPoint and print show them."""

from __future__ import annotations

import re
from itertools import pairwise

from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import AutoShape, TextBox, every_shape
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.write.handout.html import block_html
from deckgen.write.handout.plan import outline
from tests.talks import problems_of, slide_xml, talk

MANY = ", ".join(f"Step {n}" for n in range(1, 18))


def boxes(page: Page) -> list[TextBox]:
    return [shape for shape in every_shape(page.drawing.shapes) if isinstance(shape, TextBox)]


def words(box: TextBox) -> list[str]:
    return [plain(paragraph.text) for paragraph in box.paragraphs]


def html(deck: Deck) -> str:
    slide = deck.slides[0]
    assert isinstance(slide, Slide)
    return "".join(block_html(block, deck) for block in slide.body)


def test_powerpoint_counts_and_counts_on_after_a_split() -> None:
    deck, show = talk(f"- title: Steps\n  numbered: [{MANY}]")
    first, second = slide_xml(deck, show)
    assert first.count("<a:t>Step ") == 9
    assert 'type="arabicPeriod"/>' in first and "startAt" not in first
    assert 'type="arabicPeriod" startAt="10"' in second
    assert '<ol class="list"><li>Step 1</li>' in html(deck)
    body = next(box for box in boxes(show.pages[2]) if box.placeholder == "body")
    assert [p.bullet.glyph for p in body.paragraphs if p.bullet][:2] == ["10.", "11."]


def test_numbers_stand_clear_of_their_text() -> None:
    _, show = talk("- title: Steps\n  numbered: {items: [One, Two], start: 1234}")
    body = next(box for box in boxes(show.pages[1]) if box.placeholder == "body")
    bullet = body.paragraphs[0].bullet
    assert bullet and bullet.hang_pt == body.paragraphs[0].indent_pt > 50


def test_a_second_list_begins_anew() -> None:
    deck, show = talk("- title: Two\n  body:\n    - numbered: [A, B]\n    - paragraph: Then\n    - numbered: [C, D]")
    [xml] = slide_xml(deck, show)
    lists = [body for body in re.findall(r"<p:txBody>.*?</p:txBody>", xml) if "buAutoNum" in body]
    assert len(lists) == 2, "one text would count 1, 2, 3, 4"


def test_a_term_and_its_meaning() -> None:
    deck, show = talk("- title: Words\n  definitions:\n    - Image: What it *starts* from\n    - 12:30: A time")
    body = next(box for box in boxes(show.pages[1]) if box.placeholder == "body")
    assert words(body) == ["Image", "What it starts from", "12:30", "A time"]
    assert all(run.bold for run in body.paragraphs[0].text)
    assert "<dt>12:30</dt>" in html(deck)


def test_the_word_over_a_callout_is_the_languages() -> None:
    deck, show = talk("- title: T\n  callout: {text: Achtung, kind: warning}", language="de")
    assert ["Warnung", "Achtung"] in [words(box) for box in boxes(show.pages[1])]
    assert '<p class="label">Warnung</p>' in html(deck)


def test_no_column_is_lost() -> None:
    slides = "- title: T\n  columns:\n    - bullets: [A]\n    - {paragraph: B, width: 2}\n    - [C]\n    - |\n      - D"
    deck, show = talk(slides)
    found = [box for box in boxes(show.pages[1]) if words(box) in (["A"], ["B"], ["C"], ["D"])]
    assert [words(box) for box in found] == [["A"], ["B"], ["C"], ["D"]]
    assert all(left.box.right <= right.box.x + 20 for left, right in pairwise(found))
    assert re.findall(">([ABCD])<", html(deck)) == ["A", "B", "C", "D"]


def test_text_breaks_in_its_column() -> None:
    words_ = "A sentence that fits on one line of the slide, but not on one of a third of it"
    _, show = talk(f"- title: T\n  columns:\n    - [{words_!r}]\n    - [B]\n    - [C]")
    [box] = [box for box in boxes(show.pages[1]) if words(box) == [words_]]
    assert len(box.paragraphs[0].lines) > 2
    assert all(line.width_pt <= box.box.width for line in box.paragraphs[0].lines)


def test_full_columns_go_on_side_by_side() -> None:
    deck, show = talk(f"- title: T\n  columns:\n    - bullets: [{MANY}]\n    - numbered: [{MANY}]\n    - [Short]")
    assert len(show.pages) == 3
    xml = slide_xml(deck, show)
    assert "".join(xml).count("Step 17<") == 2
    assert 'startAt="10"' in xml[1]


def test_a_figure_in_a_column_is_numbered_in_print() -> None:
    slides = "- title: T\n  columns:\n    - table: {rows: [[a, b]], caption: What it shows}\n    - [Text]"
    deck, show = talk(slides)
    [entry] = outline(deck, show).chapters[0].entries
    assert [(item.key, item.number) for item in entry.items] == [
        (f"{entry.source.id}/1/1", 1),
        (f"{entry.source.id}/1/2", 0),
    ]


def test_what_columns_refuse() -> None:
    found = problems_of("- title: T\n  columns:\n    - quote: {text: Words}\n    - [B]")
    assert [d.message for d in found] == ["'quote' can't stand in a column"]
    found = problems_of("- title: T\n  columns: [[A], [B], [C], [D], [E], [F], [G]]")
    assert "there are 7 columns, and a slide has room for 6" in [d.message for d in found]


def test_a_callout_that_does_not_fit_is_an_error() -> None:
    found = problems_of("- title: T\n  callout: '" + "word " * 400 + "'")
    assert found and "lines, but slide 2 has room for" in found[0].message


def test_marks_of_a_callout_are_decoration() -> None:
    _, show = talk("- title: T\n  callout: Words")
    marks = [s for s in show.pages[1].drawing.shapes if isinstance(s, AutoShape)]
    assert marks and all(mark.decorative for mark in marks)


TABLES = """
- title: Plan
  agenda:
- section: Anfang
- title: Vergleich
  comparison: {left: {title: Links, items: [a]}, right: {title: Rechts, items: [b]}}
- section: Ende
- title: Tabelle
  table: {header: ["", "Eins^[mit Fußnote]", {text: Zwei, note: mit Anmerkung}], rows: [[x, y, z]]}
- title: Ohne Kopf
  table: [[Name, 12], [Alter, 7]]
- title: Formel
  equation: {latex: E = mc^2, where: [E: Energie, m: Masse]}
"""


def test_every_table_says_what_it_is_about_in_the_language_of_the_deck() -> None:
    frames = re.findall("<p:graphicFrame>.*?</p:graphicFrame>", "".join(slide_xml(*talk(TABLES, language="de"))))
    found = dict.fromkeys(words for frame in frames for words in re.findall('descr="(.*?)"', frame) or ["nothing"])
    assert list(found) == ["Inhalt: Anfang; Ende", "Links", "Rechts", "Eins; Zwei", "Name; Alter", "E; m"]
