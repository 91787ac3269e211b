"""A chart from numbers, native in PowerPoint: bars, columns, lines, areas, slices or points.

- chart:
    kind: bar
    data:
      Full VM: 48
      Minimal VM: 21
      MicroVM: 3.2
      Container: 1
    unit: s
    highlight: Container
    caption: Start-up time in seconds, from request to first response.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.chart import POINTS, ROUND, Kind, Numbers, Row, Stack
from deckgen.model.dates import in_short
from deckgen.model.drawing import Chart as ChartShape
from deckgen.model.drawing import Drawing
from deckgen.model.exhibit import Exhibit
from deckgen.model.grid import Grid, Pick, pick_problems
from deckgen.model.plotted import numbers_of
from deckgen.model.text import Run, Text
from deckgen.model.words import Words
from deckgen.typeset.caption import captioned
from deckgen.typeset.charts.asked import Asked, problems_of
from deckgen.typeset.charts.board import Look
from deckgen.typeset.charts.numbers import NumberFormat, number_format
from deckgen.typeset.charts.plan import Plan, planned
from deckgen.typeset.charts.words import described
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Size

TIMELY = ("line", "area", "column")
"""Kinds whose categories may be dates, which are shown in words."""
PRINT_PT = 236.0
"""The height of a chart in print, before it is made smaller, if all has room in it."""
Names = Annotated[tuple[Run, ...], "names"]
Inline = Annotated[Numbers | Grid, "numbers"]


@frozen(kw_only=True)
class Mark:
    """A line of reference across the chart."""

    at: float = key("The value that it stands at")
    label: str = key("What it means")


@frozen(kw_only=True)
class Chart(Exhibit):
    """Numbers as a chart. Values and names stand beside what they belong to; there is no legend."""

    data: Inline = key(
        "The numbers: `name: number`, or `name: [number, ...]` with the names of the columns in `series`, or a list of"
        " rows with a row of heads; a chart of points has `name: [x, y]` or `[x, y, size]`, or a list of them a series;"
        ' or a name of the talk\'s `data`, laid out as a `file`; a number may be a value, as `"{{ sales.count }}"`',
        Numbers(),
    )
    kind: Kind = key("How the numbers are shown", "bar")
    file: Grid | None = key(
        "A CSV or TSV file in place of `data`: names in its first column, heads in its first row", None
    )
    columns: tuple[Pick, ...] = key(
        "Which columns of the file or of `data` to show, that of the names first; all if missing", ()
    )
    series: tuple[str, ...] = key("The names of the columns of `data`", ())
    categories: tuple[str, ...] = key("With it, each line of `data` is a series, and these name its numbers", ())
    stack: Stack = key("Series on top of each other, by their sum or as shares of it", "none")
    unit: str = key("What stands after each number, such as `s`, `GB` or `%`", "")
    prefix: str = key("What stands before each number, such as `$`", "")
    decimals: int | None = key("How many decimals all numbers have; as written if missing", None)
    highlight: Names = key("The category, point or series that matters, or a list of them", ())
    second: Names = key("Series of a column chart that are lines on a second axis, at the right", ())
    second_unit: str = key("The unit of the second axis", "")
    mark: Mark | None = key("A line of reference", None)
    low: float | None = key("Where the axis of numbers begins; bars always begin at 0", None)
    high: float | None = key("Where it ends; values beyond it win", None)
    x: str = key("What the level axis of a chart of points measures", "")
    y: str = key("What the upright axis measures", "")
    caption: Text = key("What to see in it; beside the chart on the slide, under its number in the handout", ())
    alt: str = key("A description for people who can't see it; made from the numbers if missing", "")

    LAYOUT = "chart"
    NUMBERED = "figure"
    LOOK = Look

    @property
    def grid(self) -> Grid | None:
        return self.file or (self.data if isinstance(self.data, Grid) else None)

    @cached_property
    def found(self) -> tuple[Numbers, tuple[Diagnostic, ...]]:
        """The numbers as they are laid out in the source or a file, and what is wrong with those of a file."""
        if self.grid:
            return numbers_of(self.grid, self.columns)
        assert isinstance(self.data, Numbers)
        return self.data, ()

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers with the heads of their columns, a row for each category or point."""
        found, _ = self.found
        if not self.categories:
            head = tuple(Run(name, span=self.span) for name in self.series) or found.head
            return replace(found, head=head)
        names = [Run(name, span=self.span) for name in self.categories]
        rows = tuple(
            Row(name, tuple(row.values[i] if i < len(row.values) else None for row in found.rows))
            for i, name in enumerate(names)
        )
        return Numbers(tuple(row.name for row in found.rows), rows, found.span)

    def whole(self) -> Self:
        return replace(self, data=self.found[0], file=None, columns=()) if self.grid else self

    def problems(self) -> Iterator[Diagnostic]:
        asked = Asked(
            self.kind, self.numbers, self.stack, tuple(self.highlight), tuple(self.second), bool(self.mark), self.low,
            self.high, self.decimals, bool(self.x or self.y), bool(self.categories), self.span,
        )  # fmt: skip
        missing = tuple(pick_problems(self.grid, self.columns, "chart"))
        if missing or self.found[1]:
            yield from missing or self.found[1]
        elif self.data.rows and self.file:
            yield error(self.file.span, "the chart has numbers in `data` and in a file", "leave one of them out")
        elif self.series and len(self.series) != self.numbers.width:
            message = f"`series` names {len(self.series)} columns, but the numbers have {self.numbers.width}"
            yield error(self.span, message, "name each column", key="series")
        else:
            yield from problems_of(asked)

    def shown(self) -> Iterator[Run]:
        """The words of the chart that both outputs are sure to show."""
        numbers = self.numbers
        if self.kind in POINTS:
            groups = dict.fromkeys(row.group.text for row in numbers.rows)
            yield from (Run(group, span=self.span) for group in groups if group and len(groups) > 1)
            yield from (row.name for row in numbers.rows if row.name.text)
        else:
            yield from (name for name in numbers.head[: numbers.width] if numbers.width > 1)
            yield from (row.name for row in numbers.rows if self.kind in ("bar", *ROUND))
        yield from (Run(self.mark.label, span=self.span) for _ in "x" if self.mark)

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption, sheet, self.on_slide)

    def on_slide(self, sheet: Sheet) -> Drawing:
        """The chart without its caption."""
        lead = sheet.look("chart").top
        box = Box(sheet.box.x, sheet.box.y + lead, sheet.box.width, sheet.box.height - lead)
        drawing = self.drawn(sheet, box)
        return Drawing(Size(sheet.box.width, lead + drawing.size.height), drawing.shapes)

    def figure(self, sheet: Sheet) -> Drawing:
        """The chart in print: on white, in the inks of print."""
        paper = replace(sheet, theme=sheet.theme.on_paper())
        low = self.drawn(paper, sheet.box._replace(height=min(PRINT_PT, sheet.box.height)))
        crowded = any(isinstance(shape, ChartShape) and shape.trouble for shape in low.shapes)
        return self.drawn(paper, sheet.box) if crowded else low

    def drawn(self, sheet: Sheet, box: Box) -> Drawing:
        plan = self.plan(sheet.language, sheet.look("chart").colour)
        from deckgen.typeset.charts.draw import draw_chart  # Only talks with charts load all that draws them.

        drawing = draw_chart(plan, sheet, box)
        first = abs(sheet.box.y - sheet.theme.body.y) < 1  # of several charts, one can fill the placeholder
        placeholder = "chart" if sheet.has("chart") and first else ""
        alt = self.description(sheet.words)
        shapes = tuple(
            replace(shape, alt=alt, placeholder=placeholder, span=self.span) if isinstance(shape, ChartShape) else shape
            for shape in drawing.shapes
        )
        return Drawing(drawing.size, shapes)

    def description(self, words: Words) -> str:
        """The chart in words."""
        language = str(words.locale).replace("_", "-")
        return self.alt or described(self.plan(language, ""), language)

    def plan(self, language: str, other: str) -> Plan:
        """What is to be drawn; `other` is the colour of what stands beside one highlighted thing."""
        hot = frozenset(run.text for run in self.highlight)
        second = frozenset(run.text for run in self.second)
        piled = self.stack != "none" or self.kind == "area"
        plan = planned(self.kind, self.numbers, self.formats(language, second), hot, second, other, piled)
        if self.kind in TIMELY:
            plan = replace(plan, categories=tuple(in_short(name, language) for name in plan.categories))
        mark = (self.mark.at, self.mark.label) if self.mark else None
        stacked = self.kind == "area" and len(plan.series) > 1 and self.stack == "none"
        stack: Stack = "sum" if stacked else self.stack
        return replace(plan, stack=stack, mark=mark, low=self.low, high=self.high, titles=(self.x, self.y))

    def formats(self, language: str, second: frozenset[str]) -> tuple[NumberFormat, NumberFormat]:
        """How the numbers of the first and of the second axis are written."""
        numbers = self.numbers
        heads = [run.text in second for run in numbers.head] + [False] * numbers.width
        columns = [[v for v in numbers.column(i) if v is not None] for i in range(numbers.width)]
        parts = [[v for i, column in enumerate(columns) if heads[i] is side for v in column] for side in (False, True)]
        first = number_format(parts[0], self.unit.strip(), self.prefix, self.decimals, language)
        return first, number_format(parts[1], self.second_unit.strip(), "", self.decimals, language)
