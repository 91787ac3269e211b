"""Dense text in two columns: in themes that have a second column, and only where the text does not fit at full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.model.drawing import TextBox
from deckgen.model.show import Page, Step
from deckgen.model.text import plain
from tests.judges import package_check
from tests.judges.lines import differences
from tests.pairs import Outcome, outcome, prepared
from tests.strategies import Data, as_yaml
from tests.test_fit_judged import drawn

LONG = "has a text of so many words that one line of a column can't hold them"
ITEMS = [f"Item {i} {LONG}" for i in range(1, 10)]
THEMES = ("night", "signal")


def source(*slides: Data) -> str:
    return as_yaml({"deckgen": 1, "title": "Columns", "slides": list(slides)})


def pages_of(theme: str, *slides: Data) -> tuple[Page, ...]:
    talk, found = prepared(source(*slides), theme=theme)
    assert talk, found
    return talk.show.pages[1:]


def columns(page: Page) -> list[list[str]]:
    """The paragraphs of each text of the body, from left to right."""
    texts = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.placeholder in ("body", "more")]
    assert [text.box.x for text in texts] == sorted(text.box.x for text in texts)
    return [[plain(p.text) for p in text.paragraphs] for text in texts]


@pytest.mark.parametrize("theme", THEMES)
def test_a_list_that_is_too_long_at_full_size_stands_in_two_columns(theme: str) -> None:
    (page,) = pages_of(theme, {"title": "Long", "bullets": ITEMS})
    assert columns(page) == [ITEMS[:5], ITEMS[5:]]


@pytest.mark.parametrize("theme", THEMES)
def test_a_list_that_fits_keeps_its_size(theme: str) -> None:
    (page,) = pages_of(theme, {"title": "Short", "bullets": ["One", "Two", "Three"]})
    assert (page.layout, columns(page)) == ("content", [["One", "Two", "Three"]])


def test_paper_has_one_column() -> None:
    (page,) = pages_of("paper", {"title": "Long", "bullets": [f"Item {i}" for i in range(9)]})
    assert len(columns(page)) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_an_item_stays_with_what_stands_under_it(theme: str) -> None:
    nested = [{f"Item {i} {LONG}": ["one", "two", "three"]} for i in range(3)]
    (page,) = pages_of(theme, {"title": "Nested", "bullets": nested})
    assert [len(column) for column in columns(page)] == [8, 4]


@pytest.mark.parametrize("theme", THEMES)
def test_beside_a_table_there_is_no_second_column(theme: str) -> None:
    body = [{"bullets": [f"Item {i}" for i in range(5)]}, {"table": {"rows": [["a", "b"]] * 4}}]
    assert {page.layout for page in pages_of(theme, {"title": "Mixed", "body": body})} <= {"content", "dense"}
    chosen = pages_of(theme, {"title": "Mixed", "layout": "two_columns", "body": body})
    assert {page.layout for page in chosen} == {"dense"}


def test_a_numbered_list_counts_on_in_the_second_column() -> None:
    made = outcome(source({"title": "Numbers", "numbered": [f"Item {i}" for i in range(1, 17)]}), theme="night")
    assert made.talk and not made.problems
    more = next(s for s in made.talk.show.pages[1].drawing.shapes if isinstance(s, TextBox) and s.placeholder == "more")
    glyphs = [(p.bullet.glyph, p.bullet.first) for p in more.paragraphs if p.bullet]
    assert glyphs[:2] == [("9.", 9), ("10.", 9)], "PowerPoint begins to count with the first number of a text"


def test_items_come_on_in_both_columns() -> None:
    (page,) = pages_of("night", {"title": "One by one", "reveal": "by-item", "bullets": ITEMS})
    body = [Step(("one-by-one/body",), (i, i)) for i in range(5)]
    assert page.steps == (*body, *(Step(("one-by-one/more",), (i, i)) for i in range(4)))


def test_a_block_comes_on_with_both_columns() -> None:
    (page,) = pages_of("night", {"title": "All", "reveal": "by-block", "bullets": ITEMS})
    assert page.steps == (Step(("all/body", "all/more")),)


@pytest.fixture(scope="module", params=THEMES)
def made(request: pytest.FixtureRequest) -> Outcome:
    slides: tuple[Data, ...] = (
        {"title": "Taken away", "bullets": ITEMS[:5], "takeaway": "In the end"},
        {"title": "On further slides", "bullets": ITEMS * 3, "reveal": "by-item"},
        {"title": "Numbers", "numbered": [*ITEMS, "And one more"]},
        {"title": "Paragraphs", "body": "\n\n".join(ITEMS)},
    )
    return outcome(source(*slides), theme=request.param)


def test_both_files_have_all_of_it(made: Outcome) -> None:
    assert made.talk and not made.found and not made.problems
    assert package_check.findings(made.deck) == []
    assert sum(page.layout == "two_columns" for page in made.talk.show.pages) >= 4


def test_the_lines_break_as_computed(made: Outcome, tmp_path: Path) -> None:
    assert made.talk
    pages = drawn(made.talk, made.talk.show, tmp_path)
    pairs = zip(made.talk.show.pages, pages, strict=True)
    assert [found for page, words in pairs for found in differences(page, words, made.talk.theme)] == []
