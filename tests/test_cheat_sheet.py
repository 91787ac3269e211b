"""The cheat sheet: what is chosen stands on one page, in order, or the build says by how much it is too long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from deckgen.build import Options, build
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.styles import check_style
from deckgen.diagnostics import Diagnostic
from deckgen.styles.cheat_sheet import CheatSheet
from deckgen.typeset.cuts import default_folder
from deckgen.units import PT_PER_MM
from deckgen.world import DiskWorld
from deckgen.write.handout.layout import lay_out
from deckgen.write.handout.render import pieces_of
from deckgen.write.handout.sheets import job_of
from tests.pages_builders import findings
from tests.test_styles import pages, pdf_of, talk_of

TALK = """\
deckgen: 1
title: Boxes at a glance
event: Box day
date: 2026-11-24
slides:
  - title: Boxes are made of card
    cheat: true
    body:
      - bullets: ["Card is light^[Lighter than wood.]", Card is cheap]
      - table:
          header: [Box, Weight]
          rows: [[Small, 20 g], [Large, 80 g]]
          caption: Weights of empty boxes
      - callout: Wood is for crates.
        cheat: false
      - bullets: [Only the projector shows this]
        only: deck
    takeaway: Card wins over wood.
    notes: Hold one up for the room.
    handout: Card is pressed from five layers of paper.
  - title: Boxes were invented twice
    bullets: [Once in China, Once in Kent]
    takeaway: Kent was late.
  - title: A box has four parts
    body:
      - bullets: [This list is not chosen]
      - layers:
          stacks: [{title: A box, layers: [Lid, Sides, Ground]}]
        cheat: true
      - columns:
          - bullets: [In the first column]
          - callout: In the second column
        cheat: true
    takeaway: Lids come last.
"""
CHOSEN = (
    "Boxes at a glance", "Box day, November 24, 2026", "Boxes are made of card", "Card is light", "Card is cheap",
    "Lighter than wood.", "Small", "Large", "Weights of empty boxes", "Card wins over wood.", "A box has four parts",
    "In the first column", "In the second column",
)  # fmt: skip


def problems(source: str, handout: str = "cheat-sheet") -> tuple[Diagnostic, ...]:
    """What is wrong with a talk that asks for a handout."""
    talk = talk_of(f"handout: {handout}\n{source}")
    [style] = talk.deck.handout
    if found := tuple(style.unfit(talk.deck, talk.show)):
        return found
    job = job_of(style, talk.deck, talk.show, talk.theme, talk.faces, talk.stamp)
    return tuple(style.excess(talk.deck, pieces_of(lay_out(job))))


def test_what_is_chosen_stands_there_in_order_and_nothing_else() -> None:
    [page] = pages(pdf_of(talk_of(TALK), CheatSheet(columns=1)))
    places = [page.find(text) for text in CHOSEN]
    assert -1 not in places and places == sorted(places)
    others = ("crates", "projector", "invented", "Kent", "not chosen", "Lids come last", "Hold one", "five layers")
    assert [text for text in others if text in page] == []
    assert "Ground" in page


@pytest.mark.parametrize(
    ("theme", "language", "paper"), [("paper", "en", "A4"), ("night", "he", "Letter"), ("signal", "en", "A5")]
)
def test_it_is_sound_on_all_papers(theme: str, language: str, paper: str, tmp_path: Path) -> None:
    talk = talk_of(f"paper: {paper}\nlanguage: {language}\n{TALK}", theme)
    for style in (CheatSheet(), CheatSheet(columns=4, landscape=True)):
        pdf = pdf_of(talk, style)
        assert list(findings(pdf, tmp_path)) == []
        text = read_pdf_text(pdf)
        assert text.pages == 1 and check_style(style, talk.deck, talk.show, text) == ()


def test_a_lost_block_or_figure_is_told() -> None:
    talk, style = talk_of(TALK), CheatSheet()
    text = read_pdf_text(pdf_of(talk, style))
    assert text.figures and check_style(style, talk.deck, talk.show, text) == ()
    [lost] = check_style(style, talk.deck, talk.show, replace(text, text=text.text.replace("cheap", "")))
    assert "'Card is cheap' is missing" in lost.message
    undrawn = check_style(style, talk.deck, talk.show, replace(text, figures=()))
    assert any("'A box' is missing in a figure" in problem.message for problem in undrawn)


def test_a_talk_that_chooses_nothing_is_an_error() -> None:
    [found] = problems("deckgen: 1\ntitle: A\nslides:\n  - title: One\n    bullets: [a]\n")
    assert found.severity == "error" and "chooses nothing" in found.message and "cheat: true" in found.hint
    assert found.span.line == 1


def listed(items: int) -> str:
    words = ", ".join(f"Item {i}" for i in range(items))
    return f"""\
deckgen: 1
title: A list
slides:
  - title: Long
    only: handout
    cheat: true
    body:
      - paragraph: Read this.
      - bullets: [{words}]
"""


def test_too_much_is_told_in_lines_with_the_tallest_block_and_a_cheaper_way() -> None:
    assert problems(listed(40)) == ()
    [some] = problems(listed(130))
    assert some.message.startswith("the cheat sheet is too long for its page by ") and " of a column" in some.message
    assert "the bullets of line 10 takes" in some.hint and "columns: 3" in some.hint
    [more] = problems(listed(140))
    lines = [int(found.message.split(" by ")[1].split()[0]) for found in (some, more)]
    assert 9 <= lines[1] - lines[0] <= 13
    assert problems(listed(130), "{cheat-sheet: {columns: 4}}") == ()


def test_the_build_writes_nothing_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(f"handout: cheat-sheet\n{listed(130)}")
    made = build(DiskWorld(tmp_path, default_folder()), "talk.yaml", Options(only="handout"))
    assert made.outputs == () and [found.code for found in made.diagnostics] == ["handout"]


WIDE = """\
deckgen: 1
title: A wide figure
slides:
  - title: Points
    cheat: true
    bullets: [One, Two]
  - title: Build once, then run the same image anywhere
    cheat: true
    flow: [Dockerfile -> Image, Image -> Registry, Registry -> Production]
"""


def figure_width(style: CheatSheet) -> float:
    """In millimetres."""
    talk = talk_of(WIDE)
    job = job_of(style, talk.deck, talk.show, talk.theme, talk.faces, talk.stamp)
    [place] = [place for part in lay_out(job) for place in part.places if place.kind == "figure"]
    return (place.rect.right - place.rect.left) / PT_PER_MM


def test_a_figure_too_small_for_a_column_stands_across_all() -> None:
    assert figure_width(CheatSheet(columns=2)) < 91
    assert figure_width(CheatSheet(columns=4)) > 91


def test_columns_can_be_1_to_4() -> None:
    from tests.pairs import prepared

    _, found = prepared(f"handout: {{cheat-sheet: {{columns: 7}}}}\n{TALK}")
    assert [problem.message for problem in found] == ["`columns` is 7, and can be 1 to 4"]


def test_it_has_one_page_of_the_papers_size() -> None:
    from io import BytesIO

    with pikepdf.open(BytesIO(pdf_of(talk_of(TALK), CheatSheet(landscape=True)))) as pdf:
        [page] = pdf.pages
        assert [round(float(edge)) for edge in page.MediaBox] == [0, 0, 842, 595]


def test_a_slide_that_goes_on_on_a_second_one_has_its_title_alone() -> None:
    items = "\n".join(f"      - Item {i} of a long list that fills more than a slide" for i in range(30))
    slides = f"slides:\n  - title: Long\n    cheat: true\n    bullets:\n{items}\n"
    talk = talk_of(f"deckgen: 1\ntitle: A\n{slides}")
    assert len(talk.show.pages) > 2
    assert "(1/" not in pages(pdf_of(talk, CheatSheet()))[0]
