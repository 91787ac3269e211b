"""Layered layout of a graph (graphlay): places of nodes, routes of links, places of labels.

A link leaves the middle of its source's side and arrives at the middle of its target's, where PowerPoint's connectors
hold on. Links that part from one node share a trunk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from deckgen.typeset.fans import as_written, with_even_fans
from deckgen.typeset.routes import (
    CLEAR_PT,
    MOST_BENDS,
    TRACK_PT,
    TRUNK_PT,
    Link,
    Plan,
    labels,
    round_about,
    span,
    with_detours,
    with_tracks,
    with_trunks,
)
from deckgen.units import Box, Point, Size

SEEDS = 4
"""How many plans are tried for one without winding links."""


class Gaps(NamedTuple):
    """Between layers, and between nodes of one layer; and what an arrow needs beside its label."""

    layer_pt: float
    node_pt: float
    beside_label_pt: float


def layered(sizes: Sequence[Size], links: Sequence[Link], gaps: Gaps, *, down: bool) -> Plan:
    """The plan of a graph, each of whose nodes has a link; the same for the same graph in every program run."""
    plans = (arranged(sizes, links, gaps, down, seed) for seed in range(SEEDS))
    simple = (plan for plan in plans if all(len(route) - 2 <= MOST_BENDS for route in plan.routes))
    plan = next(simple, None) or with_detours(arranged(sizes, links, gaps, down, 0), links, down)
    plan = with_even_fans(as_written(plan, down), links, gaps.node_pt, down)
    plan = with_trunks(with_tracks(squeezed(plan, links, gaps, down), links, down), links, down)
    plan = replace(plan, labels=tuple(labels(plan, links)))
    return plan.moved(-plan.box.x, -plan.box.y)


def arranged(sizes: Sequence[Size], links: Sequence[Link], gaps: Gaps, down: bool, seed: int) -> Plan:
    """The library's own plan; labels stand in the middle of what it found for them."""
    import graphlay

    graph = graphlay.Graph()
    for size in sizes:
        graph.node(width=size.width, height=size.height)
    out, into = ("bottom", "top") if down else ("right", "left")
    for link in links:
        fields: dict[str, Any] = {"source_port": port(out), "target_port": port(into)}
        if link.label:
            fields["label_size"] = {"width": link.label.width, "height": link.label.height}
        graph.edge(link.source, link.target, **fields)
    along = [link.label.height if down else link.label.width for link in links if link.label]
    widest = max(gaps.layer_pt, max(along, default=0) + gaps.beside_label_pt)
    options = {
        "direction": "topbottom" if down else "leftright",
        "spacing": {"layer_gap": widest, "node_gap": gaps.node_pt, "dummy_gap": 16.0, "stub": 12.0},
        "labels": {"reservation": "always", "clearance": CLEAR_PT},
        "routing": {"bundle_parallel": False},
        "seed": seed,
    }
    found = graphlay.layout(graph, preset="layered", options=options)
    nodes = tuple(
        Box(node["center"]["x"] - size.width / 2, node["center"]["y"] - size.height / 2, *size)
        for node, size in zip(found.nodes, sizes, strict=True)
    )
    # Places are rounded: what stands level does so exactly.
    routes = tuple(
        squared([Point(round(p["x"], 2), round(p["y"], 2)) for p in edge["points"]], down) for edge in found.edges
    )
    centres = [edge["label_anchor"] for edge in found.edges]
    labels = tuple(
        round_about(Point(centre["x"], centre["y"]), link.label) if centre and link.label else None
        for centre, link in zip(centres, links, strict=True)
    )
    return Plan(nodes, tuple(node["rank"] for node in found.nodes), routes, labels)


def squared(route: list[Point], down: bool) -> tuple[Point, ...]:
    """The route with stretches that are exactly level and upright; the library's may lean by less than a point."""
    along, across = ("y", "x") if down else ("x", "y")
    for i in range(1, len(route) - 1):
        same = across if i % 2 else along
        route[i] = route[i]._replace(**{same: getattr(route[i - 1], same)})
    if len(route) > 2:
        route[-2] = route[-2]._replace(**{across: getattr(route[-1], across)})
    return tuple(route)


def port(side: str) -> dict[str, Any]:
    """The middle of a side."""
    return {"offset": {"side": side, "t": 0.0}}


def squeezed(plan: Plan, links: Sequence[Link], gaps: Gaps, down: bool) -> Plan:
    """Each gap between layers as wide as its labels and tracks need, where all were as wide as the widest."""
    bands = [
        [span(box, down) for box, rank in zip(plan.nodes, plan.ranks, strict=True) if rank == layer]
        for layer in range(max(plan.ranks) + 1)
    ]
    ends = [(min(start for start, _ in band), max(end for _, end in band)) for band in bands]
    stops, places = [*ends[0]], [*ends[0]]
    for layer, ((_, end), (start, stop)) in enumerate(pairwise(ends)):
        gap = min(start - end, max(gaps.layer_pt, *label_needs(layer, plan, links, gaps, down)))
        stops += [start, stop]
        places += [places[-1] + gap, places[-1] + gap + stop - start]

    def moved(value: float) -> float:
        for (one, other), (here, there) in zip(pairwise(stops), pairwise(places), strict=True):
            if one <= value <= other and one < other:
                return round(here + (there - here) * (value - one) / (other - one), 2)
        return value if value < stops[0] else round(value + places[-1] - stops[-1], 2)

    def at(point: Point) -> Point:
        return Point(point.x, moved(point.y)) if down else Point(moved(point.x), point.y)

    def box_at(box: Box) -> Box:
        centre = at(Point(box.x + box.width / 2, box.y + box.height / 2))
        return round_about(centre, Size(box.width, box.height))

    return replace(
        plan,
        nodes=tuple(map(box_at, plan.nodes)),
        routes=tuple(tuple(map(at, route)) for route in plan.routes),
        labels=tuple(label and box_at(label) for label in plan.labels),
    )


def label_needs(layer: int, plan: Plan, links: Sequence[Link], gaps: Gaps, down: bool) -> list[float]:
    """What each label in the gap after a layer needs: its length, an arrowhead, a trunk, tracks of long links."""
    tracks = sum(
        layer in (min(ranks), max(ranks) - 1)
        for link, route in zip(links, plan.routes, strict=True)
        if len(route) > 4 and (ranks := (plan.ranks[link.source], plan.ranks[link.target]))
    )
    needs = [0.0]
    for link in links:
        if link.label and sorted((plan.ranks[link.source], plan.ranks[link.target])) == [layer, layer + 1]:
            fan = sum(other.source == link.source for other in links) > 1
            length = link.label.height if down else link.label.width
            room = gaps.beside_label_pt / 2 if down else gaps.beside_label_pt + TRUNK_PT * fan
            needs.append(length + room + TRACK_PT * tracks)
    return needs
