"""The command `watch`."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.build import put, summary, tidy
from deckgen.cli.options import build_options, options_for
from deckgen.cli.running import built, check_there, line
from deckgen.cli.sources import SOURCE, Source, after, check_names, check_theme, found_sources, tell
from deckgen.report import progress

if TYPE_CHECKING:
    from deckgen.build import Options
    from deckgen.loop.session import Answer
    from deckgen.loop.watching import State, Watching


@click.command(
    short_help="Build after every save.", epilog=after("deckgen watch", "deckgen watch source/talk.yaml --only deck")
)
@click.argument("sources", nargs=-1, type=SOURCE)
@build_options
def watch(sources: tuple[Path, ...], out: Path | None, **asked: Any) -> None:
    """Build SOURCES (default: all in source/) now and whenever one, its files or its theme are saved; Ctrl-C ends it.

    A source with errors leaves its outputs as they are.
    """
    found = found_sources(sources)
    check_there(found)
    options = options_for(found, **asked)
    check_names(found, out)
    check_theme(found, options.theme)
    try:
        follow([(source, source.outputs(out)) for source in found], options)
    except KeyboardInterrupt:
        line("ended")


def follow(places: list[tuple[Source, Path]], options: Options) -> None:
    """Build after every change, until somebody interrupts."""
    from deckgen.loop.session import leave_cycles
    from deckgen.loop.watching import Watching

    leave_cycles()
    watching = Watching(Path(os.curdir))
    with ExitStack() as stack:
        talks = []
        for source, out in places:
            tidy(out)
            talks.append(Watched(source, out, options, watching, named=len(places) > 1))
            stack.enter_context(closing(talks[-1].session))
        while True:
            for talk in talks:
                talk.follow()
            every = {path: found for talk in talks for path, found in talk.seen.items()}
            seen = next((talk.seen for talk in talks if talk.files() != talk.seen), every)
            watching.wait(seen, seen)


class Watched:
    """One source of those that are watched, and the files that it was last made of."""

    def __init__(self, source: Source, out: Path, options: Options, watching: Watching, named: bool) -> None:
        from deckgen.loop.session import Session

        self.source, self.out, self.named = source, out, named
        self.session, self.watching = Session(source.world(), source.path, options), watching
        self.seen: State = {}
        self.changed: dict[str, None] = {}
        """The slides that look otherwise than in the outputs."""
        self.due = self.first = True

    def files(self) -> State:
        """The files of the talk as they are now."""
        return self.watching.state([str(self.source.root / path) for path in self.session.asked])

    def follow(self) -> None:
        """Build again if a file is another than it was."""
        before, started = self.files(), time.perf_counter()
        if before == self.seen and not self.due:
            return
        answer = self.read(before)
        while (now := self.files()).keys() - self.seen.keys():
            # A file that was asked for the first time may have changed between its reading and now.
            answer = self.read(now)
        if self.due:
            self.due = not self.build(answer, started)
            self.session.rest()

    def read(self, before: State) -> Answer:
        """What the source says; the files were in this state just before."""
        answer = self.session.refresh()
        self.changed |= dict.fromkeys(answer.changed)
        self.due |= answer.fresh
        self.seen = before
        return answer

    def build(self, answer: Answer, started: float) -> bool:
        """Make the outputs of a source that changed, and tell of it in a line. Whether nothing is left to do."""
        with progress(sys.stderr, f"building {self.source.typed}"):
            made = self.session.pair() if answer.talk else None
        tell(made.diagnostics if made else answer.diagnostics, self.source)
        name = f"{self.source.typed} " if self.named else ""
        if not made or not made.outputs:
            line(f"{name}not built: the outputs are as they were")
        elif not put(made, self.out, self.source):
            line(f"{name}not built: when that is put right, save the source again")
            return False
        else:
            if self.first:
                summary(made, self.out, self.source)
            line(name + built(time.perf_counter() - started, None if self.first else tuple(self.changed)))
            self.first, self.changed = False, {}
        return True
