"""How long the talk takes: the minutes of its slides, summed from the first to the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.model.deck import Deck, Section, Slide, parts
from deckgen.model.numbers import format_number
from deckgen.model.words import words


class Time(NamedTuple):
    """The minutes of a slide. `so_far` are those from the talk's beginning to the slide's end; None for a slide that
    is no part of the talk: a hidden one, or one of the appendix."""

    entry: Section | Slide
    minutes: float
    so_far: float | None


def schedule(deck: Deck) -> tuple[Time, ...]:
    """The slides that have minutes, in order."""
    so_far = 0.0
    found = []
    for entry, talked in timed(deck):
        so_far += entry.minutes if talked else 0
        found.append(Time(entry, entry.minutes, so_far if talked else None))
    return tuple(found)


def timed(deck: Deck) -> Iterator[tuple[Section | Slide, bool]]:
    """The slides that have minutes, and whether they are part of the talk."""
    for part in parts(deck):
        if part.section and part.section.minutes:
            yield part.section, not part.appendix
        for slide in part.slides:
            if slide.minutes and slide.only != "handout":
                yield slide, not (part.appendix or slide.hidden)


def whole(deck: Deck) -> float:
    """How long the talk is: as long as the deck says, else as its slides take."""
    return deck.minutes or sum(entry.minutes for entry, talked in timed(deck) if talked)


def told(time: Time, whole: float, language: str) -> str:
    """What the speaker reads of the time: `3 min, 12 of 40 min so far`."""
    said = words(language)
    minutes, slot = (format_number(value, "0.##", language) for value in (time.minutes, whole))
    if time.so_far is None:
        return said.say("{minutes} min", minutes=minutes)
    so_far = format_number(time.so_far, "0.##", language)
    return said.say("{minutes} min, {so_far} of {whole} min so far", minutes=minutes, so_far=so_far, whole=slot)


def is_told(text: str, language: str) -> bool:
    """Whether a text is what `told` says of some time."""
    said, digits = words(language), r"[\d.,\s]+"
    texts = (
        said.say("{minutes} min", minutes="\0"),
        said.say("{minutes} min, {so_far} of {whole} min so far", minutes="\0", so_far="\0", whole="\0"),
    )
    return any(re.fullmatch(re.escape(own).replace(re.escape("\0"), digits), text) for own in texts)


def in_digits(minutes: float) -> str:
    """`3` or `1.5`: two decimals at most."""
    return f"{round(minutes, 2):g}"
