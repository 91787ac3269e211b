"""Pictures that a source names."""

from __future__ import annotations

from typing import Any

from deckgen.read.files import file_path, read_file
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.yaml import Node
from deckgen.typeset.raster import Unusable, read_pixels

IMAGE_LIMIT = 60_000_000
SVG_LIMIT = 5_000_000
"""Bytes of a file."""


@concerning("file")
def read_image(reader: Reader, node: Node) -> Any:
    """The `Image` of the PNG, JPEG, WebP or SVG file that a value names; `BAD` if there is none that can be shown."""
    from deckgen.read.svg import read_svg

    data = read_file(reader, node, IMAGE_LIMIT)
    if data is BAD:
        return BAD
    name = file_path(reader, node)
    if name in reader.images:
        return reader.images[name]
    try:
        if b"<svg" in data[:4096] or name.lower().endswith(".svg"):
            if len(data) > SVG_LIMIT:
                raise Unusable(f"{name} is too large: the limit is {SVG_LIMIT / 1_000_000:g} MB", "simplify it")
            reader.images[name] = read_svg(data, name)
        else:
            reader.images[name] = read_pixels(data, name)
    except Unusable as problem:
        return reader.error(node, str(problem), problem.hint)
    return reader.images[name]
