"""The command `verify`."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.options import SET, check_given
from deckgen.cli.sources import BAD_SOURCE, SOURCE, after, found_sources, manifest_at, tell
from deckgen.report import MOST, say

if TYPE_CHECKING:
    from deckgen.model.deck import Given
    from deckgen.model.manifest import Manifest


@click.command(
    short_help="Tell whether deck and handout belong together.",
    epilog=after(
        "deckgen verify build/talk.pptx build/talk-handout.pdf",
        "deckgen verify build/talk.pptx build/talk-handout.pdf source/talk.yaml",
    ),
)
@click.argument("deck", type=SOURCE)
@click.argument("handout", type=SOURCE)
@click.argument("source", required=False, type=SOURCE)
@SET
def verify(deck: Path, handout: Path, source: Path | None, given: Given) -> None:
    """Tell whether DECK and HANDOUT come from the same SOURCE, and if not, which slides differ."""
    from deckgen.check.verify import apart, as_written, kind_of

    with suppress(OSError):
        if (kind := kind_of(deck.read_bytes())) and kind == kind_of(handout.read_bytes()):
            raise click.UsageError(f"a deck and a handout are expected, and {deck} and {handout} are both {kind}s")
    found: dict[str, Manifest | str] = {str(path): manifest_at(path) for path in (deck, handout)}
    if source:
        found[str(source)] = manifest_of_source(source, given)
    problems = [problem for problem in found.values() if isinstance(problem, str)]
    for problem in problems:
        say(f"error: {problem}", sys.stderr)
    if problems:
        sys.exit(BAD_SOURCE)
    for path in (deck, handout):
        if kind_of(data := path.read_bytes()) == "deck" and not as_written(data):
            say(f"warning: somebody saved {path} since it was built, so it may show something else", sys.stderr)
    differences = apart({name: manifest for name, manifest in found.items() if not isinstance(manifest, str)})
    for (one, other), texts in differences.items():
        say(f"not in step: {one} and {other}", sys.stdout)
        for text in texts[:MOST]:
            say(f"  {text}", sys.stdout)
        if len(texts) > MOST:
            say(f"  and {len(texts) - MOST} more", sys.stdout)
    if not differences:
        say(f"in step: {', '.join(found)}", sys.stdout)
    sys.exit(BAD_SOURCE if differences else 0)


def manifest_of_source(path: Path, given: Given) -> Manifest | str:
    from deckgen.model.manifest import manifest_of
    from deckgen.read.deck import read_deck

    place, *others = found_sources((path,))
    if others:
        raise click.UsageError(f"there are several sources in {path}: name the one that is meant")
    check_given([place], given)
    deck, found = read_deck(place.world(), place.path, given=given)
    tell(found, place)
    return manifest_of(deck) if deck else f"{path} has errors"
