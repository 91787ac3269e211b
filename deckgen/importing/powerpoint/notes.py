"""The speaker's notes of a slide -> Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from deckgen.importing.powerpoint.lists import lists, marks_of
from deckgen.importing.powerpoint.package import Package
from deckgen.importing.powerpoint.shapes import Layouts, shapes
from deckgen.importing.powerpoint.text import Setting, inline, paragraphs, written_plain
from deckgen.importing.spoken import listed
from deckgen.model.recipe import REFERRED, standing
from deckgen.model.schedule import is_told
from deckgen.namespaces import P

BLOCK = re.compile(r"^(#{1,6}(?=\s|$)|[-+=](?=\s|$)|>|---|===|\|)")
NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def notes(package: Package, slide: str, setting: Setting) -> list[str]:
    """The paragraphs and lists."""
    part = package.related(slide, "notesSlide")
    if not part:
        return []
    layouts = Layouts(package, part)
    own = Setting(package.relations(part), setting.targets, lambda message: setting.remark(f"in the notes, {message}"))
    found = []
    for shape in shapes(package.tree(part), part, layouts):
        body = shape.node.find(f"{P}txBody")
        if shape.holder == "body" and body is not None:
            lines = paragraphs(body, own, marks_of(shape, layouts))
            for listing, group in groupby(lines, key=lambda line: line.mark != "none" and bool(line.plain.strip())):
                if listing:
                    for block in lists(list(group), own):
                        [(kind, items)] = block.items()
                        start = items.get("start", 1) if isinstance(items, dict) else 1
                        items = items["items"] if isinstance(items, dict) else items
                        found.append(listed(items, start if kind == "numbered" else 0))
                else:
                    found += [as_block(inline(line, own)) for line in group]
    return [text for text in found if text]


def as_block(text: str) -> str:
    """A paragraph whose first signs begin nothing else."""
    return NUMBERED.sub(r"\1\\\2", BLOCK.sub(r"\\\1", text))


def said(found: list[str], language: str) -> list[str]:
    """Notes without the line of the time, which deckgen writes over them."""
    return found[1:] if found and is_told(found[0].strip("*"), language) else found


def with_references(found: list[str], recipe: Any) -> list[str]:
    """Notes with the marks of their references and formulas in the place of the words that were made of them.

    Where somebody changed how often the words stand there, nobody can tell which of them it was, and they stay.
    """
    told = recipe.get(REFERRED) if isinstance(recipe, dict) else None
    text = "\n\n".join(found)
    edits = [edit for one in (told if isinstance(told, list) else ()) for edit in edits_of(one, text)]
    for start, end, mark in sorted(edits, reverse=True):
        text = text[:start] + mark + text[end:]
    return [text] if text else []


def edits_of(told: Any, text: str) -> Iterator[tuple[int, int, str]]:
    """Where a mark belongs in a text: its start and end."""
    match told:
        case [str(words), str(mark), int(number), int(count)] if words:
            for way in dict.fromkeys((written_plain(words), words)):
                places = [*standing(way).finditer(text)]
                if len(places) == count and 0 <= number < count:
                    yield places[number].start(), places[number].end(), mark
                    return
