"""The command: arguments in, files and diagnostics out, exit status.

0 all is well; 1 the source has errors, or files do not agree; 2 the command was used wrongly; 3 a fault of deckgen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen import __version__
from deckgen.outputs import replace_together, settle
from deckgen.report import progress, show
from deckgen.typeset.fonts import default_folder
from deckgen.world import DiskWorld, time_stamp

if TYPE_CHECKING:
    from deckgen.build import Build
    from deckgen.diagnostics import Diagnostic

BAD_SOURCE, BAD_USE, FAULT = 1, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deckgen")
def cli() -> None:
    """Compile talks: one YAML source, an editable PowerPoint deck and a print-ready handout."""


@dataclass(frozen=True)
class Source:
    """A source: the project folder, and the path under it."""

    root: Path
    path: str

    def world(self) -> DiskWorld:
        return DiskWorld(self.root, default_folder(), time_stamp(os.environ))

    @property
    def stem(self) -> str:
        return Path(self.path).stem


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True,
              help="The folder for the outputs.")
@click.option("--theme", default="", help="A theme in place of the one that the source names.")
@click.option("--only", type=click.Choice(["deck", "handout"]), help="Make one output only.")
@click.option("--slides-pdf", is_flag=True, help="Write the slides as a PDF too, one page a slide.")
def build(sources: tuple[Path, ...], out: Path, theme: str, only: str | None, slides_pdf: bool) -> None:
    """Build SOURCES (default: all in source/) into a deck and a handout each."""
    from deckgen.build import Options, build

    options = Options(theme, only or "", slides_pdf)  # type: ignore[arg-type]
    failed = False
    if out.is_dir():
        settle(out)
    for source in found_sources(sources):
        with progress(sys.stderr, f"building {source.path}"):
            made = build(source.world(), source.path, options)
        tell(made.diagnostics, source)
        if made.outputs:
            replace_together({out / f"{source.stem}{output.suffix}": output.data for output in made.outputs})
            summary(made, out, source)
        failed = failed or not made.outputs
    sys.exit(BAD_SOURCE if failed else 0)


def tell(diagnostics: tuple[Diagnostic, ...], source: Source) -> None:
    """Show diagnostics, with paths as one would type them here."""

    def placed(diagnostic: Diagnostic) -> Diagnostic:
        file = os.path.relpath(source.root / diagnostic.span.file) if diagnostic.span.file else ""
        return replace(diagnostic, span=diagnostic.span._replace(file=file))

    def read(file: str) -> str | None:
        data = source.world().read(Path(os.path.relpath(file, source.root)).as_posix())
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else None

    show(tuple(placed(diagnostic) for diagnostic in diagnostics), read, sys.stderr)


def summary(made: Build, out: Path, source: Source) -> None:
    """A line for each output."""
    for output in made.outputs:
        noun = "page" if output.suffix == "-handout.pdf" else "slide"
        count = f"{output.pages} {noun}{'' if output.pages == 1 else 's'}"
        click.echo(f"{out / (source.stem + output.suffix)}: {count}, {output.seconds:.1f} s")


def found_sources(paths: tuple[Path, ...]) -> Iterator[Source]:
    """The sources that were named, or all in `source/`. The project is the folder that holds `source/`."""
    if not paths:
        root = Path.cwd()
        found = DiskWorld(root, default_folder()).sources()
        if not found:
            raise click.UsageError("there is no source: name one, or put one into the folder source/")
        yield from (Source(root, path) for path in found)
    for path in paths:
        full = path.absolute()
        root = full.parent.parent if full.parent.name == "source" else full.parent
        yield Source(root, full.relative_to(root).as_posix())


@cli.command()
@click.argument("deck", type=click.Path(path_type=Path))
@click.argument("handout", type=click.Path(path_type=Path))
@click.argument("source", required=False, type=click.Path(path_type=Path))
def verify(deck: Path, handout: Path, source: Path | None) -> None:
    """Tell whether DECK and HANDOUT come from the same SOURCE, and if not, which slides differ."""
    from deckgen.check.verify import manifest_in
    from deckgen.model.manifest import differences, manifest_of
    from deckgen.read.deck import read_deck

    manifests: dict[str, Any] = {str(path): manifest_in(str(path), path.read_bytes()) for path in (deck, handout)}
    if source:
        [place] = found_sources((source,))
        talk, found = read_deck(place.world(), place.path)
        tell(found, place)
        manifests[str(source)] = manifest_of(talk) if talk else f"{source} has errors"
    broken = [problem for problem in manifests.values() if isinstance(problem, str)]
    for problem in broken:
        click.echo(f"error: {problem}", err=True)
    if broken:
        sys.exit(BAD_SOURCE)
    (first, one), *others = manifests.items()
    apart = [(name, text) for name, other in others for text in differences(one, other)]
    for name, text in apart:
        click.echo(f"{name}: {text} (compared with {first})")
    if not apart:
        click.echo(f"in step: {', '.join(manifests)}")
    sys.exit(BAD_SOURCE if apart else 0)


def main() -> None:
    """Run the command; whatever happens, the user reads a sentence and no traceback."""
    try:
        cli(prog_name="deckgen")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        name = f"{problem.filename}: " if problem.filename else ""
        click.echo(f"deckgen: error: {name}{problem.strerror or problem}; nothing was replaced", err=True)
        sys.exit(BAD_SOURCE)
    except Exception as problem:
        if os.environ.get("DECKGEN_DEBUG"):
            raise
        click.echo(
            f"deckgen: internal error: {type(problem).__name__}: {problem}\n"
            "  this is a fault of deckgen, not of the source; nothing was replaced\n"
            "  please report it, with the output of the same command under DECKGEN_DEBUG=1",
            err=True,
        )
        sys.exit(FAULT)
