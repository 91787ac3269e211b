"""Wait until files change: a burst of saves is one change, and a file that a save takes away for a moment is not gone.

What counts is the state of the files that a build asked for; the system's messages only wake the watcher. So it works
with every way in which editors save, for files that are not there yet, and in folders that send no messages.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

QUIET_S = 0.05
"""A change is over when the files have stayed as they are for so long."""
GONE_S = 0.5
"""How long a file that is gone is given to come back."""
LOOK_MS = 500
"""The state is looked at so often where the system sends no message."""

State = Mapping[str, Any]
"""What tells whether a file, or the themes of a folder, are others: by their paths under the root."""


class Watching:
    """The files of a project."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: frozenset[str] = frozenset()
        self._wakes: Iterator[object] = iter(())

    def state(self, paths: Collection[str]) -> State:
        """The files as they are now, missing ones as well."""
        return {path: signature(self._root / path) for path in sorted(paths)}

    def wait(self, paths: Collection[str], before: State) -> None:
        """Wait until these files are others than they were, and stay so; those that were not known then count as new
        from now on."""
        known = {**self.state(paths), **before}
        before = {path: known[path] for path in sorted(paths)}
        while (now := self.state(paths)) == before:
            self._wake(paths)
        lost = monotonic() + GONE_S
        while True:
            sleep(QUIET_S)
            last, now = now, self.state(paths)
            gone = any(now[path] is None and before[path] is not None for path in before)
            if now == last and not (gone and monotonic() < lost):
                return

    def _wake(self, paths: Collection[str]) -> None:
        """Wait for a message about a folder of these files, or for a while."""
        folders = frozenset(str(nearest((self._root / path).parent)) for path in paths)
        if folders != self._folders:
            self._folders, self._wakes = folders, messages(folders)
        with suppress(OSError):
            next(self._wakes, None)
            return
        self._folders = frozenset()
        sleep(LOOK_MS / 1000)


def messages(folders: Collection[str]) -> Iterator[object]:
    """Gives something whenever an entry of a folder changes, and every half second. Errors: `OSError`."""
    from watchfiles import watch

    return watch(
        *sorted(folders), watch_filter=None, recursive=False, debounce=20, step=5, rust_timeout=LOOK_MS,
        yield_on_timeout=True,
    )  # fmt: skip


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path("/"))


def signature(file: Path) -> object:
    """Other for every other content of a file; of a folder, that of its themes; None if there is nothing."""
    try:
        found = os.stat(file)
        if file.is_dir():
            return tuple(sorted(str(theme) for theme in file.glob("*/theme.yaml")))
        return found.st_mtime_ns, found.st_size, found.st_ino
    except (OSError, ValueError):
        return None
