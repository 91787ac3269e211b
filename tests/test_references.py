"""References both ways: pages of the handout and names of slides, as both files say them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.build import Build, Options, build
from deckgen.check.agree import check_handout
from deckgen.check.comparable import comparable
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import SlideText, read_deck_text
from deckgen.styles import style_named
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.pages_builders import poppler
from tests.pairs import outcome
from tests.test_parts import PARTS, SLIDES, handout

HEAD = "deckgen: 1\ntitle: Refs\n"
TALK = (
    HEAD
    + """
abstract: "It begins with [the first](#one), and [](#two)."
slides:
  - section: Alpha
    summary: More in [](#beta).
  - title: One
    id: one
    bullets:
      - "See [the **two** there](#two), please"
      - "Also [](#two), [](#gone), {handout} and {handout#paper}"
      - "`{handout}` is \\\\{handout}"
    notes: Say {handout#beta} and [](#two).
    handout: |
      Look at [the other](#two)^[And [here](#one).]. Then [](#two), and {handout}. [In the deck](#gone), [](#gone).

      """
    + "A long text fills the page. " * 150
    + """
  - title: Two
    id: two
    bullets: [a]
    handout: See [one](#one) above.
  - title: Gone
    id: gone
    only: deck
    bullets: ["It leads to [](#paper)"]
  - section: Beta
  - title: Paper
    id: paper
    only: handout
    handout: Hello, {handout}, [](#title).
"""
)


def made(source: str, **options: object) -> Build:
    world = MemoryWorld({"talk.yaml": source.encode()}, default_folder())
    return build(world, "talk.yaml", Options(**options))  # type: ignore[arg-type]


def messages(source: str) -> list[str]:
    return [f"{d.span}: {d.message}" for d in made(source).diagnostics]


def output(found: Build, suffix: str) -> bytes:
    assert found.outputs, found.diagnostics
    return next(output.data for output in found.outputs if output.suffix == suffix)


@cache
def pair() -> Build:
    return made(TALK)


def pages(pdf: bytes) -> list[str]:
    """The text of each page as Poppler reads it, on one line."""
    return [re.sub(r"\s+", " ", page) for page in poppler("pdftotext", pdf).split("\f")[:-1]]


def page_of(pdf: bytes, words: str) -> int:
    """The one page after the cover that has some words, counted from 1."""
    [found] = [number for number, text in enumerate(pages(pdf)[1:], start=2) if words in text]
    return found


def slides() -> tuple[SlideText, ...]:
    return read_deck_text(output(pair(), ".pptx"))


def test_a_link_says_the_page_of_its_slide_in_print() -> None:
    pdf = output(pair(), "-handout.pdf")
    text = " ".join(pages(pdf))
    two, one = page_of(pdf, "See one"), page_of(pdf, "Look at the other")
    assert two > one
    assert f"Look at the other (page {two})" in text
    assert f"see the two there (page {two}), please" in text.replace("See the two", "see the two")
    assert f"See one (page {one}) above." in text
    assert f"And here (page {one})." in text
    assert f"It begins with the first (page {one}), and page {two}." in text


def test_a_slide_that_the_handout_lacks_keeps_the_words_or_is_called_by_its_number() -> None:
    text = " ".join(pages(output(pair(), "-handout.pdf")))
    assert "In the deck, slide 5." in text
    assert "In the deck (page" not in text


def test_words_of_a_reference_are_links_in_print() -> None:
    pdf = output(pair(), "-handout.pdf")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        targets = [str(note.Dest) for page in document.pages for note in page.obj.get("/Annots", ()) if "/Dest" in note]
    assert {"at-one", "at-two", "at-paper"} <= set(targets)


def test_a_reference_without_words_is_called_by_the_number_of_the_slide_in_the_deck() -> None:
    bodies = [slide.body.replace("\u00a0", " ") for slide in slides()]
    assert "Also slide 4, slide 5" in bodies[2]
    assert "slide 4" in slides()[2].notes.replace("\u00a0", " ")


def test_slides_and_notes_name_the_pages_of_the_handout() -> None:
    pdf = output(pair(), "-handout.pdf")
    one, paper = page_of(pdf, "Look at the other"), page_of(pdf, "Hello")
    body = slides()[2].body.replace("\u00a0", " ")
    assert f"slide 5, handout p. {one} and handout p. {paper}" in body
    assert "{handout} is {handout}" in body
    assert f"Say handout p. {page_of(pdf, 'Hello')} and slide 4." in slides()[2].notes.replace("\u00a0", " ")
    assert f"It leads to handout p. {paper}" in slides()[4].body.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "options", [{"only": "deck"}, {"handouts": (style_named("outline"),)}], ids=["deck", "outline"]
)
def test_the_pages_are_the_articles_where_that_is_not_written(options: dict[str, object]) -> None:
    found = made(TALK, **options)
    assert [slide.body for slide in read_deck_text(output(found, ".pptx"))] == [slide.body for slide in slides()]
    assert "-handout" not in {output.suffix.removesuffix(".pdf") for output in found.outputs}


WORDS = st.integers(1, 90)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=7))
def test_every_page_that_either_file_names_is_that_of_its_place(plan: list[tuple[int, int, int]]) -> None:
    source = HEAD + "slides:\n" + "".join(
        f"  - title: Slide number {i}\n    id: s{i}\n"
        f"    bullets: ['Shown {{handout#s{far % len(plan)}}} end']\n"
        f"    handout: >-\n      Printed [words](#s{near % len(plan)}) end. {'More of the same text. ' * length}\n"
        for i, (length, near, far) in enumerate(plan)
    )  # fmt: skip
    found = made(source)
    pdf = output(found, "-handout.pdf")
    texts = pages(pdf)
    at = [next(n for n, text in enumerate(texts, 1) if n > 1 and f"Slide number {i}" in text) for i in range(len(plan))]
    printed = list(map(int, re.findall(r"words \(page (\d+)\) end", " ".join(texts))))
    assert printed == [at[near % len(plan)] for _, near, _ in plan]
    bodies = " ".join(slide.body for slide in read_deck_text(output(found, ".pptx"))).replace("\u00a0", " ")
    assert list(map(int, re.findall(r"Shown handout p. (\d+) end", bodies))) == [
        at[far % len(plan)] for *_, far in plan
    ]


@pytest.mark.parametrize(("language", "paper", "print_", "deck"), [
    ("he", "A4", ("(עמוד {})", "({}עמוד)"), "דף מידע עמ' {}"), ("de", "A5", ("(Seite {})",), "Handout S. {}"),
])  # fmt: skip
def test_other_languages_and_papers(language: str, paper: str, print_: tuple[str, ...], deck: str) -> None:
    """A line of two directions is read back as it is seen."""
    source = (
        f"{HEAD}language: {language}\npaper: {paper}\nslides:\n  - title: First\n    id: one\n"
        "    bullets: ['{handout#two}']\n    handout: See [there](#two) now.\n"
        "  - title: Second\n    id: two\n    bullets: [a]\n"
    )
    found = made(source)
    text = read_pdf_text(output(found, "-handout.pdf"))
    page = text.numbers["two"]
    assert any(comparable(form.format(page)) in comparable(text.text) for form in print_)
    assert comparable(deck.format(page)) in comparable(read_deck_text(output(found, ".pptx"))[1].body)


def test_the_check_knows_the_pages_of_a_handout() -> None:
    found = outcome(TALK)
    assert found.talk and not found.problems
    text = read_pdf_text(found.handout)
    moved = {**text.numbers, "two": text.numbers["two"] + 1}
    wrong = check_handout(
        found.talk.deck, text.__class__(**{**vars(text), "numbers": moved}), (), found.talk.show.labels
    )
    assert any("(page" in problem.message for problem in wrong)


def test_parts_name_the_pages_of_each_other() -> None:
    """In a talk that is laid out in three parts, each link leads to the next chapter, that of the last to the first."""
    texts = pages(handout())
    at = {
        title: number
        for number, text in enumerate(texts, start=1)
        if number > 1
        for title in re.findall(r"Slide \d of chapter \d", text)
    }
    named = re.findall(r"See there \(page (\d+)\)", " ".join(texts))
    wanted = [at[f"Slide {number} of chapter {chapter % PARTS + 1}"]
              for chapter in range(1, PARTS + 1) for number in range(1, SLIDES + 1) for _ in range(2)]  # fmt: skip
    assert list(map(int, named)) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (HEAD + 'slides:\n  - title: "To [](#b)"\n    bullets: [a]\n  - title: B\n    id: b\n    bullets: [a]\n',
         "talk.yaml:4:16: a reference can't stand in a title"),
        (HEAD + "slides:\n  - title: A\n    bullets: ['See {handout#bb}']\n  - title: B\n    id: b\n    bullets: [a]\n",
         "talk.yaml:5:20: there is no slide 'bb' to link to"),
        (HEAD + "slides:\n  - title: A\n    only: deck\n    bullets: ['See {handout}']\n",
         "talk.yaml:6:20: this names a page of the handout, and what it leads to is in the deck only"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(source: str, wanted: str) -> None:
    assert messages(source) == [wanted]


EXHIBITS = (
    HEAD
    + r"""
slides:
  - title: Where to look
    bullets:
      - "See [](#rows), [](#law), [](#stack), [](#lines) and [](#extra)"
    handout: First [](#rows), then [the stack](#stack).
  - title: A table
    table: {id: rows, rows: [[a, b], [c, d]], caption: Two rows}
  - title: Many
    id: many
    body:
      - bullets: [POINTS]
      - layers:
          - layers: [Lower, Upper]
        id: stack
  - title: A law
    equation: {latex: "a = b", id: law}
  - title: Code
    body:
      - code: {text: "x = 1", language: python}
        id: lines
  - title: For readers
    body:
      - table: {rows: [[e, f]]}
        only: handout
        id: extra
      - bullets: [x]
""".replace("POINTS", ", ".join(f"point {i}" for i in range(14)))
)


@cache
def numbered() -> Build:
    return made(EXHIBITS)


def spoken(found: Build) -> list[str]:
    return [slide.body.replace("\u00a0", " ") for slide in read_deck_text(output(found, ".pptx"))]


def test_exhibits_are_called_by_the_numbers_of_print_and_show_them_on_their_slides() -> None:
    bodies = spoken(numbered())
    numbers = read_pdf_text(output(numbered(), "-handout.pdf")).numbers
    assert f"See Table 1, Equation 1, Figure 1, Listing 1 and Table 2 (handout p. {numbers['extra']})" in bodies[1]
    text = "|".join(bodies)
    assert "Table 1 · Two rows" in text and "Figure 1" in text and "(1)" in text and "Listing 1" in text


def test_print_leads_to_the_exhibit_itself_and_says_its_page() -> None:
    pdf = output(numbered(), "-handout.pdf")
    text, numbers = " ".join(pages(pdf)), read_pdf_text(pdf).numbers
    assert f"First Table 1 (page {numbers['rows']}), then the stack (page {numbers['stack']})." in text
    assert "Table 1. Two rows" in text and "Figure 1." in text


def test_a_link_to_an_exhibit_jumps_to_the_slide_that_shows_it() -> None:
    """The diagram stands on the second page of a slide that is split."""
    with zipfile.ZipFile(io.BytesIO(output(numbered(), ".pptx"))) as package:
        relations = package.read("ppt/slides/_rels/slide2.xml.rels").decode()
        jumps = set(re.findall(r'Target="(slide\d+\.xml)"', relations))
    bodies = spoken(numbered())
    diagram = next(i for i, body in enumerate(bodies, start=1) if "Lower" in body)
    assert "point 0" not in bodies[diagram - 1]
    assert f"slide{diagram}.xml" in jumps


def test_ids_are_unique_among_slides_and_exhibits() -> None:
    source = f"{HEAD}slides:\n  - title: A\n    id: x\n    table: {{id: x, rows: [[a]]}}\n"
    assert messages(source) == ["talk.yaml:6:17: another place has the id 'x'"]
    source = f"{HEAD}slides:\n  - title: A\n    body:\n      - bullets: [a]\n        id: x\n"
    assert messages(source) == ["talk.yaml:7:9: 'bullets' has no number in print, and so no 'id'"]


def test_margin_numbers_are_those_of_split_hidden_and_appended_slides() -> None:
    many = ", ".join(f"point {i}" for i in range(30))
    source = (
        f"{HEAD}slides:\n  - title: Many\n    bullets: [{many}]\n"
        "  - title: Reserve\n    id: reserve\n    hidden: true\n    bullets: [a, '[](#last)']\n"
        "  - title: After\n    bullets: ['[](#reserve)']\n"
        "  - section: More\n    appendix: true\n  - title: Last\n    id: last\n    bullets: [b]\n"
    )
    found = made(source)
    text = " ".join(pages(output(found, "-handout.pdf"))[1:]).replace("\u00a0", " ")
    labels = re.findall(r"(?<!\w)Slides? ([\w–]+)", text)
    bodies = spoken(found)
    parts = sum("point" in body for body in bodies)
    last = 1 + parts
    assert parts > 1 and labels == [f"2–{last}", f"{last}a", str(last + 1), "A1"]
    assert f"slide {last}a" in bodies[last + 1] and "slide A1" in bodies[last]


def test_a_block_with_an_error_is_not_missed_by_links_to_it() -> None:
    source = f"{HEAD}slides:\n  - title: A\n    body:\n      - '[](#x)'\n      - table: {{rws: [[a]]}}\n        id: x\n"
    assert [problem.code for problem in made(source).diagnostics] == ["schema"]
