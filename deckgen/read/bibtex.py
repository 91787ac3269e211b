"""BibTeX and BibLaTeX files as CSL-JSON: the works that a talk may cite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "conference": "paper-conference",
    "manual": "book", "mastersthesis": "thesis", "phdthesis": "thesis", "thesis": "thesis", "proceedings": "book",
    "techreport": "report", "report": "report", "unpublished": "manuscript", "online": "webpage", "www": "webpage",
    "electronic": "webpage", "software": "book", "dataset": "dataset", "patent": "patent", "misc": "document",
}  # fmt: skip
FIELDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "publisher": "publisher", "institution": "publisher",
    "organization": "publisher", "school": "publisher", "address": "publisher-place",
    "location": "publisher-place", "volume": "volume", "number": "issue", "pages": "page", "edition": "edition",
    "series": "collection-title", "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "note": "note",
    "version": "version",
}  # fmt: skip
NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MARKS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
         "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a"}  # fmt: skip
"""TeX's accents as combining characters."""
LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł",
           "L": "Ł", "i": "\u0131", "textendash": "\u2013", "textemdash": "—", "ldots": "…", "dots": "…"}  # fmt: skip
ACCENT = re.compile(r"\\(?:([`'^~\"=.])|([uvHckr])(?![A-Za-z]))\s*(?:\{\\?([A-Za-z]?)\}|\\?([A-Za-z]))")
LETTER = re.compile(rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*(?:\{{\}})?")
COMMAND = re.compile(r"\\(?:emph|textit|textbf|textsc|textrm|mbox|url|href)(?![A-Za-z])\s*")
ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]\s*")
NAME = re.compile(r"\s*([A-Za-z][\w:+.-]*)\s*=\s*")
WORD = re.compile(r"\s*([^\s\"{},#=)]+)\s*")


class Entry(NamedTuple):
    """A work. `offset` is where its entry begins in the text."""

    key: str
    offset: int
    work: dict[str, Any]
    """In the terms of CSL-JSON."""


class Broken(Exception):
    """The text means nothing from this character on."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset, self.message = offset, message


def parse_bibtex(text: str) -> Iterator[Entry]:
    """The works of a BibTeX text in its order. Errors: `Broken`."""
    strings = {month: month for month in MONTHS}
    at = 0
    while found := ENTRY.search(text, at):
        kind = found[1].lower()
        if kind in ("comment", "preamble"):
            at = found.end()
        elif kind == "string":
            fields, at = read_fields(text, found.end(), strings)
            strings |= fields
        else:
            key = re.compile(r"[^\s,{}]+").match(text, found.end())
            if not key:
                raise Broken(found.start(), "this entry has no key")
            fields, at = read_fields(text, key.end(), strings)
            yield Entry(key[0], found.start(), work_of(kind, fields))


def read_fields(text: str, at: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """The fields of an entry from the place after its key, and the place after its end."""
    fields: dict[str, str] = {}
    while True:
        at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] in ("}", ")"):
            return fields, at + 1
        name = NAME.match(text, at)
        if not name:
            raise Broken(min(at, len(text) - 1), "expected 'name = {value}' or the end of the entry")
        value, at = read_value(text, name.end(), strings)
        fields.setdefault(name[1].lower(), value)


def read_value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """A value: parts joined by `#`, each in braces, in quotation marks, a number or a name."""
    parts: list[str] = []
    while True:
        at = re.compile(r"\s*").match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] in ('"', "{"):
            end = closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif word := WORD.match(text, at):
            parts.append(strings.get(word[1].lower(), word[1]))
            at = word.end()
        else:
            raise Broken(min(at, len(text) - 1), "a value is missing here, such as {words}")
        more = re.compile(r"\s*#").match(text, at)
        if not more:
            return "".join(parts), at
        at = more.end()


def closing(text: str, at: int) -> int:
    """The place of the brace or quotation mark that ends a value begun at `at`."""
    quoted, depth = text[at] == '"', 0
    for i in range(at + 1, len(text)):
        if text[i - 1] == "\\":
            continue
        if text[i] == "}" and not depth and not quoted:
            return i
        if text[i] == '"' and quoted and not depth:
            return i
        depth += {"{": 1, "}": -1}.get(text[i], 0)
    raise Broken(at, "the value that begins here has no end")


def work_of(kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    work: dict[str, Any] = {"type": TYPES.get(kind, "document")}
    for name, value in fields.items():
        if name in NAMES:
            work[NAMES[name]] = [name_of(person) for person in re.split(r"\s+and\s+", value.strip())]
        elif name in FIELDS:
            text = plain(value) if FIELDS[name] not in ("URL", "DOI") else value.replace("\\", "").strip("{} ")
            work.setdefault(FIELDS[name], re.sub("-{2,}|–", "-", text) if name == "pages" else text)
    if issued := date_of(fields.get("date", fields.get("year", "")), fields.get("month", "")):
        work["issued"] = issued
    if seen := date_of(fields.get("urldate", ""), ""):
        work["accessed"] = seen
    return work


def name_of(person: str) -> dict[str, str]:
    """`Last, First`, `First Last`, or a body's name in braces."""
    if person.startswith("{") and person.endswith("}"):
        return {"literal": plain(person)}
    family, comma, given = person.partition(",")
    if not comma:
        given, _, family = person.strip().rpartition(" ")
    return {"family": plain(family), "given": plain(given)} if given.strip() else {"family": plain(family)}


def date_of(written: str, month: str) -> dict[str, Any] | None:
    """`2020-05-17`, `2020`, or a year and a month."""
    parts = [int(part) for part in re.findall(r"\d+", written.partition("/")[0])[:3]]
    if not parts:
        return {"literal": plain(written)} if written.strip() else None
    if len(parts) == 1 and month.strip()[:3].lower() in MONTHS:
        parts.append(MONTHS.index(month.strip()[:3].lower()) + 1)
    elif len(parts) == 1 and month.strip().isdecimal() and 1 <= int(month) <= 12:
        parts.append(int(month))
    return {"date-parts": [parts]}


def plain(value: str) -> str:
    """A value without its TeX: accents and letters as characters, no braces, one space between words."""
    import unicodedata

    text = LETTER.sub(lambda found: LETTERS[found[1]], COMMAND.sub("", value))
    text = ACCENT.sub(lambda found: (found[3] or found[4] or "") + MARKS[found[1] or found[2]], text)
    text = re.sub(r"\\([&%$#_{}])", r"\1", text).replace("~", " ").replace("---", "—").replace("--", "–")
    text = re.sub("[{}]", "", text.replace("``", "“").replace("''", "”"))
    return unicodedata.normalize("NFC", " ".join(text.split()))
