"""The outside world behind one small interface: files under a root, themes, the font cache, the clock.

Sources are untrusted: whatever they name is looked up through a `World`, which never leaves its root.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from deckgen.diagnostics import SURE, Diagnostic, Edit, Span, error
from deckgen.frozen import frozen

SOURCE_LIMIT = 5_000_000
"""A source of more bytes than this is refused."""
SOURCE_SUFFIXES = (".yaml", ".yml")
LIKE = 0.6
"""How alike the names of two files are, from 0 to 1, of which one may be meant by the other."""
FEW = 6
"""As many files are named where one is missing and none has a like name."""
THEME_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class World(Protocol):
    """What the stages may ask of the machine that they run on. No method raises for a mistake of the author."""

    @property
    def fonts(self) -> Path:
        """The folder of the fonts that were cut for themes."""

    @property
    def stamp(self) -> datetime | None:
        """The time that outputs carry, from `SOURCE_DATE_EPOCH`; None if the talk's own date counts."""

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        """The bytes of a file under the root, or why they can't be had, said at `at` (else at the file)."""

    def read_theme(
        self, theme: str, file: str, at: Span | None = None, limit: int = SOURCE_LIMIT
    ) -> bytes | Diagnostic:
        """The bytes of a file of a theme: the project's own theme of that name if it has one, else ours."""

    def themes(self) -> tuple[str, ...]:
        """The names of all themes, sorted."""

    def sources(self) -> tuple[str, ...]:
        """The sources in the project's folder `source`, sorted. Errors: `OSError` if it may not be read."""


@frozen
class DiskWorld:
    """A project folder on disk.

    Links are followed, and what they lead to must lie under the root as well.
    """

    root: Path
    fonts: Path
    stamp: datetime | None = None

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        if problem := outside(path):
            return error(at or Span(path), problem, "only files of the project's folder are read")
        return read_under(self.root, self.root / path, path, limit, at)

    def read_theme(
        self, theme: str, file: str, at: Span | None = None, limit: int = SOURCE_LIMIT
    ) -> bytes | Diagnostic:
        for folder, place in self._theme_folders():
            if THEME_NAME.fullmatch(theme) and (folder / theme / "theme.yaml").is_file():
                return read_under(folder, folder / theme / file, f"{place}/{theme}/{file}", limit, at)
        return no_theme(theme, self.themes(), at)

    def themes(self) -> tuple[str, ...]:
        files = (file for folder, _ in self._theme_folders() for file in folder.glob("*/theme.yaml"))
        return tuple(sorted({file.parent.name for file in files if THEME_NAME.fullmatch(file.parent.name)}))

    def sources(self) -> tuple[str, ...]:
        folder = self.root / "source"
        files = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(f"source/{f.name}" for f in files if f.suffix in SOURCE_SUFFIXES and f.is_file()))

    def _theme_folders(self) -> tuple[tuple[Path, str], ...]:
        own = self.root / "themes"
        folders = [(own, "themes")] if own.resolve().is_relative_to(self.root.resolve()) else []
        return (*folders, (packaged_themes(), "deckgen/themes"))


@frozen
class MemoryWorld:
    """A project in memory: paths and their bytes. It has our themes, and those that stand under `themes/`."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    fonts: Path = Path("fonts")
    stamp: datetime | None = None

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        if problem := outside(path):
            return error(at or Span(path), problem, "only files of the project's folder are read")
        if path not in self.files:
            return missing(path, tuple(self.files), at)
        data = self.files[path]
        return data if len(data) <= limit else too_large(path, limit, at)

    def read_theme(
        self, theme: str, file: str, at: Span | None = None, limit: int = SOURCE_LIMIT
    ) -> bytes | Diagnostic:
        if f"themes/{theme}/theme.yaml" in self.files:
            return self.read(f"themes/{theme}/{file}", limit, at)
        return DiskWorld(packaged_themes() / "none", self.fonts).read_theme(theme, file, at, limit)

    def themes(self) -> tuple[str, ...]:
        own = {PurePosixPath(path).parent.name for path in self.files if path.endswith("/theme.yaml")}
        return tuple(sorted(own.union(DiskWorld(packaged_themes() / "none", self.fonts).themes())))

    def sources(self) -> tuple[str, ...]:
        return tuple(sorted(p for p in self.files if p.startswith("source/") and p.endswith(SOURCE_SUFFIXES)))


def packaged_themes() -> Path:
    """The themes that come with deckgen: in the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def time_stamp(environment: Mapping[str, str]) -> datetime | None:
    """The time that `SOURCE_DATE_EPOCH` sets, in UTC; None if it is not set or no time."""
    try:
        return datetime.fromtimestamp(int(environment["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def outside(path: str) -> str:
    """What is wrong with a path that leads, as written, out of the root; empty if nothing is."""
    pure = PurePosixPath(path.replace("\\", "/"))
    if not path or "\0" in path:
        return "this is no path of a file"
    if pure.is_absolute() or re.match(r"[A-Za-z]:", path):
        return f"the path {path!r} is absolute"
    depth = 0
    for part in pure.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return f"the path {path!r} leads out of the project's folder"
    return ""


def read_under(root: Path, file: Path, name: str, limit: int, at: Span | None) -> bytes | Diagnostic:
    """The bytes of a regular file under `root`, at most `limit` of them."""
    place = at or Span(name)
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(root.resolve()):
            return error(place, f"{name} leads out of the project's folder", "only files of that folder are read")
        # Opening a pipe would wait for ever for somebody to write into it.
        with open(
            os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return error(place, f"{name} is not a file")
            data = stream.read(limit + 1)
    except FileNotFoundError:
        return missing(name, siblings(file, name), at)
    except (IsADirectoryError, NotADirectoryError):
        return error(place, f"{name} is not a file", "name a file in this folder" if file.is_dir() else "")
    except PermissionError:
        return error(place, f"{name} may not be read", "ask for the permission to read it, or copy it")
    except (OSError, RuntimeError, ValueError) as problem:
        return error(place, f"{name} can't be read: {getattr(problem, 'strerror', None) or 'the path is no use'}")
    return data if len(data) <= limit else too_large(name, limit, at)


def siblings(file: Path, name: str) -> tuple[str, ...]:
    """The names of the files that stand beside a missing one, and in `source/` there, written as its own name is."""
    found: list[str] = []
    for folder in (Path(), Path("source")):
        with suppress(OSError, ValueError):
            names = (entry.name for entry in (file.parent / folder).iterdir())
            found += [str(PurePosixPath(name).parent / folder.as_posix() / other) for other in names]
    return tuple(found)


def missing(name: str, others: tuple[str, ...], at: Span | None) -> Diagnostic:
    near = alike(name, others, LIKE)
    sure = alike(name, others, SURE)
    fix = Edit(at, PurePosixPath(name).name, PurePosixPath(sure[0]).name) if at and len(sure) == 1 else None
    same = [other for other in sorted(others) if ending(other) == ending(name)]
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(same)}" if 0 < len(same) <= FEW else ""
    if "\\" in name:
        hint = "write / between the folders of a path"
    return error(at or Span(name), f"there is no file {name}", hint, fix=fix)


def alike(name: str, others: tuple[str, ...], least: float) -> list[str]:
    """The files whose names are like another's by so much, from 0 to 1, and end as it does; the nearest first. A file
    of the same name with another end comes last."""
    stems = {other: PurePosixPath(other).stem.lower() for other in others}
    typed = PurePosixPath(name).stem.lower()
    words = sorted({stem for other, stem in stems.items() if ending(other) == ending(name)})
    near = [stem for stem in difflib.get_close_matches(typed, words, 3, least)]
    like = [
        other for stem in near for other in sorted(others) if stems[other] == stem and ending(other) == ending(name)
    ]
    return [*like, *(other for other in sorted(others) if stems[other] == typed and ending(other) != ending(name))]


def ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def too_large(name: str, limit: int, at: Span | None) -> Diagnostic:
    hint = "split the talk into several sources" if limit == SOURCE_LIMIT else ""
    return error(at or Span(name), f"{name} is too large: the limit is {limit / 1_000_000:g} MB", hint)


def no_theme(theme: str, names: tuple[str, ...], at: Span | None) -> Diagnostic:
    near = difflib.get_close_matches(theme, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
    return error(at or Span(f"themes/{theme}"), f"there is no theme {theme!r}", hint)
