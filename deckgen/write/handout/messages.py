"""What the parent and the handout's process send each other: each message after its length.

Orders are pickled; answers are plain data, since nothing that a child makes of a source is run.
"""

from __future__ import annotations

import json
import pickle
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from deckgen.write.handout.places import Extent, Layout, Learned, Place, Rect, Traces

LENGTH = struct.Struct(">Q")


def write_message(pipe: IO[bytes], data: bytes, before: threading.Thread | None) -> None:
    """Write a message when that `before` is written; a reader that is gone is seen by its missing answer."""
    if before:
        before.join()
    with suppress(OSError, ValueError):
        pipe.write(LENGTH.pack(len(data)) + data)
        pipe.flush()


def read_message(pipe: IO[bytes]) -> Any:
    """The message, or None if the pipe ends before it does."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    return pickle.loads(data) if len(data) == length else None


def packed(parts: Sequence[Layout]) -> bytes:
    """The child's answer as bytes: all but the PDFs as JSON after its length, then the PDFs."""
    head = json.dumps([(len(part.pdf), *part[1:]) for part in parts]).encode()
    return b"".join((LENGTH.pack(len(head)), head, *(part.pdf for part in parts)))


def unpacked(answer: bytes) -> tuple[Layout, ...]:
    (length,) = LENGTH.unpack(answer[: LENGTH.size])
    start = LENGTH.size + length
    parts = []
    for size, pages, places, learned, inserted, numbers in json.loads(answer[LENGTH.size : start]):
        found = tuple(Place(page, name, kind, Rect(*rect)) for page, name, kind, rect in places)
        named = tuple((name, page) for name, page in numbers)
        pdf = answer[start : start + size]
        parts.append(Layout(pdf, pages, found, learned_from(learned), inserted, named))
        start += size
    return tuple(parts)


def learned_from(data: Sequence[Any]) -> Learned:
    """From its JSON."""
    extents, html, first, total = data
    return Learned({name: extent_from(*extent) for name, extent in extents.items()}, html, first, total)


def extent_from(pages: int, anchors: dict[str, int], traces: Sequence[Any]) -> Extent:
    slides, prints = traces
    return Extent(pages, anchors, Traces({name: (first, last) for name, (first, last) in slides.items()}, (*prints,)))
