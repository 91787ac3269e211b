"""What the process that lays out the handout is asked to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple

from deckgen.frozen import frozen
from deckgen.write.handout.places import Layout

NEXT_RIGHT = "-next-right"
"""The id of an element on a page of its own, the right page that the next document begins on; no page is made of it."""

PAGE = re.compile(r'<span data-page="([^"]+)">([^<]*)</span>')
"""Words that name the page of a place, and the place's id; the number 0 in them stands for that of the page."""


PLACES = re.compile(r'<span data-pages="([^"]+)"></span>')
"""Names the pages of several places."""


PLACEHOLDER = re.compile(r'<(?:img|div) [^>]*\bid="((?:picture|figure)-[^"]+|signature)"')
"""An empty element that keeps a place for a drawing, by the place's name."""


def listed(ids: Sequence[str], pages: Mapping[str, int]) -> str:
    """The pages of places, each once, with links: `3, 5–7`."""
    first = {pages.get(name, 0): name for name in reversed(ids)}
    parts: list[list[int]] = []
    for page in sorted(first):
        if parts and parts[-1][-1] == page - 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    names = ((part[0], f"{part[0]}–{part[-1]}" if len(part) > 1 else f"{part[0]}") for part in parts)
    return ", ".join(f'<a href="#{first[page]}">{name}</a>' for page, name in names)


def naming(html: str, pages: Mapping[str, int]) -> str:
    """A document in which such words name the pages of their places."""
    html = PLACES.sub(lambda found: listed(found[1].split(), pages), html)
    return PAGE.sub(lambda found: found[2].replace("0", str(pages.get(found[1], 0))), html)


class Look(NamedTuple):
    """What documents look like. Making it ready takes as long as laying out some pages."""

    css: str
    font_rules: str
    """The `@font-face` rules."""
    fonts: tuple[tuple[str, Path], ...]
    """Address in the rules -> font file; nothing else is read."""


@frozen
class Job:
    """A handout to lay out. All dates in it are `stamp`."""

    cover: str
    """An HTML document that is XML, too, with the contents in it: it comes first, and names pages of the parts.

    Empty for none.
    """
    parts: tuple[str, ...]
    """Documents of the same kind, each of which begins a page."""
    look: Look
    """Of all these documents."""
    stamp: datetime
    scale: float = 1
    """How large the pages are printed, beside the lengths that they are laid out with."""
    insert: str = ""
    """A document that comes between the cover and the parts, on whole sheets that are not counted; empty for none."""
    known: Mapping[str, Layout] = field(default_factory=dict, compare=False)
    """What was laid out before, by its HTML, with the same style sheet and fonts: no part of the order."""

    @property
    def basis(self) -> tuple[object, ...]:
        """What the layout of a document depends on beside its HTML and its place in the whole."""
        return self.look, self.scale, self.stamp

    @property
    def documents(self) -> tuple[str, ...]:
        """All that is laid out, in the order of the pages."""
        return (*filter(None, (self.cover, self.insert)), *self.parts)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names of the places that are kept for drawings, each once, in order."""
        return tuple(sorted({unescape(name) for html in self.documents for name in PLACEHOLDER.findall(html)}))

    @property
    def named(self) -> frozenset[str]:
        """The places whose pages are named in the words of parts."""
        one = {name for html in self.parts for name, _ in PAGE.findall(html)}
        return frozenset(
            one | {name for html in self.parts for names in PLACES.findall(html) for name in names.split()}
        )
