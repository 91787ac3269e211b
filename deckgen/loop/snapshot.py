"""A world that stands still: each file is read once, so that all that is made of it comes from one state."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from deckgen.diagnostics import Diagnostic, Span
from deckgen.world import SOURCE_LIMIT, World

THEMES = "themes"


class Snapshot:
    """A `World` as it was when it was first asked; it remembers what it was asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._themes: tuple[str, ...] | None = None
        self.fonts: Path = world.fonts
        self.stamp: datetime | None = world.stamp
        self.contents: dict[str, bytes | str] = {}
        """By their paths under the root, the files that were asked for, or why they can't be had."""

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        known = self.contents.get(path)
        if isinstance(known, bytes) and len(known) <= limit:
            return known
        return self._kept(path, self._world.read(path, limit, at))

    def read_theme(
        self, theme: str, file: str, at: Span | None = None, limit: int = SOURCE_LIMIT
    ) -> bytes | Diagnostic:
        path = f"{THEMES}/{theme}/{file}"
        known = self.contents.get(path)
        if isinstance(known, bytes) and len(known) <= limit:
            return known
        return self._kept(path, self._world.read_theme(theme, file, at, limit))

    def _kept(self, path: str, found: bytes | Diagnostic) -> bytes | Diagnostic:
        self.contents[path] = found if isinstance(found, bytes) else found.message
        return found

    def themes(self) -> tuple[str, ...]:
        if self._themes is None:
            self._themes = self._world.themes()
            self.contents[THEMES] = " ".join(self._themes)
        return self._themes

    def sources(self) -> tuple[str, ...]:
        return self._world.sources()
