"""Findings about a key stand at its value."""

from __future__ import annotations

import pytest

from deckgen.diagnostics import Span, error
from deckgen.read.keyed import at_keys
from deckgen.world import MemoryWorld

FILE = "talk.yaml"
TEXT = """\
deckgen: 1
title: A talk
slides:
  - title: One
    layout: contnt
    flow:
      edges: [A -> B]
      hot: C
  - {title: Two, minutes: -3}
  - title: Three
    body:
      - chart: {kind: bar, low: 5}
        reveal: by-item
"""


@pytest.mark.parametrize(
    ("begin", "key", "place"),
    [
        ((4, 5), "layout", (5, 13)),
        ((7, 7), "hot", (8, 12)),
        ((9, 5), "minutes", (9, 27)),
        ((12, 16), "low", (12, 33)),
        ((12, 16), "reveal", (13, 17)),
        ((4, 5), "minutes", (4, 5)),
        ((5, 1), "layout", (5, 1)),
    ],
    ids=["slide", "block", "in-brackets", "on-the-line-of-its-kind", "beside-the-kind", "not-written", "nowhere"],
)
def test_a_finding_stands_at_the_value_of_its_key(begin: tuple[int, int], key: str, place: tuple[int, int]) -> None:
    world = MemoryWorld({FILE: TEXT.encode()})
    [found] = at_keys([error(Span(FILE, *begin), "wrong", key=key)], world)
    assert found == error(Span(FILE, *place), "wrong")


def test_other_findings_stay_as_they_are() -> None:
    found = error(Span("gone.yaml", 3, 1), "wrong")
    assert at_keys([found], MemoryWorld()) == (found,)
    assert at_keys([error(found.span, "wrong", key="low")], MemoryWorld()) == (found,)
