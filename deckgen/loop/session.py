"""A talk that is read, typeset and built again and again."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from deckgen.build import Build, Options, build_prepared, prepared
from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.keep import Keep
from deckgen.loop.snapshot import Snapshot
from deckgen.settle import Workers
from deckgen.talk import Talk
from deckgen.world import World


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
        self._keep = Keep()
        self._good: Good | None = None
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
            self._keep.sweep()
            before, self._contents = self._contents, world.contents
            fresh = before != self._contents
            if talk is None or has_errors(self._found):
                return Answer(None, self._found, (), fresh)
            last, self._good = self._good, Good(talk, self._found, world)
            return Answer(talk, self._found, tuple(changed(talk, last.talk if last else None)), fresh)

    def pair(self) -> Build:
        """The outputs of the last talk without errors, read back and compared; what is wrong if there never was one."""
        with self._pairing:
            if (good := self._good) is None:
                return Build(diagnostics=self._found)

            def prepare(pages: Mapping[str, int]) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
                with self._refreshing:
                    return prepared(good.world, self._file, self._options, self._keep, pages)

            workers = Workers(ready=False)
            try:
                return build_prepared(good.talk, good.found, prepare, workers, good.world, self._file, self._options)
            finally:
                workers.close()


def changed(talk: Talk, before: Talk | None) -> Iterator[str]:
    """The ids of the pages that are new, or look otherwise than before."""
    same_look = before is not None and before.theme == talk.theme
    old = {page.id: page for page in before.show.pages} if before and same_look else {}
    return (page.id for page in talk.show.pages if old.get(page.id) != page)
