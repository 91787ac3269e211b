"""The sources and themes that arguments name, and what the user reads about them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from deckgen.diagnostics import Diagnostic
from deckgen.frozen import frozen
from deckgen.refusals import in_words
from deckgen.report import show
from deckgen.world import SOURCE_SUFFIXES, DiskWorld, no_theme, time_stamp

if TYPE_CHECKING:
    from deckgen.model.manifest import Manifest

BAD_SOURCE, FAULT = 1, 3
STATUS = """\b
Exit status:
  0  all is well
  1  a source has errors, a file or a port can't be had, or files are not in step
  2  the command was used wrongly
  3  deckgen itself has a fault"""


def after(*examples: str) -> str:
    """What stands under the options of a command: examples, and the exit status."""
    return "\n".join(["\b", "Examples:", *(f"  {example}" for example in examples), "", STATUS])


MOST_NAMES = 4
"""Sources that a message names."""


class Folder(click.Path):
    """A path that is no file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if os.path.isfile(value):
            self.fail(f"{value} is a file, and a folder is expected", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = Folder(path_type=Path, file_okay=False, readable=False)
SOURCE = click.Path(path_type=Path, readable=False)


@frozen
class Source:
    """A source: the project folder, the path under it, and the path as it was typed."""

    root: Path
    path: str
    typed: str

    def world(self) -> DiskWorld:
        from deckgen.typeset.cuts import default_folder

        return DiskWorld(self.root, default_folder(), time_stamp(os.environ))

    @property
    def stem(self) -> str:
        """What the names of the outputs begin with."""
        file = Path(self.path)
        return file.stem if file.suffix in SOURCE_SUFFIXES else file.name

    def outputs(self, asked: Path | None) -> Path:
        """The folder for the outputs: the one that is asked for, or the project's own, as one would type it here."""
        if asked:
            return asked
        above, depth = Path(self.typed).parents, len(PurePath(self.path).parts) - 1
        return (above[depth] if depth < len(above) else Path(os.path.relpath(self.root))) / "build"

    def shown(self, file: str) -> str:
        """A file of the project as one would type it here."""
        return self.typed if file == self.path else os.path.relpath(self.root / file)


def found_sources(paths: tuple[Path, ...]) -> list[Source]:
    """The sources that were named, or all in `source/`. The project is the folder that holds `source/`; a source that
    stands in no such folder has its own folder for a project.

    A folder that was named is a project: all its sources are meant.
    """
    if not paths:
        return in_project(Path.cwd(), Path())
    found: dict[Path, Source] = {}
    for path in paths:
        if (path / "source").is_dir():
            found |= {source.root / source.path: source for source in in_project(Path(os.path.abspath(path)), path)}
            continue
        if path.is_dir() and path.suffix not in SOURCE_SUFFIXES:
            where = path / "source"
            raise click.UsageError(f"{path} is a folder without sources: name a source, or put one into {where}")
        full = Path(os.path.abspath(path))
        root = full.parent.parent if full.parent.name == "source" else full.parent
        found.setdefault(full, Source(root, full.relative_to(root).as_posix(), str(path)))
    return list(found.values())


def in_project(root: Path, typed: Path) -> list[Source]:
    """All sources of a project, which was typed as `typed`."""
    names = DiskWorld(root, Path()).sources()
    if not names:
        raise click.UsageError(
            "there is no source: name one, or put one into the folder source/; `deckgen new` makes a project"
        )
    return [Source(root, name, str(typed / name)) for name in names]


def only_one(sources: list[Source], what: str) -> Source:
    """The source, where there is one. Errors: `click.UsageError`."""
    if len(sources) > 1:
        names = ", ".join(source.typed for source in sources[:MOST_NAMES])
        more = f" and {len(sources) - MOST_NAMES} more" if len(sources) > MOST_NAMES else ""
        raise click.UsageError(f"there are several sources: name the one to {what}, of {names}{more}")
    return sources[0]


def check_names(sources: list[Source], out: Path | None) -> None:
    """No two sources may write the same files."""
    first: dict[str, Source] = {}
    for source in sources:
        deck = f"{source.outputs(out) / source.stem}.pptx"
        other = first.setdefault(os.path.normcase(os.path.abspath(deck)), source)
        if other is not source:
            both = f"{other.typed} and {source.typed} would both be written to {deck}"
            raise click.UsageError(f"{both}; build them into different folders with --out")


def check_theme(sources: list[Source], theme: str) -> None:
    for source in sources:
        if theme and theme not in (names := source.world().themes()):
            problem = no_theme(theme, names, None)
            raise click.BadParameter(f"{problem.message}; {problem.hint}", param_hint="--theme")


def placed(diagnostic: Diagnostic, source: Source) -> Diagnostic:
    """The diagnostic with its path as one would type it here."""
    file = source.shown(diagnostic.span.file) if diagnostic.span.file else ""
    return replace(diagnostic, span=diagnostic.span._replace(file=file))


def tell(diagnostics: tuple[Diagnostic, ...], source: Source) -> None:
    """Show diagnostics, with paths as one would type them here."""
    files = {source.shown(d.span.file): d.span.file for d in diagnostics if d.span.file}

    def read(file: str) -> str | None:
        data = source.world().read(files[file])
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else None

    show(tuple(placed(diagnostic, source) for diagnostic in diagnostics), read, sys.stderr)


def kind_at(path: Path) -> str:
    """Whether a file is a `deck`, a `handout`, or neither (empty)."""
    from deckgen.check.verify import kind_of

    return kind_of(path.read_bytes())


def manifest_at(path: Path) -> Manifest | str:
    """The manifest of an output, or why there is none."""
    from deckgen.check.verify import manifest_in

    try:
        return manifest_in(str(path), path.read_bytes())
    except OSError as problem:
        return in_words(problem, path)
