"""The files that are made of one finished handout, a profile each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

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


def produced(pdf: bytes, wanted: Print, theme: Theme) -> Iterator[Produced]:
    """The handout itself, `-handout.pdf`, then what else is wanted of it.

    The handout is that for the office, unless only one for the screen is wanted. They differ in the gutter alone; where
    both are wanted and differ, that for the screen is `-handout-screen.pdf`.
    """
    on_paper = "office" in wanted.profiles or "screen" not in wanted.profiles
    shifted = bool(on_paper and wanted.gutter_mm)
    yield counted("-handout.pdf", away_from_fold(pdf, wanted.gutter_mm) if shifted else pdf)
    for profile in wanted.profiles:
        if profile == "booklet":
            yield counted("-handout-booklet.pdf", booklet(pdf, wanted))
        elif profile == "screen" and shifted:
            yield counted("-handout-screen.pdf", pdf)


def counted(suffix: str, data: bytes, problems: tuple[Diagnostic, ...] = ()) -> Produced:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return Produced(suffix, data, len(pdf.pages), problems)
