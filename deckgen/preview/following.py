"""Following a talk: each change is shown at once, and the pair is made behind it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from deckgen.build import Build
from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.interrupts import interruption
from deckgen.preview.handouts import Printed, printed
from deckgen.preview.live import Live
from deckgen.refusals import in_words

if TYPE_CHECKING:
    from deckgen.talk import Talk

PARTING_S = 1.0
FIRST_S = 0.3
"""A pair waits so long for the next change, while the pictures of this one are drawn."""


class Answer(Protocol):
    """What a source says now."""

    @property
    def talk(self) -> Talk | None:
        """None if there are errors."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of the slides that look otherwise than before."""


class Session(Protocol):
    """A talk that is read and built again and again; a talk may be read while a pair is made."""

    def refresh(self) -> Answer: ...

    def pair(self) -> Build: ...

    def rest(self) -> None:
        """Do what can wait until what was asked for is shown."""

    def close(self) -> None:
        """Let the pair that is made fail."""


class Shown(NamedTuple):
    """The last talk without errors, and what was found in it."""

    talk: Talk
    found: tuple[Diagnostic, ...]


class Outcome(NamedTuple):
    """What came of a change."""

    built: bool
    """Whether the files are those of the source as it is now."""
    found: tuple[Diagnostic, ...]
    changed: tuple[str, ...]
    """The ids of the slides that look otherwise than when the files were made before."""
    seconds: float
    """Since the change was seen."""


class Following:
    """Shows what a session says, as long as the context lasts; its end closes the session.

    One thread makes pairs, one at a time. `write` puts a pair in its place, `tell` hears of each change once, when
    nothing more comes of it.
    """

    def __init__(
        self,
        session: Session,
        live: Live,
        file: str,
        write: Callable[[Build], None],
        tell: Callable[[Outcome], None],
    ) -> None:
        self._session, self._live, self._file, self._write, self._tell = session, live, file, write, tell
        self._shown: Shown | None = None
        self._changed: dict[str, None] = {}
        self._began = 0.0
        self._wanted, self._ended = threading.Event(), False
        self._thread = threading.Thread(target=self._make_pairs, daemon=True)

    def __enter__(self) -> Following:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._ended = True
        self._session.close()
        self._wanted.set()
        self._thread.join(PARTING_S)

    def refresh(self) -> None:
        """Show the source as it is now, and have its pair made."""
        self._began = perf_counter()
        try:
            answer = self._session.refresh()
            talk, found = answer.talk, answer.diagnostics
            self._changed |= dict.fromkeys(answer.changed)
        except Exception as problem:
            talk, found = None, (self._fault(problem),)
        self._shown = Shown(talk, found) if talk else None
        self._live.show(talk, found)
        if talk:
            self._wanted.set()
        else:
            self._told(found, built=False)

    def _told(self, found: tuple[Diagnostic, ...], built: bool) -> None:
        self._tell(Outcome(built, found, tuple(self._changed), perf_counter() - self._began))
        if built:
            self._changed = {}

    def _make_pairs(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._ended:
                return
            if self._wanted.wait(FIRST_S):
                continue
            if shown := self._shown:
                self._make_pair(shown)
                self._session.rest()

    def _make_pair(self, shown: Shown) -> None:
        """Make the pair and show it, unless the source has errors meanwhile."""
        build, made = Build(), tuple[Printed, ...]()
        try:
            build = self._session.pair()
            self._write(build)
            made, found = printed(build, shown.talk.show), build.diagnostics
        except OSError as problem:
            text = f"deck and handout can't be written: {in_words(problem, Path(self._file))}"
            build, found = Build(), (error(Span(self._file), text, "when that is put right, save the source again"),)
        except Exception as problem:
            build, found = Build(), (self._fault(problem),)
        if self._ended or self._shown is None:
            return
        if self._wanted.is_set():
            self._live.print(made, self._shown.talk, self._shown.found, "building")
        else:
            self._live.print(made, build.talk or self._shown.talk, found, "built" if build.outputs else "failed")
            self._told(found, built=bool(build.outputs))

    def _fault(self, problem: Exception) -> Diagnostic:
        if stopped := interruption(problem):
            raise stopped
        if os.environ.get("DECKGEN_DEBUG"):
            raise problem
        text = f"deckgen has a fault: {type(problem).__name__}: {problem}"
        return error(
            Span(self._file), text, "please report it, with the output of `deckgen build` under DECKGEN_DEBUG=1"
        )
