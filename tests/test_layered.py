"""The layout of flows: nothing overlaps, arrows go round boxes, the same graph always looks the same."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.typeset.layered import Gaps, layered
from deckgen.typeset.routes import MOST_BENDS, Link, Plan, stretch, touches
from deckgen.units import Box, Size
from tests.talks import problems_of

GAPS = Gaps(40, 20, 24)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Size], list[Link]]:
    count = draw(st.integers(2, 20))
    sizes = draw(
        st.lists(st.sampled_from([Size(90, 50), Size(120, 68), Size(160, 90)]), min_size=count, max_size=count)
    )
    places = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda ends: ends[0] != ends[1]), max_size=40, unique=True))
    linked = {place for pair in pairs for place in pair}
    pairs += [(place, (place + 1) % count) for place in range(count) if place not in linked]
    labels = st.one_of(st.none(), st.sampled_from([Size(30, 18), Size(80, 18)]))
    return sizes, [Link(source, target, draw(labels)) for source, target in pairs]


def shrunk(box: Box) -> Box:
    """The box without its rim, where arrows may end."""
    return Box(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1)


def overlapping(boxes: list[Box]) -> bool:
    return any(touches(shrunk(one), shrunk(other)) for i, one in enumerate(boxes) for other in boxes[:i])


@settings(max_examples=60, deadline=None)
@given(graphs(), st.booleans())
def test_no_box_and_no_label_stands_on_another_and_arrows_go_round(
    graph: tuple[list[Size], list[Link]], down: bool
) -> None:
    sizes, links = graph
    plan = layered(sizes, links, GAPS, down=down)
    assert [box[2:] for box in plan.nodes] == [tuple(size) for size in sizes]
    assert not overlapping(list(plan.nodes))
    labels = [label for label in plan.labels if label and label.height]
    assert not any(touches(shrunk(label), shrunk(box)) for label in labels for box in plan.nodes)
    assert not overlapping(labels)
    for route in plan.routes:
        lines = [stretch(*ends) for ends in pairwise(route)]
        assert len(route) <= MOST_BENDS + 2
        assert all(line.width == 0 or line.height == 0 for line in lines), route
        assert not any(touches(line, shrunk(box)) for line in lines for box in plan.nodes)


@settings(max_examples=30, deadline=None)
@given(graphs(), st.booleans())
def test_arrows_begin_and_end_in_the_middle_of_sides(graph: tuple[list[Size], list[Link]], down: bool) -> None:
    sizes, links = graph
    plan = layered(sizes, links, GAPS, down=down)
    for link, route in zip(links, plan.routes, strict=True):
        source, target = plan.nodes[link.source], plan.nodes[link.target]
        ends = [
            (source.x + source.width / 2, source.bottom) if down else (source.right, source.y + source.height / 2),
            (target.x + target.width / 2, target.y) if down else (target.x, target.y + target.height / 2),
        ]
        for (x, y), point in zip(ends, (route[0], route[-1]), strict=True):
            assert abs(x - point.x) < 0.02 and abs(y - point.y) < 0.02


def test_the_plan_is_the_same_in_another_process() -> None:
    program = (
        "from deckgen.typeset.layered import *; from deckgen.units import Size;"
        "print(layered([Size(90, 50)] * 9, [Link(i * 7 % 9, i * 5 % 9) for i in range(1, 9) if i % 9]"
        " + [Link(0, 3, Size(30, 18))], Gaps(40, 20, 24), down=False))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_a_fan_shares_one_trunk() -> None:
    plan: Plan = layered([Size(90, 50)] * 4, [Link(0, 1), Link(0, 2), Link(0, 3)], GAPS, down=False)
    bends = {route[1].x for route in plan.routes if len(route) == 4}
    assert len(bends) == 1
    assert bends == {(plan.nodes[0].right + plan.nodes[1].x) / 2}


@pytest.mark.parametrize("direction", ["down", "right"])
def test_two_decisions_and_a_way_back_fit_a_slide(direction: str) -> None:
    slides = f"""
    - title: How to choose a method
      flow:
        direction: {direction}
        nodes:
          - name: A root of f
          - {{name: Derivative known?, shape: diamond, id: d}}
          - {{name: Good guess?, shape: diamond, id: g}}
          - name: Newton
          - name: Secant method
          - name: Bisection first
        edges:
          - A root of f -> d
          - d -> g: yes
          - d -> Secant method: no
          - g -> Newton: yes
          - g -> Bisection first: no
          - Bisection first -> g
    """
    assert problems_of(slides) == ()


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_ends_stand_round_the_axis_of_their_source_as_they_are_written(count: int, down: bool) -> None:
    links = [Link(0, 1), *(Link(1, 2 + i) for i in range(count))]
    plan = layered([Size(120, 68)] * (2 + count), links, GAPS, down=down)
    middles = [(box.x + box.width / 2) if down else (box.y + box.height / 2) for box in plan.nodes]
    assert middles[2:] == sorted(middles[2:])
    assert (middles[2] + middles[-1]) / 2 == pytest.approx(middles[1], abs=0.1) == middles[0]


def test_branches_stand_as_they_are_written() -> None:
    links = [Link(0, 1), Link(0, 2), Link(1, 3), Link(1, 4), Link(2, 5), Link(2, 6)]
    plan = layered([Size(120, 68)] * 7, links, GAPS, down=False)
    tops = [box.y for box in plan.nodes]
    assert tops[1] < tops[2] and tops[3:] == sorted(tops[3:])


@pytest.mark.parametrize("labelled", [0, 1, 2])
@pytest.mark.parametrize("shared", [True, False])
def test_a_label_of_one_branch_stands_behind_the_place_where_they_part(labelled: int, shared: bool) -> None:
    label = Size(60, 18)
    branches = [Link(0, 1 + i, label if i == labelled else None, shared and i == labelled) for i in range(3)]
    plan = layered([Size(120, 68)] * 4, branches, GAPS, down=False)
    parting = next(route[1].x for route in plan.routes if len(route) == 4)
    place = plan.labels[labelled]
    assert place and (place.right < parting if shared else place.x > parting)
