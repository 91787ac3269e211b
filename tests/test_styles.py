"""Handouts of other styles than the article: what stands in them, and that they are as sound."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from deckgen.build import Options, handouts
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.styles import check_style
from deckgen.diagnostics import has_errors
from deckgen.model.style import Style
from deckgen.read.deck import read_deck
from deckgen.styles import style_class, style_named, styles
from deckgen.styles.article import Article
from deckgen.styles.cheat_sheet import CheatSheet
from deckgen.styles.grid import Grid
from deckgen.talk import Talk
from deckgen.units import PT_PER_MM
from deckgen.world import MemoryWorld
from deckgen.write.handout.layout import lay_out
from deckgen.write.handout.render import drawings, with_drawings
from deckgen.write.handout.sheets import job_of
from tests.command import deckgen, project
from tests.command import talk as command_talk
from tests.pages_builders import findings, poppler
from tests.pairs import prepared

THEMES = ("paper", "night", "signal")
TALK = """\
deckgen: 1
title: A talk about boxes
minutes: 20
notes: Welcome them all at the door.
slides:
  - section: Ground
    minutes: 1
    notes: Take a long breath before this part.
    handout: The ground is what all boxes stand upon.
  - title: Boxes are made of card
    minutes: 4
    bullets: [Card is light, Card is cheap]
    takeaway: Card wins over wood.
    notes: |
      Hold one up for the room.

      - Pass it round the tables
      - Ask who owns a box
    handout: Card is pressed from five layers of paper.
  - title: A box that nobody is shown
    hidden: true
    bullets: [It stays in the dark]
  - section: Roof
  - title: Lids close the boxes
    cheat: true
    bullets: [A lid keeps the rain off]
    notes: Close the lid loudly at this point.
"""


def talk_of(source: str, theme: str = "") -> Talk:
    talk, found = prepared(source, theme=theme)
    assert talk, found
    return talk


def pdf_of(talk: Talk, style: Style) -> bytes:
    job = job_of(style, talk.deck, talk.show, talk.theme, talk.faces, talk.stamp)
    drawn = drawings(job.placeholders, talk.show, talk.theme, talk.faces)
    return with_drawings(lay_out(job), drawn, talk.manifest, talk.stamp)


@cache
def handout(name: str, theme: str = "", source: str = TALK) -> bytes:
    style = style_named(name)
    assert style
    return pdf_of(talk_of(source, theme), style)


def pages(pdf: bytes) -> list[str]:
    """The text of each page as Poppler reads it, in one line."""
    return [" ".join(page.split()) for page in poppler("pdftotext", pdf).split("\f")][:-1]


LAID_OUT = sorted(name for name in styles() if style_class(name).LAID_OUT and style_class(name).HTML)
GRIDS = (1, 2, 3, 4, 6, 9)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", LAID_OUT)
def test_every_style_is_sound_and_holds_what_it_promises(name: str, theme: str, tmp_path: Path) -> None:
    pdf = handout(name, theme)
    assert list(findings(pdf, tmp_path)) == []
    talk, style = talk_of(TALK, theme), style_named(name)
    assert style and check_style(style, talk.deck, talk.show, read_pdf_text(pdf)) == ()


@pytest.mark.parametrize("name", LAID_OUT)
def test_the_same_bytes_twice(name: str) -> None:
    assert pdf_of(talk_of(TALK), style_class(name)()) == handout(name)


@pytest.mark.parametrize("name", LAID_OUT)
def test_a_lost_text_and_one_of_another_channel_are_told(name: str) -> None:
    talk, style, text = talk_of(TALK), style_named(name), read_pdf_text(handout(name))
    assert style
    lost = replace(text, text=text.text.replace("Lids", ""))
    assert [p.message for p in check_style(style, talk.deck, talk.show, lost)][:1] == [
        f"the text 'Lids close the boxes' is missing in the handout {style.name!r}"
    ]
    leaking = replace(text, text=text.text + "\nCard is pressed from five layers of paper.")
    [leaked] = check_style(style, talk.deck, talk.show, leaking)
    assert leaked.message.startswith("text of another channel stands in") and leaked.span.line == 19


def test_notes_stand_under_their_slide_with_the_time() -> None:
    first, opener, boxes, hidden, _, lids = pages(handout("notes"))
    assert "Welcome them all at the door." in first and "1 of 5" in first
    assert "Take a long breath" in opener and "1 min, 1 of 20 min so far" in opener
    assert "4 min, 5 of 20 min so far" in boxes
    wanted = ["Boxes are made of card", "Hold one up", "– Pass it round", "Card wins over wood.", "Your notes"]
    assert [boxes.count(text) for text in wanted] == [1] * 5
    assert [boxes.find(text) for text in wanted] == sorted(boxes.find(text) for text in wanted)
    assert "3a A box that nobody is shown Your notes" in hidden and "of 5" not in hidden
    assert "Close the lid loudly" in lids and "5 Lids close the boxes of 5" in lids


def test_only_notes_hold_notes() -> None:
    for name in LAID_OUT:
        assert ("Close the lid loudly" in " ".join(pages(handout(name)))) == (name == "notes")
        assert "five layers" not in " ".join(pages(handout(name)))


NUMBERS = """deckgen: 1
title: A talk
slides:
  - title: One
    bullets: [a]
    notes: "3. Third\\n\\n   More of it\\n4. Fourth\\n\\nThen\\n\\n1. First"
    handout: "7. Seventh\\n8. Eighth"
  - title: Two
    steps: {first: 4, steps: [{name: Lift}, {name: Drop}]}
"""


def test_numbered_lists_begin_where_they_say() -> None:
    """In the presenter's copy, and in the article."""
    said = " ".join(pages(handout("notes", "", NUMBERS)))
    assert "3. Third More of it 4. Fourth Then 1. First" in said
    article = " ".join(pages(handout("article", "", NUMBERS)))
    assert "7. Seventh 8. Eighth" in article and "4. Lift 5. Drop" in article


def long_talk(sentences: int) -> str:
    said = " ".join(f"This is sentence number {i} of many." for i in range(sentences))
    slides = f"  - title: One\n    bullets: [a]\n    notes: {said}\n  - title: Two\n    bullets: [b]\n"
    return f"deckgen: 1\ntitle: A talk\nslides:\n{slides}"


def test_long_notes_flow_on_and_lines_fill_what_is_left() -> None:
    few, some, many = (pages(handout("notes", "", long_talk(n))) for n in (2, 30, 120))
    assert [len(found) for found in (few, some, many)] == [3, 3, 4]
    assert "sentence number 119" in many[2] and "sentence number 0 " in many[1]
    assert many[2].count("Your notes") == 1 and many[1].count("Your notes") == 0


def test_lines_that_would_stand_alone_make_no_page() -> None:
    """Whatever length the notes have, no page holds lines alone."""
    for sentences in range(42, 60, 3):
        found = pages(handout("notes", "", long_talk(sentences)))
        assert all("sentence" in page or "Your notes" in page for page in found[1:])
        assert all(not page.startswith("Your notes") for page in found)


def counted(slides: int) -> str:
    body = "".join(f"  - title: Slide of number {i}\n    bullets: [a]\n" for i in range(2, slides + 1))
    return f"deckgen: 1\ntitle: Slide of number 1\nslides:\n{body}"


def places(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """The box of each slide's picture on each page, in millimetres from the left upper corner: two corners."""
    found: list[list[tuple[float, float, float, float]]] = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        elements = [e for e in opened.objects if is_figure(e)]
        for page in opened.pages:
            own = [e.A.BBox for e in elements if e.Pg.objgen == page.obj.objgen]
            height = float(page.mediabox[3])
            boxes = [
                [float(v) / PT_PER_MM for v in (b[0], height - float(b[3]), b[2], height - float(b[1]))] for b in own
            ]
            found.append(sorted((a, b, c, d) for a, b, c, d in boxes))
    return found


@pytest.mark.parametrize("slides", GRIDS)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_grid_keeps_its_slides_apart_and_on_the_page(slides: int, landscape: bool, tmp_path: Path) -> None:
    pdf = pdf_of(talk_of(counted(10)), Grid(slides=slides, landscape=landscape))
    pictures = places(pdf)
    assert [len(page) for page in pictures] == [slides] * (10 // slides) + ([10 % slides] if 10 % slides else [])
    width, height = (297, 210) if landscape else (210, 297)
    for page in pictures:
        for i, (left, top, right, bottom) in enumerate(page):
            assert left >= 17.9 and right <= width - 23.9 and top >= 23.9 and bottom <= height - 24.9
            assert (right - left) / (bottom - top) == pytest.approx(16 / 9, abs=0.03)
            others = page[:i] + page[i + 1 :]
            assert not any(l < right and left < r and t < bottom and top < b for l, t, r, b in others)  # noqa: E741
    assert [f"Slide of number {i}" in " ".join(pages(pdf)) for i in range(1, 11)] == [True] * 10
    assert list(findings(pdf, tmp_path)) == []


def test_three_slides_stand_where_the_design_has_them() -> None:
    first, second, _ = places(handout("grid-3", "", counted(10)))[0]
    assert (round(first[0], 1), round(first[2], 1)) == (18.2, 105.8), "88 mm wide, in its border"
    assert second[1] - first[1] == pytest.approx(82.67, abs=0.02)


def test_a_grid_shows_what_the_article_shows() -> None:
    source = TALK + "  - title: Only for the room\n    only: deck\n    bullets: [b]\n"
    text = " ".join(pages(handout("grid-6", "", source)))
    assert "3a A box that nobody is shown" in text and "Only for the room" not in text


def test_the_options_of_the_source_hold_for_the_command_line() -> None:
    talk = talk_of(TALK.replace("minutes: 20", "handout: [notes, grid: {slides: 6, space: dotted}]"))
    style = style_named("grid-6")
    assert style
    assert [s.name for s in handouts(talk, Options())] == ["notes", "grid-6"]
    assert handouts(talk, Options(handouts=(style,))) == (Grid(slides=6, space="dotted"),)


def test_a_number_on_the_command_line_counts(tmp_path: Path) -> None:
    talk = talk_of(TALK.replace("minutes: 20", "handout: [article, cheat-sheet: {landscape: true}]"))
    asked = tuple(filter(None, map(style_named, ("article-2", "cheat-sheet-4"))))
    assert handouts(talk, Options(handouts=asked)) == (Article(columns=2), CheatSheet(columns=4, landscape=True))
    done = deckgen(
        "build", "--handout", "article", "--handout", "article-2", cwd=project(tmp_path, talk=command_talk())
    )
    assert done.returncode == 2 and "'article' is asked for with different numbers" in done.stderr


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_from_right_to_left(paper: str) -> None:
    """The first slide stands at the right, and the picture over the notes at the head of the page."""
    source = counted(2).replace("slides:", f"language: he\npaper: {paper}\nslides:")
    left, right = places(handout("grid-6", "", source))[0]
    assert left[2] < right[0]
    with pikepdf.open(io.BytesIO(handout("grid-6", "", source))) as opened:
        alternatives = {str(e.Alt): float(e.A.BBox[0]) for e in opened.objects if is_figure(e)}
    assert sorted(alternatives, key=alternatives.__getitem__)[1].endswith("number 1")
    for [box] in places(handout("notes", "", source)):
        assert box[1] < 25


def is_figure(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"


def test_an_outline_holds_the_key_points() -> None:
    [page] = pages(handout("outline"))
    wanted = [
        "A talk about boxes",
        "Ground",
        "Boxes are made of card",
        "– Card is light",
        "Card wins",
        "3a",
        "Roof",
        "5",
    ]
    assert [text in page for text in wanted] == [True] * len(wanted)
    assert len(pages(handout("outline", "", counted(60)))) == 2


def test_dotted_and_plain_paper(tmp_path: Path) -> None:
    talk = talk_of(counted(3))
    for space in ("dotted", "plain"):
        assert list(findings(pdf_of(talk, Grid(slides=3, space=space)), tmp_path)) == []


def asked(value: str) -> tuple[list[str], list[str]]:
    source = f"deckgen: 1\ntitle: A talk\nhandout: {value}\nslides:\n  - title: One\n    bullets: [a]\n"
    deck, found = read_deck(MemoryWorld({"talk.yaml": source.encode()}), "talk.yaml")
    assert (deck is None) == has_errors(found)
    return [style.name for style in deck.handout] if deck else [], [d.message for d in found]


def test_a_style_or_a_list_of_styles() -> None:
    assert asked("notes") == (["notes"], [])
    assert asked("[article, notes]") == (["article", "notes"], [])
    assert asked("leaflet")[1] == ["there is no style 'leaflet'"]
    assert asked("[notes, notes]")[1] == ["the style 'notes' is asked for twice"]
    assert asked("[grid-4, grid: {slides: 9, landscape: true}]") == (["grid-4", "grid-9"], [])
    assert asked("grid-5")[1] == ["there is no style 'grid-5'"]
    assert asked("{grid: {slides: 5}}")[1] == ["a grid can't have 5 slides a page"]
    assert asked("notes-3")[1] == ["there is no style 'notes-3'"]
