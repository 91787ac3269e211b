"""Routes in a plan of a graph, along level and upright lines, and the places of labels beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from deckgen.frozen import frozen
from deckgen.units import Box, Point, Size, around

CLEAR_PT = 3.0
"""What stays free round a label, at least."""
TRUNK_PT = 22.0
"""From where a trunk divides to the nodes that it leads to."""
TRACK_PT = 9.0
"""Between upright lines side by side, and from a node to the first of them."""
ARROW_PT = 6.0
MOST_BENDS = 4
"""PowerPoint's elbow connectors have no more."""
SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
"""Where a label may stand along a stretch, the best first."""


class Link(NamedTuple):
    source: int
    target: int
    label: Size | None = None
    shared: bool = False
    """The label tells of all links that part from the source."""


@frozen
class Plan:
    """A graph with places, from the left upper corner."""

    nodes: tuple[Box, ...]
    ranks: tuple[int, ...]
    """The layer of each node."""
    routes: tuple[tuple[Point, ...], ...]
    labels: tuple[Box | None, ...]

    @property
    def size(self) -> Size:
        return Size(*self.box[2:])

    @property
    def box(self) -> Box:
        boxes = [*self.nodes, *(label for label in self.labels if label)]
        corners = [corner for box in boxes for corner in (Point(box.x, box.y), Point(box.right, box.bottom))]
        return around([*corners, *(point for route in self.routes for point in route)])

    def moved(self, dx: float, dy: float) -> Plan:
        return replace(
            self,
            nodes=tuple(box.moved(dx, dy) for box in self.nodes),
            routes=tuple(tuple(point.moved(dx, dy) for point in route) for route in self.routes),
            labels=tuple(label.moved(dx, dy) if label else None for label in self.labels),
        )


def with_detours(plan: Plan, links: Sequence[Link], down: bool) -> Plan:
    """Lead links with too many bends round all nodes instead, one outside of the other."""
    edge = min(box.x if down else box.y for box in plan.nodes)
    edge = min(edge, *(point.x if down else point.y for route in plan.routes for point in route))
    routes = list(plan.routes)
    winding = [i for i, route in enumerate(routes) if len(route) - 2 > MOST_BENDS]
    for number, i in enumerate(winding, start=1):
        one, other, away = routes[i][0], routes[i][-1], edge - number * TRACK_PT
        before, after = (
            [span(node, down) for node, rank in zip(plan.nodes, plan.ranks, strict=True) if rank == plan.ranks[end]]
            for end in links[i][:2]
        )
        out, into = max(end for _, end in before) + TRACK_PT, min(start for start, _ in after) - TRACK_PT
        if down:
            bends = Point(one.x, out), Point(away, out), Point(away, into), Point(other.x, into)
        else:
            bends = Point(out, one.y), Point(out, away), Point(into, away), Point(into, other.y)
        routes[i] = (one, *bends, other)
    return replace(plan, routes=tuple(routes))


def with_tracks(plan: Plan, links: Sequence[Link], down: bool) -> Plan:
    """Let long links turn close to their ends, and leave the middle of the gaps to labels.

    Links that leave one node share a track, and so do those that arrive at one.
    """
    routes = [list(route) for route in plan.routes]
    long = [i for i, route in enumerate(routes) if len(route) == MOST_BENDS + 2]
    for end, turn, sign in ((0, (1, 2), 1), (-1, (-2, -3), -1)):
        taken: dict[float, list[tuple[float, int]]] = {}
        for i in long:
            along = routes[i][end].y if down else routes[i][end].x
            taken.setdefault(along, []).append((routes[i][turn[0]].y if down else routes[i][turn[0]].x, i))
        for along, turns in taken.items():
            order: dict[int, int] = {}
            for _, i in sorted(turns, key=lambda found: sign * found[0]):
                place = order.setdefault(links[i].source if end == 0 else links[i].target, len(order))
                at = along + sign * (TRACK_PT * (place + 1) + (ARROW_PT if end else 0))
                moved = list(routes[i])
                for bend in turn:
                    moved[bend] = moved[bend]._replace(**{"y" if down else "x": at})
                # A turn that stands further on has its reason.
                if not crosses(moved, plan.nodes):
                    routes[i] = moved
    return replace(plan, routes=tuple(map(tuple, routes)))


def with_trunks(plan: Plan, links: Sequence[Link], down: bool) -> Plan:
    """Let links part from their node at one place: in the middle of the gap, unless labels ask for another."""
    routes = list(plan.routes)
    for source in dict.fromkeys(link.source for link in links):
        own = [i for i, link in enumerate(links) if link.source == source and len(routes[i]) in (2, 4)]
        fan = [i for i in own if len(routes[i]) == 4]
        if not fan:
            continue
        at = parting(fan, own, links, routes, down)
        bent = {i: trunk(routes[i], at, down) for i in fan}
        others = [route for i, route in enumerate(routes) if i not in own]
        if not any(meets(route, other) for route in bent.values() for other in others):
            for i, route in bent.items():
                routes[i] = route
    return replace(plan, routes=tuple(routes))


def parting(
    fan: Sequence[int], own: Sequence[int], links: Sequence[Link], routes: Sequence[tuple[Point, ...]], down: bool
) -> float:
    """Where a fan parts. A label of all its links stands before that place, others stand each on its own branch."""
    start = routes[fan[0]][0].y if down else routes[fan[0]][0].x
    end = min(routes[i][-1].y if down else routes[i][-1].x for i in fan)
    labels = [label.height if down else label.width for i in own if (label := links[i].label)]
    middle = (start + end) / 2
    if down or not labels:
        return middle
    if any(links[i].shared for i in own):
        return max(middle, min(start + labels[0] + 4 * CLEAR_PT, end - TRUNK_PT / 2))
    return min(middle, max(start + TRUNK_PT / 2, end - max(labels) - TRUNK_PT))


def trunk(route: tuple[Point, ...], at: float, down: bool) -> tuple[Point, ...]:
    """A route of four points whose middle stretch stands `at` a place along the way."""
    first, last = route[0], route[-1]
    middle = (Point(first.x, at), Point(last.x, at)) if down else (Point(at, first.y), Point(at, last.y))
    return (first, *middle, last)


def crosses(route: Sequence[Point], nodes: Sequence[Box]) -> bool:
    """Whether a route runs through a node, or closer along one than a turn next to it would."""
    lines = [stretch(*ends) for ends in pairwise(route)]
    return any(touches(line, node, -0.5) for line in lines for node in nodes)


def meets(route: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether two routes run along each other, not only across."""
    return any(
        touches(stretch(*one), stretch(*two), CLEAR_PT)
        for one in pairwise(route)
        for two in pairwise(other)
        if (one[0].x == one[1].x) == (two[0].x == two[1].x)
    )


def labels(plan: Plan, links: Sequence[Link]) -> Iterator[Box | None]:
    """Each label beside a stretch of its own link, clear of all else; where there is no such place, on the link.

    A label that finds no place at all has no height.
    """
    placed: list[Box] = []
    for i, link in enumerate(links):
        if not link.label:
            yield None
            continue
        fellows = [j for j, other in enumerate(links) if j != i and other.source == link.source]
        route, solid = plan.routes[i], [*plan.nodes, *placed]
        others = [stretch(*ends) for j, other in enumerate(plan.routes) if j != i for ends in pairwise(other)]
        own = [stretch(*ends) for ends in pairwise(route)]
        way = route if link.shared else after_parting(route, [plan.routes[j] for j in fellows])
        choices = (
            *((box, [*others, *own]) for box in beside(way, link.label, link.shared)),
            *((box, others) for box in beside(way, link.label, link.shared, on_line=True)),
            *((box, []) for box in beside(way, link.label, link.shared, on_line=True)),
        )
        free = (
            box
            for box, lines in choices
            if not any(touches(box, other, CLEAR_PT if lines else 0) for other in solid)
            and not any(touches(box, line, 1) for line in lines)
        )
        box = next(free, None) or round_about(route[0], link.label)._replace(height=0)
        placed.append(box)
        yield box


def after_parting(route: tuple[Point, ...], fellows: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    """What a straight route has to itself: it begins where others from the same node turn off."""
    start, end = route[0], route[-1]
    turns = [fellow[1] for fellow in fellows if len(route) == 2 and len(fellow) == 4]
    on = [turn for turn in turns if turn.x == start.x == end.x or turn.y == start.y == end.y]
    last = max(on, key=lambda turn: abs(turn.x - start.x) + abs(turn.y - start.y), default=start)
    return (last, *route[1:])


def beside(route: tuple[Point, ...], size: Size, shared: bool, on_line: bool = False) -> Iterator[Box]:
    """Places along a route: over or under level stretches, right or left of upright ones; long level ones first.

    A label of several links stands at the stretch that they share, the first.
    """

    def order(ends: tuple[Point, Point]) -> tuple[bool, bool, float]:
        one, other = ends
        return not (shared and one == route[0]), one.x == other.x, -abs(other.x - one.x)

    for one, other in sorted(pairwise(route), key=order):
        for share in SHARES:
            x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
            if on_line:
                yield round_about(Point(x, y), size)
            elif one.y == other.y:
                away = size.height / 2 + 2
                yield round_about(Point(x, y - away), size)
                yield round_about(Point(x, y + away), size)
            else:
                away = size.width / 2 + CLEAR_PT + 2
                yield round_about(Point(x + away, y), size)
                yield round_about(Point(x - away, y), size)


def stretch(start: Point, end: Point) -> Box:
    return around((start, end))


def touches(one: Box, other: Box, clear: float = 0) -> bool:
    """Whether two boxes overlap, or come closer than `clear`."""
    return (
        one.x < other.right + clear
        and other.x < one.right + clear
        and one.y < other.bottom + clear
        and other.y < one.bottom + clear
    )


def round_about(centre: Point, size: Size) -> Box:
    return Box(centre.x - size.width / 2, centre.y - size.height / 2, *size)


def span(box: Box, down: bool) -> tuple[float, float]:
    """Where a box begins and ends in the direction of the links."""
    return (box.y, box.bottom) if down else (box.x, box.right)
