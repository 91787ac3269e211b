"""The command `build`."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.options import build_options, options_for
from deckgen.cli.replacing import replace_outputs
from deckgen.cli.sources import (
    BAD_SOURCE,
    SOURCE,
    Source,
    after,
    check_names,
    check_theme,
    found_sources,
    manifest_at,
    tell,
)
from deckgen.outputs import Unfinished, settle
from deckgen.refusals import in_words
from deckgen.report import progress, say

if TYPE_CHECKING:
    from deckgen.build import Build, Options

KEPT = (".pptx", "-handout.pdf", "-handout-screen.pdf", "-handout-press.pdf", "-handout-booklet.pdf")
"""Outputs that stay as they are where a build does not make them."""


@click.command(
    short_help="Make the deck and the handout.",
    epilog=after(
        "deckgen build", "deckgen build source/talk.yaml --theme signal", "deckgen build --only handout --print booklet"
    ),
)
@click.argument("sources", nargs=-1, type=SOURCE)
@build_options
def build(sources: tuple[Path, ...], out: Path | None, **asked: Any) -> None:
    """Build SOURCES (default: all in source/) into a deck and a handout each.

    They are written to build/, in the project folder that holds source/, or else beside the source.
    """
    found = found_sources(sources)
    options = options_for(found, **asked)
    check_names(found, out)
    check_theme(found, options.theme)
    for folder in {source.outputs(out) for source in found}:
        tidy(folder)
    gc.disable()  # A build makes few cycles; looking for them would cost a part of its time.
    done: list[bool] = []
    for source in found:
        if done:
            gc.collect()
        done.append(make(source, source.outputs(out), options))
    sys.exit(0 if all(done) else BAD_SOURCE)


def tidy(out: Path) -> None:
    """Complete what an earlier build left. Where the folder can't be read, it is said when the outputs are written."""
    if out.is_dir():
        with suppress(OSError):
            settle(out)


def make(source: Source, out: Path, options: Options) -> bool:
    """Build one source; whether its outputs were written."""
    from deckgen.build import build

    with progress(sys.stderr, f"building {source.typed}"):
        made = build(source.world(), source.path, options)
    tell(made.diagnostics, source)
    if not made.outputs or not put(made, out, source):
        return False
    summary(made, out, source)
    suffixes = {output.suffix for output in made.outputs}
    if options.since and any(suffix.startswith("-handout-slides") for suffix in suffixes):
        say("warning: the style slides has no bars beside what has changed; all others have", sys.stderr)
    if options.since and "-handout.pdf" not in suffixes:
        say("warning: only the style article lists what has changed, and it was not made", sys.stderr)
    elif options.only_changed and "-handout-changed.pdf" not in suffixes:
        say("no page differs from those of the earlier handout", sys.stdout)
    return True


def put(made: Build, out: Path, source: Source) -> bool:
    """Write the outputs; whether that was possible."""
    try:
        kept = replace_outputs(out, source.stem, made.outputs)
    except OSError as problem:
        rest = "the next build completes it" if isinstance(problem, Unfinished) else "nothing was replaced"
        say(f"error: {source.stem} can't be written: {in_words(problem, out)}; {rest}", sys.stderr)
        return False
    tell_kept(kept, out, source)
    return True


def tell_kept(kept: Path | None, out: Path, source: Source) -> None:
    """Warn of a deck that was edited by hand, if one was kept."""
    if kept:
        from deckgen.cli.new import quoted

        deck, theirs = out / f"{source.stem}.pptx", Path(source.typed).with_name(f"{source.stem}-theirs.yaml")
        say(f"warning: somebody saved {deck} since it was built; that deck is kept as {kept}", sys.stderr)
        command = f"deckgen import {quoted(str(kept))} --out {quoted(str(theirs))}"
        say(f"  see what was changed in it: {command}", sys.stderr)


def summary(made: Build, out: Path, source: Source) -> None:
    """A line for each output, and a warning about one that was left as it was and is of another state."""
    for output in made.outputs:
        noun = "page" if output.suffix.startswith("-handout") else "slide"
        count = f"{output.pages} {noun}{'' if output.pages == 1 else 's'}"
        say(f"{out / (source.stem + output.suffix)}: {count}, {output.seconds:.1f} s", sys.stdout)
    written = {output.suffix for output in made.outputs}
    for path in (out / f"{source.stem}{suffix}" for suffix in KEPT if suffix not in written):
        if path.exists():
            other = manifest_at(path)
            if isinstance(other, str) or not made.manifest or other.source != made.manifest.source:
                say(f"warning: {path} is not of this source as it is now; build it, too", sys.stderr)
