"""The ids of slides and sections: those that the author wrote, and those made from titles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from deckgen.diagnostics import Span
from deckgen.model.block import leaves, runs
from deckgen.model.deck import Entry, PrintPage
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import plain
from deckgen.read.reader import Reader

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Two hyphens in a row part an id from the number of a continuation slide."""
RESERVED = ("title",)
LONGEST = 60


def with_ids(entries: tuple[Entry, ...], reader: Reader) -> tuple[Entry, ...]:
    """The entries, each with an id of its own. Ids that the author wrote wrongly or twice are errors."""
    check((*entries, *exhibits(entries)), reader)
    written = {entry.id for entry in (*entries, *exhibits(entries))} | set(RESERVED)
    slugs = [slug(heading(entry)) for entry in entries]
    shared = Counter(name for name, entry in zip(slugs, entries, strict=True) if not entry.id)
    taken: set[str] = set(written)
    named = []
    for entry, name in zip(entries, slugs, strict=True):
        if not entry.id:
            if not name or shared[name] > 1 or name in written:
                word = "page" if isinstance(entry, PrintPage) else "slide"
                name = f"{name or word}-{digest(entry)}"
            name = next(free for free in candidates(name) if free not in taken)
            taken.add(name)
            entry = replace(entry, id=name)
        named.append(entry)
    return tuple(named)


def exhibits(entries: tuple[Entry, ...]) -> Iterator[Exhibit]:
    """The blocks that have an id."""
    for entry in entries:
        for _, block in leaves(getattr(entry, "body", ())):
            if isinstance(block, Exhibit) and block.id:
                yield block


def check(entries: tuple[Entry | Exhibit, ...], reader: Reader) -> None:
    first: dict[str, Span] = {}
    for entry in sorted(entries, key=lambda entry: reader.order(entry.span)):
        if not entry.id:
            continue
        written = reader.ids.get(entry.span, entry.span)
        if entry.id in RESERVED:
            reader.error(written, f"the id {entry.id!r} is that of the title slide", "choose another id")
        elif not ID.fullmatch(entry.id) or len(entry.id) > LONGEST:
            hint = f"an id is made of a-z, 0-9 and single hyphens, such as {slug(entry.id) or 'two-ways'!r}"
            reader.error(written, f"{entry.id!r} is no id", hint)
        elif entry.id in first:
            where = first[entry.id]
            place = f"in line {where.line}" if where.file == written.file else f"at {where}"
            hint = f"choose another id; the first one stands {place}"
            two = "two slides have" if not isinstance(entry, Exhibit) else "another place has"
            reader.error(written, f"{two} the id {entry.id!r}", hint)
        first.setdefault(entry.id, written)


def heading(entry: Entry) -> str:
    """What the entry is called: its heading, or the words of a block that serve as one."""
    served = (block.slide_title() for block in entry.body)
    return plain(entry.heading or next((text for text in served if text), ()))


def slug(text: str) -> str:
    """Lower-case Latin letters and digits with hyphens between words; empty if the text has none."""
    latin = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", latin.lower().replace("'", "")))
    return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]


def digest(entry: Entry) -> str:
    """Four characters made from the words of an entry: they stay the same wherever it moves in the deck."""
    text = "\x1f".join(run.text for run in runs(entry))
    return hashlib.sha256(text.encode()).hexdigest()[:4]


def candidates(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
