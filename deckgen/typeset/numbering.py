"""What slides are called: `7`, `7a` for a hidden one after it, `A1` in the appendix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deckgen.model.deck import letters


class Kind(NamedTuple):
    """What counts for the number of a slide."""

    appendix: str = ""
    """The letter of the section of the appendix that it stands in; empty for the talk itself."""
    opener: bool = False
    hidden: bool = False


def labels(kinds: Iterable[Kind]) -> Iterator[str]:
    """The label of each slide. Those that are shown count without gaps, the appendix apart from the talk."""
    counts: Counter[str] = Counter()
    last, hidden = "", 0
    for kind in kinds:
        if kind.hidden:
            hidden += 1
            yield last + letters(hidden).lower()
            continue
        hidden = 0
        if kind.appendix and kind.opener:
            last = kind.appendix
        else:
            counts[kind.appendix] += 1
            last = f"{kind.appendix}{counts[kind.appendix]}"
        yield last
