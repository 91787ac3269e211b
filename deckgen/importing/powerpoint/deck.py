"""A PowerPoint deck -> a talk in the source format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from deckgen.importing.arrange import with_closing
from deckgen.importing.days import date
from deckgen.importing.powerpoint.media import Store
from deckgen.importing.powerpoint.ours import TITLE, brought, complete, ours, tell
from deckgen.importing.powerpoint.own import ID, slide_name
from deckgen.importing.powerpoint.package import Package
from deckgen.importing.powerpoint.placing import slide_entries
from deckgen.importing.powerpoint.shapes import number, placeholder
from deckgen.importing.powerpoint.slide import Slide, Whole, read_slide
from deckgen.importing.powerpoint.text import words, written_plain
from deckgen.importing.result import Data, Imported, Log
from deckgen.model.recipe import HEAD
from deckgen.namespaces import P14, A, P, R
from deckgen.read.ids import LONGEST, candidates, slug

CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?")
NOBODY = {"", "python-pptx", "Steve Canny", "Microsoft Office User", "PptxGenJS", "Unknown Creator"}
"""Who programs say that a deck is by, where nobody told them."""

NO_DAY = "2000-01-01"
"""What decks of talks without a date tell."""
KEYS = (*HEAD, "notes")
NO_SECTION = {"Default Section", "Standardabschnitt", "Section par défaut", "Sección predeterminada"}
"""PowerPoint's name for what stands before the first section."""


def import_powerpoint(data: bytes, stem: str) -> Imported:
    """The talk of a `.pptx` file; `stem` begins the names of its pictures. Errors: `BadFile`."""
    package, log = Package(data), Log()
    parts = list(package.slides())
    core = properties(package)
    store = Store(slug(stem) or "deck")
    whole = Whole(package, store, log, targets(package, parts), size(package))
    known = ours(package, parts)
    came = brought(known, whole, parts) if known else {}
    slides = [read_slide(whole, part, number) for number, part in enumerate(parts, start=1) if part not in came]
    talk = head(core, package, parts) | (known.keys if known else made_on(core, slides)) | came.pop(TITLE, [{}])[0]
    if slides and slides[0].number == 1 and slides[0].is_title and slides[0].title:
        talk |= title_slide(slides.pop(0), talk, log)
    talk.setdefault("title", words_of_title(core, slides, stem))
    sections = {number: name for name, number in section_starts(package, parts)}
    if known:
        complete(known, slides)
    read = {parts[slide.number - 1]: list(with_sections(slide, whole, sections)) for slide in slides}
    found = [entry for part in parts for entry in (came | read).get(part, [])]
    tell_of_shows(package, log)
    if not known:
        tell_of_masters(package, parts, log)
    if parts and parts[-1] in read:
        with_closing(found)
    if known:
        tell(known, {str(entry.get("id")) for entry in found}, log)
    ordered = {key: talk[key] for key in KEYS if talk.get(key)}
    return Imported({"deckgen": 1, **ordered, "slides": found}, data=store.data, remarks=log.sorted())


def tell_of_shows(package: Package, log: Log) -> None:
    for show in package.tree(package.main).iter(f"{P}custShow"):
        log.remark(
            0, f"the choice of slides {words(show.get('name', ''))!r} is left out: see `hidden` and `parameters`"
        )


def tell_of_masters(package: Package, parts: list[str], log: Log) -> None:
    """Say what masters and layouts show on slides beside what is filled in."""
    layouts = dict.fromkeys(package.related(part, "slideLayout") for part in parts)
    masters = dict.fromkeys(package.related(layout, "slideMaster") for layout in layouts if layout)
    pictures = 0
    for part in filter(None, (*masters, *layouts)):
        for node in package.tree(part).iter(f"{P}sp", f"{P}pic"):
            if placeholder(node) is None:
                pictures += node.tag == f"{P}pic"
                text = words(" ".join(run.text or "" for run in node.iter(f"{A}t")))
                if text:
                    log.remark(0, f"what the master shows on its slides is left out: {text}")
    if pictures:
        log.remark(0, "pictures of the master are left out, such as the company's mark: it belongs to a theme")


def made_on(core: Mapping[str, str], slides: list[Slide]) -> Data:
    """The day of a deck that deckgen made, which it tells as that of its creation."""
    day = date(core.get("created", "")[:10]) if slides and slides[0].own else ""
    return {"date": day} if day and day != NO_DAY else {}


def properties(package: Package) -> Mapping[str, str]:
    """Title, creator, language and such, by the names of Dublin Core."""
    part = package.related("", "core-properties")
    tree = package.tree(part) if part else etree.Element("none")
    return {etree.QName(node).localname: words(node.text or "") for node in tree if isinstance(node.tag, str)}


def size(package: Package) -> tuple[float, float]:
    """Of the slides, in EMU."""
    found = package.tree(package.main).find(f"{P}sldSz")
    width, height = (0, 0) if found is None else (number(found.get(key)) for key in ("cx", "cy"))
    return width or 12192000, height or 6858000


def head(core: Mapping[str, str], package: Package, parts: list[str]) -> Data:
    talk: Data = {}
    if core.get("creator", "") not in NOBODY:
        talk["author"] = written_plain(core["creator"])
    if found := language(core.get("language", ""), package, parts):
        talk["language"] = found
    return talk


def language(told: str, package: Package, parts: list[str]) -> str:
    """The language that most runs of text are in."""
    if LANGUAGE.fullmatch(told):
        return told
    tags = Counter(
        run.get("lang", "") for part in parts for run in package.tree(part).iter(f"{A}rPr") if run.get("lang")
    )
    known = [tag for tag, _ in tags.most_common() if LANGUAGE.fullmatch(tag)]
    return known[0] if known else ""


def words_of_title(core: Mapping[str, str], slides: list[Slide], stem: str) -> str:
    told = core.get("title", "")
    if told and told not in ("PowerPoint Presentation", "PowerPoint-Präsentation", "Présentation PowerPoint"):
        return written_plain(told)
    return next((slide.title for slide in slides if slide.title), written_plain(words(stem))) or "A talk"


def title_slide(slide: Slide, talk: Data, log: Log) -> Data:
    """What the first slide says, as keys of the talk."""
    found: Data = {"title": slide.title}
    free = [key for key in ("subtitle", "author", "role", "event") if key not in talk]
    for line in slide.lines:
        if day := date(line):
            found["date"] = day
        elif line == talk.get("author"):
            continue
        elif free:
            found[free.pop(0)] = line
        else:
            log.remark(1, f"the line {line!r} on the title slide is left out")
    for part in slide.parts:
        for block in part.blocks:
            kind, value = next(iter(block.items()))
            log.remark(1, f"the title slide holds no {kind}, so this is left out: {value}")
    left = (key for key, value in slide.keys.items() if key not in ("id", "reveal") and talk.get(key) != value)
    for key in sorted(left):
        log.remark(1, f"the title slide has no {key!r}")
    return {**found, **({"notes": "\n\n".join(slide.notes) + "\n"} if slide.notes else {})}


def targets(package: Package, parts: list[str]) -> Mapping[str, str]:
    """Slides that links lead to, and those that deckgen made -> their ids, else made from their titles."""
    linked = {
        relation.target
        for part in parts
        for relation in package.relations(part).values()
        if relation.kind == "slide" and not relation.external and relation.target != part
    }
    found: dict[str, str] = {}
    for place, part in enumerate(parts, start=1):
        own = slide_name(package.tree(part))
        if own and ID.fullmatch(own) and own not in found.values() and place > 1:
            found[part] = own
        elif part in linked:
            wanted = (slug(title_of(package.tree(part))) or f"slide-{place}")[: LONGEST - 5].strip("-")
            found[part] = next(name for name in candidates(wanted) if name not in found.values())
    return found


def title_of(tree: etree._Element) -> str:
    for node in tree.iter(f"{P}sp"):
        holder = placeholder(node)
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return words(" ".join(text.text or "" for text in node.iter(f"{A}t")))
    return ""


def section_starts(package: Package, parts: list[str]) -> Iterator[tuple[str, int]]:
    """The names of the sections ([MS-PPTX] 2.6.3), each with the number of its first slide."""
    main = package.tree(package.main)
    relations = package.relations(package.main)
    ids = {}
    for node in main.iterfind(f"{P}sldIdLst/{P}sldId"):
        found = relations.get(node.get(f"{R}id", ""))
        if found and found.target in parts:
            ids[node.get("id", "")] = parts.index(found.target) + 1
    for section in main.iter(f"{P14}section"):
        numbers = [ids[one.get("id", "")] for one in section.iter(f"{P14}sldId") if one.get("id", "") in ids]
        name = words(section.get("name", ""))
        if numbers and name and not (min(numbers) == 1 and name in NO_SECTION):
            yield written_plain(name), min(numbers)


def with_sections(slide: Slide, whole: Whole, sections: Mapping[int, str]) -> Iterator[Data]:
    """The entries of a slide, after that of the section that it begins."""
    name = sections.get(slide.number, "")
    found = list(slide_entries(slide, whole))
    first = found[0] if found else {}
    if name and "section" not in first and len(sections) > 1:
        slide.setting.remark(f"the section {name!r} begins here, with a slide of its own")
        yield {"section": name}
    elif name and "section" in first and first["section"] != name:
        slide.setting.remark(f"the section {name!r} is called as its first slide is")
    yield from found
