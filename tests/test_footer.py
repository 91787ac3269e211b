"""The footer: real placeholders for date, footer and number, on master, layouts and slides; and chosen layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.world import MemoryWorld
from tests.judges import package_check, schema_check
from tests.judges.package_check import find, values
from tests.opened import Opened, opened
from tests.test_slide_keys import built

HEAD = "deckgen: 1\ntitle: A talk\nevent: A meeting\ndate: 2026-11-24\n{}slides:\n  - section: First\n"
TALK = HEAD + "  - title: A slide\n    bullets: [a]\n"


def deck(footer: str, theme: str = "paper") -> bytes:
    found = built(TALK.format(footer), theme=theme, only="deck")
    assert not found.diagnostics, found.diagnostics
    return found.outputs[0].data


def held(package: Opened, part: str) -> dict[str, str]:
    """The text of each placeholder of the footer, by its type."""
    shapes = {kind: find(package.root(part), f"//p:sp[.//p:ph[@type = '{kind}']]") for kind in ("dt", "ftr", "sldNum")}
    return {kind: "".join(values(found[0], ".//a:t/text()")) for kind, found in shapes.items() if found}


def slide(footer: str, theme: str = "paper") -> dict[str, str]:
    return held(opened(deck(footer, theme)), "ppt/slides/slide3.xml")


def test_the_theme_chooses_where_the_talk_does_not() -> None:
    assert slide("") == {"ftr": "A talk", "sldNum": "3"}
    assert slide("", "signal") == {"ftr": "First", "sldNum": "3"}


@pytest.mark.parametrize("theme", MemoryWorld().themes())
def test_title_and_event_share_the_footer_and_the_date_has_its_own(theme: str) -> None:
    found = slide("footer: [title, event, date]\n", theme)
    assert found["dt"] == "November 24, 2026"
    assert found["ftr"].lower().replace("-", " ") == "a talk  \u00b7  a meeting"


def test_one_part_or_none() -> None:
    assert slide("footer: event\n") == {"ftr": "A meeting", "sldNum": "3"}
    assert slide("footer: date\n") == {"dt": "November 24, 2026", "sldNum": "3"}
    assert slide("footer: none\n") == {"sldNum": "3"}


def test_master_and_layouts_have_the_placeholders_too() -> None:
    package = opened(deck("footer: [title, date]\n"))
    assert set(held(package, "ppt/slideMasters/slideMaster1.xml")) == {"dt", "ftr", "sldNum"}
    (flags,) = find(package.root("ppt/slideMasters/slideMaster1.xml"), "p:hf")
    assert flags.get("dt") is None
    for part in package.named("ppt/slideLayouts/"):
        types = set(held(package, part))
        assert ("ftr" in types) == ("dt" in types)
    (flags,) = find(opened(deck("")).root("ppt/slideMasters/slideMaster1.xml"), "p:hf")
    assert flags.get("dt") == "0"


@pytest.mark.parametrize("theme", MemoryWorld().themes())
def test_the_deck_is_valid(theme: str, tmp_path: Path) -> None:
    file = tmp_path / "talk.pptx"
    file.write_bytes(deck("footer: [title, event, date]\n", theme))
    assert package_check.findings(file.read_bytes()) == []
    assert schema_check.findings(file) == []


LAYOUTS = {
    "unknown": ("layout: contend\n    bullets: [a]", "has no layout 'contend'", "did you mean 'content'?"),
    "no place for text": ("layout: quote\n    bullets: [a]", "'quote' has no place for: body", "layouts that have:"),
    "no place for a take-away": (
        "layout: statement\n    takeaway: b\n    handout: c", "no place for: takeaway", "layouts that have:"),
    "no place for a comparison": (
        "layout: content\n    comparison:\n      left: {title: a, items: [b]}\n      right: {title: a, items: [b]}",
        "has no place for: left_best", "layouts that have: comparison"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_that_does_not_suit_is_an_error(name: str) -> None:
    written, message, hint = LAYOUTS[name]
    (problem,) = built(HEAD.format("") + f"  - title: A slide\n    {written}\n").diagnostics
    assert message in problem.message and hint in problem.hint


@pytest.mark.parametrize("theme", MemoryWorld().themes())
def test_a_layout_that_suits_is_taken(theme: str) -> None:
    found = built(
        HEAD.format("") + "  - title: A slide\n    layout: dense\n    bullets: [a]\n", theme=theme, only="deck"
    )
    assert not found.diagnostics
    package = opened(found.outputs[0].data)
    (target,) = values(package.root("ppt/slides/_rels/slide3.xml.rels"), "//*[contains(@Type, 'slideLayout')]/@Target")
    name = "ppt/slideLayouts/" + target.rpartition("/")[2]
    assert values(package.root(name), "p:cSld/@name") == ["Title and Dense Content"]


WRONG = {
    "an unknown part": ("footer: [author]\n", "expected title, event or date"),
    "no date": ("footer: [date]\n", "the footer is to show the date"),
    "too long": ("footer: [title, event]\n", "the footer needs 2 lines"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_footer_can_not_show_is_an_error(name: str) -> None:
    footer, message = WRONG[name]
    source = TALK.format(footer)
    source = source.replace("date: 2026-11-24\n", "") if name == "no date" else source
    source = source.replace("event: A meeting", "event: " + "A very long meeting " * 6)
    problems = built(source).diagnostics
    assert any(message in problem.message for problem in problems), problems


def test_a_footer_that_is_too_long_is_told_of_once_where_it_is_written() -> None:
    words = " ".join(["unabridged"] * 12)
    slides = "".join(f"  - title: Slide {n}\n    bullets: [a]\n" for n in range(8))
    source = f"deckgen: 1\ntitle: Talk\nevent: {words}\nfooter: [event]\nslides:\n{slides}"
    found = [problem for problem in built(source).diagnostics if "footer" in problem.message]
    assert [(d.span.line, d.span.column) for d in found] == [(3, 8)], found
