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
from deckgen.importing.kinds import transition
from deckgen.importing.marp import LOCAL, direct, of_front, with_globals
from deckgen.importing.result import Data, Files, Imported, Log
from deckgen.importing.slide import SlideBuilder
from deckgen.importing.tree import attributes, without_attributes, written
from deckgen.read.document import Element
from deckgen.read.ids import LONGEST, slug

TEXTS = {
    "title": "title", "subtitle": "subtitle", "event": "event", "bibliography": "bibliography", "institute": "role",
    "lang": "language", "language": "language",
}  # fmt: skip
"""Settings that are a text, and our keys for them."""
DONE = {"marp", "mdc", "headingDivider"}
"""Settings that have done what they say when the slides are found."""
PAUSE = re.compile(r"\. \. \.")
GRID = re.compile(r" {0,3}\+[-=:]{3,}\+")
COLUMNS = re.compile(r" *-{2,}( +-{2,})+ *")
"""The lines that begin tables in Pandoc's other ways."""


def import_markdown(text: str, dialect: Dialect | None = None) -> Imported:
    """The talk of a Markdown file. `dialect` is guessed if it isn't told."""
    found = document(text)
    dialect = dialect or dialect_of(found)
    found = with_globals(found) if dialect == "marp" else found
    log = Log()
    raws = [raw for raw in divided(found, dialect) if raw.elements or raw.front]
    talk = head(found, dialect, log)
    targets, files, running = anchors(raws), Files(), Data()
    notes = notes_of(raws, log)
    builders = [SlideBuilder(raw, dialect, log, targets, notes, files, running) for raw in raws]
    if builders and dialect == "marp":
        direct(builders[0], of_front(found.front), 1)
    if raws and is_title(raws[0], talk):
        talk |= title_slide(raws[0], talk, builders.pop(0), log)
    unused(raws, notes, log)
    drawn_tables(found, log)
    slides = [slide for builder in builders for slide in builder.slides(first=builder.raw is raws[0])]
    with_closing(slides, "bibliography" in talk)
    if "bibliography" in talk:
        talk["bibliography"] = files.place(talk["bibliography"], "")
    talk.setdefault("title", "A talk")
    return Imported({"deckgen": 1, **ordered(talk), "slides": slides}, files.wanted, remarks=log.sorted())


def ordered(talk: Data) -> Data:
    keys = ("title", "subtitle", "author", "role", "event", "date", "language", "transition", "bibliography", "notes")
    return {key: talk[key] for key in keys if key in talk}


def head(found: Document, dialect: Dialect, log: Log) -> Data:
    """The keys of the talk that the front matter has."""
    talk = Data()
    slides = {key for key in found.front if dialect == "marp" and key.lstrip("_") in LOCAL}
    for key, value in found.front.items():
        if key in DONE or key in slides or (key == "paginate" and value is True):
            continue
        if key in TEXTS and isinstance(value, (str, int, float)):
            talk[TEXTS[key]] = str(value).strip()
        elif key == "author" and names(value):
            talk["author"] = names(value)
            if unsaid := sorted(others(value)):
                log.remark(1, f"of the author, this is left out: {', '.join(unsaid)}")
        elif key == "bibliography" and isinstance(value, list) and value:
            talk["bibliography"] = str(value[0])
            if value[1:]:
                log.remark(1, f"a talk has one bibliography: {', '.join(map(str, value[1:]))} is left out")
        elif key == "transition" and transition(value):
            talk["transition"] = transition(value)
        elif key == "date" and isinstance(value, datetime.date):
            talk["date"] = value.isoformat()[:10]
        elif key == "date" and date(str(value)):
            talk["date"] = date(str(value))
        elif key == "date":
            log.remark(1, f"the date {str(value)!r} is left out: write it as year-month-day under `date`")
        else:
            log.remark(1, f"the setting {key!r} of the file is left out: {shortened(str(value))}")
    return talk


def names(author: Any) -> str:
    if isinstance(author, dict):
        author = author.get("name")
    if isinstance(author, list):
        return ", ".join(filter(None, map(names, author)))
    return author.strip() if isinstance(author, str) else ""


def others(author: Any) -> set[str]:
    """What is said of authors beside their names."""
    if isinstance(author, list):
        return {key for one in author for key in others(one)}
    return {str(key) for key in author} - {"name"} if isinstance(author, dict) else set()


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
    lines: list[str] = []
    builder.begin(first=True)
    for element in raw.elements:
        line = raw.first + element.line
        if element.type == "heading":
            words, braces = without_attributes(builder.inline(element, line, attributes=True))
            builder.heading_keys(*attributes(braces), line) if braces else None
            lines.append(words)
        elif element.type == "paragraph" and not PAUSE.fullmatch(written(element).strip()):
            builder.said_as_text(written(element).strip(), line)
            lines += builder.lines(element, line)
        else:
            builder.take(element)
    for key in sorted(builder.keys.keys() - {"id"}):
        log.remark(raw.line, f"the title slide has no {key!r}, so this is left out: {builder.keys[key]}")
    for kind, value in (pair for block in builder.blocks for pair in block.items()):
        log.remark(raw.line, f"the title slide holds no {kind}, so this is left out: {value}")
    title, *rest = list(filter(None, lines)) or [""]
    rest = [words for words in rest if words not in talk.values()]
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


def notes_of(raws: list[Raw], log: Log) -> Mapping[str, str]:
    """The footnotes by their labels, as inline Markdown."""
    return dict(pair for raw in raws for element in raw.elements for pair in footnotes(element, raw.first, log))


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


def footnotes(element: Element, first: int, log: Log) -> Iterator[tuple[str, str]]:
    if element.type == "footnote_reference":
        line = first + element.line
        if [child.type for child in element.children] != ["paragraph"]:
            log.remark(line, "a footnote is one paragraph: all that stands in it is one text")
        words = " ".join(text for child in element.children for text in texts_in(child, line, log))
        yield str(element.token.meta["label"]), words
    for child in element.children:
        yield from footnotes(child, first, log)


def texts_in(element: Element, line: int, log: Log) -> Iterator[str]:
    """All texts of an element; code is set as such."""
    if element.type in ("fence", "code_block"):
        yield f"`{' '.join(element.token.content.split())}`"
    yield Inline(log, line, {}, {}).text(content(element)).replace("\n", " ")
    for child in element.children:
        if child.type != "inline":
            yield from texts_in(child, line, log)
