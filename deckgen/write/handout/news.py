"""What has changed since an earlier handout, as the page behind the cover tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from deckgen.frozen import frozen
from deckgen.model.changes import Change, Edit
from deckgen.model.words import Words

MOST_EDITS = 3
"""Edits of a slide that are told; the slide itself has a bar beside it."""
MOST_LETTERS = 110
"""Of each edit's old and new words."""


@frozen
class News:
    """A line of the page."""

    kinds: str
    target: str
    """The id of the place that the line leads to; empty if it stands nowhere, or on the cover."""
    name: str
    before: str
    """Where it stood in the earlier handout."""
    edits: tuple[tuple[str, str], ...]
    """Old and new words; either may be empty."""


def news(changes: Collection[Change], targets: Collection[str], said: Words) -> tuple[News, ...]:
    return tuple(
        News(
            kinds(change, said),
            change.name if change.name in targets and change.kinds != ("removed",) else "",
            change.title or change.name,
            said.say("before: page {number}", number=change.old_pages[0]) if change.old_pages else "",
            tuple(map(short, change.edits[:MOST_EDITS])),
        )
        for change in changes
    )


def marks(changes: Collection[Change], said: Words) -> Mapping[str, str]:
    """What became of each slide of the new handout that changed, by id."""
    return {change.name: kinds(change, said) for change in changes if change.kinds != ("removed",)}


def kinds(change: Change, said: Words) -> str:
    names = {
        "added": said.say("Added"),
        "removed": said.say("Removed"),
        "moved": said.say("Moved"),
        "edited": said.say("Edited"),
    }
    return ", ".join(names[kind] for kind in change.kinds)


def short(edit: Edit) -> tuple[str, str]:
    old, new = (text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()} …" for text in edit[1:3])
    return old, new
