"""Balance columns by whole lines.

WeasyPrint makes columns higher by the least space that it lost so far, often a pixel, and sets all of their text again
each time. Text of columns stands on a grid of lines (see `baselines`), so that smaller steps change little.

Leans on internals of WeasyPrint: `layout.column` begins with a step that is `inf`, which it also passes as the room
that the text may not take. The version is pinned.
"""

from __future__ import annotations

from math import inf

LINE = 19.0
"""In CSS pixels; themes have leadings of 14 pt to 14.5 pt."""


class Step(float):
    """Endless, but it adds a line to a height, is more than no other step, and not the one to be passed over."""

    def __radd__(self, height: float) -> float:
        return height + LINE

    def __gt__(self, other: float) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = float.__hash__


STEP = Step(inf)
