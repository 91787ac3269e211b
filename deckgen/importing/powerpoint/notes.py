"""The speaker's notes of a slide -> Markdown."""

from __future__ import annotations

import re
from itertools import groupby

from deckgen.importing.powerpoint.lists import lists, marks_of
from deckgen.importing.powerpoint.package import Package
from deckgen.importing.powerpoint.shapes import Layouts, shapes
from deckgen.importing.powerpoint.text import Setting, inline, paragraphs
from deckgen.importing.spoken import listed
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
