"""What the process that lays out the handout is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """A handout to lay out. All dates in it are `stamp`."""

    html: str
    fonts: Mapping[str, Path]
    """Address in the HTML -> font file; nothing else is read."""
    manifest: bytes
    """To be attached."""
    identity: str
    """A short text for the metadata."""
    stamp: datetime
