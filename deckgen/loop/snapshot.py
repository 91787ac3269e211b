"""A world that stands still: each file is read once, so that all that is made of it comes from one state."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from deckgen.diagnostics import Diagnostic, Span
from deckgen.world import SOURCE_LIMIT, World


class Snapshot:
    """A `World` as it was when it was first asked; it remembers what was asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: dict[tuple[str, int, Span | None], bytes | Diagnostic] = {}
        self._theme_files: dict[tuple[str, str, Span | None, int], bytes | Diagnostic] = {}
        self._themes: tuple[str, ...] | None = None
        self.fonts: Path = world.fonts
        self.stamp: datetime | None = world.stamp

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        key = (path, limit, at)
        if key not in self._files:
            self._files[key] = self._world.read(path, limit, at)
        return self._files[key]

    def read_theme(
        self, theme: str, file: str, at: Span | None = None, limit: int = SOURCE_LIMIT
    ) -> bytes | Diagnostic:
        key = (theme, file, at, limit)
        if key not in self._theme_files:
            self._theme_files[key] = self._world.read_theme(theme, file, at, limit)
        return self._theme_files[key]

    def themes(self) -> tuple[str, ...]:
        if self._themes is None:
            self._themes = self._world.themes()
        return self._themes

    def sources(self) -> tuple[str, ...]:
        return self._world.sources()

    @property
    def asked(self) -> frozenset[str]:
        """The paths under the root that were asked for, those of files that are missing as well."""
        own = {f"themes/{theme}/{name}" for theme, file, _, _ in self._theme_files for name in ("theme.yaml", file)}
        return frozenset({path for path, _, _ in self._files} | own)
