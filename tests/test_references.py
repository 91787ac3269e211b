"""References both ways: pages of the handout and names of slides, as both files say them."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from deckgen.build import Build, Options, build
from deckgen.check.agree import check_handout
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import SlideText, read_deck_text
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import Extent, Unsettled, setting_of, settled, sheet_of
from deckgen.write.handout.places import Layout
from deckgen.write.handout.traces import Traces
from tests.pages_builders import poppler
from tests.pairs import outcome
from tests.test_parts import PARTS, SLIDES, handout, job_of, talk

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
         "talk.yaml:6:20: the handout lacks the slide whose page is named here"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(source: str, wanted: str) -> None:
    assert messages(source) == [wanted]


class Moving:
    """A part whose place moves on when a page of one digit is named, and back for one of two."""

    def __init__(self) -> None:
        self.page = 8

    def extent(self) -> Extent:
        return Extent(20, {"at-x": self.page}, Traces({}, ()))

    def name(self, pages: dict[str, int]) -> None:
        self.page = 9 if len(str(pages["at-x"])) == 1 else 8

    def number(self, first: int, total: int) -> None: ...

    def result(self) -> Layout:
        raise NotImplementedError


def test_pages_that_do_not_settle_are_told_and_not_laid_out_for_ever() -> None:
    job: Job = job_of(talk())
    endless = Job(
        "", ('<p><span data-page="at-x">page 0</span></p>',), job.font_rules, job.css, job.fonts, b"{}", "", job.stamp
    )
    with pytest.raises(Unsettled, match="at-x"):
        settled(endless, [Moving()], setting_of(job, sheet_of(job)))  # type: ignore[list-item]


def test_an_unsettled_place_is_an_error_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from deckgen.write.handout.worker import HandoutWorker, Made

    monkeypatch.setattr(HandoutWorker, "result", lambda self: Made(failure="x", moving="at-two"))
    [problem] = [found for found in made(TALK).diagnostics if found.severity == "error"]
    assert problem.span.line == 4 and "'two'" in problem.message and Path(problem.span.file).name == "talk.yaml"
