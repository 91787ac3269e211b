"""Places of labels: side by side or one under the other, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

APART_PT = 20.0
"""From label to label."""


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> tuple[float, ...]:
    """Places in `low` to `high`, at least `apart` from each other, as near as can be to those wanted, in their order.

    Where there is no room for all, they pass `high`.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[float, list[int]]] = []
    for i in order:
        groups.append((wanted[i], [i]))
        while len(groups) > 1 and first(groups[-1], apart) < last(groups[-2], apart) + apart - 1e-9:
            (_, before), (_, after) = groups[-2:]
            members = before + after
            middle = sum(wanted[m] - apart * (k - (len(members) - 1) / 2) for k, m in enumerate(members)) / len(members)
            groups[-2:] = [(middle, members)]
    places = [0.0] * len(wanted)
    for middle, members in groups:
        for k, m in enumerate(members):
            places[m] = middle + apart * (k - (len(members) - 1) / 2)
    return bounded(places, order, apart, low, high)


def first(group: tuple[float, list[int]], apart: float) -> float:
    return group[0] - apart * (len(group[1]) - 1) / 2


def last(group: tuple[float, list[int]], apart: float) -> float:
    return group[0] + apart * (len(group[1]) - 1) / 2


def bounded(places: list[float], order: list[int], apart: float, low: float, high: float) -> tuple[float, ...]:
    """Move places up from below `high`, then down from above `low`."""
    end = high
    for i in reversed(order):
        places[i] = min(places[i], end)
        end = places[i] - apart
    begin = low
    for i in order:
        places[i] = max(places[i], begin)
        begin = places[i] + apart
    return tuple(places)
