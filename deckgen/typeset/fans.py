"""Order in a plan of a graph: nodes as they are written, and the ends that part from one node round its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from deckgen.typeset.routes import Link, Plan, crosses, span, touches, trunk
from deckgen.units import Box, Point, around

NEGLIGIBLE_PT = 0.05


def as_written(plan: Plan, down: bool) -> Plan:
    """The plan, or its mirror image if more of its nodes stand in the order in which they are written there."""
    order = [
        (middle(one, not down) < middle(other, not down))
        for (one, rank), (other, beside) in combinations(zip(plan.nodes, plan.ranks, strict=True), 2)
        if rank == beside
    ]
    if 2 * sum(order) >= len(order):
        return plan
    start, end = span(plan.box, not down)

    def at(point: Point) -> Point:
        return Point(start + end - point.x, point.y) if down else Point(point.x, start + end - point.y)

    def box_at(box: Box) -> Box:
        return around((at(Point(box.x, box.y)), at(Point(box.right, box.bottom))))

    return replace(
        plan,
        nodes=tuple(map(box_at, plan.nodes)),
        routes=tuple(tuple(map(at, route)) for route in plan.routes),
        labels=tuple(label and box_at(label) for label in plan.labels),
    )


def with_even_fans(plan: Plan, links: Sequence[Link], gap_pt: float, down: bool) -> Plan:
    """The plan with each fan of ends round the middle of its source, in written order, where nothing is in their way.

    `gap_pt` is what parts the nodes of a layer.
    """
    sources = {link.source for link in links}
    for source in dict.fromkeys(link.source for link in links):
        fan = [i for i, link in enumerate(links) if link.source == source]
        ends = {links[i].target for i in fan}
        alone = sum(link.target in ends for link in links) == len(fan)
        if alone and sources.isdisjoint(ends) and all(plan.ranks[end] == plan.ranks[source] + 1 for end in ends):
            plan = with_even_fan(plan, links, fan, gap_pt, down)
    return plan


def with_even_fan(plan: Plan, links: Sequence[Link], fan: Sequence[int], gap_pt: float, down: bool) -> Plan:
    """The plan with the targets of these links round their source, or else in their order where they stand."""
    boxes = [plan.nodes[links[i].target] for i in fan]
    spans = [span(box, not down) for box in boxes]
    here = (min(start for start, _ in spans) + max(end for _, end in spans)) / 2
    axes = middle(plan.nodes[links[fan[0]].source], not down), here
    plans = (with_fan_at(axis, boxes, plan, links, fan, gap_pt, down) for axis in axes)
    return next((found for found in plans if found), plan)


def with_fan_at(
    axis: float, boxes: Sequence[Box], plan: Plan, links: Sequence[Link], fan: Sequence[int], gap_pt: float, down: bool
) -> Plan | None:
    """The plan with these boxes round an axis; None if they have no room there."""
    source, ends = plan.nodes[links[fan[0]].source], [links[i].target for i in fan]
    moved = dict(zip(ends, in_line(boxes, axis, down), strict=True))
    routes = {i: elbow(plan.routes[i][0], moved[links[i].target], down) for i in fan}
    others = [box for i, box in enumerate(plan.nodes) if i not in moved]
    beside = [box for box in others if span(box, down)[1] > span(source, down)[1]]
    passing = [route for i, route in enumerate(plan.routes) if i not in routes]
    if (
        any(touches(box, other, gap_pt - 1) for box in moved.values() for other in beside)
        or any(crosses(route, list(moved.values())) for route in passing)
        or any(crosses(route, others) for route in routes.values())
    ):
        return None
    return replace(
        plan,
        nodes=tuple(moved.get(i, box) for i, box in enumerate(plan.nodes)),
        routes=tuple(routes.get(i, route) for i, route in enumerate(plan.routes)),
    )


def in_line(boxes: Sequence[Box], axis: float, down: bool) -> list[Box]:
    """The boxes in their order, with the gaps that are between them, round an axis."""
    spans = sorted(span(box, not down) for box in boxes)
    gaps = [after - before for (_, before), (after, _) in pairwise(spans)]
    at = axis - (spans[-1][1] - spans[0][0]) / 2
    found = []
    for box, gap in zip(boxes, (*gaps, 0.0), strict=True):
        found.append(box._replace(x=at) if down else box._replace(y=at))
        at += (box.width if down else box.height) + gap
    return found


def elbow(start: Point, target: Box, down: bool) -> tuple[Point, ...]:
    """A route to the middle of a box's near side: straight, or with its turns half-way."""
    if down:
        end = Point(middle(target, False), target.y)
        straight, half = abs(start.x - end.x) < NEGLIGIBLE_PT, (start.y + end.y) / 2
        return (start, Point(start.x, end.y)) if straight else trunk((start, end), half, down)
    end = Point(target.x, middle(target, True))
    straight, half = abs(start.y - end.y) < NEGLIGIBLE_PT, (start.x + end.x) / 2
    return (start, Point(end.x, start.y)) if straight else trunk((start, end), half, down)


def middle(box: Box, down: bool) -> float:
    start, end = span(box, down)
    return (start + end) / 2
