"""Talks from the YAML of their slides, in the real fonts: read, typeset, written."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Mapping

from deckgen.check.fit import check_fit
from deckgen.check.names import check_names
from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.model.deck import Deck
from deckgen.model.show import Show
from deckgen.read.deck import read_deck
from deckgen.typeset.slides import typeset
from deckgen.world import MemoryWorld
from tests.builders import faces, paper, written


def source(slides: str, language: str = "en") -> str:
    body = textwrap.indent(textwrap.dedent(slides).strip("\n"), "  ")
    return f"deckgen: 1\ntitle: A talk\nlanguage: {language}\nslides:\n{body}\n"


def problems_of(slides: str, files: Mapping[str, bytes] | None = None, language: str = "en") -> tuple[Diagnostic, ...]:
    """All that is wrong with a talk up to the fit of its text."""
    deck, found = read(slides, files, language)
    if deck is None or has_errors(found):
        return found
    found = (*found, *check_names(deck, paper()))
    return found if has_errors(found) else (*found, *check_fit(typeset(deck, paper(), faces()), paper()))


def read(slides: str, files: Mapping[str, bytes] | None, language: str) -> tuple[Deck | None, tuple[Diagnostic, ...]]:
    return read_deck(MemoryWorld({"talk.yaml": source(slides, language).encode(), **(files or {})}), "talk.yaml")


def talk(slides: str, files: Mapping[str, bytes] | None = None, language: str = "en") -> tuple[Deck, Show]:
    """A talk without errors, and its pages."""
    deck, found = read(slides, files, language)
    assert deck, found
    assert not has_errors(problems_of(slides, files, language)), problems_of(slides, files, language)
    return deck, typeset(deck, paper(), faces())


def slide_xml(deck: Deck, show: Show) -> list[str]:
    """The slides of the written deck, after its title slide."""
    with zipfile.ZipFile(io.BytesIO(written(deck, show))) as package:
        names = (name for name in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name))
        ordered = sorted(names, key=lambda name: int(re.findall(r"\d+", name)[0]))
        return [package.read(name).decode() for name in ordered][1:]
