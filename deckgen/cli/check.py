"""The command `check`."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

import click

from deckgen.cli.formats import FORMATS
from deckgen.cli.options import SET, check_given
from deckgen.cli.sources import BAD_SOURCE, SOURCE, Source, after, check_theme, found_sources, placed, tell
from deckgen.diagnostics import CODES, WARNINGS, Diagnostic, Edit, has_errors
from deckgen.report import progress, say, write

if TYPE_CHECKING:
    from deckgen.model.deck import Given


@click.command(
    short_help="Tell what is wrong, and how to mend it.",
    epilog=after("deckgen check", "deckgen check source/talk.yaml --fix", "deckgen check --strict --format github"),
)
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option("--theme", default="", help="A theme in place of the one that the source names.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="For people (text), or for a program.",
)
@click.option("--fix", is_flag=True, help="Put right what is mechanical in the sources, such as misspelt keys.")
@SET
@click.option("--codes", is_flag=True, help="List the codes of findings, and end.")
def check(sources: tuple[Path, ...], theme: str, strict: bool, form: str, fix: bool, given: Given, codes: bool) -> None:
    """Find all that is wrong with SOURCES (default: all in source/) without writing anything.

    A comment '# deckgen: ignore CODE' on a line, or alone on the line before it, lets a warning pass; the key 'checks'
    of a source turns its codes off, or into errors.
    """
    if codes:
        for code, meaning in sorted(CODES.items()):
            say(f"{code:12} {meaning}{'' if code in WARNINGS else ' (always an error)'}", sys.stdout)
        return
    gc.disable()  # As in a build.
    asked = found_sources(sources)
    check_theme(asked, theme)
    check_given(asked, given)
    for source in asked if fix else ():
        mend(source, theme, given, sys.stdout if form == "text" else sys.stderr)
    found = [(source, found_in(source, theme, strict, given)) for source in asked]
    if form == "text":
        for source, diagnostics in found:
            tell(diagnostics, source)
            if not diagnostics:
                say(f"{source.typed}: nothing to put right", sys.stdout)
    else:
        write(FORMATS[form](tuple(placed(d, source) for source, diagnostics in found for d in diagnostics)), sys.stdout)
    sys.exit(BAD_SOURCE if any(has_errors(diagnostics) for _, diagnostics in found) else 0)


MOST_ROUNDS = 10
"""One edit may uncover the next finding: a source that is no YAML tells of nothing else."""


def mend(source: Source, theme: str, given: Given, stream: IO[str]) -> None:
    """Edit a source, and the files that it includes, as long as there is something mechanical to put right. Each edit
    is told to a stream."""
    for _ in range(MOST_ROUNDS):
        edits: dict[str, list[Edit]] = {}
        for diagnostic in found_in(source, theme, False, given):
            if (fix := diagnostic.fix) and not PurePath(fix.span.file).match("themes/*/theme.yaml"):
                edits.setdefault(fix.span.file, []).append(fix)
        if not any([rewrite(source, file, wanted, stream) for file, wanted in edits.items()]):
            return


def rewrite(source: Source, file: str, edits: list[Edit], stream: IO[str]) -> bool:
    """Edit a file of a source, and tell of each edit; whether there was any that could be done."""
    from deckgen.check.fixes import mended
    from deckgen.outputs import replace_together

    path = (source.root / file).resolve()
    text, done = mended(path.read_bytes().decode("utf-8"), edits)
    if done:
        replace_together(path.parent, {path.name: text.encode()})
    for edit in done:
        place = edit.span._replace(file=source.shown(file))
        old, new = (edit.old, edit.new) if edit.new == edit.new.strip() else (repr(edit.old), repr(edit.new))
        say(f"{place}: {old} -> {new}" if new else f"{place}: without {edit.old.strip()}", stream)
    return bool(done)


def found_in(source: Source, theme: str, strict: bool, given: Given) -> tuple[Diagnostic, ...]:
    from deckgen.findings import findings

    with progress(sys.stderr, f"checking {source.typed}"):
        found = findings(source.world(), source.path, theme, given)
    return tuple(replace(diagnostic, severity="error") for diagnostic in found) if strict else found
