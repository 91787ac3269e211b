"""A chart in words, for people who can't see it: its numbers."""

from __future__ import annotations

from deckgen.model.chart import POINTS
from deckgen.typeset.charts.plan import Plan, Plotted

MOST_NUMBERS = 80
"""A series of more numbers is told by its first, its last, its smallest and its largest."""


def described(plan: Plan, language: str) -> str:
    """`Full VM: 48 s; Container: 1 s`; several series one after the other, each after its name."""
    if plan.kind in POINTS:
        parts = [points(series, language) for series in plan.series]
    else:
        parts = [numbers(series, plan.categories, language) for series in plan.series]
    named = [f"{series.name}: {part}" if series.name else part for series, part in zip(plan.series, parts, strict=True)]
    mark = [f"{plan.mark[1]}: {plan.series[0].format.text(plan.mark[0], language)}"] if plan.mark else []
    return ". ".join([*named, *mark])


def numbers(series: Plotted, names: tuple[str, ...], language: str) -> str:
    found = [(name, value) for name, value in zip(names, series.values, strict=True) if value is not None]
    if len(found) > MOST_NUMBERS:
        ends = [found[0], found[-1], min(found, key=lambda p: p[1]), max(found, key=lambda p: p[1])]
        found = list(dict.fromkeys(ends))
    return "; ".join(f"{name}: {series.format.text(value, language)}" for name, value in found)


def points(series: Plotted, language: str) -> str:
    found = []
    for i in range(min(len(series.values), MOST_NUMBERS)):
        numbers = [series.x[i], series.values[i] or 0.0, *(series.sizes[i : i + 1] if any(series.sizes) else ())]
        place = ", ".join(series.format.text(number, language) for number in numbers)
        found.append(f"{series.names[i]}: {place}" if series.names[i] else place)
    return "; ".join(found)
