"""Icons are outlines in their box; a name that there is no icon of is an error with names that come close."""

from __future__ import annotations

import pytest

from deckgen.diagnostics import Span
from deckgen.typeset.icons import PEN, UNITS, icon, names, unknown_icon
from deckgen.units import Box

BOX = Box(100, 200, 48, 48)
PLACE = Span("talk.yaml", 7, 3)


@pytest.mark.parametrize("name", sorted(names())[::60])
def test_an_icon_keeps_to_its_box(name: str) -> None:
    [shape] = icon("key", name, BOX, "accent")
    points = [point for segment in shape.path for point in segment.points]
    assert points
    assert all(BOX.x <= x <= BOX.right and BOX.y <= y <= BOX.bottom for x, y in points)
    assert shape.path[0].step == "move"
    assert shape.stroke and shape.stroke.rounded
    assert shape.stroke.width_pt == pytest.approx(PEN * BOX.width / UNITS)


@pytest.mark.parametrize(("wrong", "right"), [("clowd", "'cloud'"), ("databse", "'database'"), ("play2", "'play'")])
def test_an_unknown_name_is_an_error_with_suggestions(wrong: str, right: str) -> None:
    [found] = unknown_icon(wrong, PLACE)
    assert found.message == f"there is no icon {wrong!r}"
    assert right in found.hint
    assert found.span == PLACE
    assert icon("key", wrong, BOX, "accent") == ()


def test_no_icon_is_no_error() -> None:
    assert list(unknown_icon("", PLACE)) == []
