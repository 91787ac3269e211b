"""Reads a deck, gives its slides their ids, and checks what can be checked before anything is drawn."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from deckgen.diagnostics import Diagnostic, Edit, coded, has_errors, shortened
from deckgen.model.deck import Deck, Given, PrintPage
from deckgen.model.languages import tag_named
from deckgen.model.meant import suggestion
from deckgen.model.references import MADE, in_titles
from deckgen.read.body import DECK_TYPES
from deckgen.read.ids import exhibits, heading, with_ids
from deckgen.read.reader import BAD, Reader
from deckgen.read.schema import read_mapping
from deckgen.read.source import decode
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence, compose
from deckgen.world import World

VERSION = 1
MOST_SUGGESTIONS = 20
"""Each compares with all slides of the deck."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
"""The part of BCP 47 that PowerPoint and PDF readers know: language, script, region."""


def read_deck(
    world: World, file: str, theme: str = "", given: Given = ()
) -> tuple[Deck | None, tuple[Diagnostic, ...]]:
    """The deck of a source file, and all that is wrong with it; no deck if any of it is an error.

    Where the caller has a `theme`, the one that the source names need not exist.
    """
    data = world.read(file)
    if isinstance(data, Diagnostic):
        return None, coded("file", [data])
    source = decode(file, data)
    if isinstance(source, Diagnostic):
        return None, coded("syntax", [source])
    reader = Reader(source, world, DECK_TYPES)
    reader.given = dict(given)
    root, diagnostics = compose(source)
    reader.diagnostics += coded("syntax", diagnostics)
    if root is None:
        if not diagnostics:
            hint = "a source begins with the line 'deckgen: 1'; `deckgen new` makes one to begin with"
            reader.error(source.end(), "the file is empty", hint)
        return None, reader.sorted_diagnostics("schema")
    deck = read_mapping(Deck, reader, values_first(root, reader))
    if deck is not BAD and isinstance(root, Mapping):
        check_head(deck, root, reader)
        if not theme:
            check_theme(deck, root, reader, world)
        deck = finished(deck, root, reader)
    found = reader.sorted_diagnostics("schema")
    return (None if deck is BAD or has_errors(found) else deck), found


def values_first(root: Node, reader: Reader) -> Node:
    """The keys with those in front that the text of others may name. The language is that of the values."""
    if not isinstance(root, Mapping):
        return root
    if isinstance(language := root.get("language"), Scalar) and LANGUAGE.fullmatch(language.value):
        reader.language = canonical(language.value)
    order = {"parameters": 0, "data": 1}
    return root._replace(pairs=tuple(sorted(root.pairs, key=lambda pair: order.get(pair[0].value, 2))))


def finished(deck: Deck, root: Mapping, reader: Reader) -> Deck:
    """The deck with the ids of its slides, its links checked."""
    known = knows_all_ids(deck, root, reader)
    with reader.concerning("id"):
        deck = replace(deck, slides=with_ids(deck.slides, reader), language=canonical(deck.language))
    if known:
        with reader.concerning("link"):
            check_links(deck, root, reader)
            check_references(deck, reader)
    if reader.cites or deck.bibliography:
        from deckgen.read.bibliography import with_citations

        with reader.concerning("citation"):
            return with_citations(deck, root, reader)
    return deck


def canonical(language: str) -> str:
    """A language tag in the letters that BCP 47 recommends: `de`, `en-GB`, `zh-Hant-TW`."""
    first, *rest = language.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def check_head(deck: Deck, root: Mapping, reader: Reader) -> None:
    """The keys before the slides."""
    if deck.deckgen != VERSION:
        message = f"the source is of version {deck.deckgen}, and this program reads version {VERSION}"
        hint = f"write 'deckgen: {VERSION}', or install the version of deckgen that the source was written for"
        reader.error(root.get("deckgen") or root, message, hint)
    if not LANGUAGE.fullmatch(deck.language):
        where = root.get("language") or root
        right = tag_meant(deck.language)
        fix = Edit(reader.span(where), deck.language, right) if right else None
        hint = f"write {right}" if right else "write one such as en, en-GB or de"
        reader.error(where, f"{shortened(deck.language)!r} is no language tag", hint, fix)
    if deck.date and not is_date(deck.date):
        day, right = reader.span(root.get("date") or root), as_date(deck.date)
        fix = Edit(day, deck.date, right) if right else None
        hint = f"write {right}" if right else "write year-month-day, such as 2026-11-24"
        missing = re.fullmatch(r"\d{4}-\d{2}-\d{2}", deck.date) and deck.date >= "1900"
        message = f"there is no day {deck.date}" if missing else f"{shortened(deck.date)!r} is no date"
        reader.error(day, message, hint, fix)


def tag_meant(language: str) -> str:
    """The tag that was meant by a language's name or by a tag with `_`; empty if that is not known."""
    dashed = language.replace("_", "-")
    return canonical(dashed) if LANGUAGE.fullmatch(dashed) else tag_named(dashed)


def check_theme(deck: Deck, root: Mapping, reader: Reader, world: World) -> None:
    if deck.theme not in (names := world.themes()):
        message, where = f"there is no theme {shortened(deck.theme)!r}", root.get("theme")
        if isinstance(where, Scalar):
            reader.unknown(where, message, names)
        else:
            reader.error(root, message, suggestion(deck.theme, names))


def is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and date.fromisoformat(text) >= date(1900, 1, 1)
    except ValueError:
        return False


def as_date(text: str) -> str:
    """A day that is written otherwise, without any doubt which one is meant, as year-month-day; else empty."""
    if found := re.fullmatch(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", text):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = found.groups()
    else:
        return with_month(text)
    written = f"{year}-{month:0>2}-{day:0>2}"
    return written if is_date(written) else ""


def with_month(text: str) -> str:
    """The same for a day whose month is an English word."""
    for form in ("%d %B %Y", "%d. %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""


def knows_all_ids(deck: Deck, root: Mapping, reader: Reader) -> bool:
    """Whether no slide was left out, and none lacks the title that its id is made from."""
    written = root.get("slides")
    whole = written is not None and reader.span(written) not in reader.incomplete
    named = (entry.id or heading(entry) or isinstance(entry, PrintPage) for entry in deck.slides)
    return whole and all(named)


def check_references(deck: Deck, reader: Reader) -> None:
    """Words are made in text that is set once, not in titles, which other places repeat."""
    for run in in_titles(deck):
        if run.refer in MADE:
            reader.error(run.span, "a reference can't stand in a title", r"write words; \{ and \[ are the signs")


def check_links(deck: Deck, root: Mapping, reader: Reader) -> None:
    """Links inside of the deck lead to a slide, a section or a block with an id; one that has errors may have it."""
    targets = {entry.id for entry in (*deck.slides, *exhibits(deck.slides))} | {"title"}
    lost = [(where, target) for where, target in reader.links if target not in targets]
    written = set(written_ids(root)) if lost and reader.diagnostics else set()
    lost = [(where, target) for where, target in lost if target not in written]
    for i, (where, target) in enumerate(lost):
        near = difflib.get_close_matches(target, targets, 1) if i < MOST_SUGGESTIONS else []
        hint = f"did you mean #{near[0]}?" if near else "give the slide that you mean this 'id'"
        reader.error(where, f"there is no slide {shortened(target)!r} to link to", hint)


def written_ids(node: Node) -> Iterator[str]:
    """The values of all keys `id` under a node."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from written_ids(item)
    elif isinstance(node, Mapping):
        for name, value in node.pairs:
            if name.value == "id" and isinstance(value, Scalar):
                yield value.value
            else:
                yield from written_ids(value)
