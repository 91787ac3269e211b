"""Outputs into their folder, in place of older ones: what somebody did to a deck by hand stays, under another name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.outputs import replace_together

if TYPE_CHECKING:
    from deckgen.build import Output

DECK = ".pptx"


def replace_outputs(out: Path, stem: str, outputs: Iterable[Output]) -> Path | None:
    """Write the outputs of a source into a folder, all of them or none.

    A deck that somebody has saved since it was built is kept as `stem-edited.pptx`: gives where. Errors: those of
    `replace_together`.
    """
    files = {f"{stem}{output.suffix}": output.data for output in outputs}
    kept = None
    if f"{stem}{DECK}" in files and (edited := edited_deck(out / f"{stem}{DECK}")):
        kept = free_name(out, stem)
        files = {kept.name: edited, **files}
    replace_together(out, files)
    return kept


def edited_deck(path: Path) -> bytes | None:
    """A deck that is not as deckgen wrote it; None if it is, and if there is no deck that can be read."""
    from deckgen.check.verify import as_written, kind_of

    try:
        data = path.read_bytes()
    except OSError:  # That it can't be replaced, either, is said when it is to be.
        return None
    return data if kind_of(data) == "deck" and not as_written(data) else None


def free_name(out: Path, stem: str) -> Path:
    names = (out / f"{stem}-edited{f'-{number}' if number > 1 else ''}{DECK}" for number in count(1))
    return next(path for path in names if not path.exists())
