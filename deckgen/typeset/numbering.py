"""What slides are called: `7`, `7a` for a hidden one after it, `A1` in the appendix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deckgen.model.deck import Deck, letters, parts


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


def labels_unsplit(deck: Deck) -> dict[str, str]:
    """What the slides of a deck would be called, by their ids, if none had to be split."""
    names, kinds = ["title"], [Kind()]
    for part in parts(deck):
        appendix = part.label if part.appendix else ""
        if part.section:
            names.append(part.section.id)
            kinds.append(Kind(appendix, opener=True))
        shown = [slide for slide in part.slides if slide.only != "handout"]
        names += [slide.id for slide in shown]
        kinds += [Kind(appendix, hidden=slide.hidden) for slide in shown]
    return dict(zip(names, labels(kinds), strict=True))
