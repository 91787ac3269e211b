"""The command: arguments in, files and diagnostics out, exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen import __version__
from deckgen.diagnostics import Diagnostic
from deckgen.outputs import Unfinished, replace_together, settle
from deckgen.report import MOST, progress, say, show
from deckgen.world import SOURCE_SUFFIXES, DiskWorld, no_theme, time_stamp

if TYPE_CHECKING:
    from deckgen.build import Build, Options
    from deckgen.model.manifest import Manifest

BAD_SOURCE, FAULT = 1, 3
INTERRUPTED = 128 + signal.SIGINT
STATUS = """\b
Exit status:
  0  all is well
  1  a source has errors, a file can't be read or written, or files are not in step
  2  the command was used wrongly
  3  deckgen itself has a fault"""
PAIR = (".pptx", "-handout.pdf")
FOLDER = click.Path(path_type=Path, file_okay=False, readable=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=STATUS)
@click.version_option(__version__, prog_name="deckgen")
def cli() -> None:
    """Compile talks: one YAML source, an editable PowerPoint deck and a print-ready handout."""


@dataclass(frozen=True)
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

    def shown(self, file: str) -> str:
        """A file of the project as one would type it here."""
        return self.typed if file == self.path else os.path.relpath(self.root / file)


@cli.command(epilog=STATUS)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=FOLDER, default=Path("build"), show_default=True, help="The folder for the outputs.")
@click.option("--theme", default="", help="A theme in place of the one that the source names.")
@click.option("--only", type=click.Choice(["deck", "handout"]), help="Make one output only.")
@click.option("--slides-pdf", is_flag=True, help="Write the slides as a PDF too, one page a slide.")
def build(sources: tuple[Path, ...], out: Path, theme: str, only: str | None, slides_pdf: bool) -> None:
    """Build SOURCES (default: all in source/) into a deck and a handout each."""
    from deckgen.build import Options

    options = Options(theme, only or "", slides_pdf)  # type: ignore[arg-type]
    found = found_sources(sources)
    check_names(found, out)
    check_theme(found, theme)
    if out.is_dir():
        # Where the folder can't be read, it will be said when the outputs can't be written.
        with suppress(OSError):
            settle(out)
    gc.disable()  # A build makes few cycles; looking for them would cost a part of its time.
    done = []
    for source in found:
        done.append(make(source, out, options))
        gc.collect()
    sys.exit(0 if all(done) else BAD_SOURCE)


def found_sources(paths: tuple[Path, ...]) -> list[Source]:
    """The sources that were named, or all in `source/`. The project is the folder that holds `source/`."""
    if not paths:
        names = DiskWorld(Path.cwd(), Path()).sources()
        if not names:
            raise click.UsageError("there is no source: name one, or put one into the folder source/")
        return [Source(Path.cwd(), name, name) for name in names]
    found: dict[Path, Source] = {}
    for path in paths:
        full = Path(os.path.abspath(path))
        root = full.parent.parent if full.parent.name == "source" else full.parent
        found.setdefault(full, Source(root, full.relative_to(root).as_posix(), str(path)))
    return list(found.values())


def check_names(sources: list[Source], out: Path) -> None:
    """No two sources may write the same files."""
    first: dict[str, Source] = {}
    for source in sources:
        other = first.setdefault(os.path.normcase(source.stem), source)
        if other is not source:
            both = f"{other.typed} and {source.typed} would both be written to {out / source.stem}.pptx"
            raise click.UsageError(f"{both}; build them into different folders with --out")


def check_theme(sources: list[Source], theme: str) -> None:
    for source in sources:
        if theme and theme not in (names := source.world().themes()):
            problem = no_theme(theme, names, None)
            raise click.BadParameter(f"{problem.message}; {problem.hint}", param_hint="--theme")


def make(source: Source, out: Path, options: Options) -> bool:
    """Build one source; whether its outputs were written."""
    from deckgen.build import build

    with progress(sys.stderr, f"building {source.typed}"):
        made = build(source.world(), source.path, options)
    tell(made.diagnostics, source)
    if not made.outputs:
        return False
    try:
        replace_together(out, {f"{source.stem}{output.suffix}": output.data for output in made.outputs})
    except OSError as problem:
        rest = "the next build completes it" if isinstance(problem, Unfinished) else "nothing was replaced"
        say(f"error: {source.stem} can't be written: {in_words(problem, out)}; {rest}", sys.stderr)
        return False
    summary(made, out, source)
    return True


def in_words(problem: OSError, place: Path) -> str:
    return f"{problem.filename or place}: {problem.strerror or problem}"


def tell(diagnostics: tuple[Diagnostic, ...], source: Source) -> None:
    """Show diagnostics, with paths as one would type them here."""
    files = {source.shown(d.span.file): d.span.file for d in diagnostics if d.span.file}

    def placed(diagnostic: Diagnostic) -> Diagnostic:
        file = source.shown(diagnostic.span.file) if diagnostic.span.file else ""
        return replace(diagnostic, span=diagnostic.span._replace(file=file))

    def read(file: str) -> str | None:
        data = source.world().read(files[file])
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else None

    show(tuple(placed(diagnostic) for diagnostic in diagnostics), read, sys.stderr)


def summary(made: Build, out: Path, source: Source) -> None:
    """A line for each output, and a warning about one that was left as it was and is of another state."""
    for output in made.outputs:
        noun = "page" if output.suffix == "-handout.pdf" else "slide"
        count = f"{output.pages} {noun}{'' if output.pages == 1 else 's'}"
        say(f"{out / (source.stem + output.suffix)}: {count}, {output.seconds:.1f} s", sys.stdout)
    written = {output.suffix for output in made.outputs}
    for path in (out / f"{source.stem}{suffix}" for suffix in PAIR if suffix not in written):
        if path.exists():
            other = manifest_at(path)
            if isinstance(other, str) or not made.manifest or other.source != made.manifest.source:
                say(f"warning: {path} is not of this source as it is now; build it, too", sys.stderr)


def manifest_at(path: Path) -> Manifest | str:
    """The manifest of an output, or why there is none."""
    from deckgen.check.verify import manifest_in

    try:
        return manifest_in(str(path), path.read_bytes())
    except OSError as problem:
        return in_words(problem, path)


@cli.command(epilog=STATUS)
@click.argument("deck", type=click.Path(path_type=Path, readable=False))
@click.argument("handout", type=click.Path(path_type=Path, readable=False))
@click.argument("source", required=False, type=click.Path(path_type=Path, readable=False))
def verify(deck: Path, handout: Path, source: Path | None) -> None:
    """Tell whether DECK and HANDOUT come from the same SOURCE, and if not, which slides differ."""
    from deckgen.check.verify import apart, kind_of

    with suppress(OSError):
        if (kind := kind_of(deck.read_bytes())) and kind == kind_of(handout.read_bytes()):
            raise click.UsageError(f"a deck and a handout are expected, and {deck} and {handout} are both {kind}s")
    found: dict[str, Manifest | str] = {str(path): manifest_at(path) for path in (deck, handout)}
    if source:
        found[str(source)] = manifest_of_source(source)
    problems = [problem for problem in found.values() if isinstance(problem, str)]
    for problem in problems:
        say(f"error: {problem}", sys.stderr)
    if problems:
        sys.exit(BAD_SOURCE)
    differences = apart({name: manifest for name, manifest in found.items() if not isinstance(manifest, str)})
    for (one, other), texts in differences.items():
        say(f"not in step: {one} and {other}", sys.stdout)
        for text in texts[:MOST]:
            say(f"  {text}", sys.stdout)
        if len(texts) > MOST:
            say(f"  and {len(texts) - MOST} more", sys.stdout)
    if not differences:
        say(f"in step: {', '.join(found)}", sys.stdout)
    sys.exit(BAD_SOURCE if differences else 0)


@cli.command(epilog=STATUS)
@click.argument("folder", required=False, type=FOLDER)
@click.option("--theme", default="paper", show_default=True, help="The theme whose fonts are wanted.")
@click.option("--language", default="en", help="The deck's language: Chinese, Japanese and Korean have large fonts.")
def fonts(folder: Path | None, theme: str, language: str) -> None:
    """Put the fonts that a deck names into FOLDER (default: where this user's programs look for fonts).

    A deck does not carry its fonts: a computer that has not got them shows it in others.
    """
    from deckgen.read.theme import read_theme
    from deckgen.typeset.cuts import font_files, user_folder

    place = Source(Path.cwd(), "", "")
    check_theme([place], theme)
    target = folder or user_folder()
    if target is None:
        raise click.UsageError("name a folder, then mark the files in it and choose 'Install'")
    found, problems = read_theme(place.world(), theme)
    tell(problems, place)
    if found is None:
        sys.exit(BAD_SOURCE)
    files = font_files(found, place.world().fonts, language)
    replace_together(target, files)
    say(f"{target}: {sum(not name.endswith('.txt') for name in files)} fonts and their licences", sys.stdout)


def manifest_of_source(path: Path) -> Manifest | str:
    from deckgen.model.manifest import manifest_of
    from deckgen.read.deck import read_deck

    (place,) = found_sources((path,))
    deck, found = read_deck(place.world(), place.path)
    tell(found, place)
    return manifest_of(deck) if deck else f"{path} has errors"


def main() -> None:
    """Run the command; whatever happens, the user reads a sentence and no traceback."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda received, _: sys.exit(128 + received))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(status())


def status() -> int:
    """Do what the arguments ask for, and give the exit status."""
    try:
        return cli.main(prog_name="deckgen", standalone_mode=False) or 0
    except SystemExit as done:
        return int(done.code or 0)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except MemoryError:
        say("deckgen: error: there is not enough memory; split the talk", sys.stderr)
        return BAD_SOURCE
    except OSError as problem:
        say(f"deckgen: error: {in_words(problem, Path())}", sys.stderr)
        return BAD_SOURCE
    except Exception as problem:
        if stopped := interruption(problem):
            return INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else int(stopped.code or 0)
        if os.environ.get("DECKGEN_DEBUG"):
            raise
        say(f"deckgen: internal error: {type(problem).__name__}: {problem}", sys.stderr)
        say("  this is a fault of deckgen, not of the source, and the source's outputs are as they were", sys.stderr)
        say("  please report it, with the output of the same command under DECKGEN_DEBUG=1", sys.stderr)
        return FAULT


def interruption(problem: BaseException) -> KeyboardInterrupt | SystemExit | None:
    """The interrupt that a problem followed from: what is cut short may fail while it is put away."""
    context = problem.__context__
    if context is None or isinstance(context, (KeyboardInterrupt, SystemExit)):
        return context
    return interruption(context)
