"""Keep what was made, by value: what is asked for again, made of equal things, is the same as before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 3
"""Of one name: a slide that names a page of the handout is set without it and with it, in turn."""


class Keep:
    """What is kept between builds of one talk. Names that one build does not ask for are gone after `sweep`.

    Places in the source are no part of a value, so what is kept may hold old ones: what a finding is made of has to be
    forgotten, so that it is made anew in its new place.
    """

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[Any, Any]]] = {}
        self._asked: set[str] = set()

    def recall(self, name: str, made_of: Any, make: Callable[[], Made]) -> Made:
        """What was made under this name of an equal value; else what `make` gives."""
        self._asked.add(name)
        kept = self._kept.setdefault(name, [])
        for i, (value, made) in enumerate(kept):
            if value == made_of:
                kept.insert(0, kept.pop(i))
                return made  # type: ignore[no-any-return]
        made = make()
        kept.insert(0, (made_of, made))
        del kept[MOST:]
        return made

    def forget(self, name: str) -> None:
        self._kept.pop(name, None)

    def sweep(self) -> None:
        """Drop what was not asked for since the last time."""
        self._kept = {name: kept for name, kept in self._kept.items() if name in self._asked}
        self._asked = set()
