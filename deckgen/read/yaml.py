"""YAML text -> a tree of nodes with places, and nothing else: what a value means is the schema's affair.

Works on libyaml's events, so that depth, size and aliases are bounded before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.read.source import CONTROL, Source
from deckgen.read.syntax import IN_QUOTES, MAX_DEPTH, NO_SPACE_HINT, TOO_DEEP, explained
from deckgen.read.trouble import Trouble

MAX_NODES = 200_000
"""Values in a file, each counted as often as aliases repeat it."""
NO_SPACE = re.compile(r"-[^\S ]")
"""A dash that begins no entry: what stands after it is a space to the eye alone, such as a no-break space."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A value as it was written; `style` is empty for plain text, else its first character."""

    value: str
    style: str
    line: int
    column: int
    last_line: int

    @property
    def empty(self) -> bool:
        """Nothing was written here."""
        return not self.value and not self.style


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.pairs if name.value == key), None)


class Hole(NamedTuple):
    """A value that could not be read; the diagnostic is made already."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Hole


class Refused(Exception):
    """Composing ends here: more of the file can't or should not be read."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass
class Open:
    """A list or mapping whose end has not been reached."""

    line: int
    column: int
    mapping: bool
    anchor: str | None
    hole: bool
    before: int
    nodes: list[Node] = field(default_factory=list)
    height: int = 1


class Anchored(NamedTuple):
    """What an alias stands for: a node, how many nodes that is, and how deep they nest."""

    node: Node
    size: int
    height: int


def compose(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a file of one document, and all that is wrong with it; None if nothing of it is usable."""
    composer = Composer(source)
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            composer.take(event)
    except Refused as refused:
        return None, (*composer.diagnostics, refused.diagnostic)
    except yaml.MarkedYAMLError as problem:
        found = explained(trouble(problem, source))
        # What was found before on the same line comes from the same fault.
        return None, (*(d for d in composer.diagnostics if d.span.line != found.span.line), found)
    except (yaml.YAMLError, ValueError):
        return None, (
            *composer.diagnostics,
            error(Span(source.file), "this is no source", "it is made of 'key: value' lines"),
        )
    return composer.root, tuple(composer.diagnostics)


def trouble(problem: yaml.MarkedYAMLError, source: Source) -> Trouble:
    mark = problem.problem_mark or problem.context_mark
    start = problem.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    start_line, start_column = (start.line, start.column) if start else (0, 0)
    return Trouble(source, problem.problem or "", line, column, start_line, start_column)


class Composer:
    """Builds the tree from events, without recursion."""

    def __init__(self, source: Source) -> None:
        self.file = source.file
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.open: list[Open] = []
        self.anchors: dict[str, Anchored] = {}
        self.count = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self.add(self.scalar(event), 1, event.anchor)
            case yaml.CollectionStartEvent():
                self.start(event)
            case yaml.CollectionEndEvent():
                self.end()
            case yaml.AliasEvent():
                self.alias(event)
            case yaml.DocumentStartEvent():
                self.document(event)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "delete the line '---'; of a talk in Markdown, `deckgen import` makes a source"
            raise Refused(error(self.span(event), "a source has no second part after a line '---'", hint))

    def scalar(self, event: Any) -> Node:
        start, style = event.start_mark, event.style or ""
        if event.tag is not None:
            return self.tagged(event)
        if style == '"' and (found := CONTROL.search(event.value)):
            hint = r"put the text in single quotes: in double quotes, \ and the letter after it make another character"
            self.complain(event, f"a control character stands in this text: U+{ord(found[0]):04X}", hint)
            return Hole(start.line + 1, start.column + 1)
        if not style and NO_SPACE.match(event.value):
            raise Refused(error(self.span(event), "there is no space after this dash", NO_SPACE_HINT))
        return Scalar(event.value, style, start.line + 1, start.column + 1, event.end_mark.line + 1)

    def tagged(self, event: Any) -> Hole:
        self.complain(event, "text without quotes can't begin with !", IN_QUOTES)
        return Hole(event.start_mark.line + 1, event.start_mark.column + 1)

    def start(self, event: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise Refused(error(self.span(event), TOO_DEEP))
        hole = event.tag is not None
        if hole:
            self.tagged(event)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.anchor:
            self.anchors.pop(event.anchor, None)
        self.open.append(Open(line, column, mapping, event.anchor, hole, self.count))

    def end(self) -> None:
        done = self.open.pop()
        node: Node
        if done.hole:
            node = Hole(done.line, done.column)
        elif done.mapping:
            pairs = self.pairs(done.nodes)
            bad = done.nodes and not pairs
            node = Hole(done.line, done.column) if bad else Mapping(pairs, done.line, done.column)
        else:
            node = Sequence(tuple(done.nodes), done.line, done.column)
        height = done.height
        if done.anchor:
            self.anchors[done.anchor] = Anchored(node, self.count - done.before + 1, height)
        self.add(node, 1, None, height)

    def alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        if any(outer.anchor == event.anchor for outer in self.open) and known is None:
            message = f"*{event.anchor} stands inside of what it repeats"
            raise Refused(error(self.span(event), message, "leave it out, or put the text in quotes"))
        if known is None:
            hint = f"{IN_QUOTES}; *{event.anchor} would repeat what stands after &{event.anchor}, and that is nowhere"
            self.complain(event, "text without quotes can't begin with *", hint)
            known = Anchored(Hole(event.start_mark.line + 1, event.start_mark.column + 1), 1, 0)
        if len(self.open) + known.height > MAX_DEPTH:
            raise Refused(error(self.span(event), TOO_DEEP))
        if self.count + known.size > MAX_NODES:
            message = f"signs such as *{event.anchor} repeat so much that the file holds more than {MAX_NODES:,} values"
            raise Refused(error(self.span(event), message, "write the values out, or repeat fewer of them"))
        self.add(known.node, known.size, None, known.height)

    def add(self, node: Node, count: int, anchor: str | None, height: int = 0) -> None:
        self.count += count
        if self.count > MAX_NODES:
            where = Span(self.file, node.line, node.column)
            raise Refused(error(where, f"the file holds more than {MAX_NODES:,} values", "split the talk"))
        if anchor:
            self.anchors[anchor] = Anchored(node, count, height)
        if self.open:
            parent = self.open[-1]
            parent.nodes.append(node)
            parent.height = max(parent.height, height + 1)
        else:
            self.root = node

    def pairs(self, nodes: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        """Keys and values; a key that is no text, or stands there twice, is left out."""
        first: dict[str, Scalar] = {}
        pairs = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if isinstance(key, Hole):
                continue
            where = Span(self.file, key.line, key.column)
            if not isinstance(key, Scalar):
                hint = "text that begins with {{, { or [ must stand in quotes"
                self.diagnostics.append(error(where, "text without quotes can't begin with a bracket", hint))
            elif key.value in first:
                hint = f"join the two, or leave one out; the first one stands in line {first[key.value].line}"
                self.diagnostics.append(error(where, f"the key {key.value!r} stands here twice", hint))
            else:
                first[key.value] = key
                pairs.append((key, value))
        return tuple(pairs)

    def span(self, event: Any) -> Span:
        return Span(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def complain(self, event: Any, message: str, hint: str) -> None:
        self.diagnostics.append(error(self.span(event), message, hint))
