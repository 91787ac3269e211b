"""A reader: one talk's source and the files that it includes, what is wrong with it, and the places of its text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingType
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from deckgen.diagnostics import SURE, Diagnostic, Edit, Span, coded, error, shortened
from deckgen.model.asset import Image
from deckgen.model.dataset import Dataset
from deckgen.model.meant import suggestion
from deckgen.read.source import Source
from deckgen.read.yaml import Hole, Mapping, Node, Scalar, Sequence
from deckgen.world import World

BAD: Final[Any] = object()
"""Stands for a value that is wrong; its diagnostic is made, and what it was part of goes on without it."""
IN_REFERENCE = "the page 'Source format' of the documentation tells what can stand here"
QUOTES = ("", "'", '"')
"""Styles of a word that stands on its line as it is, with or without quotes."""
P = ParamSpec("P")
R = TypeVar("R")
Read = Callable[["Reader", Node], Any]
"""Reads a value from a node; `BAD` if it is wrong."""


class Reader:
    """Collects the diagnostics of a source. `special` reads types that the schema knows no way for."""

    def __init__(self, source: Source, world: World, special: MappingType[Any, Read] | None = None) -> None:
        self.chain = [source]
        """The source, and the files from it to the one that is being read, each included by the one before."""
        self.opened = {source.file: 0}
        """All files that were read as sources, and their order."""
        self.includes = self.included = 0
        """How many files were included, and their characters."""
        self.world = world
        self.special = special or {}
        self.files: dict[str, bytes] = {}
        """The files that the source names, by their paths under the project's folder."""
        self.images: dict[str, Image] = {}
        """Those of them that are pictures."""
        self.diagnostics: list[Diagnostic] = []
        self.links: list[tuple[Span, str]] = []
        """The links inside of the deck: where they stand, and the id that they lead to."""
        self.given: MappingType[str, str] = {}
        """Values of parameters in place of the talk's own."""
        self.values: dict[str, str | Dataset] | None = None
        """What text may name in `{{ }}`; None where a talk has neither parameters nor data, and braces are text."""
        self.broken: set[str] = set()
        """The names of data that can't be had."""
        self.language = "en"
        self.cites = False
        """Whether the source has a citation."""
        self.footnotes = False
        """Whether the text that is read may have footnotes."""
        self.blanks = False
        """Whether the text that is read may have blanks to fill in."""
        self.marked = 0
        """How many terms for the index there were."""
        self.terms = True
        """Whether the text that is read may have terms for the index."""
        self.markup = 0
        """How many characters of Markdown have been parsed."""
        self.ids: dict[Span, Span] = {}
        """Where the ids of entries and blocks are written, by the places of these."""
        self.incomplete: set[Span] = set()
        """The places of values that lack a part because it is wrong."""

    @property
    def source(self) -> Source:
        """What is being read: the places of nodes are places in it."""
        return self.chain[-1]

    @contextmanager
    def within(self, source: Source) -> Iterator[None]:
        """Meanwhile, an included file is read."""
        self.chain.append(source)
        self.opened.setdefault(source.file, len(self.opened))
        yield
        self.chain.pop()

    def order(self, span: Span) -> tuple[int, Span]:
        """Sorts places by the order in which their files were opened, then by lines."""
        return self.opened.get(span.file, len(self.opened)), span

    def span(self, node: Node) -> Span:
        return Span(self.source.file, node.line, node.column)

    def error(self, where: Node | Span, message: str, hint: str = "", fix: Edit | None = None) -> Any:
        """Note an error; returns `BAD`."""
        span = where if isinstance(where, Span) else self.span(where)
        self.diagnostics.append(error(span, message, hint, fix=fix))
        return BAD

    def expected(self, what: str, node: Node, hint: str = "", fix: Edit | None = None) -> Any:
        """Note that a value is of another type than it should be; returns `BAD`."""
        if not isinstance(node, Hole):
            self.error(node, f"expected {what}, found {found(node)}", hint, fix)
        return BAD

    def unknown(self, name: Scalar, message: str, known: Iterable[str]) -> Any:
        """Note that a word is none of those that are known; returns `BAD`."""
        words = list(known)
        return self.error(name, message, suggestion(name.value, words, IN_REFERENCE), self.misspelt(name, words))

    def misspelt(self, name: Scalar, known: Iterable[str]) -> Edit | None:
        """The edit that makes a word the one that was meant, where no doubt is left."""
        near = difflib.get_close_matches(name.value.strip().lower(), sorted(known), 2, SURE)
        return Edit(self.span(name), name.value, near[0]) if len(near) == 1 and name.style in QUOTES else None

    @contextmanager
    def concerning(self, code: str) -> Iterator[None]:
        """What is noted meanwhile without a code gets this one."""
        before = len(self.diagnostics)
        yield
        self.give_code(code, before)

    def give_code(self, code: str, before: int) -> None:
        """Give a code to what was noted without one, but for what was noted before: so many findings."""
        if len(self.diagnostics) > before:
            self.diagnostics[before:] = coded(code, self.diagnostics[before:])

    def sorted_diagnostics(self, code: str) -> tuple[Diagnostic, ...]:
        """All diagnostics in the order of the files, with a `code` if they have none. What an alias repeats is said
        once."""
        found = dict.fromkeys(coded(code, self.diagnostics))
        return tuple(sorted(found, key=lambda d: self.order(d.span)))


def concerning(
    code: str,
) -> Callable[[Callable[Concatenate[Reader, P], R]], Callable[Concatenate[Reader, P], R]]:
    """For a function whose first argument is a reader: what it notes without a code gets this one."""

    def decorate(function: Callable[Concatenate[Reader, P], R]) -> Callable[Concatenate[Reader, P], R]:
        @wraps(function)
        def noting(reader: Reader, /, *arguments: P.args, **options: P.kwargs) -> R:
            before = len(reader.diagnostics)
            read = function(reader, *arguments, **options)
            reader.give_code(code, before)
            return read

        return noting

    return decorate


def found(node: Node) -> str:
    """What stands in the source, in plain words."""
    match node:
        case Sequence():
            return "a list"
        case Mapping() if node.pairs:
            return f"the key {shortened(node.pairs[0][0].value)!r}"
        case Mapping():
            return "empty brackets {}"
        case Scalar() if not node.value.strip():
            return "nothing"
        case Scalar():
            return f"the text {shortened(node.value)!r}"
        case Hole():
            return "something else"


class Places:
    """The places of the characters of a scalar.

    Exact where the source writes the text as it is: in a literal block (`|`), and in text on one line without
    escapes. Elsewhere (folded text) it is the place where the text begins.
    """

    def __init__(self, source: Source, scalar: Scalar) -> None:
        self.file = source.file
        self.line, self.column = scalar.line, scalar.column
        self.exact = False
        first = source.lines[scalar.line - 1] if scalar.line <= len(source.lines) else ""
        if scalar.style in ("|", ">") and re.search(r"[|>][-+0-9]*\s*(#.*)?$", first):
            self._block(source, scalar)
        elif scalar.line == scalar.last_line:
            at = scalar.column - 1 + len(scalar.style)
            if first[at : at + len(scalar.value)] == scalar.value:
                self.exact, self.column = True, at + 1

    def _block(self, source: Source, scalar: Scalar) -> None:
        self.line += 1
        self.column = 1
        below = source.lines[scalar.line : scalar.last_line]
        for text, written in zip(scalar.value.split("\n"), below, strict=False):
            if text.strip():
                indent = len(written) - len(text) if scalar.style == "|" else len(written) - len(written.lstrip())
                self.column = max(0, indent) + 1
                break
        self.exact = scalar.style == "|"

    def at(self, line: int, column: int) -> Span:
        """The place of a character, given by line and column in the scalar's text, both from 0."""
        if not self.exact:
            return Span(self.file, self.line, self.column)
        return Span(self.file, self.line + line, self.column + column)
