"""A talk that is read, typeset and built again and again."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from deckgen.build import Build, Options, build_prepared, prepared
from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.keep import Keep
from deckgen.loop.snapshot import Snapshot
from deckgen.model.references import names_pages
from deckgen.settle import Laid, Workers
from deckgen.talk import Talk
from deckgen.world import World
from deckgen.write.handout.job import Look
from deckgen.write.handout.worker import HandoutWorker

CYCLES_LEFT = 2_000_000
"""How many objects Python makes before it looks for cycles: more than a pair is made of."""


class Answer(NamedTuple):
    """What a source says now."""

    talk: Talk | None
    """None if there are errors."""
    diagnostics: tuple[Diagnostic, ...]
    changed: tuple[str, ...]
    """The ids of the pages that are new, or look otherwise than in the last talk without errors."""
    fresh: bool = True
    """Whether a file of the talk is another than at the time before."""


class Good(NamedTuple):
    """A talk without errors, and the state of the files that it was made of."""

    talk: Talk
    found: tuple[Diagnostic, ...]
    world: Snapshot


class Session:
    """One source between its builds. Its methods may be called from any thread.

    A talk is refreshed while another pair is made, but no two talks or pairs are made at once.
    """

    def __init__(self, world: World, file: str, options: Options) -> None:
        self._world, self._file, self._options = world, file, options
        self._refreshing, self._pairing = threading.Lock(), threading.Lock()
        self._keep, self._written = Keep(), Keep()
        self._laid: Laid = {}
        self._workers = Workers(ready=False)
        self._ready: HandoutWorker | None = None
        self._look: Look | None = None
        self._paired = self._settled = self._closed = False
        self._good: Good | None = None
        self._seen: Talk | None = None
        self._pages: Mapping[str, int] = {}
        self._found: tuple[Diagnostic, ...] = ()
        self._contents: Mapping[str, bytes | str] = {}

    @property
    def asked(self) -> frozenset[str]:
        """The paths under the root that the last state was made of, those of missing files as well."""
        return frozenset({self._file, *self._contents})

    def refresh(self) -> Answer:
        """Read and typeset the source as it is now."""
        with self._refreshing:
            world = Snapshot(self._world)
            talk, self._found = prepared(world, self._file, self._options, self._keep, {})
            seen = self._naming_pages(talk, world) if talk else None
            self._keep.sweep()
            before, self._contents = self._contents, world.contents
            fresh = before != self._contents
            if talk is None or seen is None or has_errors(self._found):
                return Answer(None, self._found, (), fresh)
            self._good = Good(talk, self._found, world)
            last, self._seen = self._seen, seen
            return Answer(seen, self._found, tuple(changed(seen, last)), fresh)

    def _naming_pages(self, talk: Talk, world: World) -> Talk:
        """The talk with the pages of the last pair where its slides name pages, as long as there is no newer pair.

        A pair begins without them, so that it does not depend on what was built before.
        """
        if not self._pages or not names_pages(talk.slides):
            return talk
        again, found = prepared(world, self._file, self._options, self._keep, self._pages)
        return talk if again is None or has_errors(found) else again

    def pair(self) -> Build:
        """The outputs of the last talk without errors, read back and compared; what is wrong if there never was one."""
        with self._pairing:
            if (good := self._good) is None:
                return Build(diagnostics=self._found)

            def prepare(pages: Mapping[str, int]) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
                with self._refreshing:
                    return prepared(good.world, self._file, self._options, self._keep, pages)

            workers = self._workers = Workers(ready=False, laid=self._laid)
            if self._ready:
                workers.idle.append(self._ready)
            self._ready = None
            try:
                build = build_prepared(
                    good.talk, good.found, prepare, workers, good.world, self._file, self._options, self._written
                )
                self._written.sweep()
            finally:
                workers.close()
                self._look = next((job.look for job, _ in workers.busy), self._look)
                self._paired = True
            self._pages = build.talk.pages if build.talk else self._pages
            return build

    def rest(self) -> None:
        """Do what can wait until an answer or a pair is in its place: start the next handout's process, drop cycles."""
        with self._pairing:
            if self._look and not self._ready and not self._closed:
                self._ready = HandoutWorker(self._look)
        gc.collect()
        if self._paired and not self._settled:
            gc.freeze()  # What the first pair has made and loaded stays: to look through it takes tenths of a second.
            self._settled = True

    def close(self) -> None:
        """End the processes that lay out a handout, or wait for the next one."""
        self._closed = True
        if self._ready:
            self._ready.close()
        self._workers.close()


def leave_cycles() -> None:
    """Let Python hardly ever look for cycles by itself: somebody would wait meanwhile. Sessions look when they rest."""
    gc.set_threshold(CYCLES_LEFT)


def changed(talk: Talk, before: Talk | None) -> Iterator[str]:
    """The ids of the pages that are new, or look otherwise than before."""
    same_look = before is not None and before.look == talk.look
    old = {page.id: page for page in before.show.pages} if before and same_look else {}
    return (page.id for page in talk.show.pages if old.get(page.id) != page)
