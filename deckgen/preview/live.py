"""What the page shows now, and who has to hear when that changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.preview.pictures import Album, Look, album
from deckgen.preview.state import Files, Json, handout_state, problem_states, talk_state

if TYPE_CHECKING:
    from deckgen.preview.handouts import Printed
    from deckgen.preview.raster import Sheets
    from deckgen.talk import Talk

Pair = Literal["building", "built", "failed"]
"""Whether the files on disk are those of the source as it is now."""


NONE = Album()


@frozen
class Now:
    """All that is shown at one time."""

    album: Album = NONE
    """Of the last talk without errors."""
    talk: Json | None = None
    problems: tuple[Json, ...] = ()
    stale: bool = False
    """The source has errors, and the slides are those from before."""
    pair: Pair = "building"
    printed: tuple[Printed, ...] = ()


class Live:
    """The state that the browser shows. One thread changes it, others read it."""

    def __init__(self, name: str, files: Files, editor: bool) -> None:
        self._about = {"name": name, "editor": editor}
        self._files = files
        self._now = self._before = Now()
        self._listeners: set[Callable[[], None]] = set()
        self._lock = threading.Lock()
        self._revision, self._message = 0, b""
        self.closed = False
        """Nobody will hear of anything more."""
        self._tell(self._now)

    def show(self, talk: Talk | None, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Show a talk as it is now; None: it has errors, and the slides stay as they were."""
        now = self._with(talk, diagnostics)
        self._tell(replace(now, stale=talk is None, pair="building" if talk else "failed"))

    def print(self, printed: tuple[Printed, ...], talk: Talk, diagnostics: tuple[Diagnostic, ...], pair: Pair) -> None:
        """Show the handouts of a talk; those from before if there are none."""
        self._tell(replace(self._with(talk, diagnostics), printed=printed or self._now.printed, pair=pair))

    def _with(self, talk: Talk | None, diagnostics: tuple[Diagnostic, ...]) -> Now:
        """The present state with these slides and findings."""
        now = self._now
        if talk:
            seen = album(talk, now.album)
            now = replace(now, album=seen, talk=talk_state(talk, seen.digests, self._files))
        slides = now.talk["slides"] if now.talk else ()
        return replace(now, problems=tuple(problem_states(diagnostics, slides, self._files)))

    def look(self, digest: str) -> Look | None:
        """A slide, of now or of the state before, which a browser may still ask for."""
        return self._now.album.looks.get(digest) or self._before.album.looks.get(digest)

    def sheets(self, digest: str) -> Sheets | None:
        """The pages of a handout, of now or of the state before."""
        known = (*self._now.printed, *self._before.printed)
        return next((printed.sheets for printed in known if printed.digest == digest), None)

    def places(self) -> set[tuple[str, int]]:
        """The files and lines that the page offers to open."""
        slides = self._now.talk["slides"] if self._now.talk else ()
        return {(item["place"]["file"], item["place"]["line"]) for item in (*slides, *self._now.problems)}

    def message(self) -> tuple[int, bytes]:
        """The number of the state, and the state as JSON."""
        with self._lock:
            return self._revision, self._message

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function after every change, in the thread that made it; gives what ends that."""
        with self._lock:
            self._listeners.add(listener)

        def stop() -> None:
            with self._lock:
                self._listeners.discard(listener)

        return stop

    def close(self) -> None:
        self.closed = True
        self._call(self._listeners)

    def _tell(self, now: Now) -> None:
        """Make a state the present one; handouts that are two states old are closed."""
        gone = [p for p in self._before.printed if p not in (*now.printed, *self._now.printed)]
        self._before, self._now = self._now, now
        for printed in gone:
            printed.sheets.close()
        with self._lock:
            self._revision += 1
            self._message = json.dumps(
                {
                    **self._about,
                    "revision": self._revision,
                    "talk": now.talk,
                    "problems": now.problems,
                    "stale": now.stale,
                    "pair": now.pair,
                    "handouts": [handout_state(printed) for printed in now.printed],
                },
                ensure_ascii=False,
                separators=(",", ":"),
            ).encode()
        self._call(self._listeners)

    def _call(self, listeners: Iterable[Callable[[], None]]) -> None:
        with self._lock:
            waiting = tuple(listeners)
        for listener in waiting:
            listener()
