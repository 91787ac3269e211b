"""The manifest that deck and handout both carry: what they were made from, slide by slide."""

from __future__ import annotations

import bisect
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import field, fields, is_dataclass, replace
from typing import Any, Literal, NamedTuple

from deckgen import __version__
from deckgen.frozen import compared, frozen
from deckgen.model.block import contents, leaves
from deckgen.model.chart import Numbers
from deckgen.model.dataset import shown
from deckgen.model.deck import Deck, Entry, Section, Slide
from deckgen.model.exhibit import each_exhibit
from deckgen.model.production import Print
from deckgen.model.tabular import Cell, Row
from deckgen.model.text import Run, plain

FORMAT = 1
NAMESPACE = "https://deckgen.example/ns/1/"
"""Names our XML; nothing has to be found there."""
TIMES = "docProps/core.xml"
"""The part of a deck that tells when it was built."""

Output = Literal["deck", "handout"]
Known = dict[int, Any]
"""By the `id` of a value that a deck holds, what is `canonical` of it."""


class Shown(NamedTuple):
    """What an output shows of a slide, a section, or the title slide."""

    digest: str
    """Of all that can be seen: without notes, and in a deck without print text."""
    texts: tuple[str, ...]
    """The words, a text each, the title first; one that has no title begins with an empty text."""

    @property
    def title(self) -> str:
        return next((text for text in self.texts if text), "")


@frozen
class Manifest:
    """Digests are the first 16 hexadecimal digits of a SHA-256 of the content; places and comments don't count."""

    format: int
    tool: str
    title: str
    source: str
    slides: tuple[tuple[str, str], ...]
    """Id and digest of the title slide, of every section and of every slide, in order."""
    shown: dict[str, Shown] = field(default_factory=dict)
    """By id, what the file that carries the manifest shows; empty in files of deckgen's first versions."""
    pages: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By id, the first and the last page of a handout, or slide of a deck, counted from 1."""
    prints: tuple[str, ...] = ()
    """A digest of the words on each page of a handout, and of their places."""
    file: str = ""
    """In a deck: the name of the source."""
    recipes: dict[str, Any] = field(default_factory=dict)
    """In a deck: by id, what each slide was made of (see `model.recipe`)."""
    traces: dict[str, dict[str, str]] = field(default_factory=dict)
    """In a deck: by the name of each slide, digests of what its parts show."""
    pictures: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """In a deck: by the digest of an author's picture or clip, what shows it, the largest first: the names of slide and
    shape, and a digest of what stands there."""
    written: str = ""
    """In a deck: `digest_of_parts` of all else in the file, which is another one when somebody saves it again."""

    def to_json(self) -> bytes:
        """The manifest as it is stored: UTF-8, one line."""
        return json.dumps(
            {f.name: getattr(self, f.name) for f in fields(self)}, ensure_ascii=False, separators=(",", ":")
        ).encode()

    def to_xml(self) -> bytes:
        """The manifest as PowerPoint keeps it: the JSON in one element."""
        json_text = self.to_json().decode().replace("&", "&amp;").replace("<", "&lt;")
        return f'<?xml version="1.0" encoding="UTF-8"?><manifest xmlns="{NAMESPACE}">{json_text}</manifest>'.encode()


def manifest_of(deck: Deck, output: Output = "handout", known: Known | None = None) -> Manifest:
    """The manifest of an output. In what they show both differ; all else is the same.

    `known` is what `told_in` finds in the deck.
    """
    known = told_in(deck) if known is None else known
    head = [getattr(deck, f.name) for f in compared(Deck) if f.name != "slides"]
    slides = (("title", digest(head)), *((entry.id, digest(entry, known)) for entry in deck.slides))
    title = "".join(run.text for run in deck.title)
    shown = dict(shown_in(deck, output, known))
    return Manifest(FORMAT, f"deckgen {__version__}", title, digest(deck, known), slides, shown)


def told_in(deck: Deck) -> Known:
    """The entries of a deck and their blocks: several digests are made of each."""
    known: Known = {}
    for entry in deck.slides:
        for block in entry.body:
            known[id(block)] = canonical(block, known)
        known[id(entry)] = canonical(entry, known)
    return known


def shown_in(deck: Deck, output: Output, known: Known) -> Iterator[tuple[str, Shown]]:
    """What an output shows of each entry that it has."""
    cover = replace(
        deck, notes=(), slides=(), minutes=0, print=Print(), abstract=deck.abstract if output == "handout" else ()
    )
    yield "title", Shown(digest(cover), ("", *texts((deck.title, deck.subtitle, deck.author, deck.role, deck.event)),
                                         deck.date, *texts(cover.abstract)))  # fmt: skip
    for entry in deck.slides:
        if entry.only in ("both", output):
            seen = seen_in(entry, output)
            yield entry.id, Shown(digest(seen, known), tuple(words_of(seen, output)))


def seen_in(entry: Entry, output: Output) -> Entry:
    """The entry without what can't be seen in an output; what it shows of files is written in it."""
    if isinstance(entry, Section | Slide):
        entry = replace(entry, notes=(), minutes=0, transition=None)
        entry = replace(entry, handout=()) if output == "deck" else entry
    if isinstance(entry, Slide):
        body = tuple(block for block in entry.body if block.only in ("both", output))
        entry = replace(entry, body=each_exhibit(body, lambda block: block.whole()))
    return replace(entry, id="")


def words_of(entry: Entry, output: Output) -> Iterator[str]:
    """The texts of an entry, its title first."""
    yield plain(entry.heading)
    yield from texts(entry.summary) if isinstance(entry, Section) else ()
    for _, block in leaves(entry.body):
        yield from texts(block) if block.only in ("both", output) else ()
    yield from texts((entry.takeaway, entry.handout))


def texts(node: Any) -> Iterator[str]:
    """Every text under a node, in order; footnotes after the text that they hang on."""
    if isinstance(node, tuple) and node and isinstance(node[0], Run):
        yield "".join(run.text for run in node)
        for run in node:
            yield from texts(run.note)
    elif isinstance(node, tuple):
        for child in node:
            yield from texts(child)
    elif isinstance(node, Numbers):
        for row in node.rows:
            yield " ".join([row.name.text or row.group.text, *map(shown, row.values)])
    elif isinstance(node, Row):
        cells = (Cell(text=node.group),) if node.group else node.cells or node.total
        yield " ".join(plain(cell.text) for cell in cells)
        yield from (text for cell in cells for run in cell.text for text in texts(run.note))
        yield from (text for cell in cells for text in texts(cell.note))
    else:
        for name in contents(node.__class__):
            yield from texts(getattr(node, name))


def from_json(data: bytes) -> Manifest | None:
    """The manifest that `to_json` wrote, of this version or an earlier one; None if it is none that can be read."""
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            return None
        slides = tuple((str(name), str(value)) for name, value in found["slides"])
        shown = {str(name): Shown(str(value), tuple(map(str, words)))
                 for name, (value, words) in found.get("shown", {}).items()}  # fmt: skip
        pages = {str(name): (int(first), int(last)) for name, (first, last) in found.get("pages", {}).items()}
        prints = tuple(map(str, found.get("prints", ())))
        head = (str(found["tool"]), str(found["title"]), str(found["source"]))
        traces = {
            str(name): {str(part): str(told) for part, told in parts.items()}
            for name, parts in found.get("traces", {}).items()
        }
        pictures = {name: [(str(slide), str(shape), str(own)) for slide, shape, own in places]
                    for name, places in found.get("pictures", {}).items()}  # fmt: skip
        file, recipes = str(found.get("file", "")), dict(found.get("recipes", {}))
        written = str(found.get("written", ""))
        return Manifest(FORMAT, *head, slides, shown, pages, prints, file, recipes, traces, pictures, written)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def digest(value: Any, known: Known | None = None) -> str:
    return hashlib.sha256(json.dumps(canonical(value, known or {}), ensure_ascii=False).encode()).hexdigest()[:16]


def digest_of_parts(parts: Iterable[tuple[str, bytes]]) -> str:
    """Of the parts of a package, by their names. Their order and the time of the build don't count."""
    found = hashlib.sha256()
    for name, data in sorted((name, hashlib.sha256(data).hexdigest()) for name, data in parts if name != TIMES):
        found.update(f"{data} {name}\n".encode())
    return found.hexdigest()[:16]


def canonical(value: Any, known: Known) -> Any:
    """The value as plain lists and texts that tell all its content, which two equal ones share; so no places.

    Fields that have their default are left out: so a later version, which knows more of them, says the same.
    """
    if isinstance(value, (tuple, list)):
        return [canonical(item, known) for item in value]
    cls = value.__class__
    if not (told := compared(cls)):
        return [cls.__name__] if is_dataclass(value) else value
    if id(value) in known:
        return known[id(value)]
    found: list[Any] = [cls.__name__]
    for f in told:
        if (own := getattr(value, f.name)) != f.default:
            found.append([f.name, canonical(own, known)])
    return found


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
