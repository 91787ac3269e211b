"""What `watch` and `preview` have in common: sources that must be there, and short lines with the time."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Sequence

from deckgen.cli.sources import BAD_SOURCE, Source, placed, tell
from deckgen.diagnostics import Diagnostic
from deckgen.report import say

MOST_SLIDES = 4
"""Slides that a line names."""


def check_there(sources: Sequence[Source]) -> None:
    """End the program if a source can't be read. What goes while it is watched is waited for; what was never there is
    a slip in its name."""
    found = [(source, source.world().read(source.path)) for source in sources]
    refused = [(source, problem) for source, problem in found if isinstance(problem, Diagnostic)]
    for source, problem in refused:
        tell((problem,), source)
    if refused:
        sys.exit(BAD_SOURCE)


def line(text: str) -> None:
    """Write a line with the time."""
    say(f"{time.strftime('%H:%M:%S')} {text}", sys.stdout)


def built(seconds: float, changed: Sequence[str] | None) -> str:
    """That the outputs were made, and which slides look otherwise; None if there were none before."""
    return f"built in {seconds:.1f} s{'' if changed is None else f': {slides(changed)}'}"


def slides(changed: Sequence[str]) -> str:
    """The slides that look otherwise, by their ids."""
    if not changed:
        return "no slide looks otherwise"
    more = f" and {len(changed) - MOST_SLIDES} more" if len(changed) > MOST_SLIDES else ""
    return ", ".join(changed[:MOST_SLIDES]) + more


def first_of(found: Collection[Diagnostic], source: Source) -> str:
    """The first error with its place, and how many more there are."""
    first, *others = [placed(diagnostic, source) for diagnostic in found if diagnostic.severity == "error"]
    where = f"{first.span}: " if first.span.file else ""
    return f"{where}{first.message}{f' (and {len(others)} more)' if others else ''}"
