"""The command `fonts`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.sources import BAD_SOURCE, FOLDER, STATUS, Source, check_theme, tell
from deckgen.outputs import replace_together
from deckgen.report import say


@click.command(epilog=STATUS)
@click.argument("folder", required=False, type=FOLDER)
@click.option("--theme", default="paper", show_default=True, help="The theme whose fonts are wanted.")
@click.option("--language", default="en", help="The deck's language: Chinese, Japanese and Korean have large fonts.")
def fonts(folder: Path | None, theme: str, language: str) -> None:
    """Put the fonts that a deck names into FOLDER (default: where this user's programs look for fonts).

    A deck does not carry its fonts: a computer that has not got them shows it in others.
    """
    from deckgen.read.theme import read_theme
    from deckgen.typeset.cuts import font_files, user_folder

    place = Source(Path.cwd(), "", "")
    check_theme([place], theme)
    target = folder or user_folder()
    if target is None:
        raise click.UsageError("name a folder, then mark the files in it and choose 'Install'")
    found, problems = read_theme(place.world(), theme)
    tell(problems, place)
    if found is None:
        sys.exit(BAD_SOURCE)
    files = font_files(found, place.world().fonts, language)
    replace_together(target, files)
    say(f"{target}: {sum(not name.endswith('.txt') for name in files)} fonts and their licences", sys.stdout)
