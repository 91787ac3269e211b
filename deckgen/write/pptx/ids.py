"""Ids made from content keys: the same key gives the same id in every build, wherever its shape or slide stands."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from functools import lru_cache

FIRST_SLIDE_ID = 256
"""ECMA-376 ST_SlideId: 256 up to 2**31."""
LAST_SLIDE_ID = 2**30
"""Leaves PowerPoint room to number new slides."""


@lru_cache(8192)
def guid(key: str) -> str:
    """A GUID in the form that Office writes: braces and capitals."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"deckgen:{key}")).upper() + "}"


def number(key: str) -> int:
    """A number from 0 to 2**31 - 1."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") & 0x7FFFFFFF


def slide_ids(page_ids: Iterable[str]) -> dict[str, int]:
    """A slide id (`p:sldId/@id`) for each page, unique in the deck."""
    given: dict[str, int] = {}
    taken: set[int] = set()
    for page_id in page_ids:
        value = number(page_id) % (LAST_SLIDE_ID - FIRST_SLIDE_ID)
        while value in taken:
            value = (value + 1) % (LAST_SLIDE_ID - FIRST_SLIDE_ID)
        taken.add(value)
        given[page_id] = FIRST_SLIDE_ID + value
    return given
