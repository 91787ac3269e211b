"""The works that a talk cites: read from its bibliography, set by a citation style (citeproc-py)."""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from deckgen.blocks.references import References
from deckgen.diagnostics import shortened
from deckgen.model.block import mapped, runs
from deckgen.model.deck import Deck, Entry, Slide
from deckgen.model.meant import suggestion
from deckgen.model.text import Run, Text
from deckgen.read.bibtex import Broken, parse_bibtex
from deckgen.read.citations import Cited, cited
from deckgen.read.files import read_text_file
from deckgen.read.reader import BAD, Reader
from deckgen.read.source import Source, place
from deckgen.read.yaml import Mapping as MappingNode
from deckgen.read.yaml import Node

LIMIT = 5_000_000
"""Bytes of a bibliography or a style."""
MOST_WORKS = 20_000
LONGEST = 4_000
"""Characters of one value of a work."""
STYLES = {"author-date": "harvard-cite-them-right", "numeric": str(Path(__file__).parent / "numeric.csl")}
"""Our names for styles -> what citeproc-py has under this name, or our own file."""
LOOKS: Mapping[str, dict[str, Any]] = {
    "Italic": {"italic": True}, "Oblique": {"italic": True}, "Bold": {"bold": True}, "Superscript": {"script": "super"},
    "Subscript": {"script": "sub"}, "Light": {}, "Underline": {}, "SmallCaps": {},
}  # fmt: skip
OPEN, CLOSE, FIRST = "\ue000", "\ue001", 0xE010
"""Private characters that mark looks in what citeproc-py gives back."""
NUMBER = re.compile(r"(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)|(?<=\bchap\.) (?=\d)")
"""A space that stays on the line of the number after it."""
ADDRESS = re.compile(r"https?://[^\s\ue000-\ue0ff]*[^\s\ue000-\ue0ff.,;)]")


class Work(NamedTuple):
    """A work of the bibliography, and the offset at which it stands there."""

    data: dict[str, Any]
    offset: int


def with_citations(deck: Deck, root: MappingNode, reader: Reader) -> Deck:
    """The deck with its citations as the style writes them, and the list of the works that it cites.

    Errors are noted in the reader; the deck then stays as it is.
    """
    marks = [run for run in runs(deck) if run.cite]
    named = root.get("bibliography")
    if not named or not deck.bibliography:
        for run in marks:
            hint = r"add the line 'bibliography: refs.bib' before 'slides', or write \[ for the sign itself"
            reader.error(run.span, "there is no bibliography to cite from", hint)
        return deck
    works = read_works(reader, named)
    style = style_of(deck, root, reader)
    if not marks or works is BAD or style is BAD:
        return deck
    wanted = [citation(run, works, reader) for run in marks]
    if BAD in wanted:
        return deck
    try:
        texts, entries = rendered(wanted, works, style, deck.language)
    except Exception as problem:  # The library raises all kinds where a style or a work is beyond it.
        reader.error(named, f"the citation style can't set these works: {shortened(str(problem), 80)}")
        return deck
    return resolved(deck, marks, texts, entries)


def citation(run: Run, works: Mapping[str, Work], reader: Reader) -> Any:
    """The works that a citation names; `BAD` if it is wrong."""
    found = cited(run.cite)
    if isinstance(found, str):
        hint = "write [@key], [@key, p. 12] or [@one; @other]"
        return reader.error(run.span, f"{shortened(found)!r} is no citation", hint)
    for item in found:
        if item.key not in works:
            hint = suggestion(item.key, works) or "give it an entry in the bibliography"
            return reader.error(run.span, f"the bibliography has no work {shortened(item.key)!r}", hint)
    return found


def resolved(deck: Deck, marks: Sequence[Run], texts: Sequence[Text], entries: tuple[Text, ...]) -> Deck:
    """The deck with these texts in the places of its citations."""
    by_place = {id(run): text for run, text in zip(marks, texts, strict=True)}

    def change(run: Run) -> Text:
        if not run.cite:
            return (run,)
        parts = [
            replace(part, bold=part.bold or run.bold, italic=part.italic or run.italic, link=run.link, span=run.span)
            for part in by_place[id(run)]
        ]
        return (*parts[:-1], replace(parts[-1], note=run.note, refer=run.refer)) if parts else ()

    deck = mapped(deck, change)
    slides = tuple(filled(entry, entries) for entry in deck.slides)
    return replace(deck, references=entries, slides=slides)


def filled(entry: Entry, entries: tuple[Text, ...]) -> Entry:
    """The entry with the list of works in its `references` blocks."""

    def put(block: Any) -> Any:
        return replace(block, entries=entries) if isinstance(block, References) else block

    return replace(entry, body=tuple(map(put, entry.body))) if isinstance(entry, Slide) else entry


def style_of(deck: Deck, root: MappingNode, reader: Reader) -> Any:
    """What citeproc-py reads a style from: a name, or the text of a file."""
    if deck.citation_style in STYLES:
        return STYLES[deck.citation_style]
    node = root.get("citation_style") or root
    if not deck.citation_style.endswith(".csl"):
        hint = suggestion(deck.citation_style, STYLES) + ", or name a .csl file"
        return reader.error(node, f"there is no citation style {shortened(deck.citation_style)!r}", hint)
    source = read_text_file(reader, node, LIMIT)
    if source is not BAD and re.search("<!(DOCTYPE|ENTITY)", source.text):
        return reader.error(node, "a citation style can't have a document type", "take the <!DOCTYPE ...> out of it")
    return source if source is BAD else source.text


def read_works(reader: Reader, node: Node) -> Any:
    """The works of the file that `bibliography` names, by their keys; `BAD` if any of it is wrong."""
    source = read_text_file(reader, node, LIMIT)
    if source is BAD:
        return BAD
    works: dict[str, Work] = {}
    try:
        found = json_works(source) if source.text.lstrip()[:1] in ("[", "{") else bibtex_works(source)
        for key, work in found:
            if key in works:
                here, first = (place(source.file, source.text, at.offset) for at in (work, works[key]))
                message = f"two works have the key {shortened(key)!r}; the first stands in line {first.line}"
                return reader.error(here, message, "give one of them another key")
            if len(works) == MOST_WORKS:
                message = f"the bibliography has more than {MOST_WORKS:,} works"
                return reader.error(node, message, "leave out what nobody cites")
            works[key] = work
    except Broken as problem:
        return reader.error(place(source.file, source.text, problem.offset), problem.message)
    return works


def bibtex_works(source: Source) -> Iterator[tuple[str, Work]]:
    for entry in parse_bibtex(source.text):
        yield entry.key, Work(bounded(entry.work), entry.offset)


def json_works(source: Source) -> Iterator[tuple[str, Work]]:
    """The works of a CSL-JSON file. Errors: `Broken`."""
    try:
        found = json.loads(source.text)
    except (ValueError, RecursionError) as problem:
        raise Broken(
            getattr(problem, "pos", 0), f"this is no JSON: {getattr(problem, 'msg', 'it nests too deep')}"
        ) from None
    at = 0
    for item in found if isinstance(found, list) else [found]:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str | int):
            raise Broken(0, "CSL-JSON is a list of works, each with an 'id'")
        at = max(at, source.text.find(json.dumps(item["id"]), at))
        yield str(item["id"]), Work(bounded(item), at)


def bounded(work: dict[str, Any]) -> dict[str, Any]:
    """The work without values that are too long to set or that no style asks for."""
    return {name: value for name, value in work.items() if len(str(value)) <= LONGEST and name != "id"}


def rendered(
    wanted: Sequence[tuple[Cited, ...]], works: Mapping[str, Work], style: str, language: str
) -> tuple[list[Text], tuple[Text, ...]]:
    """The citations in order, and the works that they name in the order of the style."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = io.BytesIO(style.encode()) if "<style" in style else style
        sheet = CitationStylesStyle(file, locale=locale_of(language), validate=False)
        names = {key: f"work{i}" for i, key in enumerate(dict.fromkeys(item.key for cite in wanted for item in cite))}
        data = [{"type": "document", **works[key].data, "id": name} for key, name in names.items()]
        list_ = CitationStylesBibliography(sheet, CiteProcJSON(data), formatter())
        cites = [
            Citation([
                CitationItem(names[i.key], **({"locator": Locator(i.label, i.place)} if i.place else {})) for i in cite
            ])
            for cite in wanted
        ]  # fmt: skip
        for cite in cites:
            list_.register(cite)
        list_.sort()
        texts = [text_of(str(list_.cite(cite, lambda item: None))) for cite in cites]
        return texts, tuple(text_of(str(entry)) for entry in list_.bibliography())


def locale_of(language: str) -> str:
    """The locale of citeproc-py that is nearest to a language tag."""
    from citeproc import LOCALES_PATH, PRIMARY_DIALECTS

    short = language.partition("-")[0]
    for tag in (language, PRIMARY_DIALECTS.get(short, short), short):
        if (Path(LOCALES_PATH) / f"locales-{tag}.xml").is_file():
            return tag
    return "en-GB"


def formatter() -> SimpleNamespace:
    """What citeproc-py wraps looks with: private characters, from which `text_of` makes runs."""
    wraps = {name: wrap(chr(FIRST + i)) for i, name in enumerate(LOOKS)}
    return SimpleNamespace(preformat=lambda text: re.sub("[\ue000-\ue0ff]", "", str(text)), **wraps)


def wrap(sign: str) -> Any:
    return lambda text: f"{OPEN}{sign}{text}{CLOSE}"


def text_of(marked: str) -> Text:
    """A text of citeproc-py as runs; addresses are links."""
    looks: list[dict[str, Any]] = [{}]
    found: list[Run] = []
    for part in re.split(f"({OPEN}.|{CLOSE})", NUMBER.sub("\u00a0", " ".join(marked.split()))):
        if part.startswith(OPEN):
            looks.append({**looks[-1], **list(LOOKS.values())[ord(part[1]) - FIRST]})
        elif part == CLOSE:
            looks.pop()
        elif part:
            found += linked(part, looks[-1])
    return tuple(found)


def linked(text: str, look: dict[str, Any]) -> Iterator[Run]:
    end = 0
    for match in ADDRESS.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()], **look)
        yield Run(match[0], **look, link=match[0])
        end = match.end()
    if end < len(text):
        yield Run(text[end:], **look)
