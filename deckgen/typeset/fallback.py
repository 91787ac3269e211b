"""Give the characters that the theme's font lacks to a family that has them, before text is measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from deckgen.model.languages import tagged
from deckgen.model.text import Run, Text
from deckgen.typeset.clusters import clusters
from deckgen.typeset.fonts import Face, Faces

Piece = tuple[str, str]
"""A cluster and the fallback family that shows it; empty for the theme's own."""


def in_families(text: Text, face_of: Callable[[Run], Face], faces: Faces) -> Text:
    """The text, with its runs divided where another family than the theme's own has the characters.

    A space or a sign of general punctuation keeps the family of what stands before it, as in the programs that show
    decks. Characters that no family has stay with the theme's own.
    """
    if all(run.math or run.text.isascii() or face_of(run).covers(run.text) for run in text):
        return text
    found: list[Run] = []
    before: str | None = None
    for run in text:
        if run.math:
            found.append(run)
            before = ""
            continue
        pieces = list(with_families(run, face_of(run), faces, before))
        before = pieces[-1][1] if pieces else before
        for family, group in groupby(pieces, key=lambda piece: piece[1]):
            found.append(replace(run, text="".join(cluster for cluster, _ in group), face=family, note=()))
        if run.note and found:
            found[-1] = replace(found[-1], note=run.note)
    return tuple(found)


def with_families(run: Run, own: Face, faces: Faces, before: str | None) -> Iterator[Piece]:
    """The clusters of a run, each with its family; `before` is that of the run before, None at the beginning."""
    waiting: list[str] = []
    for stretch, language in tagged(run.text, faces.language):
        for cluster in clusters(stretch):
            if before is None and weak(cluster):
                waiting.append(cluster)
                continue
            if not (before and weak(cluster) and kept(cluster, before, faces)):
                before = "" if own.covers(cluster) else faces.fallback_for(cluster, language)
            for sign in waiting:
                yield sign, before if kept(sign, before, faces) else ""
            waiting.clear()
            yield cluster, before
    for sign in waiting:
        yield sign, "" if own.covers(sign) else faces.fallback_for(sign, faces.language)


def weak(cluster: str) -> bool:
    """Whether the cluster takes the font of its neighbours: a space, or general punctuation."""
    return unicodedata.category(cluster[0]) == "Zs" or 0x2010 <= ord(cluster[0]) <= 0x205E


def kept(cluster: str, family: str, faces: Faces) -> bool:
    """Whether a weak cluster keeps a family: one for a script. Emoji and signs have spaces that suit no text."""
    own = next((f for f in faces.theme.fallbacks if f.family == family), None)
    return own is not None and bool(own.languages) and faces.fallback(family).covers(cluster)
