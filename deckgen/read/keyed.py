"""Findings about a key of a slide or block, at the value of this key in place of the beginning of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from deckgen.diagnostics import Diagnostic, Span
from deckgen.read.source import decode
from deckgen.read.yaml import Mapping, Node, Sequence, compose
from deckgen.world import World

Keys = dict[tuple[int, int], list[Mapping]]
"""Line and column -> the mapping that begins there, and the one whose value does."""


def at_keys(found: Iterable[Diagnostic], world: World) -> tuple[Diagnostic, ...]:
    """The findings, those with a `key` at the place of its value. Files are read again only for these."""

    @cache
    def keys_of(file: str) -> Keys:
        data = world.read(file)
        source = data if isinstance(data, Diagnostic) else decode(file, data)
        places: Keys = {}
        root = None if isinstance(source, Diagnostic) else compose(source)[0]
        for mapping in mappings(root) if root else ():
            places.setdefault((mapping.line, mapping.column), []).insert(0, mapping)
            for _, value in mapping.pairs:
                places.setdefault((value.line, value.column), []).append(mapping)
        return places

    return tuple(moved(d, keys_of(d.span.file)) if d.key else d for d in found)


def moved(diagnostic: Diagnostic, keys: Keys) -> Diagnostic:
    span = diagnostic.span
    values = (mapping.get(diagnostic.key) for mapping in keys.get((span.line, span.column), ()))
    value = next((value for value in values if value), None)
    place = Span(span.file, value.line, value.column) if value else span
    return replace(diagnostic, span=place, key="")


def mappings(node: Node) -> Iterator[Mapping]:
    """All mappings from a node on, outer ones first."""
    if isinstance(node, Mapping):
        yield node
    children = (
        node.items if isinstance(node, Sequence) else [v for _, v in node.pairs] if isinstance(node, Mapping) else ()
    )
    for child in children:
        yield from mappings(child)
