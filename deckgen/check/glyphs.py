"""Has a font of the theme a glyph for every character? What none has would be set in a font that nobody measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, error
from deckgen.model.block import runs
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Section
from deckgen.model.languages import tagged, tags
from deckgen.model.text import Run
from deckgen.model.theme import Theme
from deckgen.typeset.clusters import clusters
from deckgen.typeset.cuts import installed
from deckgen.typeset.fonts import UNSEEN, Faces


def check_glyphs(deck: Deck, faces: Faces) -> tuple[Diagnostic, ...]:
    """An error for each run with characters that neither its font has nor one that stands in for it."""
    prose = faces.face("head").characters & faces.face("sans").characters
    return tuple(
        found
        for run in answered_too(every_run(deck))
        if not run.math
        for found in check_run(run, faces.face("mono", run.bold, run.italic).characters if run.code else prose, faces)
    )


def every_run(deck: Deck) -> Iterator[Run]:
    """All text that is measured or printed, blocks as they show it; notes are neither."""
    yield from runs((deck.title, deck.subtitle, deck.author, deck.role, deck.event))
    yield Run(in_words(deck.date, deck.language), span=deck.span)
    yield from runs(deck.references)
    for block in deck.abstract:
        yield from block.shown()
    for entry in deck.slides:
        for block in (*entry.body, *entry.handout):
            yield from block.shown()
            yield from runs(block.caption_text())
        yield from runs((entry.heading, entry.takeaway))
        yield from runs(entry.summary) if isinstance(entry, Section) else ()


def answered_too(runs: Iterator[Run]) -> Iterator[Run]:
    """The runs, and after each what belongs on it if it is a blank."""
    for run in runs:
        yield from (run, *run.answer)


def check_run(run: Run, own: frozenset[int], faces: Faces) -> Iterator[Diagnostic]:
    if own.issuperset(map(ord, run.text)):
        return
    missing = sorted(
        {
            (character, language)
            for stretch, language in tagged(run.text, faces.language)
            for cluster in clusters(stretch)
            if not all(ord(c) in own or c in UNSEEN or c in "\n\t" for c in cluster)
            and not faces.fallback_for(cluster, language)
            for character in lacking(cluster, own, language, faces)
        }
    )
    if missing:
        names = ", ".join(
            f"{shown(c)} (U+{ord(c):04X} {unicodedata.name(c, 'a control character')})" for c, _ in missing[:3]
        )
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield error(run.span, f"the theme's fonts have no {names}{more}", remedy(missing[0][1], faces.theme))


def lacking(cluster: str, own: frozenset[int], language: str, faces: Faces) -> list[str]:
    """The characters of a cluster that no font has; all of them if each is there, but no font has the whole."""
    alone = [c for c in cluster if ord(c) not in own and c not in UNSEEN]
    return [c for c in alone if not faces.fallback_for(c, language)] or alone


def remedy(language: str, theme: Theme) -> str:
    """What an author can do for a text in a language that no font has."""
    absent = (
        family for family in theme.fallbacks if not installed(family) and set(tags(language)) & {*family.languages}
    )
    family = next(absent, None)
    if family and family.extra:
        return f'install {family.family} with: pip install "deckgen-compiler[{family.extra}]"'
    if family:
        return f"install the package {family.package.replace('_', '-')}, which has {family.family}"
    return f"add a font that has it to 'fallbacks' in themes/{theme.name}/theme.yaml, or write it in other words"


def shown(character: str) -> str:
    return repr(character) if character.isprintable() else "character"
