"""The manifest that deck and handout both carry: what they were made from, slide by slide."""

from __future__ import annotations

import bisect
import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from deckgen import __version__
from deckgen.model.deck import Deck

FORMAT = 1
NAMESPACE = "https://deckgen.example/ns/1/"
"""Names our XML; nothing has to be found there."""


@dataclass(frozen=True)
class Manifest:
    """Digests are the first 16 hexadecimal digits of a SHA-256 of the content; places and comments don't count."""

    format: int
    tool: str
    title: str
    source: str
    slides: tuple[tuple[str, str], ...]
    """Id and digest of the title slide, of every section and of every slide, in order."""

    def to_json(self) -> bytes:
        """The manifest as it is stored: UTF-8, one line."""
        return json.dumps(
            {f.name: getattr(self, f.name) for f in fields(self)}, ensure_ascii=False, separators=(",", ":")
        ).encode()

    def to_xml(self) -> bytes:
        """The manifest as PowerPoint keeps it: the JSON in one element."""
        json_text = self.to_json().decode().replace("&", "&amp;").replace("<", "&lt;")
        return f'<?xml version="1.0" encoding="UTF-8"?><manifest xmlns="{NAMESPACE}">{json_text}</manifest>'.encode()


def manifest_of(deck: Deck) -> Manifest:
    """The manifest of both outputs of a deck."""
    head = [getattr(deck, f.name) for f in fields(deck) if f.name not in ("slides", "span")]
    slides = (("title", digest(head)), *((entry.id, digest(entry)) for entry in deck.slides))
    title = "".join(run.text for run in deck.title)
    return Manifest(FORMAT, f"deckgen {__version__}", title, digest(deck), slides)


def from_json(data: bytes) -> Manifest | None:
    """The manifest that `to_json` wrote; None if it is none that this version can read."""
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            return None
        slides = tuple((str(name), str(value)) for name, value in found["slides"])
        return Manifest(FORMAT, str(found["tool"]), str(found["title"]), str(found["source"]), slides)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(canonical(value), ensure_ascii=False).encode()).hexdigest()[:16]


def canonical(value: Any) -> Any:
    """The value as plain lists and texts that tell all its content, which two equal ones share; so no places."""
    if is_dataclass(value):
        parts = [canonical(getattr(value, f.name)) for f in fields(value) if f.compare]
        return [type(value).__name__, *parts]
    if isinstance(value, (tuple, list)):
        return [canonical(item) for item in value]
    return value


def differences(one: Manifest, other: Manifest, name: str, other_name: str) -> tuple[str, ...]:
    """In what two outputs or sources of these names differ, in words; empty if they say the same."""
    if one.source == other.source:
        return ()
    left, right = dict(one.slides), dict(other.slides)
    if one.title != other.title and not (left.keys() & right.keys()) - {"title"}:
        return (f"they are of two talks: {one.title!r} and {other.title!r}",)
    kept = [key for key in left if key in right]
    changed = [f"slide {key!r} differs" for key in kept if left[key] != right[key]]
    gone = [f"slide {key!r} stands in {name} only" for key in left if key not in right]
    new = [f"slide {key!r} stands in {other_name} only" for key in right if key not in left]
    moved = [f"slide {key!r} stands in another place" for key in misplaced(kept, [k for k in right if k in left])]
    return (*changed, *gone, *new, *moved) or ("the slides are the same, the source differs",)


def misplaced(one: list[str], other: list[str]) -> list[str]:
    """The fewest keys that must move to bring the first order into the second: all but a longest rising sequence."""
    place = {key: i for i, key in enumerate(other)}
    ends: list[int] = []  # The least place that a rising sequence of each length can end in.
    lengths = []
    for key in one:
        lengths.append(bisect.bisect_left(ends, place[key]))
        ends[lengths[-1] : lengths[-1] + 1] = [place[key]]
    staying, wanted = set(), len(ends) - 1
    for key, length in zip(reversed(one), reversed(lengths), strict=True):
        if length == wanted:
            staying.add(key)
            wanted -= 1
    return [key for key in one if key not in staying]
