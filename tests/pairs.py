"""A source made into its pair of files in this process, both read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from deckgen.check.agree import check_deck, check_handout
from deckgen.check.figures import check_figures
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.talk import Talk, prepare
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.handout.render import write_handout
from deckgen.write.pptx.deck import write_deck

NONE: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Outcome:
    """What became of a source: two files and what they lack, or why there are none."""

    found: tuple[Diagnostic, ...]
    talk: Talk | None = None
    deck: bytes = b""
    handout: bytes = b""
    problems: tuple[Diagnostic, ...] = ()
    """What is lost or stands where it must not."""


def prepared(
    source: str, files: Mapping[str, bytes] = NONE, theme: str = ""
) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
    return prepare(MemoryWorld({"talk.yaml": source.encode(), **files}, default_folder()), "talk.yaml", theme)


def outcome(source: str, deck_alone: bool = False, files: Mapping[str, bytes] = NONE, theme: str = "") -> Outcome:
    """Make both files, or the deck alone, which is quicker; `files` stand beside the source."""
    talk, found = prepared(source, files, theme)
    assert (talk is None) == has_errors(found)
    if talk is None:
        return Outcome(found)
    deck = write_deck(talk.worded, talk.show, talk.theme, talk.manifest, talk.stamp)
    problems = check_deck(talk.worded, talk.show, read_deck_text(deck))
    if deck_alone:
        return Outcome(found, talk, deck, problems=problems)
    handout = write_handout(talk.deck, talk.show, talk.theme, talk.faces, talk.manifest, talk.stamp)
    text = read_pdf_text(handout)
    problems = (*problems, *check_handout(talk.deck, text, (), talk.show.labels), *check_figures(talk.show, text))
    return Outcome(found, talk, deck, handout, problems)
