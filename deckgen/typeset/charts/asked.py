"""What an author asks of a chart, and what of it no chart can show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.frozen import frozen
from deckgen.model.chart import POINTS, ROUND, Kind, Numbers, Row, Stack
from deckgen.model.dates import day_or_month
from deckgen.model.text import Run

MOST_SERIES = 6
MOST_SLICES = 8
MOST_ROWS = 500
MOST_DECIMALS = 9
NEEDED = {"scatter": 2, "bubble": 3}
"""The numbers of a point."""


@frozen
class Asked:
    """The keys of a chart that have to agree with each other."""

    kind: Kind
    numbers: Numbers
    stack: Stack
    highlight: tuple[Run, ...]
    second: tuple[Run, ...]
    mark: bool
    low: float | None
    high: float | None
    decimals: int | None
    titles: bool
    across: bool
    """The lines of the source are series, not categories."""
    span: Span

    @property
    def what(self) -> str:
        return {"area": "an area"}.get(self.kind, f"a {self.kind}") + " chart"


BARS = "let the kind be bar"


def problems_of(asked: Asked) -> Iterator[Diagnostic]:
    """An error for each thing that does not fit the kind of chart or its numbers."""
    rows = asked.numbers.rows
    if not rows or not any(True for _ in asked.numbers.every()):
        yield error(asked.span, "the chart has no numbers", "write them as `data`, a `name: number` line each")
        return
    if len(rows) > MOST_ROWS:
        message = f"the chart has {len(rows):,} rows, and the limit is {MOST_ROWS}"
        yield error(rows[MOST_ROWS].name.span, message, "show a part of them, or sums")
        return
    yield from key_problems(asked)
    if asked.kind in POINTS:
        yield from point_problems(asked)
    else:
        yield from table_problems(asked)
    if asked.kind in ROUND:
        yield from slice_problems(asked)
    yield from name_problems(asked)
    yield from date_problems(asked)


def key_problems(asked: Asked) -> Iterator[Diagnostic]:
    """Keys that mean nothing for this kind."""
    if asked.stack != "none" and asked.kind not in ("bar", "column", "area"):
        yield error(
            asked.span,
            f"{asked.what} can't be stacked",
            "leave `stack` out, or let the kind be bar, column or area",
            key="stack",
        )
    if asked.mark and (asked.kind in ROUND or asked.stack == "share"):
        yield error(asked.span, f"{asked.what} of shares has no line of reference", "leave `mark` out", key="mark")
    if asked.second and asked.kind != "column":
        yield error(
            asked.span,
            f"{asked.what} has no second axis",
            "leave `second` out, or let the kind be column",
            key="second",
        )
    if asked.titles and asked.kind not in POINTS:
        yield error(asked.span, f"{asked.what} does not name its axes", "say in the caption what they measure")
    if asked.across and asked.kind in POINTS:
        yield error(asked.span, f"{asked.what} has no categories", "leave `categories` out", key="categories")
    if asked.decimals is not None and not 0 <= asked.decimals <= MOST_DECIMALS:
        message = f"`decimals` is {asked.decimals}, and can be 0 to {MOST_DECIMALS}"
        yield error(asked.span, message, "leave it out, and the numbers have as many as they need", key="decimals")
    if asked.low is not None and asked.low > 0 and asked.kind in ("bar", "column", "area"):
        hint = "leave `low` out, or let the kind be line"
        message = f"the axis of {asked.what} begins at 0, so that lengths can be compared"
        yield error(asked.span, message, hint, key="low")
    if asked.low is not None and asked.high is not None and asked.low >= asked.high:
        yield error(asked.span, "`low` is not less than `high`", "change one of them, or leave both out", key="low")


def table_problems(asked: Asked) -> Iterator[Diagnostic]:
    """Rows and columns of numbers."""
    numbers = asked.numbers
    if numbers.width > MOST_SERIES:
        hint = "leave series out, or gather some of them"
        yield error(asked.span, f"the chart has {numbers.width} series, and the limit is {MOST_SERIES}", hint)
    for row in numbers.rows:
        if row.group.text:
            yield error(
                row.group.span,
                f"points in a list are for charts of points, not for {asked.what}",
                "let the kind be scatter",
            )
            return
        if len(row.values) != numbers.width:
            message = f"the row {row.name.text!r} has {counted(row)}, and others have {numbers.width}"
            yield error(row.name.span, message, "write - for a number that is missing")
    if numbers.width > 1 and len([run for run in numbers.head if run.text]) < numbers.width:
        yield error(asked.span, "the series have no names", "write them as `series: [one, another]`")
    for i in range(numbers.width):
        column = numbers.column(i)
        if all(value is None for value in column):
            yield error(asked.span, f"column {i + 1} of the chart has no numbers", "leave it out")
        elif asked.kind == "area" and None in column:
            yield error(
                numbers.rows[column.index(None)].name.span, "an area needs every number", "let the kind be line"
            )


def counted(row: Row) -> str:
    return f"{len(row.values)} number{'' if len(row.values) == 1 else 's'}"


def point_problems(asked: Asked) -> Iterator[Diagnostic]:
    needed = NEEDED[asked.kind]
    for row in asked.numbers.rows:
        place = row.name.span if row.name.text else row.group.span
        if len(row.values) == needed and None in row.values:
            message = f"a number of the point {row.name.text or row.group.text!r} is missing"
            yield error(place, message, "leave the point out")
        elif len(row.values) != needed:
            what = "a place, [x, y]" if needed == 2 else "a place and a size, [x, y, size]"
            message = f"a point of {asked.what} is {what}, and here it has {counted(row)}"
            yield error(place, message, "write as many for each point, or let the kind be another")
        elif needed == 3 and (row.values[2] or 0) <= 0:
            yield error(place, "the size of a bubble is more than 0", "leave the point out")
    groups = {row.group.text for row in asked.numbers.rows}
    if len(groups) > MOST_SERIES:
        yield error(asked.span, f"the chart has {len(groups)} series, and the limit is {MOST_SERIES}", "leave some out")
    if len(groups) > 1 and "" in groups:
        yield error(asked.span, "some of the points belong to no series", "write them as lists too")


def date_problems(asked: Asked) -> Iterator[Diagnostic]:
    """A warning where dates along a line are not equally far apart, though it shows them so."""
    names = [row.name.text for row in asked.numbers.rows]
    days = [day for name in names if (day := day_or_month(name))]
    if asked.kind not in ("line", "area") or len(days) < len(names):
        return
    months = [day.year * 12 + day.month for day in days]
    monthly = len({day.day for day in days}) == 1
    steps = {b - a for a, b in pairwise(months)} if monthly else {(b - a).days for a, b in pairwise(days)}
    if len(steps) > 1 or any(step <= 0 for step in steps):
        message = "the dates are not in order and equally far apart, but the chart shows them so"
        yield warning(asked.numbers.rows[0].name.span, message, "add the missing dates, with - for the number")


def slice_problems(asked: Asked) -> Iterator[Diagnostic]:
    numbers = asked.numbers
    if numbers.width > 1:
        yield error(asked.span, f"{asked.what} shows one series, and here are {numbers.width}", BARS)
    elif wrong := [row for row in numbers.rows if row.values[0] is None or row.values[0] < 0]:
        message = "the slices are parts of a whole: no number may be missing or less than 0"
        yield error(wrong[0].name.span, message, BARS)
    elif not sum(numbers.every()):
        yield error(asked.span, "the slices are parts of a whole, and here it is 0", BARS)
    if len(numbers.rows) > MOST_SLICES:
        message = f"the chart has {len(numbers.rows)} slices, and the limit is {MOST_SLICES}"
        yield error(asked.span, message, "gather the smallest ones in one, or let the kind be bar")


def name_problems(asked: Asked) -> Iterator[Diagnostic]:
    """Names that the chart does not have."""
    heads = [run.text for run in asked.numbers.head]
    known = {*heads, *(row.name.text for row in asked.numbers.rows), *(row.group.text for row in asked.numbers.rows)}
    for key, names, allowed in (("highlight", asked.highlight, known - {""}), ("second", asked.second, set(heads))):
        for run in names:
            if run.text not in allowed:
                hint = f"it has: {', '.join(sorted(allowed)[:12])}" if allowed else ""
                yield error(run.span, f"`{key}` names {run.text!r}, which the chart does not have", hint)
    if asked.second and {run.text for run in asked.second} >= set(heads):
        yield error(asked.span, "all series stand on the second axis", "leave one of them to the columns")
