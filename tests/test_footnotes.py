"""Footnotes on slides: marks in the text, notes at the foot of the slide and in the margin of the handout."""

from __future__ import annotations

import pytest

from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.model.drawing import TextBox
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.read.theme import read_theme
from deckgen.world import MemoryWorld
from tests.builders import paper
from tests.judges.package_check import find, values
from tests.opened import opened
from tests.test_builds import talk
from tests.test_slide_keys import built

HEAD = "deckgen: 1\ntitle: Notes\nslides:\n"
SLIDE = (
    HEAD
    + """\
  - title: With notes
    id: noted
    takeaway: The end of it
    body:
      - table:
          header: ["", "Head^[said of the head]"]
          rows: [[Row, "cell^[said of the cell]"]]
          caption: Beside^[said of the caption]
"""
)
MARKDOWN = (
    HEAD
    + """\
  - title: In Markdown
    body: |
      A paragraph[^b] goes on^[The first in place, the second in number.].

      [^b]: Written **below**.
"""
)


def notes(page: Page) -> TextBox:
    (box,) = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.key.endswith("/footnotes")]
    return box


def lines(page: Page) -> list[str]:
    return [plain(paragraph.text) for paragraph in notes(page).paragraphs]


def test_notes_are_numbered_as_they_are_read() -> None:
    _, show = talk(SLIDE)
    assert lines(show.pages[1]) == ["1\u2002said of the head", "2\u2002said of the cell", "3\u2002said of the caption"]


def test_a_markdown_body_may_write_notes_below() -> None:
    _, show = talk(MARKDOWN)
    assert lines(show.pages[1]) == ["1\u2002Written below.", "2\u2002The first in place, the second in number."]


def test_notes_stand_at_the_foot_under_the_take_away() -> None:
    _, show = talk(SLIDE)
    box = notes(show.pages[1])
    (end,) = [s for s in show.pages[1].drawing.shapes if isinstance(s, TextBox) and s.placeholder == "takeaway"]
    assert box.box.bottom == paper().footnotes.bottom
    assert end.box.bottom < box.box.y and end.box.y < paper().frames["takeaway"].box.y


def test_marks_are_superscript_in_powerpoint_and_links_to_nothing() -> None:
    found = built(SLIDE, only="deck")
    root = opened(found.outputs[0].data).slide(2)
    marks = find(root, "//a:r[a:rPr/@baseline = '30000']")
    assert ["".join(values(mark, "a:t/text()")) for mark in marks] == ["1", "2", "3"]


def test_both_outputs_have_every_note() -> None:
    found = built(SLIDE)
    assert not found.diagnostics
    deck, handout = (output.data for output in found.outputs)
    for note in ("said of the head", "said of the cell", "said of the caption"):
        assert note in read_deck_text(deck)[1].body
        assert note in " ".join(read_pdf_text(handout).text.split())


def test_notes_take_room_from_the_body_and_go_with_their_page() -> None:
    items = "".join(f"      - Item {i}^[A note on item {i}]\n" for i in range(1, 10))
    _, show = talk(HEAD + "  - title: Many\n    bullets:\n" + items)
    pages = show.pages[1:]
    assert len(pages) > 1
    told = [line for page in pages for line in lines(page)]
    assert told == [f"{i}\u2002A note on item {i}" for i in range(1, 10)]
    for page in pages:
        (body,) = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.placeholder == "body"]
        assert body.box.y + body.safe_height_pt <= notes(page).box.y


@pytest.mark.parametrize("theme", MemoryWorld().themes())
def test_every_theme_has_a_place_for_notes(theme: str) -> None:
    assert not built(SLIDE, theme=theme, only="deck").diagnostics
    look, found = read_theme(MemoryWorld(), theme)
    assert look and not found
    assert look.footnotes.bottom <= look.body.bottom < look.frames["footer"].box.y - 18


LAYERS = "    layers: {alt: a, stacks: [{title: t, layers: ['a^[b]']}]}\n"
LONG = "very long words in a note " * 60
WRONG = {
    "in a title": (HEAD + "  - title: A^[b]\n    bullets: [c]\n", "can't stand here"),
    "in a section": (HEAD + "  - section: A^[b]\n", "can't stand here"),
    "in notes": (HEAD + "  - title: A\n    notes: A^[b]\n", "can't stand here"),
    "in a figure": (HEAD + "  - title: A\n" + LAYERS, "a figure can't have a footnote"),
    "unknown": (HEAD + "  - title: A\n    bullets: ['a[^1]']\n", "there is no footnote '1'"),
    "too long": (HEAD + f"  - title: A\n    bullets: ['a^[{LONG * 3}]']\n", "the footnotes need"),
    "reaching into frames": (
        HEAD + f"  - title: A\n    comparison:\n      left: {{title: a, items: ['b^[{LONG}]'], best_for: c}}\n"
        "      right: {title: a, items: [b], best_for: c}\n", "has less room under its text"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_note_that_can_not_stand_is_an_error(name: str) -> None:
    source, message = WRONG[name]
    found = built(source)
    assert not found.outputs
    assert [message in problem.message for problem in found.diagnostics].count(True) == 1, found.diagnostics
