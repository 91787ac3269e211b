"""Laws of the whole: any source gives diagnostics, or a pair that says what the source says; never an exception."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deckgen.model.drawing import AnyShape, Group
from deckgen.model.show import Page
from deckgen.report import as_text
from tests.judges import package_check, schema_check
from tests.pairs import outcome, prepared
from tests.strategies import Data, as_yaml, sources, talks

law = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
NAME = "An unheard-of beginning"
BEGINNINGS: tuple[Data, ...] = (
    {"title": NAME, "bullets": ["A", {"B": ["C"]}], "notes": "Said", "handout": "Printed"},
    {"title": NAME, "body": [{"paragraph": "A"}], "only": "handout"},
    {"section": NAME, "summary": "All is new"},
    {"statement": NAME},
)


@settings(law, max_examples=40)
@given(sources())
def test_any_source_gives_diagnostics_or_a_pair_that_says_it_all(source: str) -> None:
    made = outcome(source)
    assert made.problems == ()
    assert as_text(made.found, lambda _: source).count("\n") >= len(made.found)
    if made.talk:
        assert package_check.findings(made.deck) == []


@settings(law, max_examples=5)
@given(talk=talks())
def test_decks_are_valid_and_the_same_bytes_however_the_source_is_written(
    talk: Data, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = outcome(as_yaml(talk))
    assume(first.talk)
    second = outcome(as_yaml(talk, '"', escaped=True))
    assert (first.deck, first.handout) == (second.deck, second.handout)
    file = tmp_path_factory.mktemp("law") / "deck.pptx"
    file.write_bytes(first.deck)
    assert schema_check.findings(file) == []


@settings(law, max_examples=25)
@given(talks(), st.sampled_from(BEGINNINGS))
def test_a_new_beginning_leaves_the_names_of_all_else_alone(talk: Data, beginning: Data) -> None:
    before, _ = prepared(as_yaml(talk))
    after, _ = prepared(as_yaml({**talk, "slides": [beginning, *talk["slides"]]}))
    assume(before and after)
    assert before and after
    now = {page.id: set(keys(page)) for page in after.show.pages}
    for page in before.show.pages:
        assert set(keys(page)) <= now[page.id]
    assert [entry.id for entry in before.deck.slides] == [entry.id for entry in after.deck.slides[1:]]


def keys(page: Page) -> Iterator[str]:
    """The keys of all shapes of a page."""
    waiting: list[AnyShape] = list(page.drawing.shapes)
    while waiting:
        shape = waiting.pop()
        yield shape.key
        waiting += shape.shapes if isinstance(shape, Group) else ()
