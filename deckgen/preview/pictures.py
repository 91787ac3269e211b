"""The pictures of slides: drawn when they are asked for, found by what they show."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, NamedTuple

from deckgen.frozen import frozen
from deckgen.write.pages.alone import page_pdf
from deckgen.write.pages.forms import Picture

if TYPE_CHECKING:
    from deckgen.model.show import Page
    from deckgen.model.theme import Theme
    from deckgen.talk import Talk
    from deckgen.typeset.fonts import Faces

CACHED = 96 * 2**20
"""Bytes of pictures that are kept."""


class Look(NamedTuple):
    """A slide, and what it is drawn with."""

    page: Page
    theme: Theme
    faces: Faces

    def drawing(self, step: int | None) -> Picture:
        """The slide after so many clicks; None: after the last."""
        shown = replace(self.page, print_step=step).printed
        return Picture(shown, self.theme.on(self.page.background), self.page.layout)


@frozen
class Album:
    """The slides of a talk by the digests of their looks, and the digests in the order of the pages."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    digests: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()


def album(talk: Talk, before: Album) -> Album:
    """A page's digest is that of all that its picture is made of; another theme is another picture.

    Pages that are as they were in the album before keep their digests, which are not made again.
    """
    themes = (look.theme for look in before.looks.values())
    known = zip(before.pages, before.digests, strict=True) if next(themes, None) == talk.look else ()
    old = {page.id: (page, digest) for page, digest in known}
    theme = hashlib.sha256(repr(talk.look).encode()).digest()
    digests = []
    for page in talk.show.pages:
        last, digest = old.get(page.id, (None, ""))
        digests.append(digest if last == page else digest_of(page, theme))
    looks = {name: Look(page, talk.look, talk.faces) for name, page in zip(digests, talk.show.pages, strict=True)}
    return Album(looks, tuple(digests), talk.show.pages)


def digest_of(page: Page, theme: bytes) -> str:
    content = repr((page.layout, page.background, page.steps, page.drawing))
    return hashlib.sha256(theme + content.encode()).hexdigest()[:20]


class Cache:
    """Pictures as bytes by their names, the ones longest unused given up first."""

    def __init__(self, limit: int = CACHED) -> None:
        self._limit, self._size = limit, 0
        self._kept: OrderedDict[object, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: object) -> bytes | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: object, data: bytes) -> bytes:
        with self._lock:
            self._size += len(data) - len(self._kept.pop(name, b""))
            self._kept[name] = data
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return data


def slide_picture(look: Look, step: int | None, width: int) -> bytes:
    """A slide as PNG so many pixels wide."""
    from deckgen.preview.raster import picture

    return picture(page_pdf(look.drawing(step), look.faces), width)
