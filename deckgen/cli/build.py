"""The command `build`."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.sources import (
    BAD_SOURCE,
    FOLDER,
    SOURCE,
    STATUS,
    Source,
    check_names,
    check_theme,
    found_sources,
    in_words,
    kind_at,
    manifest_at,
    tell,
)
from deckgen.model.production import PROFILES, Profile
from deckgen.outputs import Unfinished, replace_together, settle
from deckgen.report import progress, say

if TYPE_CHECKING:
    from deckgen.build import Build, Options
    from deckgen.model.manifest import Manifest
    from deckgen.model.style import Style

KEPT = (".pptx", "-handout.pdf", "-handout-screen.pdf", "-handout-press.pdf", "-handout-booklet.pdf")
"""Outputs that stay as they are where a build does not make them."""


@click.command(epilog=STATUS)
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option("--out", type=FOLDER, default=Path("build"), show_default=True, help="The folder for the outputs.")
@click.option("--theme", default="", help="A theme in place of the one that the source names.")
@click.option("--only", type=click.Choice(["deck", "handout"]), help="Make one output only.")
@click.option(
    "--handout",
    "handouts",
    metavar="STYLE",
    multiple=True,
    callback=lambda _, __, names: named_styles(names),
    help="A style of the handout, in place of the source's; may be repeated.",
)
@click.option("--slides-pdf", is_flag=True, help="Write the slides as a PDF too, one page a slide.")
@click.option(
    "--print",
    "profiles",
    type=click.Choice(PROFILES),
    multiple=True,
    help="How the handout is printed; may be repeated.",
)
@click.option(
    "--changes-since",
    "since",
    type=SOURCE,
    metavar="HANDOUT",
    help="Tell and mark in the handout what has changed since an earlier one.",
)
@click.option("--only-changed", is_flag=True, help="Write the changed sheets as a file, too (with --changes-since).")
@click.option("--embed-fonts", is_flag=True, help="Put the theme's fonts into the deck.")
def build(
    sources: tuple[Path, ...],
    out: Path,
    theme: str,
    only: str | None,
    handouts: tuple[Style, ...],
    slides_pdf: bool,
    profiles: tuple[Profile, ...],
    since: Path | None,
    only_changed: bool,
    embed_fonts: bool,
) -> None:
    """Build SOURCES (default: all in source/) into a deck and a handout each."""
    from deckgen.build import Options

    for name, asked in (("--print", profiles), ("--handout", handouts)):
        if asked and only == "deck":
            raise click.UsageError(f"{name} is about the handout, and --only deck leaves it out")
    found = found_sources(sources)
    earlier = handout_before(since, only_changed, only, found)
    options = Options(
        theme,
        only or "",  # type: ignore[arg-type]
        slides_pdf=slides_pdf,
        embed_fonts=embed_fonts,
        profiles=profiles,
        since=earlier,
        only_changed=only_changed,
        handouts=handouts,
    )
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


def handout_before(since: Path | None, only_changed: bool, only: str | None, found: list[Source]) -> Manifest | None:
    """The manifest of the handout that a new one is compared with."""
    if not since:
        if only_changed:
            raise click.UsageError("--only-changed needs --changes-since: the handout that was printed before")
        return None
    if only == "deck" or len(found) > 1:
        raise click.UsageError("--changes-since is for the handout of one source: name the source, and no other output")
    manifest = manifest_at(since)
    if not isinstance(manifest, str) and kind_at(since) == "deck":
        manifest = f"{since} is a deck, and --changes-since takes a handout"
    if isinstance(manifest, str):
        say(f"error: {manifest}", sys.stderr)
        sys.exit(BAD_SOURCE)
    return manifest


def named_styles(names: tuple[str, ...]) -> tuple[Style, ...]:
    """The styles that are asked for, each once."""
    if not names:
        return ()
    from deckgen.styles import style_named, styles

    found = [style_named(name) for name in names]
    for name, style in zip(names, found, strict=True):
        if style is None:
            raise click.BadParameter(f"{name!r} is no style; known: {', '.join(sorted(styles()))}")
    return tuple({style.name: style for style in found if style}.values())


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
    suffixes = {output.suffix for output in made.outputs}
    if options.since and "-handout.pdf" not in suffixes:
        say("warning: only the style article tells and marks what has changed, and it was not made", sys.stderr)
    elif options.only_changed and "-handout-changed.pdf" not in suffixes:
        say("no page differs from those of the earlier handout", sys.stdout)
    return True


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
