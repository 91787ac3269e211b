"""The command `changes`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.options import SET, check_given
from deckgen.cli.sources import BAD_SOURCE, SOURCE, Source, after, found_sources, kind_at, manifest_at, tell
from deckgen.report import progress, say

if TYPE_CHECKING:
    from deckgen.model.changes import Change, Edit, Pages
    from deckgen.model.deck import Given
    from deckgen.model.manifest import Manifest

OUTPUTS = (".pptx", ".pdf")


@click.command(
    short_help="Tell what has changed since a handout or deck.",
    epilog=after("deckgen changes printed/talk-handout.pdf", "deckgen changes old/talk.pptx build/talk.pptx"),
)
@click.argument("old", type=SOURCE)
@click.argument("source", required=False, type=SOURCE)
@SET
def changes(old: Path, source: Path | None, given: Given) -> None:
    """List what has changed since the handout or deck OLD was made: slides, their words, and the pages.

    SOURCE is the talk as it is now, or a newer handout or deck. If it is missing, the source in source/ is meant whose
    name OLD begins with, or the only one.
    """
    from deckgen.model.changes import changes

    was = or_end(manifest_at(old))
    kind = kind_at(old) or "handout"
    if source and source.suffix.lower() in OUTPUTS:
        now = or_end(manifest_at(source))
        if kind_at(source) != kind:
            raise click.UsageError(f"{old} is a {kind}, and {source} is not: give two handouts, or two decks")
        if given:
            raise click.UsageError("--set is for a source: what is built has its values")
    else:
        now = manifest_as_built(found_sources((source,))[0] if source else source_of(old), kind, given)
    found = changes(was, now)
    noun = "page" if kind == "handout" else "slide"
    for line in lines(found, noun):
        say(line, sys.stdout)
    if not found:
        say(f"nothing that {old} shows has changed", sys.stdout)
    elif not was.shown:
        say(f"{old} was made before files told their words: which words have changed can't be said", sys.stdout)
    sys.exit(BAD_SOURCE if found else 0)


def or_end(found: Manifest | str) -> Manifest:
    if isinstance(found, str):
        say(f"error: {found}", sys.stderr)
        sys.exit(BAD_SOURCE)
    return found


def source_of(old: Path) -> Source:
    """The source that an output was probably made of."""
    found = found_sources(())
    named = [source for source in found if old.name.startswith((f"{source.stem}-handout", f"{source.stem}."))]
    if len(named or found) > 1:
        raise click.UsageError(f"there are several sources: name the one that {old} was made of")
    return (named or found)[0]


def manifest_as_built(source: Source, kind: str, given: Given) -> Manifest:
    """The manifest that the output of a source would carry now; nothing is written."""
    from deckgen.build import Options, build
    from deckgen.check.verify import manifest_in

    check_given([source], given)
    with progress(sys.stderr, f"laying out {source.typed}"):
        made = build(source.world(), source.path, Options(only=kind, given=given))  # type: ignore[arg-type]
    tell(made.diagnostics, source)
    if not made.outputs:
        sys.exit(BAD_SOURCE)
    return or_end(manifest_in(source.typed, made.outputs[0].data))


def lines(found: tuple[Change, ...], noun: str) -> Iterator[str]:
    """A line for each change, and one for each place in its text."""
    for change in found:
        title = f": {change.title}" if change.title else ""
        yield f"{' and '.join(change.kinds)}: {change.name!r}{title} ({whereabouts(change, noun)})"
        yield from (f"    {in_words(edit)}" for edit in change.edits)
        if change.kinds == ("edited",) and not change.edits:
            yield "    no words; the look, a picture or data"


def whereabouts(change: Change, noun: str) -> str:
    """The old and the new pages."""
    old, new = counted(change.old_pages, noun), counted(change.new_pages, noun)
    if "added" in change.kinds:
        return new
    return f"was {old}" if "removed" in change.kinds else f"{new}, was {old}"


def counted(pages: Pages | None, noun: str) -> str:
    if pages is None:
        return f"{noun} unknown"
    first, last = pages
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def in_words(edit: Edit) -> str:
    """`… share [-the host's-] {+one+} kernel …`: old words in square brackets, new ones in braces."""
    old, new = f"[-{edit.old}-]" if edit.old else "", f"{{+{edit.new}+}}" if edit.new else ""
    return " ".join(
        part for part in (edit.before and f"… {edit.before}", old, new, edit.after and f"{edit.after} …") if part
    )
