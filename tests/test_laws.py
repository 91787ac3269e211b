"""Laws of the whole: any source gives diagnostics or a pair that says what the source says; never an exception."""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.build import Talk, prepare
from deckgen.check.agree import check_deck, check_handout
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import has_errors
from deckgen.typeset.fonts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.handout.render import write_handout
from deckgen.write.pptx.deck import write_deck


@dataclass(frozen=True)
class Outcome:
    """What became of a source: two files, or why there are none."""

    talk: Talk | None
    deck: bytes = b""
    handout: bytes = b""
    refusals: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """What the files that were written lack."""

    @property
    def made(self) -> bool:
        return self.talk is not None


def outcome(text: str) -> Outcome:
    talk, found = prepare(MemoryWorld({"talk.yaml": text.encode()}, default_folder()), "talk.yaml")
    assert (talk is None) == has_errors(found)
    if talk is None:
        return Outcome(None, refusals=tuple(d.message for d in found if d.severity == "error"))
    deck = write_deck(talk.deck, talk.show, talk.theme, talk.manifest.to_xml(), talk.stamp)
    handout = write_handout(talk.deck, talk.show, talk.theme, talk.faces, talk.manifest, talk.stamp)
    lost = (
        *check_deck(talk.deck, talk.show, read_deck_text(deck)),
        *check_handout(talk.deck, read_pdf_text(handout)),
    )
    return Outcome(talk, deck, handout, problems=tuple(f"{d.span}: {d.message}" for d in lost))
