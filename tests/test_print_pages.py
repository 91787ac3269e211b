"""Pages that the handout alone has: each begins a page, and so does what comes after it; the deck has nothing of it."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest

from deckgen.build import Build, Options, build
from deckgen.check.agree import check_deck
from deckgen.check.pptx_text import read_deck_text
from deckgen.check.verify import manifest_in
from deckgen.model.changes import changes
from deckgen.model.deck import PrintPage, Slide
from deckgen.model.manifest import Manifest
from deckgen.model.text import plain
from deckgen.styles import style_named
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.builders import written
from tests.talks import problems_of, source, talk

SLIDES = """
- title: First
  bullets: ["See [the sheet](#sheet)"]
- page: |
    Try **these** before you go on^[Or later.].

    ## Under it

    | a | b |
    |--|--|
    | 1 | 2 |
  title: Work sheet
  id: sheet
- page: Another page at once.
- section: One
- page: It stands under the section's name.
  title: Opening page
- title: Second
  bullets: [b]
  handout: "[The sheet](#sheet) has more."
- page: The last in its section.
  title: Closing page
- section: Two
- title: Third
  bullets: [c]
- page: The end of it all.
"""
EXPECTED = (
    ("Contents", "Work sheet", "Opening page", "Closing page"),
    ("First",),
    ("Work sheet", "Try these before you go on", "Under it", "Or later"),
    ("Another page at once",),
    ("One", "Opening page", "It stands under"),
    ("Second",),
    ("Closing page", "The last in its section"),
    ("Two", "Third"),
    ("The end of it all",),
)
"""Words that stand on each page of the handout, and on no other but the cover."""


@cache
def made(slides: str = SLIDES, *styles: str, sections: str = "any") -> Build:
    asked = tuple(style for style in map(style_named, styles) if style)
    text = source(slides).replace("slides:", f"print: {{sections: {sections}}}\nslides:", 1)
    found = build(MemoryWorld({"t.yaml": text.encode()}, default_folder()), "t.yaml", Options(handouts=asked))
    assert found.outputs, found.diagnostics
    return found


def output(found: Build, suffix: str = "-handout.pdf") -> bytes:
    return next(output.data for output in found.outputs if output.suffix == suffix)


def pages(pdf: bytes) -> list[str]:
    """The words on each page."""
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(words.split()) for words in text.split("\f")[:-1]]


def manifest(found: Build) -> Manifest:
    told = manifest_in("t.pdf", output(found))
    assert isinstance(told, Manifest)
    return told


def test_each_stands_alone_in_its_place() -> None:
    found = pages(output(made()))
    assert len(found) == len(EXPECTED)
    for words, there in zip(EXPECTED, found, strict=True):
        assert all(word in there for word in words)
    for words in EXPECTED[1:]:
        assert all(sum(word in there for there in found[1:]) == 1 for word in words if " " in word)


def test_sections_on_right_pages_take_no_page_more_than_they_need() -> None:
    found = pages(output(made(sections="right")))
    assert [i for i, words in enumerate(found, start=1) if not words] == [2, 6, 10]
    assert "Opening page" in found[6] and "Third" in found[10] and "The end of it all" in found[11]


def test_contents_and_bookmarks_name_those_with_a_title() -> None:
    with pikepdf.open(io.BytesIO(output(made()))) as pdf, pdf.open_outline() as outline:
        names = [[item.title, [child.title for child in item.children]] for item in outline.root]
    names = [[name, [child.replace("\xa0", " ") for child in children]] for name, children in names]
    assert names[-2:] == [["One", ["Opening page", "Second", "Closing page"]], ["Two", ["Third"]]]
    cover = pages(output(made()))[0]
    assert re.search(r"Work sheet .*One .*Opening page 5 Closing page 7 Two", cover)
    assert "Another page" not in cover


def test_they_are_accessible_and_lasting(tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(output(made()))
    for profile in ("ua1", "3a"):
        assert not page.validate_pdf(str(tmp_path / "t.pdf"), profile=profile).failures


def test_the_deck_has_nothing_of_them() -> None:
    found = made()
    slides = read_deck_text(output(found, ".pptx"))
    assert len(slides) == 6
    text = " ".join(slide.body + slide.notes for slide in slides)
    assert "See the sheet" in text
    assert not any(word in text for word in ("Work sheet", "before you go on", "Opening page", "Under it"))
    told = [d for d in found.diagnostics if d.severity == "warning"]
    assert [(d.message, d.hint) for d in told] == [
        ("this link leads to a slide or page that the handout alone has", "in the deck its words stay plain text")
    ]


def test_a_deck_with_words_of_them_is_not_written() -> None:
    deck, show = talk(SLIDES)
    leaky = replace(
        deck,
        slides=tuple(
            replace(entry, takeaway=deck.slides[1].handout[0].text)  # type: ignore[attr-defined]
            if isinstance(entry, Slide) and plain(entry.title) == "Second"
            else entry
            for entry in deck.slides
        ),
    )
    slides = read_deck_text(written(leaky))
    [problem] = check_deck(deck, show, slides)
    assert "text of another channel stands in the deck: 'Try'" in problem.message
    assert problem.span == deck.slides[1].handout[0].text[0].span  # type: ignore[attr-defined]


def test_links_lead_there_in_the_handout() -> None:
    with pikepdf.open(io.BytesIO(output(made()))) as pdf:
        places = list(pdf.Root.Names.Dests.Names)
        found = dict(zip(map(str, places[::2]), places[1::2], strict=True))
        assert pdf.pages.index(pikepdf.Page(found["at-sheet"][0])) == 2


def test_changes_tell_of_them() -> None:
    new = made(SLIDES.replace("It stands under", "It was put under").replace("Another page at once", "Other words"))
    told = changes(manifest(made()), manifest(new))
    assert [(change.title, change.kinds, change.new_pages) for change in told] == [
        ("Other words.", ("added",), (4, 4)),
        ("Opening page", ("edited",), (5, 5)),
        ("Another page at once.", ("removed",), None),
    ]
    assert [edit[1:3] for edit in told[1].edits] == [("stands", "was put")]


@pytest.mark.parametrize("style", ["notes", "grid-6", "outline"])
def test_other_styles_leave_them_out(style: str) -> None:
    text = " ".join(pages(output(made(SLIDES, style), f"-handout-{style}.pdf")))
    assert "Second" in text
    assert not any(word in text for word in ("Work sheet", "before you go on", "Opening page"))


def test_a_long_one_runs_on_and_the_next_slide_begins_a_page() -> None:
    lines = "".join(f"\n\n    Paragraph {i} of a long text." for i in range(120))
    found = pages(output(made(f"- page: |{lines}\n  title: Long\n- title: After\n  bullets: [a]")))
    assert len(found) > 4
    assert sum(text.count("Paragraph") for text in found) == 120
    assert "After" in found[-1] and "Paragraph" not in found[-1]


def test_ids_are_made_from_the_first_words_that_serve_as_a_heading() -> None:
    deck, _ = talk("- page: Text\n  title: A sheet\n- page: |\n    ## Inner words\n\n    Text\n- page: Text")
    names = [entry.id for entry in deck.slides if isinstance(entry, PrintPage)]
    assert names[:2] == ["a-sheet", "inner-words"]
    assert re.fullmatch("page-[0-9a-f]{4}", names[2])


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- page:", "nothing is written for 'page'"),
        ("- page: |\n    Text\n\n    # Head", "the page has headings, and no title over them"),
        ("- page: Text\n  notes: Said", "unknown key 'notes'"),
        ("- page: Text\n  id: Two Words", "'Two Words' is no id"),
        ("- page: Text\n  id: one\n- title: T\n  id: one\n  bullets: [a]", "two slides have the id 'one'"),
    ],
)
def test_what_is_wrong_is_told(entry: str, message: str) -> None:
    assert any(message in found.message for found in problems_of(f"- title: First\n  bullets: [a]\n{entry}"))
