"""The command `themes`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.options import OUT
from deckgen.cli.sources import BAD_SOURCE, SOURCE, Source, after, found_sources, only_one, tell
from deckgen.diagnostics import Diagnostic, Span
from deckgen.frozen import frozen
from deckgen.outputs import replace_together
from deckgen.report import progress, say
from deckgen.world import SOURCE_LIMIT, DiskWorld, World, packaged_themes

SHEETS = "themes.pdf"
SAMPLE = "sample.yaml"
"""The sample talk, beside the themes."""


@click.command(
    short_help="List the themes, and draw a talk in each.",
    epilog=after("deckgen themes", "deckgen themes source/talk.yaml"),
)
@click.argument("source", required=False, type=SOURCE)
@OUT
def themes(source: Path | None, out: Path | None) -> None:
    """List the themes, and draw SOURCE (default: a sample talk) in each of them on a picture sheet."""
    from deckgen.talk import Talk, prepare_in_time
    from deckgen.write.pages.overview import write_sheets

    place = only_one(found_sources((source,)), "draw") if source else Source(Path.cwd(), SAMPLE, SAMPLE)
    folder = place.outputs(out)
    world: World = place.world()
    if not source:
        world = SampleWorld(place.root, world.fonts)
    names = world.themes()
    talks: list[Talk] = []
    said: set[Diagnostic] = set()
    with progress(sys.stderr, "drawing the themes"):
        for name in names:
            talk, found = prepare_in_time(world, place.path, name)
            if talk:
                talks.append(talk)
            tell(tuple(problem for problem in found if problem not in said), place)
            said.update(found)
    for talk in talks:
        say(f"{talk.theme.name:{max(map(len, names))}}  {talk.theme.description}", sys.stdout)
    if talks:
        replace_together(folder, {SHEETS: write_sheets((talk.show, talk.theme, talk.faces) for talk in talks)})
        say(f"{folder / SHEETS}: the slides in each", sys.stdout)
    sys.exit(0 if len(talks) == len(names) else BAD_SOURCE)


@frozen
class SampleWorld(DiskWorld):
    """A project on disk, with a talk in it that shows what a theme looks like."""

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        return (packaged_themes() / SAMPLE).read_bytes() if path == SAMPLE else super().read(path, limit, at)
