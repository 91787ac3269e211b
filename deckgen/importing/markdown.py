"""A talk in Markdown, as Pandoc, Marp, Slidev or people write it -> a talk in the source format."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from deckgen.diagnostics import shortened
from deckgen.importing.arrange import with_closing
from deckgen.importing.days import date
from deckgen.importing.divide import Dialect, Document, Raw, dialect_of, divided, document
from deckgen.importing.inline import Inline
from deckgen.importing.result import Data, Files, Imported, Log
from deckgen.importing.slide import SlideBuilder
from deckgen.importing.tree import attributes, without_attributes, written
from deckgen.read.document import Element
from deckgen.read.ids import LONGEST, slug

KNOWN_FRONT = {"title", "subtitle", "author", "date", "lang", "language", "bibliography", "institute", "event", "marp"}
SETTINGS = {"paginate", "headingDivider", "output", "mdc", "css", "style", "theme", "size", "layout"}
"""Settings of other programs that say nothing of the content."""
GRID = re.compile(r" {0,3}\+[-=:]{3,}\+")
COLUMNS = re.compile(r" *-{2,}( +-{2,})+ *")
"""The lines that begin tables in Pandoc's other ways."""


def import_markdown(text: str, dialect: Dialect | None = None) -> Imported:
    """The talk of a Markdown file. `dialect` is guessed if it isn't told."""
    found = document(text)
    dialect = dialect or dialect_of(found)
    log = Log()
    raws = [raw for raw in divided(found, dialect) if raw.elements or raw.front]
    talk = head(found, log)
    targets, files, notes = anchors(raws), Files(), notes_of(raws)
    builders = [SlideBuilder(raw, dialect, log, targets, notes, files) for raw in raws]
    if raws and is_title(raws[0], talk):
        talk |= title_slide(raws[0], talk, builders.pop(0), log)
    unused(raws, notes, log)
    drawn_tables(found, log)
    slides = [slide for builder in builders for slide in builder.slides()]
    with_closing(slides)
    talk.setdefault("title", "A talk")
    return Imported({"deckgen": 1, **ordered(talk), "slides": slides}, files.wanted, remarks=log.sorted())


def ordered(talk: Data) -> Data:
    keys = ("title", "subtitle", "author", "role", "event", "date", "language", "bibliography", "notes")
    return {key: talk[key] for key in keys if key in talk}


def head(found: Document, log: Log) -> Data:
    """The keys of the talk that the front matter has."""
    front, talk = found.front, Data()
    for key in ("title", "subtitle", "event", "bibliography"):
        if isinstance(front.get(key), str):
            talk[key] = front[key].strip()
    if author := names(front.get("author")):
        talk["author"] = author
    if isinstance(front.get("institute"), str):
        talk["role"] = front["institute"]
    language = front.get("lang", front.get("language"))
    if isinstance(language, str):
        talk["language"] = language
    if (day := front.get("date")) is not None:
        if isinstance(day, datetime.date):
            talk["date"] = day.isoformat()[:10]
        elif known := date(str(day)):
            talk["date"] = known
        else:
            log.remark(1, f"the date {str(day)!r} is left out: write it as year-month-day under `date`")
    for key in front.keys() - KNOWN_FRONT - SETTINGS:
        log.remark(1, f"the setting {key!r} of the file is left out: {shortened(str(front[key]))}")
    return talk


def names(author: Any) -> str:
    if isinstance(author, dict):
        author = author.get("name")
    if isinstance(author, list):
        return ", ".join(filter(None, map(names, author)))
    return author.strip() if isinstance(author, str) else ""


def is_title(raw: Raw, talk: Data) -> bool:
    """Whether a slide is that with the talk's title: it says the title, or comes first with a few lines alone."""
    headings = [element for element in raw.elements if element.type == "heading"]
    rest = [e for e in raw.elements if e.type not in ("heading", "html_block") and not is_notes(e)]
    if not headings or any(element.type != "paragraph" for element in rest) or len(rest) + len(headings) > 4:
        return False
    words = without_attributes(written(headings[0]))[0]
    if not words.strip():
        return False
    return words == talk.get("title") or ("title" not in talk and headings[0].token.tag == "h1" and not raw.section)


def is_notes(element: Element) -> bool:
    return element.type == "division" and "notes" in attributes(element.token.info)[0]


def title_slide(raw: Raw, talk: Data, builder: SlideBuilder, log: Log) -> Data:
    """What the title slide says, as keys of the talk."""
    lines = []
    for element in raw.elements:
        line = raw.first + element.line
        if element.type in ("heading", "paragraph"):
            lines.append(without_attributes(builder.inline(element, line, attributes=True))[0])
        else:
            builder.take(element)
    for kind, value in (pair for block in builder.blocks for pair in block.items()):
        log.remark(raw.line, f"the title slide holds no {kind}, so this is left out: {value}")
    title, *rest = list(filter(None, lines)) or [""]
    keys = [key for key in ("subtitle", "author", "event") if key not in talk]
    for words in rest[len(keys) :]:
        log.remark(raw.line, f"the line {words!r} on the title slide is left out")
    notes = {"notes": "\n\n".join(builder.notes) + "\n"} if builder.notes else {}
    return ({"title": title} if title else {}) | dict(zip(keys, rest, strict=False)) | notes


def content(element: Element) -> list[Any]:
    inline = next((child.token for child in element.children if child.type == "inline"), None)
    return list(inline.children or []) if inline else []


def anchors(raws: list[Raw]) -> Mapping[str, str]:
    """What links may lead to -> the id of the slide."""
    found: dict[str, str] = {}
    for raw in raws:
        for element in raw.elements:
            if element.type == "heading":
                words, braces = without_attributes(written(element))
                own = attributes(braces)[1].get("id", "")
                target = slug(own) if own else slug(words)
                made = re.sub(r"\s+", "-", re.sub(r"[^\w\s.-]", "", words.lower()))
                found |= {name: target for name in (own, made) if name and name not in found}
                break
    return {name: target[:LONGEST] for name, target in found.items() if target}


def notes_of(raws: list[Raw]) -> Mapping[str, str]:
    """The footnotes by their labels, as inline Markdown."""
    return dict(pair for raw in raws for element in raw.elements for pair in footnotes(element))


def unused(raws: list[Raw], notes: Mapping[str, str], log: Log) -> None:
    """Say which footnotes no text refers to."""
    labels = {label for raw in raws for element in raw.elements for label in referred(element)}
    for label in notes.keys() - labels:
        log.remark(1, f"no text refers to the footnote {label!r}, so it is left out: {shortened(notes[label])}")


def referred(element: Element) -> Iterator[str]:
    """The labels of the footnotes that a text hangs on."""
    for token in content(element):
        if token.type == "footnote_ref":
            yield str(token.meta.get("label"))
    for child in element.children:
        yield from referred(child)


def drawn_tables(found: Document, log: Log) -> None:
    """Say which lines of text are tables that only Pandoc reads."""
    lines = found.text.split("\n")
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        if GRID.match(line) and not above.strip():
            log.remark(found.first + number, "a table of + and - is left as text: write it with |, or as `table`")
        elif COLUMNS.fullmatch(line):
            log.remark(found.first + number, "a table without | is left as text: write it with |, or as `table`")


def footnotes(element: Element) -> Iterator[tuple[str, str]]:
    if element.type == "footnote_reference":
        text = " ".join(Inline(Log(), 0, {}, {}).text(content(child)) for child in element.children)
        yield str(element.token.meta["label"]), text
    for child in element.children:
        yield from footnotes(child)
