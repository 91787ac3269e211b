"""What a slide can do beside its blocks: minutes, hidden slides, the appendix, transitions."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from deckgen.build import Build, Options, build
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.judges import package_check, schema_check
from tests.judges.package_check import find, values
from tests.opened import Opened, opened

TALK = """\
deckgen: 1
title: A talk about time
minutes: 10
transition: fade
slides:
  - title: The plan of the talk
    agenda:
  - section: Begin
    minutes: 1
  - title: First steps
    minutes: 3
    bullets: [one step]
    notes: Speak slowly.
  - title: Kept in reserve
    id: reserve
    hidden: true
    minutes: 7
    bullets: [a detail]
  - title: Last steps
    minutes: 1.5
    transition: none
    bullets: ["back to [the reserve](#reserve)"]
  - section: More numbers
    appendix: true
  - title: Table of numbers
    minutes: 2
    bullets: [many numbers]
  - title: Another table
    transition: morph
    bullets: [more numbers]
"""


def built(source: str, **options: object) -> Build:
    world = MemoryWorld({"talk.yaml": source.encode()}, fonts=default_folder())
    return build(world, "talk.yaml", Options(**options))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    found = built(TALK, slides_pdf=True)
    assert not found.diagnostics
    return {output.suffix: output.data for output in found.outputs}


@pytest.fixture(scope="module")
def deck(made: dict[str, bytes]) -> Opened:
    return opened(made[".pptx"])


def numbers(deck: Opened) -> list[tuple[str, bool]]:
    """The number on each slide, and whether PowerPoint counts it itself."""
    found = []
    for i in range(1, len(deck.named("ppt/slides/slide")) + 1):
        for shape in find(deck.slide(i), "//p:sp[.//p:ph/@type='sldNum']"):
            found.append(("".join(values(shape, ".//a:t/text()")), bool(find(shape, ".//a:fld"))))
    return found


def test_shown_slides_count_without_gaps(deck: Opened) -> None:
    shown = [
        ("2", True),
        ("3", True),
        ("4", True),
        ("4a", False),
        ("5", False),
        ("A", False),
        ("A1", False),
        ("A2", False),
    ]
    assert numbers(deck) == shown


def test_a_hidden_slide_is_in_the_deck_and_passed_over(deck: Opened) -> None:
    assert [deck.slide(i).get("show") for i in range(1, 10)] == [None] * 4 + ["0"] + [None] * 4


def test_the_slides_pdf_leaves_hidden_slides_out(made: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made["-slides.pdf"])) as pdf:
        assert len(pdf.pages) == 8


def test_the_notes_tell_the_time(made: dict[str, bytes]) -> None:
    notes = [slide.notes for slide in read_deck_text(made[".pptx"])]
    assert notes[2].startswith("1 min, 1 of 10 min so far")
    assert notes[3].startswith("3 min, 4 of 10 min so farSpeak slowly.")
    assert notes[4].startswith("7 min") and "so far" not in notes[4]
    assert notes[5].startswith("1.5 min, 5.5 of 10 min so far")
    assert notes[7].startswith("2 min") and "so far" not in notes[7]


def test_the_handout_calls_slides_as_the_deck_does(made: dict[str, bytes]) -> None:
    text = read_pdf_text(made["-handout.pdf"]).text.replace("\u00a0", " ")
    assert "Slide 4a" in text and "Slide A2" in text and "a detail" in text
    assert "slides 3–5" in text, "the section's slides, the hidden one not counted"
    assert "slides A–A2" in text


def test_the_agenda_leaves_the_appendix_out(made: dict[str, bytes]) -> None:
    body = read_deck_text(made[".pptx"])[1].body
    assert "Begin" in body and "More numbers" not in body


def transitions(deck: Opened) -> list[str]:
    return [
        "".join(
            node.tag.rpartition("}")[2] for node in find(deck.slide(i), "mc:AlternateContent/mc:Choice/p:transition/*")
        )
        for i in range(1, 10)
    ]


def test_transitions_are_the_talks_or_the_slides_own(deck: Opened) -> None:
    assert transitions(deck) == ["fade"] * 5 + [""] + ["fade"] * 2 + ["morph"]


def test_morph_finds_the_shapes_of_both_slides_by_their_names(deck: Opened) -> None:
    names = [set(values(deck.slide(i), "//p:cNvPr[@id != '1']/@name")) for i in (7, 8, 9)]
    assert "!!title" in names[1] & names[2] and "!!body" in names[1] & names[2]
    assert not any(name.startswith("!!") for name in names[0])


def test_the_deck_is_valid(made: dict[str, bytes], tmp_path: Path) -> None:
    assert package_check.findings(made[".pptx"]) == []
    (tmp_path / "talk.pptx").write_bytes(made[".pptx"])
    assert schema_check.findings(tmp_path / "talk.pptx") == []


WRONG = {
    "hidden: true": ("only: handout\n    hidden: true", "hidden in the deck"),
    "minutes: 3": ("minutes: -3", "`minutes` is -3"),
    "    appendix: true": ("    appendix: true\n  - section: Late", "after the appendix"),
    "transition: none": ("transition: wipe", "none, fade, push or morph"),
    "minutes: 7": ("background: pink", "has no background 'pink'"),
}


@pytest.mark.parametrize("old", WRONG)
def test_a_value_that_can_not_hold_is_an_error(old: str) -> None:
    new, message = WRONG[old]
    found = built(TALK.replace(old, new))
    assert not found.outputs
    assert [message in problem.message for problem in found.diagnostics].count(True) == 1


def test_a_talk_that_takes_too_long_is_a_warning_where_it_does() -> None:
    found = built(TALK.replace("minutes: 10", "minutes: 5"), only="deck")
    (problem,) = found.diagnostics
    assert "take 5.5 minutes, and the talk has 5" in problem.message
    assert problem.span.line == TALK[: TALK.index("- title: Last steps")].count("\n") + 1
    assert problem.severity == "warning" and found.outputs
