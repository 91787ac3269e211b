"""How the handout is set: measure, baselines, ends of paragraphs, headings. The judge is Poppler, on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from statistics import mean
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from weasyprint.text.line_break import pyphen

from deckgen.model.paper import PAPERS
from deckgen.styles import style_class
from deckgen.styles.article import Article
from deckgen.write.handout.hyphens import Dictionary
from tests.pages_builders import poppler
from tests.test_styles import pdf_of, talk_of

LEADING_PT = {"paper": 14.5, "night": 14.0, "signal": 14.25}
"""Of running text, as the design has it."""
WORDS = """Most of the work goes into those cases that were left out of the first plan, and the other half goes into
telling everybody why nobody had thought of them. A container is an isolated process which shares the kernel of its host
with all its neighbours; a virtual machine brings a kernel of its own, together with everything that belongs to it."""
SENTENCES = WORDS.replace("\n", " ").split(". ")


def prose(count: int, first: int = 0) -> str:
    """A paragraph of so many sentences."""
    return ". ".join(SENTENCES[(first + i) % len(SENTENCES)].rstrip(".") for i in range(count)) + "."


def slide(number: int) -> str:
    """A slide whose text is parted by a table, a figure or a listing of odd heights."""
    bodies = (
        "table:\n      header: [Kind, Seconds]\n      rows: [[Alpha, 12], [Beta, 7], [Gamma, 4]]",
        "layers: [{layers: [Upper, Middle, Lower]}]",
        "code: |\n      def one():\n          return 1",
        "bullets: [Red, Green, Blue]",
        "callout: Mind the gap",
    )
    title = "A title which is so long that it takes two lines in print" if number % 2 else "A short one"
    paragraphs = "".join(f"\n      {prose(2 + i % 3, i)}\n" for i in range(number % 3 + 1))
    return f"  - title: {title} {number}\n    {bodies[number % 5]}\n    handout: |{paragraphs}"


def talk(paper: str = "A4") -> str:
    slides = "\n".join(f"  - section: Part {i}\n" + "\n".join(map(slide, range(i, i + 5))) for i in range(3))
    return f"deckgen: 1\ntitle: A talk\npaper: {paper}\nslides:\n{slides}\n"


def article(source: str, theme: str = "paper") -> bytes:
    return pdf_of(talk_of(source, theme), style_class("article")())


class Line(NamedTuple):
    """A line as Poppler finds it, in points from the page's left upper corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@cache
def lines(theme: str, paper: str = "A4") -> tuple[Line, ...]:
    return tuple(lines_in(article(talk(paper), theme)))


def lines_in(pdf: bytes) -> Iterator[Line]:
    root = ElementTree.fromstring(poppler("pdftotext", pdf, "-bbox-layout"))
    name = "{http://www.w3.org/1999/xhtml}"
    for number, page in enumerate(root.iter(f"{name}page")):
        for line in page.iter(f"{name}line"):
            left, top, right, bottom = (float(line.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))
            text = " ".join(word.text or "" for word in line.iter(f"{name}word"))
            yield Line(number, left, top, right, bottom, text)


def running_text(found: tuple[Line, ...]) -> list[Line]:
    """The lines of paragraphs: those that have only words of theirs."""
    known = re.sub(r"\W+", "", WORDS)
    return [line for line in found if len(line.text) > 12 and re.sub(r"\W+", "", line.text) in known * 2]


@pytest.mark.parametrize("theme", LEADING_PT)
def test_running_text_stands_on_one_grid(theme: str) -> None:
    """On all pages, and after headings of one and two lines, tables, figures, listings and lists."""
    found, unit = running_text(lines(theme)), LEADING_PT[theme] / 2
    assert len(found) > 150 and len({line.page for line in found}) > 4
    steps = [(line.top - found[0].top) / unit for line in found]
    assert max(abs(step - round(step)) for step in steps) * unit < 0.05


@pytest.mark.parametrize("theme", LEADING_PT)
def test_lines_of_two_columns_stand_level(theme: str) -> None:
    """Paragraphs and beginnings of lists, after headings beside pictures, figures, tables and listings."""
    found = columned(theme)
    words = (*running_text(found), *(line for line in found if re.fullmatch(r"\W*Red", line.text)))
    columns = [[line for line in words if (line.left > 290) == right and not 170 < line.left < 280] for right in (0, 1)]
    assert min(map(len, columns)) > 50
    steps = [(line.bottom - columns[0][0].bottom) / LEADING_PT[theme] for column in columns for line in column]
    assert max(abs(step - round(step)) for step in steps) * LEADING_PT[theme] < 0.05


@pytest.mark.parametrize("theme", LEADING_PT)
def test_half_a_line_parts_the_items_of_a_list_in_columns(theme: str) -> None:
    items = [line for line in columned(theme) if re.fullmatch(r"\W*(Red|Green|Blue)", line.text)]
    gaps = [lower.bottom - upper.bottom for upper, lower in pairwise(items) if not lower.text.endswith("Red")]
    assert len(gaps) >= 4 and gaps == pytest.approx([1.5 * LEADING_PT[theme]] * len(gaps), abs=0.05)


@cache
def columned(theme: str) -> tuple[Line, ...]:
    return tuple(lines_in(pdf_of(talk_of(talk(), theme), Article(columns=2))))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", LEADING_PT)
def test_a_full_line_has_sixty_to_seventy_five_characters(theme: str, paper: str) -> None:
    full = [len(line.text) for line in running_text(lines(theme, paper)) if not line.text.endswith(".")]
    assert 60 <= mean(full) <= 75


@pytest.mark.parametrize("theme", LEADING_PT)
def test_paragraphs_end_in_more_than_a_word(theme: str) -> None:
    found = running_text(lines(theme))
    ends = [(above, last) for above, last in pairwise(found) if last.text.endswith(".")]
    assert len(ends) >= 20
    for above, last in ends:
        assert " " in last.text and not above.text.endswith("-"), last


@pytest.mark.parametrize("theme", LEADING_PT)
def test_headings_are_divided_in_the_middle_and_stand_over_their_text(theme: str) -> None:
    found = lines(theme)
    tall = max(Counter(round(line.bottom - line.top, 2) for line in found if line.text.startswith("A title which")))
    pairs = [
        (upper, lower)
        for upper, lower in pairwise(found)
        if upper.text.startswith("A title which") and round(upper.bottom - upper.top, 2) == tall
    ]
    assert len(pairs) >= 6
    for upper, lower in pairs:
        lengths = sorted((upper.right - upper.left, lower.right - lower.left))
        assert upper.page == lower.page and lengths[0] > 0.6 * lengths[1], upper.text
    for _, page in groupby(found, key=lambda line: line.page):
        text = [line for line in page if line.left > 190]
        assert not re.search(r"print \d|A short one", max(text, key=lambda line: (line.top < 770, line.top)).text)


def test_lists_leave_no_single_item_on_a_page() -> None:
    for count in range(14, 30):
        items = ", ".join(f"Item {i}" for i in range(count))
        source = f"deckgen: 1\ntitle: A talk\nslides:\n  - title: One\n    bullets: [{items}]\n"
        talk = f"{source}    handout: |\n      {prose(6)}\n\n      {prose(6)}\n\n      {prose(6)}\n"
        pages = Counter(line.page for line in lines_in(article(talk)) if "Item" in line.text)
        assert sum(pages.values()) == count and 1 not in pages.values(), pages


@pytest.mark.parametrize("theme", LEADING_PT)
def test_the_page_of_a_presenter_has_room_for_notes_whatever_stands_on_it(theme: str) -> None:
    slides = "".join(f"  - title: Slide {i}\n    notes: {prose(i)}\n" for i in range(1, 8))
    pdf = pdf_of(talk_of(f"deckgen: 1\ntitle: A talk\nslides:\n{slides}", theme), style_class("notes")())
    pages = poppler("pdftotext", pdf).split("\f")[:-1]
    assert len(pages) == 8 and all("Your notes" in page for page in pages)


@pytest.mark.parametrize("theme", LEADING_PT)
def test_an_outline_of_one_page_has_two_columns_of_like_height(theme: str) -> None:
    slides = "".join(f"  - title: Slide {i}\n    bullets: [{prose(1)}, Two]\n" for i in range(9))
    pdf = pdf_of(talk_of(f"deckgen: 1\ntitle: A talk\nslides:\n{slides}", theme), style_class("outline")())
    found = [line for line in lines_in(pdf) if 68 < line.top < 770]
    feet = [max(line.bottom for line in found if (line.left > 290) == right) for right in (False, True)]
    assert abs(feet[0] - feet[1]) < 50 and {line.page for line in found} == {0}


def test_an_outline_of_titles_alone_fills_its_columns() -> None:
    slides = "".join(f"  - title: Slide {i}\n    table: {{rows: [[a, b]]}}\n" for i in range(130))
    pdf = pdf_of(talk_of(f"deckgen: 1\ntitle: A talk\nslides:\n{slides}"), style_class("outline")())
    found = [line for line in lines_in(pdf) if line.page == 0 and "Slide" in line.text]
    assert min(max(line.bottom for line in found if (line.left > 290) == right) for right in (False, True)) > 740


@pytest.mark.parametrize("theme", LEADING_PT)
def test_contents_of_nine_sections_stand_on_the_cover(theme: str) -> None:
    sections = "".join(f"  - section: Part {i}\n    summary: What it is about\n  - title: One\n" for i in range(9))
    found = list(lines_in(article(f"deckgen: 1\ntitle: A talk of many parts\nslides:\n{sections}", theme)))
    assert {line.page for line in found if line.text == "What it is about" and line.bottom - line.top < 13} == {0}


def test_a_long_title_of_the_talk_stands_on_one_line_at_the_edge_of_pages() -> None:
    title = "Sales review 2026: growth came from three countries"
    source = f"deckgen: 1\ntitle: '{title}'\nslides:\n  - section: Part\n  - title: One\n"
    found = lines_in(article(source, "signal"))
    assert [line.text for line in found if line.page == 1 and line.text.startswith("Sales")] == [title]


def test_names_are_never_divided() -> None:
    names = "Massachusetts Connecticut Pennsylvania Transylvania Mediterranean " * 9
    text = [
        line.text for line in lines_in(article(f"deckgen: 1\ntitle: A\nslides:\n  - title: B\n    handout: {names}"))
    ]
    assert len(text) > 8 and not any(line.endswith(("-", "‐")) for line in text)


@pytest.mark.parametrize("language", ["en", "fr", "hu", "sl"])
def test_patterns_of_hyphens_are_read_as_pyphen_reads_them(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    whole, found = pyphen.HyphDict(path), Dictionary(path)
    assert whole.patterns == {letters: found.patterns.get(letters) for letters in found.patterns.written}
    assert all(whole.positions(word) == found.positions(word) for word in ("documentation", "asszonnyal", "évidemment"))


def test_marks_of_notes_are_the_fonts_own_superior_figures() -> None:
    source = "deckgen: 1\ntitle: A\nslides:\n  - title: B\n    handout: 'Words with a note.^[Here.]'\n"
    word = next(line for line in lines_in(article(source)) if line.text.startswith("Words with"))
    assert word.text.endswith("note.1") and word.bottom - word.top < 11, "one line of one size"


def test_headings_from_right_to_left_are_balanced_and_begin_at_the_right() -> None:
    title = "الآلة الافتراضية تجلب نظام تشغيل كاملا إلى كل ضيف من ضيوفها"
    source = f"deckgen: 1\ntitle: A\nlanguage: ar\nslides:\n  - title: {title}\n    handout: {title}\n"
    found = [line for line in lines_in(article(source)) if line.page == 1 and line.bottom - line.top > 13]
    upper, lower = sorted(found, key=lambda line: line.top)[:2]
    assert abs(upper.right - lower.right) < 2
    assert upper.right - upper.left < 1.4 * (lower.right - lower.left)


@pytest.mark.parametrize("theme", LEADING_PT)
def test_a_slides_picture_and_its_number_are_set_once(theme: str) -> None:
    labels = Counter(line.text for line in lines(theme) if re.fullmatch(r"Slide\s\d+", line.text))
    assert len(labels) == 15 and set(labels.values()) == {1}


@pytest.mark.parametrize("theme", LEADING_PT)
def test_points_of_a_comparison_face_each_other_in_print(theme: str) -> None:
    long = "Alpha which is said in so many words that they need more than a line of their half"
    left = f"{{title: Left, items: [{long}, Gamma, Zeta]}}"
    right = "{title: Right, items: [Beta, Delta], best_for: All}"
    slide = f"  - title: Two\n    comparison: {{left: {left}, right: {right}}}\n    handout: Words.\n"
    found = lines_in(article(f"deckgen: 1\ntitle: T\nslides:\n{slide}", theme))
    tops = {line.text.split()[0]: line.top for line in found if line.page == 1}
    assert tops["Alpha"] == pytest.approx(tops["Beta"]) and tops["Gamma"] == pytest.approx(tops["Delta"])
    assert tops["Gamma"] - tops["Alpha"] > tops["Zeta"] - tops["Gamma"] + 8
    assert 0 < tops["Left"] - tops["Words."] < 40, "it stands under its text, beside the picture of the slide"
