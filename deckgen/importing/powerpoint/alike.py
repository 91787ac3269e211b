"""Slides that deckgen made, found again by what they show.

LibreOffice leaves out the names of slides and placeholders when it saves a deck.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from deckgen.write.pptx.traces import REPEATS

Trace = Mapping[str, str]


def found_again(shown: Mapping[str, Trace], told: Mapping[str, Trace]) -> dict[str, str]:
    """By their parts, the names of the slides that show all that they did, and nothing more than every slide does.

    What slides show is told by digests (`write.pptx.traces`). Descriptions may be missing, and the first of two slides
    that show the same comes first.
    """
    counts = Counter(piece for trace in told.values() for piece in {*map(bare, own_pieces(trace))})
    by_rarest: defaultdict[str, list[str]] = defaultdict(list)
    for name, trace in told.items():
        if pieces := {*map(bare, own_pieces(trace))}:
            by_rarest[min(pieces, key=lambda piece: (counts[piece], piece))].append(name)
    found: dict[str, str] = {}
    for part, trace in shown.items():
        has = Counter(piece for own in trace.values() for piece in own.split())
        names = [name for piece in dict.fromkeys(map(bare, has)) for name in by_rarest[piece]]
        fitting = (name for name in names if name not in found.values() and alike(has, told[name]))
        if name := next(fitting, ""):
            found[part] = name
    return found


def own_pieces(trace: Trace) -> list[str]:
    """What a slide shows that others don't."""
    return [piece for part, pieces in trace.items() if part != REPEATS for piece in pieces.split()]


def bare(piece: str) -> str:
    """The digest of words and numbers alone."""
    return piece.partition(".")[0]


def alike(pieces: Counter[str], told: Trace) -> bool:
    left = pieces.copy()
    for piece in own_pieces(told):
        same = piece if left[piece] > 0 else bare(piece)
        if left[same] <= 0:
            return False
        left[same] -= 1
    repeated = {bare(piece) for piece in told.get(REPEATS, "").split()}
    return all(bare(piece) in repeated for piece, count in left.items() if count > 0)
