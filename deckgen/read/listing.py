"""Files of code as listings."""

from __future__ import annotations

from typing import Any

from deckgen.model.listing import Listing
from deckgen.read.files import read_text_file
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.scalars import TAB_WIDTH
from deckgen.read.yaml import Node

LISTING_LIMIT = 500_000
"""Bytes of a file of code; colouring takes time that grows with it."""


@concerning("file")
def read_listing(reader: Reader, node: Node) -> Any:
    """The listing of the file that a value names, its tabs as spaces; `BAD` if it can't be had."""
    source = read_text_file(reader, node, LISTING_LIMIT)
    if source is BAD:
        return BAD
    lines = source.text.rstrip("\n").expandtabs(TAB_WIDTH).split("\n")
    return Listing(source.file, tuple(lines), reader.span(node))
