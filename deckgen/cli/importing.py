"""The command `import`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from deckgen.cli.sources import BAD_SOURCE, SOURCE, after, found_sources, tell
from deckgen.diagnostics import Diagnostic, has_errors
from deckgen.importing.result import Imported
from deckgen.outputs import replace_together
from deckgen.refusals import in_words
from deckgen.report import say

PICTURE_LIMIT = 60_000_000
MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".txt")
POWERPOINT = (".pptx", ".pptm", ".ppsx", ".potx")
OTHERS = (".ppt", ".pps", ".odp", ".key")
"""Talks that other programs can save as PowerPoint decks."""
MOST_BYTES = 5_000_000
MOST_DECK_BYTES = 500_000_000


@click.command(
    "import",
    short_help="Make a source of a PowerPoint or Markdown talk.",
    epilog=after("deckgen import old-talk.pptx", "deckgen import slides.md --dialect marp --out source/slides.yaml"),
)
@click.argument("original", type=SOURCE)
@click.option("--out", type=SOURCE, help="The source to write; source/NAME.yaml if missing.")
@click.option(
    "--dialect", type=click.Choice(["pandoc", "marp", "slidev", "plain"]), help="The Markdown; guessed if missing."
)
@click.option("--force", is_flag=True, help="Write over a source that is there already.")
def importing(original: Path, out: Path | None, dialect: str | None, force: bool) -> None:
    """Make a source of a PowerPoint deck, or of a talk in Markdown (Pandoc, Marp, Slidev or plain).

    What could not be carried over is listed.
    """
    out = out or Path("source") / f"{original.stem}.yaml"
    if out.exists() and not force:
        raise click.UsageError(f"{out} is there already; --force writes over it")
    imported = read_original(original, dialect)
    missing = write(imported, original, out)
    for line, message in imported.remarks:
        say(f"{place(original, line)}: {message}", sys.stdout)
    for path in missing:
        say(f"{original}: there is no file {path} beside it", sys.stdout)
    count = len(imported.talk["slides"])
    told = len(imported.remarks) + len(missing)
    say(f"{out}: {count} slide{'' if count == 1 else 's'}, {told} remark{'' if told == 1 else 's'}", sys.stdout)
    sys.exit(BAD_SOURCE if has_errors(found_in(out)) else 0)


def place(original: Path, line: int) -> str:
    """Where something stands: a line, the slide of a deck, or the file if it is true of all of it."""
    if not line:
        return str(original)
    return f"{original}: slide {line}" if original.suffix.lower() in POWERPOINT else f"{original}:{line}"


def read_original(original: Path, dialect: str | None) -> Imported:
    ending = original.suffix.lower()
    if ending not in MARKDOWN + POWERPOINT:
        if ending in OTHERS:
            raise click.UsageError(f"{original} can't be imported as it is: save it as .pptx first")
        names = ", ".join(MARKDOWN + POWERPOINT)
        raise click.UsageError(f"{original} is none of the files that can be imported: {names}")
    data = original.read_bytes()
    limit = MOST_DECK_BYTES if ending in POWERPOINT else MOST_BYTES
    if len(data) > limit:
        raise click.UsageError(f"{original} is too large: the limit is {limit / 1_000_000:g} MB")
    return read_deck(original, data) if ending in POWERPOINT else read_markdown(original, data, dialect)


def read_deck(original: Path, data: bytes) -> Imported:
    from deckgen.importing.powerpoint.deck import import_powerpoint
    from deckgen.importing.powerpoint.package import BadFile

    try:
        return import_powerpoint(data, original.stem)
    except BadFile as problem:
        say(f"error: {original} can't be read: {problem}", sys.stderr)
        sys.exit(BAD_SOURCE)


def read_markdown(original: Path, data: bytes, dialect: str | None) -> Imported:
    from deckgen.importing.markdown import import_markdown

    try:
        return import_markdown(data.decode("utf-8"), dialect)  # type: ignore[arg-type]
    except UnicodeDecodeError:
        say(f"error: {original} is not UTF-8 text", sys.stderr)
        sys.exit(BAD_SOURCE)


def write(imported: Imported, original: Path, out: Path) -> list[str]:
    """Write the source and copy its pictures, which stand beside the original; returns those that are not there."""
    from deckgen.importing.write import source_text
    from deckgen.world import DiskWorld

    beside = DiskWorld(Path(os.path.abspath(original)).parent, Path())
    found = {place: beside.read(path, PICTURE_LIMIT) for place, path in imported.files.items()}
    pictures = {place: data for place, data in found.items() if isinstance(data, bytes)} | dict(imported.data)
    try:
        for name, data in pictures.items():
            replace_together((out.parent / name).parent, {Path(name).name: data})
        replace_together(out.parent, {out.name: source_text(imported.talk).encode()})
    except OSError as problem:
        say(f"error: {in_words(problem, out)}", sys.stderr)
        sys.exit(BAD_SOURCE)
    return [path for place, path in imported.files.items() if place not in pictures]


def found_in(out: Path) -> tuple[Diagnostic, ...]:
    """What is to be put right in the new source; shown."""
    from deckgen.findings import findings

    [source] = found_sources((out,))
    found = findings(source.world(), source.path)
    tell(found, source)
    return found
