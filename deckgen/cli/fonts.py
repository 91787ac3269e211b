"""The command `fonts`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.sources import BAD_SOURCE, FOLDER, Source, after, check_theme, tell
from deckgen.outputs import replace_together
from deckgen.report import say
from deckgen.world import DiskWorld


@click.command(
    short_help="Put the fonts where programs find them.",
    epilog=after("deckgen fonts", "deckgen fonts for-the-laptop --theme signal"),
)
@click.argument("folder", required=False, type=FOLDER)
@click.option("--theme", default="", help="A theme in place of those that the sources name.")
@click.option("--language", default="", help="A language in place of theirs; those of East Asia have large fonts.")
def fonts(folder: Path | None, theme: str, language: str) -> None:
    """Put the fonts that the decks of the sources in source/ name (without sources: those of the theme paper) into
    FOLDER (default: where this user's programs look for fonts).

    A deck does not carry its fonts: a computer that has not got them shows it in others.
    """
    from deckgen.read.theme import read_theme
    from deckgen.typeset.cuts import font_files, user_folder

    place = Source(Path.cwd(), "", "")
    check_theme([place], theme)
    target = folder or user_folder()
    if target is None:
        raise click.UsageError("name a folder, then mark the files in it and choose 'Install'")
    files: dict[str, bytes] = {}
    for name, spoken in dict.fromkeys((theme or own, language or tag) for own, tag in in_sources(place.world())):
        found, problems = read_theme(place.world(), name)
        tell(problems, place)
        if found is None:
            sys.exit(BAD_SOURCE)
        files |= font_files(found, place.world().fonts, spoken)
    replace_together(target, files)
    say(f"{target}: {sum(not name.endswith('.txt') for name in files)} fonts and their licences", sys.stdout)


def in_sources(world: DiskWorld) -> list[tuple[str, str]]:
    """The theme and the language of each source; of a talk that says nothing of them if there is no source."""
    from deckgen.read.deck import read_deck

    decks = [deck for name in world.sources() if (deck := read_deck(world, name)[0])]
    return [(deck.theme, deck.language) for deck in decks] or [("paper", "en")]
