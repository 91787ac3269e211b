"""A plan: what a chart has to show and in which colours, before anything has a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckgen.frozen import frozen
from deckgen.model.chart import POINTS, ROUND, Kind, Numbers, Row, Stack
from deckgen.typeset.charts.numbers import NumberFormat

NEUTRAL = ("quiet", "muted")
"""The colours of what is not highlighted, one after the other."""
SERIES = tuple(f"series{i}" for i in range(1, 7))


@frozen
class Plotted:
    """A series before it has a place."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    format: NumberFormat
    hot: bool = False
    second: bool = False
    x: tuple[float, ...] = ()
    sizes: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    """The names of its points, in a chart of points."""


@frozen
class Plan:
    """What a chart has to show."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Plotted, ...]
    stack: Stack = "none"
    hot_points: tuple[int, ...] = ()
    hot_names: frozenset[str] = frozenset()
    """The points that matter, in a chart of points."""
    low: float | None = None
    high: float | None = None
    mark: tuple[float, str] | None = None
    """A line of reference and its label."""
    titles: tuple[str, str] = ("", "")
    """What the level and the upright axis measure."""

    @property
    def highlights(self) -> bool:
        return bool(self.hot_points) or any(series.hot for series in self.series)


def planned(
    kind: Kind, numbers: Numbers, formats: tuple[NumberFormat, NumberFormat], hot: frozenset[str],
    second: frozenset[str], other: str, stacked: bool,
) -> Plan:  # fmt: skip
    """The plan of a chart. `hot` and `second` are names; `other` is the colour of what stands beside one hot thing."""
    rows = numbers.rows
    if kind in POINTS:
        return point_plan(kind, rows, formats[0], hot, other)
    names = tuple(row.name.text for row in rows)
    points = tuple(i for i, name in enumerate(names) if name in hot)
    heads = [run.text for run in numbers.head] + [""] * numbers.width
    series = tuple(
        Plotted(
            name=heads[i], values=numbers.column(i), colour="", format=formats[heads[i] in second],
            hot=heads[i] in hot, second=heads[i] in second,
        )
        for i in range(numbers.width)
    )  # fmt: skip
    return Plan(kind, names, coloured(kind, series, bool(points), other, stacked), hot_points=points)


def coloured(
    kind: Kind, series: tuple[Plotted, ...], points: bool, other: str, stacked: bool = False
) -> tuple[Plotted, ...]:
    """The series in their colours: what matters in the accent, all else quiet; else each in one of the theme's."""
    if len(series) == 1 and kind not in ROUND:
        quiet = "quiet" if points and kind in ("bar", "column") else other
        return (replace(series[0], colour="accent" if series[0].hot or (kind == "line" and not points) else quiet),)
    if any(one.second for one in series) and not any(one.hot for one in series):
        return combined(series)
    if not any(one.hot for one in series):
        return tuple(replace(one, colour=SERIES[i % len(SERIES)]) for i, one in enumerate(series))
    rest = [one for one in series if not one.hot]
    beside = ("quiet",) if stacked else neutral(kind, len(rest), other)
    colours = {id(one): beside[i % len(beside)] for i, one in enumerate(rest)}
    return tuple(replace(one, colour="accent" if one.hot else colours[id(one)]) for one in series)


def combined(series: tuple[Plotted, ...]) -> tuple[Plotted, ...]:
    """Quiet columns, and lines over them that can be seen on them."""
    columns = [one for one in series if not one.second]
    quiet = {id(one): NEUTRAL[i % 2] for i, one in enumerate(columns)}
    lines = {id(one): SERIES[i % len(SERIES)] for i, one in enumerate(one for one in series if one.second)}
    return tuple(replace(one, colour=(quiet | lines)[id(one)]) for one in series)


def neutral(kind: Kind, count: int, other: str) -> Sequence[str]:
    """The colours of the series that are not hot. A line has to be seen on its own ground, a bar has a shape."""
    if kind in ("line", "scatter", "bubble"):
        return (other,) if count == 1 else ("muted",)
    return NEUTRAL


def point_plan(kind: Kind, rows: tuple[Row, ...], form: NumberFormat, hot: frozenset[str], other: str) -> Plan:
    """Points in series, each series the rows of one group."""
    groups = dict.fromkeys(row.group.text for row in rows)
    series = tuple(point_series(name, [row for row in rows if row.group.text == name], form, hot) for name in groups)
    return Plan(kind, (), coloured(kind, series, False, other), hot_names=hot)


def point_series(name: str, rows: Sequence[Row], form: NumberFormat, hot: frozenset[str]) -> Plotted:
    cells = [[value or 0.0 for value in (*row.values, 0.0, 0.0)] for row in rows]
    return Plotted(
        name=name, values=tuple(cell[1] for cell in cells), colour="", format=form, hot=name in hot,
        x=tuple(cell[0] for cell in cells), sizes=tuple(cell[2] for cell in cells),
        names=tuple(row.name.text for row in rows),
    )  # fmt: skip


def slice_colours(count: int, hot: tuple[int, ...]) -> tuple[str, ...]:
    """The colours of slices."""
    if not hot:
        return (*SERIES, "quiet", "muted")[:count]
    return tuple("accent" if i in hot else "quiet" for i in range(count))
