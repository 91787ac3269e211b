"""What an import gives: a talk as plain data, the files that it names, and what could not be carried over."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field
from typing import Any, NamedTuple

from deckgen.frozen import frozen

Data = dict[str, Any]
"""A mapping of the source format: texts, numbers, lists and mappings."""


class Remark(NamedTuple):
    """Something of the original that the source does not have, or has in another way."""

    line: int
    """Of the original, from 1; the slide's number for files without lines; 0 for what is true of all of it."""
    message: str


@frozen
class Imported:
    """A talk in the source format."""

    talk: Data
    files: Mapping[str, str] = field(default_factory=dict)
    """Path in the source's folder -> path as the original writes it, for files to be copied."""
    data: Mapping[str, bytes] = field(default_factory=dict)
    """Path in the source's folder -> content, for files that stood inside of the original."""
    remarks: tuple[Remark, ...] = ()


class Log:
    """Collects remarks while a file is read."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def remark(self, line: int, message: str) -> None:
        self.remarks.append(Remark(line, message))

    def sorted(self) -> tuple[Remark, ...]:
        return tuple(sorted(dict.fromkeys(self.remarks)))


class Files:
    """The files that a talk names: where they will stand beside the source, pictures in a folder of their own."""

    def __init__(self) -> None:
        self.wanted: dict[str, str] = {}

    def place(self, path: str, folder: str = "pictures/") -> str:
        """The path in the source's folder for a path as the original writes it."""
        name = posixpath.basename(path.partition("?")[0])
        stem, dot, end = name.rpartition(".")
        number, place = 2, f"{folder}{name}"
        while self.wanted.get(place, path) != path:
            place, number = f"{folder}{stem}-{number}{dot}{end}", number + 1
        self.wanted[place] = path
        return place
