"""Scales: round numbers that hold all values."""

from __future__ import annotations

import math
from collections.abc import Iterable

from deckgen.model.chart import Scale

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS = 5
"""The most steps of a scale."""
SMALLEST = 1e-300


def nice_scale(
    values: Iterable[float],
    *,
    low: float | None = None,
    high: float | None = None,
    zero: bool = True,
    most: int = TICKS,
) -> Scale:
    """A scale that holds all values, its ends at whole steps, with at most `most` steps.

    It holds 0 unless `zero` is false. `low` and `high` are ends that an author asks for; values beyond them win.
    """
    found = [value for value in values if math.isfinite(value)]
    least = min([*found, *([0.0] if zero else []), *([low] if low is not None else [])], default=0.0)
    largest = max([*found, *([0.0] if zero else []), *([high] if high is not None else [])], default=1.0)
    if largest - least <= max(abs(least), abs(largest)) * 1e-9:
        least, largest = widened(least, largest)
    step = step_of(largest - least, most)
    first, last = math.floor(least / step + 1e-9), math.ceil(largest / step - 1e-9)
    while last - first > most:
        step = step_of(step * most * 1.0001, most)
        first, last = math.floor(least / step + 1e-9), math.ceil(largest / step - 1e-9)
    return Scale(rounded(first * step), rounded(last * step), rounded(step))


def lowered(scale: Scale, share: float) -> Scale:
    """The scale, longer at its low end by a share of its length."""
    return scale._replace(low=scale.low - share * (scale.high - scale.low))


def widened(least: float, largest: float) -> tuple[float, float]:
    """A stretch around one value."""
    if abs(largest) < SMALLEST:
        return 0.0, 1.0
    return (0.0, largest * 2) if least > 0 else (least * 2, 0.0)


def step_of(span: float, most: int) -> float:
    """The smallest round step that divides a span into at most `most` parts."""
    rough = max(span / most, SMALLEST)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (*STEPS, 20.0) if step * power >= rough * (1 - 1e-9))


def rounded(value: float) -> float:
    """The value without the dust of binary fractions."""
    return float(f"{value:.12g}") + 0.0
