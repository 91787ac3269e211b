"""The command `preview`."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.build import summary, tell_kept, tidy
from deckgen.cli.options import build_options, options_for
from deckgen.cli.replacing import replace_outputs
from deckgen.cli.running import built, check_there, first_of, line
from deckgen.cli.sources import BAD_SOURCE, SOURCE, Source, after, check_theme, found_sources, only_one
from deckgen.report import say
from deckgen.report import summary as counted

if TYPE_CHECKING:
    from deckgen.build import Build, Options
    from deckgen.preview.following import Outcome
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
    check_there([place])
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
        taken = problem.errno == errno.EADDRINUSE
        why = "another program has it, perhaps another preview" if taken else problem.strerror
        say(f"error: port {port} can't be had: {why}; leave out --port, or take one such as {free_port()}", sys.stderr)
        sys.exit(BAD_SOURCE)
    with server:
        say(server.url, sys.stdout)
        say(f"shows {place.typed} and builds into {folder}; Ctrl-C ends it", sys.stdout)
        if browser:
            click.launch(server.url)
        with suppress(KeyboardInterrupt):
            follow(place, live, folder, options)
        line("ended")


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def text_of(place: Source, file: str) -> str | None:
    data = place.world().read(file)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else None


def follow(place: Source, live: Live, out: Path, options: Options) -> None:
    """Show the source now and after every change, until the user ends it."""
    from deckgen.loop.session import Session, leave_cycles
    from deckgen.loop.watching import Watching
    from deckgen.preview.following import Following

    leave_cycles()
    first = True

    def write(build: Build) -> None:
        if build.outputs:
            tell_kept(replace_outputs(out, place.stem, build.outputs), out, place)
        if build.outputs and first:
            summary(build, out, place)

    def tell(outcome: Outcome) -> None:
        nonlocal first
        if outcome.built:
            also = f"; {counted(outcome.found)}" if outcome.found else ""
            line(built(outcome.seconds, None if first else outcome.changed) + also)
            first = False
        else:
            line(f"not built: {first_of(outcome.found, place)}")

    session, watching = Session(place.world(), place.path, options), Watching(place.root)
    with Following(session, live, place.path, write, tell) as following:
        while True:
            before = watching.state(session.asked)
            following.refresh()
            if session.asked <= before.keys():  # What was asked for the first time may have changed since.
                watching.wait(session.asked, before)
