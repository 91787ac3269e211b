"""The lines of a paragraph in segments of one look and one direction."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from deckgen.model.setting import SetParagraph
from deckgen.model.text import Run, Text
from deckgen.typeset.bidi import has_right_to_left, levels


class Segment(NamedTuple):
    """A stretch of a run that is shown in one direction."""

    run: Run
    level: int
    """Odd levels run from right to left (UAX 9)."""


def in_one(text: Text) -> list[Segment]:
    return [Segment(run, 0) for run in text]


def ordered(paragraph: SetParagraph) -> list[list[Segment]]:
    """The lines of a paragraph, each in segments in the order in which they are read."""
    lines = [line.text for line in paragraph.lines]
    if not paragraph.right_to_left and not any(has_right_to_left(run.text) for line in lines for run in line):
        return [in_one(line) for line in lines]
    found = iter(levels(" ".join("".join(map(standing, line)) for line in lines), paragraph.right_to_left))
    segments: list[list[Segment]] = []
    for line in lines:
        segments.append([])
        for run in line:
            if run.math:
                segments[-1].append(Segment(run, next(found)))
                continue
            pairs = [(character, next(found)) for character in run.text]
            for level, group in groupby(pairs, key=lambda pair: pair[1]):
                segments[-1].append(Segment(replace(run, text="".join(c for c, _ in group)), level))
        next(found, None)
    return segments


def standing(run: Run) -> str:
    """The run's characters; a formula is one object (UAX 9, U+FFFC)."""
    return "\ufffc" if run.math else run.text
