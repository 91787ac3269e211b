"""A chart: the numbers that its author wrote, and the native chart that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Literal, NamedTuple

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen
from deckgen.model.text import Run
from deckgen.units import Box

NO_NAME = Run("")
Kind = Literal["bar", "column", "line", "area", "pie", "doughnut", "scatter", "bubble"]
POINTS = ("scatter", "bubble")
"""Kinds whose numbers are places: level, upright, and for a bubble its size."""
HOT_PT = 2.0
"""How much larger the marker of a point that matters is than those of others."""
ROUND = ("pie", "doughnut")
Stack = Literal["none", "sum", "share"]
Part = Literal["name", "category", "value"]
Place = Literal["outside", "inside", "right", "left", "above", "below"]


@frozen
class Row:
    """A category or point with its numbers; None where a number is missing."""

    name: Run
    values: tuple[float | None, ...]
    group: Run = NO_NAME
    """The series of a point in a chart of points."""


@frozen
class Numbers:
    """What a source or a file of data says: a row for each category or point."""

    head: tuple[Run, ...] = ()
    """The names of the columns, but the first; empty if they have none."""
    rows: tuple[Row, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def width(self) -> int:
        return max((len(row.values) for row in self.rows), default=0)

    def column(self, index: int) -> tuple[float | None, ...]:
        return tuple(row.values[index] if index < len(row.values) else None for row in self.rows)

    def every(self) -> Iterator[float]:
        """Every number that is there."""
        yield from (value for row in self.rows for value in row.values if value is not None)


class Scale(NamedTuple):
    """An axis of values from `low` to `high`, with a number at each `step`."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Where a value stands, 0 for `low`, 1 for `high`."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> tuple[float, ...]:
        count = round((self.high - self.low) / self.step)
        return tuple(float(f"{self.low + i * self.step:.12g}") for i in range(count + 1))


@frozen
class Axis:
    """An axis of values as it is shown: the format of its numbers is a spreadsheet's; empty: no numbers, no grid."""

    scale: Scale
    format: str = ""
    colour: str = ""
    """Of the numbers; empty: that of their style."""


@frozen
class PointLabel:
    """What stands beside a point of a series. `dx_pt` and `dy_pt` move it from its usual place."""

    point: int
    parts: tuple[Part, ...]
    place: Place
    colour: str
    dx_pt: float = 0
    dy_pt: float = 0
    width_pt: float = 0
    """The width that the text needs, as it was measured."""


@frozen
class Series:
    """A series in its look. Colours are roles of the theme; `hot` are points in a colour of their own."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    kind: Kind
    format: str
    """How its numbers are written, as a spreadsheet has it."""
    x: tuple[float, ...] = ()
    sizes: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    """The names of its points, in a chart of points."""
    hot: tuple[tuple[int, str], ...] = ()
    width_pt: float = 0
    """Of a line, or of the lines that part filled pieces."""
    opacity: float = 1
    markers: tuple[int, ...] = ()
    """Points of a line that have a marker."""
    marker_pt: float = 0
    labels: tuple[PointLabel, ...] = ()
    second: bool = False
    """Measured on the second axis, at the right."""


@frozen
class ChartData:
    """A native chart. Places are the slide's, in points."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    plot: Box
    """The area between the axes, numbers and names outside of it."""
    axis: Axis
    second: Axis | None = None
    across: Axis | None = None
    """The level axis of a chart of points."""
    stack: Stack = "none"
    gap: int = 0
    """The room between bars, in percent of a bar."""
    between: bool = False
    """Points of a line stand in the middle of their category, as columns do, not on its edge."""
    every: int = 1
    """Each how many categories has its name shown; 0 for none."""
    zero: str = "text"
    """The colour of the axis line at zero."""
    zero_pt: float = 0.75
    grid_pt: float = 0.5
    text: str = "chart"
    value: str = "chart_value"
    """The styles of the names and numbers along axes, and of the labels of points."""
    start_degrees: int = 0
    """Where the first slice begins, clockwise from the top."""
    hole: int = 0
    """The hole of a ring, in percent of its diameter."""
    bubble_percent: int = 100
    """The largest bubble, in percent of the size that programs give it: a quarter of the plot's smaller side."""

    def moved(self, dx: float, dy: float) -> ChartData:
        """The chart, `dx` to the right and `dy` down."""
        return replace(self, plot=self.plot.moved(dx, dy))
