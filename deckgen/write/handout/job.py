"""What the process that lays out the handout is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NEXT_RIGHT = "-next-right"
"""The id of an element on a page of its own, the right page that the next document begins on; no page is made of it."""


@dataclass(frozen=True)
class Job:
    """A handout to lay out. All dates in it are `stamp`."""

    cover: str
    """An HTML document that is XML, too, with the contents in it: it comes first, and names pages of the parts.

    Empty for none.
    """
    parts: tuple[str, ...]
    """Documents of the same kind, each of which begins a page."""
    font_rules: str
    """The `@font-face` rules of all these documents."""
    css: str
    """The rest of their style sheet."""
    fonts: Mapping[str, Path]
    """Address in the rules -> font file; nothing else is read."""
    manifest: bytes
    """To be attached, as JSON; the layout adds what stands on which page."""
    identity: str
    """A short text for the metadata."""
    stamp: datetime
    scale: float = 1
    """How large the pages are printed, beside the lengths that they are laid out with."""
    insert: str = ""
    """A document that comes between the cover and the parts, on whole sheets that are not counted; empty for none."""
