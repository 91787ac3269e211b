"""The files that are made of one finished handout, a profile each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic
from deckgen.model.production import Print
from deckgen.model.theme import Theme
from deckgen.write.production.booklet import booklet
from deckgen.write.production.duplex import away_from_fold


class Produced(NamedTuple):
    """A file: the talk's name with `suffix`."""

    suffix: str
    data: bytes
    pages: int
    problems: tuple[Diagnostic, ...] = ()


def produced(pdf: bytes, pages: int, wanted: Print, theme: Theme, stamp: datetime) -> Iterator[Produced]:
    """The handout itself, `-handout.pdf`, then what else is wanted of it.

    The handout is that for the office, unless only one for the screen is wanted. They differ in the gutter alone; where
    both are wanted and differ, that for the screen is `-handout-screen.pdf`.
    `pages` is the number of the handout's pages.
    """
    on_paper = "office" in wanted.profiles or "screen" not in wanted.profiles
    shifted = bool(on_paper and wanted.gutter_mm)
    yield Produced("-handout.pdf", away_from_fold(pdf, wanted.gutter_mm) if shifted else pdf, pages)
    for profile in wanted.profiles:
        if profile == "booklet":
            yield Produced("-handout-booklet.pdf", *booklet(pdf, wanted))
        elif profile == "press":
            from deckgen.write.production.press import press

            data, problems = press(pdf, theme, stamp, wanted.span)
            yield Produced("-handout-press.pdf", data, pages, problems)
        elif profile == "screen" and shifted:
            yield Produced("-handout-screen.pdf", pdf, pages)
