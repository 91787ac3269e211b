"""Files that a source names: pictures, tables of data, code. They are read when the source is, and only through
the `World`, which never leaves the project's folder."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from deckgen.diagnostics import Diagnostic, shortened
from deckgen.read.reader import BAD, Reader, concerning
from deckgen.read.scalars import scalar
from deckgen.read.source import decode
from deckgen.read.yaml import Node

OF_PROJECT = "put the file into the project's folder, and write its path from the source's folder"
OF_PROJECT = "put the file into the project's folder, and write its path from the source's folder"
ALL_FILES_LIMIT = 400_000_000
"""Bytes of all files that a source names; each counts once, however often it is named."""


@concerning("file")
def read_file(reader: Reader, node: Node, limit: int) -> Any:
    """The bytes of the file that a value names, at most `limit` of them; `BAD` if they can't be had.

    The path is relative to the folder of the source. Errors are said at the value.
    """
    path = file_path(reader, node)
    if path is BAD:
        return BAD
    if path not in reader.files:
        data = reader.world.read(path, limit, reader.span(node))
        if isinstance(data, Diagnostic):
            reader.diagnostics.append(data)
            return BAD
        if sum(map(len, reader.files.values())) + len(data) > ALL_FILES_LIMIT:
            most = f"{ALL_FILES_LIMIT / 1_000_000:g} MB"
            message = f"with {path}, the files of this talk hold more than {most}"
            return reader.error(node, message, "make some of them smaller")
        reader.files[path] = data
    return reader.files[path]


@concerning("file")
def read_text_file(reader: Reader, node: Node, limit: int) -> Any:
    """The `Source` of the UTF-8 text file that a value names; `BAD` if it can't be had.

    What is wrong inside of the file is said at its place there.
    """
    data = read_file(reader, node, limit)
    if data is BAD:
        return BAD
    source = decode(file_path(reader, node), data)
    if isinstance(source, Diagnostic):
        reader.diagnostics.append(source)
        return BAD
    return source


def file_path(reader: Reader, node: Node) -> Any:
    """The path under the project's folder that a value names; `BAD` if it is no text."""
    value = scalar(reader, node, "the path of a file")
    if value is None:
        return BAD
    if not value.value.strip():
        return reader.expected("the path of a file", node)
    if problem := elsewhere(value.value):
        return reader.error(node, problem, OF_PROJECT)
    return posixpath.normpath(posixpath.join(posixpath.dirname(reader.source.file), value.value))


def elsewhere(path: str) -> str:
    """What is wrong with a path that does not begin at the folder of the source; empty if nothing is."""
    if re.match(r"[a-z]+://", path):
        return f"{shortened(path)} is an address, not a file"
    return f"the path '{shortened(path)}' begins at the root of a disk" if re.match(r"[/\\~]|[A-Za-z]:", path) else ""
