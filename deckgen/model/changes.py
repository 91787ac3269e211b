"""What has changed from one output to another, told by their manifests: slides new, gone, moved or edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from deckgen.model.manifest import Manifest, Shown, misplaced

Kind = Literal["added", "removed", "moved", "edited"]
Pages = tuple[int, int]
"""The first and the last page, or slide of a deck, counted from 1."""
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
"""A word between spaces; a sign of Chinese or Japanese, which have none."""
MOST_WORDS = 2000
"""Texts of more words are compared paragraph by paragraph: the time grows with the square."""

AROUND = 3
"""Words that are told around an edit."""


class Edit(NamedTuple):
    """Words that took the place of others; either may be empty."""

    before: str
    """The words that stay in front of them, a few."""
    old: str
    new: str
    after: str


class Change(NamedTuple):
    """What became of a slide, a section, or the title slide (`title`)."""

    name: str
    """The id, of a removed slide the old one."""
    kinds: tuple[Kind, ...]
    title: str
    """The first text of the slide; empty if it has none."""
    old_pages: Pages | None
    new_pages: Pages | None
    edits: tuple[Edit, ...] = ()


def changes(old: Manifest, new: Manifest) -> tuple[Change, ...]:
    """The changes from one output to another of the same kind: in the order of the new one, then what is gone."""
    left, right = entries(old, new), entries(new, old)
    names = renamed(left, right)
    before = {names.get(name, name): name for name in left}
    kept = [name for name in before if name in right]
    moved = set(misplaced(kept, [name for name in right if name in before]))
    found = []
    for name, shown in right.items():
        kinds: list[Kind] = []
        was = left[before[name]] if name in before else None
        if was is None:
            kinds.append("added")
        else:
            kinds += ["moved"] if name in moved else []
            kinds += ["edited"] if was.digest != shown.digest else []
        if kinds:
            edits = edited(was.texts, shown.texts) if was and was.digest != shown.digest else ()
            pages = old.pages.get(before.get(name, ""))
            found.append(Change(name, tuple(kinds), shown.title, pages, new.pages.get(name), edits))
    gone = (Change(name, ("removed",), left[name].title, old.pages.get(name), None) for name in left)
    return (*found, *(change for change in gone if names.get(change.name, change.name) not in right))


def entries(manifest: Manifest, other: Manifest) -> dict[str, Shown]:
    """What the output shows, by id. Where one of the two doesn't tell, all of the source counts, without its words."""
    if manifest.shown and other.shown:
        return manifest.shown
    return {name: Shown(value, manifest.shown[name].texts if name in manifest.shown else ())
            for name, value in manifest.slides}  # fmt: skip


def renamed(left: dict[str, Shown], right: dict[str, Shown]) -> dict[str, str]:
    """Old id -> new one of slides that stayed the same but for their title, from which ids are made."""
    gone = {shown.texts[1:]: name for name, shown in left.items() if name not in right and shown.texts[1:]}
    come = {shown.texts[1:]: name for name, shown in right.items() if name not in left and shown.texts[1:]}
    return {name: come[texts] for texts, name in gone.items() if texts in come}


def edited(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Edit, ...]:
    """The words in which texts differ, in order."""
    left, right = tokens(old), tokens(new)
    if max(len(left), len(right)) > MOST_WORDS:
        left, right = list(old), list(new)
    return tuple(between(left, right))


def tokens(texts: tuple[str, ...]) -> list[str]:
    """The words of texts, and a line feed after each text."""
    return [word for text in texts for word in (*WORD.findall(text), "\n")]


def between(old: list[str], new: list[str]) -> Iterator[Edit]:
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        edit = Edit(
            " ".join(new[max(0, m - AROUND) : m]).rpartition("\n")[2].strip(),
            " ".join(old[i:j]).strip(),
            " ".join(new[m:n]).strip(),
            " ".join(new[n : n + AROUND]).partition("\n")[0].strip(),
        )
        if kind != "equal" and (edit.old or edit.new):
            yield edit


def texts_of(changes: Iterable[Change]) -> Iterator[str]:
    """All words of slides that changes tell."""
    for change in changes:
        yield change.title
        for edit in change.edits:
            yield from edit


def pages_to_print(old: Manifest, new: Manifest) -> tuple[int, ...]:
    """The pages of a new handout that differ from the old one's of the same number, counted from 1.

    Where the old one doesn't tell what stands on its pages, all are told.
    """
    changed = {change.name for change in changes(old, new)}
    drawn = {page for name in changed & new.pages.keys() for page in range(new.pages[name][0], new.pages[name][1] + 1)}
    same = {i for i, (was, now) in enumerate(zip(old.prints, new.prints, strict=False), start=1) if was == now}
    return tuple(page for page in range(1, len(new.prints) + 1) if page in drawn or page not in same)
