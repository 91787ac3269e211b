"""The command `watch`."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.build import put, summary, tidy
from deckgen.cli.options import build_options, options_for
from deckgen.cli.sources import SOURCE, STATUS, Source, check_theme, found_sources, tell
from deckgen.report import progress, say

if TYPE_CHECKING:
    from deckgen.build import Options
    from deckgen.loop.session import Answer, Session

MOST_NAMES = 4


@click.command(epilog=STATUS)
@click.argument("source", required=False, type=SOURCE)
@build_options
def watch(source: Path | None, out: Path, **asked: Any) -> None:
    """Build SOURCE (default: the one in source/) now and whenever it, its files or its theme are saved; Ctrl-C ends it.

    A source with errors leaves the outputs as they are.
    """
    found = found_sources((source,) if source else ())
    if len(found) > 1:
        raise click.UsageError("there are several sources: name the one to watch")
    options = options_for(found, **asked)
    check_theme(found, options.theme)
    tidy(out)
    try:
        follow(found[0], out, options)
    except KeyboardInterrupt:
        say(f"{time.strftime('%H:%M:%S')} ended", sys.stdout)


def follow(source: Source, out: Path, options: Options) -> None:
    """Build after every change, until somebody interrupts."""
    from deckgen.loop.session import Session
    from deckgen.loop.watching import Watching

    session, watching = Session(source.world(), source.path, options), Watching(source.root)
    due = first = True
    with closing(session):
        while True:
            before = watching.state(session.asked)
            started = time.perf_counter()
            answer = session.refresh()
            if due or answer.fresh:
                due = not build_again(session, answer, source, out, started, first)
            first = False
            watching.wait(session.asked, before)


def build_again(session: Session, answer: Answer, source: Source, out: Path, started: float, first: bool) -> bool:
    """Make the outputs of a source that changed, and tell of it in a line. Whether nothing is left to do."""
    with progress(sys.stderr, f"building {source.typed}"):
        made = session.pair() if answer.talk else None
    tell(made.diagnostics if made else answer.diagnostics, source)
    now, seconds = time.strftime("%H:%M:%S"), time.perf_counter() - started
    if not made or not made.outputs:
        say(f"{now} not built: the outputs are as they were", sys.stdout)
    elif not put(made, out, source):
        return False
    else:
        if first:
            summary(made, out, source)
        say(f"{now} built in {seconds:.1f} s{'' if first else f': {changes(answer)}'}", sys.stdout)
    return True


def changes(answer: Answer) -> str:
    """The slides that look otherwise, by their ids."""
    names = answer.changed
    if not names:
        return "no slide looks otherwise"
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
