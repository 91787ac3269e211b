"""The command `preview`."""

from __future__ import annotations

import errno
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.build import tidy
from deckgen.cli.options import build_options, options_for
from deckgen.cli.replacing import replace_outputs
from deckgen.cli.sources import SOURCE, Source, after, check_theme, found_sources, only_one
from deckgen.report import say

if TYPE_CHECKING:
    from deckgen.build import Build, Options
    from deckgen.preview.live import Live

SWITCH_S = 0.0005
"""A picture that is asked for does not wait for long while a pair is made."""


@click.command(
    short_help="Show a talk in the browser while you write.",
    epilog=after("deckgen preview", "deckgen preview source/talk.yaml --editor 'code -g {file}:{line}'"),
)
@click.argument("source", required=False, type=SOURCE)
@build_options
@click.option(
    "--editor",
    default="",
    envvar="DECKGEN_EDITOR",
    show_envvar=True,
    metavar="COMMAND",
    help="Opens a place of the source, such as 'code -g {file}:{line}'; without it, the page copies the place.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port of the page; a free one if missing.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
def preview(source: Path | None, out: Path | None, editor: str, port: int, browser: bool, **asked: Any) -> None:
    """Show SOURCE (default: the one in source/) on a page in the browser while it is written; Ctrl-C ends it.

    The page follows every save, and deck and handout are built behind it, as `watch` does.
    """
    from deckgen.preview.editor import arguments, open_at
    from deckgen.preview.live import Live
    from deckgen.preview.server import Server
    from deckgen.preview.state import Files

    place = only_one(found_sources((source,) if source else ()), "show")
    options = options_for([place], **asked)
    check_theme([place], options.theme)
    folder = place.outputs(out)
    tidy(folder)
    if editor:
        try:
            arguments(editor, Path(), 1)
        except ValueError as problem:
            raise click.BadParameter(str(problem), param_hint="--editor") from None
    sys.setswitchinterval(SWITCH_S)
    live = Live(place.typed, Files(place.shown, lambda file: text_of(place, file)), bool(editor))

    def opened(file: str, line: int) -> str:
        return open_at(editor, place.root / file, line)

    try:
        server = Server(live, opened, port)
    except OSError as problem:
        why = "another program has it" if problem.errno == errno.EADDRINUSE else problem.strerror
        raise click.UsageError(f"port {port} can't be had: {why}; leave out --port, and a free one is taken") from None
    with server:
        say(server.url, sys.stdout)
        if browser:
            click.launch(server.url)
        with suppress(KeyboardInterrupt):
            follow(place, live, folder, options)


def text_of(place: Source, file: str) -> str | None:
    data = place.world().read(file)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else None


def follow(place: Source, live: Live, out: Path, options: Options) -> None:
    """Show the source now and after every change, until the user ends it."""
    from deckgen.loop.session import Session
    from deckgen.loop.watching import Watching
    from deckgen.preview.following import Following

    def write(build: Build) -> None:
        if build.outputs:
            replace_outputs(out, place.stem, build.outputs)

    session, watching = Session(place.world(), place.path, options), Watching(place.root)
    with closing(session), Following(session, live, place.path, write) as following:
        while True:
            before = watching.state(session.asked)
            following.refresh()
            watching.wait(session.asked, before)
