"""Video and sound files that a source names: of a kind that PowerPoint plays on every system, and whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from deckgen.diagnostics import warning
from deckgen.model.asset import Clip, ClipKind
from deckgen.read.files import file_path, read_file
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.yaml import Node

CLIP_LIMIT = 200_000_000
"""Bytes of a file."""
CONVERT = "convert it to MP4 (H.264 with AAC), or to M4A, MP3 or WAV for sound"
H264 = (b"avc1", b"avc3")


@concerning("file")
def read_clip(reader: Reader, node: Node) -> Any:
    """The `Clip` of the file that a value names; `BAD` if there is none that can be played."""
    data = read_file(reader, node, CLIP_LIMIT)
    if data is BAD:
        return BAD
    name = file_path(reader, node)
    kind = kind_of(data)
    if kind is None:
        return reader.error(node, f"{name} is no video or sound that PowerPoint plays everywhere", CONVERT)
    if not is_whole(data):
        return reader.error(node, f"{name} is damaged: its end or its index is missing", "export it again")
    if kind == "mp4" and not any(codec in data for codec in H264):
        message = f"{name} is not H.264, and PowerPoint may not play it"
        reader.diagnostics.append(warning(reader.span(node), message, CONVERT, "video"))
    ratio = ratio_of(data) if kind == "mp4" else 1.0
    return Clip(hashlib.sha256(data).hexdigest(), kind, ratio, seconds_of(data, kind), data, name)


def is_whole(data: bytes) -> bool:
    """Whether a file is of a kind that PowerPoint plays on every system, with its beginning and its end."""
    kind = kind_of(data)
    return kind is not None and (kind not in ("mp4", "m4a") or {b"moov", b"mdat"} <= dict(boxes(data)).keys())


def kind_of(data: bytes) -> ClipKind | None:
    """What a file is by its first bytes."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "m4a" if brand == b"M4A " else None if brand == b"qt  " else "mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[:3] == b"ID3" or (len(data) > 2 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "mp3"
    return None


def boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The top level of an MP4 file (ISO/IEC 14496-12, 4.2): names and sizes, as far as they are whole."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        size = size or len(data) - at
        if size < 8 or at + size > len(data):
            return
        yield data[at + 4 : at + 8], size
        at += size


def ratio_of(data: bytes) -> float:
    """Width through height of the first track that is seen, from its header (ISO/IEC 14496-12, 8.3.2)."""
    at = data.find(b"tkhd")
    while at >= 4:
        end = at - 4 + int.from_bytes(data[at - 4 : at], "big")
        width, height = (int.from_bytes(data[end - back : end - back + 4], "big") for back in (8, 4))
        if width and height and end <= len(data):
            return min(10.0, max(0.1, width / height))
        at = data.find(b"tkhd", at + 4)
    return 16 / 9


def seconds_of(data: bytes, kind: ClipKind) -> float:
    """How long a file plays, by its header; 0 if that does not tell, as in MP3."""
    if kind == "wav":
        at, sound = data.find(b"fmt "), data.find(b"data")
        rate, size = (int.from_bytes(data[i : i + 4], "little") for i in (at + 16, sound + 4))
        return size / rate if min(at, sound) >= 0 and rate else 0.0
    at = data.find(b"mvhd")
    while at >= 4:  # ISO/IEC 14496-12, 8.2.2
        wide = data[at + 4] if at + 4 < len(data) else 0
        if int.from_bytes(data[at - 4 : at], "big") == (120 if wide else 108):
            unit, first = (at + 24, at + 28) if wide else (at + 16, at + 20)
            rate, length = (
                int.from_bytes(data[unit:first], "big"),
                int.from_bytes(data[first : first + 4 + 4 * wide], "big"),
            )
            return length / rate if rate else 0.0
        at = data.find(b"mvhd", at + 4)
    return 0.0
