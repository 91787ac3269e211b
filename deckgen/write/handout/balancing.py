"""Balance columns by half lines.

WeasyPrint makes columns higher by the least space that it lost so far, often a pixel, and sets all of their text again
each time. Text stands on a grid of half lines (see `baselines`), so that smaller steps change nothing.

Leans on internals of WeasyPrint: `layout.column` begins with a step that is `inf`, which it also passes as the room
that the text may not take. The version is pinned.
"""

from __future__ import annotations

from math import inf

HALF_LINE = 9.5
"""In CSS pixels; themes have leadings of 14 pt to 14.5 pt."""


class Step(float):
    """Endless, but it adds half a line to a height, is more than no other step, and not the one to be passed over."""

    def __radd__(self, height: float) -> float:
        return height + HALF_LINE

    def __gt__(self, other: float) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = float.__hash__


STEP = Step(inf)
