"""The tags of HTML, and what they say."""

from __future__ import annotations

import re
from typing import NamedTuple

from deckgen.diagnostics import shortened
from deckgen.importing.result import Log

LONGEST = 80
TAG = re.compile(r"</?[A-Za-z][^>]*>")
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
KEY = re.compile(r"""([@:#\w.-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>/]+))?""")


class Image(NamedTuple):
    """An `<img>`: its file, what it says, and the keys that mean nothing here."""

    source: str
    alt: str
    title: str
    others: tuple[str, ...]


def keys_of(tag: str) -> dict[str, str]:
    """The keys of an opening tag, with their values."""
    inner = re.sub(r"^<[\w-]+|/?>$", "", tag)
    return {name.lower(): value.strip("\"'") for name, value in KEY.findall(inner)}


def image_of(tag: str) -> Image | None:
    """The picture of a tag; None for other tags, and for a picture without a file."""
    keys = keys_of(tag) if IMAGE.fullmatch(tag.strip()) else {}
    if not keys.get("src"):
        return None
    others = tuple(key for key in keys if key not in ("src", "alt", "title"))
    return Image(keys["src"], keys.get("alt", ""), keys.get("title", ""), others)


def tag_left_out(log: Log, line: int, tag: str) -> None:
    """Say that a tag is left out; its end is not worth a word."""
    if not tag.startswith("</"):
        log.remark(line, f"the tag {shortened(tag, LONGEST)} is left out, its words stay")
