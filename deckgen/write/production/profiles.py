"""The files that are made of one finished handout, a profile each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Handout(NamedTuple):
    """A handout that is done but for what printers need."""

    pdf: bytes
    suffix: str
    """What follows the talk's name in the file's."""
    pages: int
    right_to_left: bool
    stamp: datetime
    files: Mapping[str, str]
    """The names of pictures by the first 16 digits of their digests."""


def produced(handout: Handout, wanted: Print, theme: Theme) -> Iterator[Produced]:
    """The handout itself (`-handout.pdf`), then what else is wanted of it.

    The handout is that for the office, unless only one for the screen is wanted. They differ in the gutter alone; where
    both are wanted and differ, that for the screen is `-handout-screen.pdf`.
    """
    on_paper = "office" in wanted.profiles or "screen" not in wanted.profiles
    shifted = bool(on_paper and wanted.gutter_mm)
    pdf, suffix, pages, right_to_left, stamp, files = handout
    own = away_from_fold(pdf, wanted.gutter_mm, right_to_left) if shifted else pdf
    yield Produced(f"{suffix}.pdf", own, pages)
    for profile in wanted.profiles:
        if profile == "booklet":
            yield Produced(f"{suffix}-booklet.pdf", *booklet(pdf, wanted, right_to_left))
        elif profile == "press":
            from deckgen.write.production.press import press

            data, problems = press(pdf, theme, stamp, wanted.span, files)
            yield Produced(f"{suffix}-press.pdf", data, pages, problems)
        elif profile == "screen" and shifted:
            yield Produced(f"{suffix}-screen.pdf", pdf, pages)
