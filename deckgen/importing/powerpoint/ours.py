"""Decks that deckgen made: which of their slides nobody has changed, and what these were made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from lxml import etree

from deckgen.frozen import frozen
from deckgen.importing.powerpoint.added import with_added
from deckgen.importing.powerpoint.alike import found_again
from deckgen.importing.powerpoint.media import Media, Store
from deckgen.importing.powerpoint.notes import notes, said, with_references
from deckgen.importing.powerpoint.package import BadFile, Package
from deckgen.importing.powerpoint.recipe import head, no_place, slide_entry
from deckgen.importing.powerpoint.shapes import placeholder
from deckgen.importing.powerpoint.slide import Slide, Whole, read_slide, setting_of
from deckgen.importing.powerpoint.stored import stored
from deckgen.importing.powerpoint.text import Setting
from deckgen.importing.powerpoint.unread import tell_of_unread
from deckgen.importing.result import Data, Log
from deckgen.model.manifest import NAMESPACE, Manifest, from_json
from deckgen.namespaces import MC, A, P
from deckgen.write.pptx.traces import REPEATS, role, trace

LATER = re.compile(r"(.+)--\d+")
"""The name of the further pages of a slide that had to be split."""
BROKEN = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What becomes of a recipe that is none."""
TITLE = "title"
"""The name of the title slide, whose recipe is that of the talk's keys."""
TALK = ("language", "theme", "minutes", "transition", "footer")
"""Keys that the title slide does not show."""
WORDS = {"title", "takeaway"}
NEW = ""
"""The trace of all that deckgen did not make."""
CHANGES = {*WORDS, NEW}
DRAWN = (f"{P}sp", f"{P}cxnSp", f"{P}contentPart")
"""Shapes that may be without words, ink among them."""
TEXT = {"Bullets", "Numbered", "Paragraph"}
"""Kinds that come back whole from what PowerPoint shows."""


@frozen
class Ours:
    """What the manifest tells of the slides."""

    manifest: Manifest
    names: Mapping[str, str] = field(default_factory=dict)
    """The parts of slides that deckgen made, and of copies of these, with their names."""
    whole: frozenset[str] = frozenset()
    """The first parts of slides that nobody changed but in some words."""
    reworded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the part of a slide, which of `WORDS` somebody changed; that is all that was changed on it."""
    added: frozenset[str] = frozenset()
    """Parts of slides with shapes that deckgen did not make; these are all that was changed beside `reworded`."""
    rest: frozenset[str] = frozenset()
    """Their other parts."""
    renamed: bool = False
    """Another program has left out the names of slides: these are found again by what they show."""

    @property
    def file(self) -> str:
        return self.manifest.file or "its source"

    @property
    def language(self) -> str:
        return str(self.keys.get("language", "en"))

    @property
    def keys(self) -> Data:
        """Those of the talk that no slide shows."""
        try:
            told = head(self.manifest.recipes.get(TITLE, {}), no_place)
        except BROKEN:
            return {}
        return {key: told[key] for key in TALK if key in told}


def ours(package: Package, parts: list[str]) -> Ours | None:
    """None for decks of other programs, and for those of which another program has left the manifest out."""
    found = next((one for one in manifests(package) if one), None)
    if found is None:
        return None
    shown = {part: shown_on(package, part) for part in parts}
    names = {part: name for part in parts if (name := name_of(package.tree(part))) in found.traces}
    renamed = {} if names else found_again(shown, found.traces)
    changed = {part: changes(shown[part], found.traces[name]) for part, name in names.items()}
    changed |= {part: set() for part in renamed}
    names |= renamed
    places = first_places(names)
    whole, reworded, added, rest = set(), {}, set(), set()
    for part, name in names.items():
        recipe, (first, last) = found.recipes.get(name), found.pages.get(name, (1, 1))
        count = min(last - first, len(parts)) + 1
        later = [places.get(f"{name}--{number}", "") for number in range(2, count + 1)]
        if recipe is None or (later and part != places[name]):
            continue
        if all(changed.get(page) == set() for page in (part, *later)):
            whole.add(part)
            rest |= {*later}
        elif not later and changed[part] <= CHANGES & {*recipe, *new_on(name, found)}:
            whole.add(part)
            reworded[part] = frozenset(changed[part] & WORDS)
            added |= {part} if NEW in changed[part] else set()
    return Ours(found, names, frozenset(whole), reworded, frozenset(added), frozenset(rest), bool(renamed))


def new_on(name: str, manifest: Manifest) -> set[str]:
    """What may be new on a slide that comes back; not on the title slide and on those of sections."""
    return set() if name == TITLE or "section" in manifest.recipes[name] or NEW in manifest.traces[name] else {NEW}


def first_places(names: Mapping[str, str]) -> dict[str, str]:
    """The part of each name; a copy has the name of its original, and comes after it."""
    return {name: part for part, name in reversed([*names.items()])}


def manifests(package: Package) -> Iterator[Manifest | None]:
    """Found by their namespace: other programs name custom XML parts anew, and lose who refers to them."""
    for name in package.names.values():
        if "customxml/" in name.lower() and name.lower().endswith(".xml"):
            try:
                root = package.tree(name)
            except BadFile:  # Of another program, which may put anything there.
                continue
            if root.tag == f"{{{NAMESPACE}}}manifest":
                yield from_json((root.text or "").encode())


def name_of(tree: etree._Element) -> str:
    common = tree.find(f"{P}cSld")
    return "" if common is None else common.get("name", "")


def changes(shown: Mapping[str, str], told: Mapping[str, str]) -> set[str]:
    """The parts of a slide that show something else than they did."""
    return {name for name in (shown.keys() | told.keys()) - {REPEATS} if shown.get(name) != told.get(name)}


def shown_on(package: Package, part: str) -> Mapping[str, str]:
    """What a slide shows now."""
    charts = {
        name: package.tree(relation.target)
        for name, relation in package.relations(part).items()
        if relation.kind == "chart" and not relation.external and relation.target in package
    }
    return trace(package.tree(part), charts)


def brought(known: Ours, whole: Whole, parts: list[str]) -> dict[str, list[Data]]:
    """The entries of slides that nobody changed, by their first parts; of their further parts none. The keys of the
    talk stand under `TITLE`.

    What can't be made of what the deck holds is left out, and what somebody changed, and said to be so.
    """
    found: dict[str, list[Data]] = {}
    told: set[str] = set()
    first = first_places(known.names)
    for number, part in enumerate(parts, start=1):
        setting, name = setting_of(whole, part, number), known.names.get(part, "")
        source = LATER.sub(r"\1", name)
        copied = first.get(name) != part
        if part in known.whole and not (copied and name == TITLE) and (entry := carried(known, whole, part, number)):
            if part in known.reworded:
                entry |= words_on(known, whole, part, number, setting)
            if copied:
                setting.remark(f"the slide is a copy of {name!r}")
                entry = {key: value for key, value in entry.items() if key != "id"} | linked(whole, part)
            entries = with_added(entry, whole, part, number) if part in known.added else [entry]
            found |= {part: [], TITLE: entries} if name == TITLE else {part: entries}
        elif part in known.rest and first.get(source) in found:
            found[part] = []
        elif source in known.manifest.recipes and (source == name or source not in told):
            told.add(source)
            tell_of_change(known, source, setting)
    return found


def linked(whole: Whole, part: str) -> Data:
    """The id of a copy that links lead to."""
    return {"id": whole.targets[part]} if part in whole.targets else {}


def words_on(known: Ours, whole: Whole, part: str, number: int, setting: Setting) -> Data:
    """The title and the take-away of a slide as it shows them, where somebody changed them."""
    slide = read_slide(replace(whole, log=Log(), store=Store("")), part, number)
    shown = {"title": slide.title, "takeaway": slide.keys.get("takeaway", "")}
    for name in sorted(known.reworded[part]):
        setting.remark(f"the {name} was changed after deckgen made it, and is as the deck has it")
    return {name: shown[name] for name in known.reworded[part]}


def carried(known: Ours, whole: Whole, part: str, number: int) -> Data | None:
    """The entry of a slide that nobody changed, or the talk's keys; None if it can't be made of what the deck holds."""
    setting = setting_of(whole, part, number)
    tree, name = whole.package.tree(part), known.names[part]
    media = Media(whole.package, whole.store, number, setting)

    def place(asset: Mapping[str, Any]) -> str:
        if asset.get("digest"):
            places = first_places(known.names) | {known.names[part]: part}
            return stored(asset, known.manifest, places, part, media)
        return media.file(part, tree.find(f"{P}cSld/{P}bg/{P}bgPr/{A}blipFill/{A}blip"))

    try:
        recipe = known.manifest.recipes[name]
        entry = head(recipe, place) if name == TITLE else slide_entry(recipe, place)
    except BROKEN:
        return None
    entry.pop("hidden", None)
    hidden = {"hidden": True} if tree.get("show") in ("0", "false") and name != TITLE else {}
    spoken = with_references(said(notes(whole.package, part, setting), known.language), recipe)
    tell_of_drawn(tree, setting)
    tell_of_unread(whole.package, tree, setting)
    return {**entry, **hidden, **({"notes": "\n\n".join(spoken) + "\n"} if spoken else {})}


def tell_of_drawn(tree: etree._Element, setting: Setting) -> None:
    """Say of what somebody drew over a slide without a word: the slide counts as unchanged."""
    drawn = [node for node in tree.iter(*DRAWN) if placeholder(node) is None and not own_shape(node)]
    if drawn:
        what = "what somebody drew" if len(drawn) == 1 else f"{len(drawn)} things that somebody drew"
        setting.remark(f"{what} on the slide without words: left out")


def own_shape(node: etree._Element) -> bool:
    """Whether deckgen made a shape; what stands for it in other programs counts as it."""
    named = node.find(f"*/{P}cNvPr")
    inside = next(node.iterancestors(f"{MC}Fallback"), None) is not None
    return inside or (named is not None and bool(role(named.get("name", ""))))


def complete(known: Ours, slides: list[Slide]) -> None:
    """Give slides that were read from their shapes what deckgen adds to them, or shows nowhere: the minutes."""
    for slide in slides:
        recipe = known.manifest.recipes.get(slide.own)
        minutes = recipe.get("minutes") if isinstance(recipe, dict) else None
        slide.keys |= {"minutes": round(minutes, 2)} if isinstance(minutes, int | float) else {}
        slide.notes = with_references(said(slide.notes, known.language), recipe)


def tell(known: Ours, names: set[str], log: Log) -> None:
    """Say of the whole deck that it has a source, and what of this the deck lacks."""
    tool, file = known.manifest.tool, known.file
    log.remark(0, f"{tool} made this deck of {file}: to change the talk, edit {file} and build it again")
    if not known.manifest.recipes:
        log.remark(0, "that version does not tell how: highlights, units and diagrams come back as PowerPoint has them")
    elif known.renamed or not names & known.manifest.recipes.keys():
        log.remark(0, "another program saved the deck since: slides that it changed are read from what they show")
    else:
        log.remark(0, "text for print, includes, and files of data and works were never in the deck: they stay out")
        for name in known.manifest.recipes.keys() - names - {TITLE}:
            log.remark(0, f"the slide {name!r} of {file} is not in the deck any more")


def tell_of_change(known: Ours, name: str, setting: Setting) -> None:
    """Say of a slide that it is not what deckgen made, and what is lost by that."""
    found = sorted(
        {kind.lower() for kind in classes(known.manifest.recipes.get(name))} - {kind.lower() for kind in TEXT}
    )
    lost = f"; what its {' and '.join(found)} had beside words and numbers is lost, see {known.file}" if found else ""
    setting.remark(f"the slide was changed after deckgen made it, so it is read from what PowerPoint shows{lost}")


def classes(recipe: Any) -> Iterator[str]:
    """The classes of the blocks in a recipe."""
    for node in under(recipe):
        if isinstance(node, dict) and isinstance(node.get(""), str):
            yield node[""]


def under(node: Any) -> Iterator[Any]:
    """A value of JSON and all under it."""
    waiting = [node]
    while waiting:
        own = waiting.pop()
        yield own
        waiting += own.values() if isinstance(own, dict) else own if isinstance(own, list) else ()
