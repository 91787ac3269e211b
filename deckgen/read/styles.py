"""Reads the styles of handouts that a source asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deckgen.diagnostics import shortened
from deckgen.read.reader import BAD, Reader
from deckgen.read.schema import read_mapping
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence
from deckgen.styles import style_class, style_named, styles


def read_handouts(reader: Reader, node: Node) -> Any:
    """A style, or a list of styles; one with options is a mapping from its name: `grid: {slides: 6}`."""
    found: list[Any] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            found.append(read_name(reader, item))
        elif isinstance(item, Mapping):
            found += [read_options(reader, name, options) for name, options in item.pairs]
        else:
            found.append(reader.expected("the name of a style", item))
    if BAD in found:
        return BAD
    names = [style.name for style in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        return reader.error(node, f"the style {twice!r} is asked for twice", "each style makes one file")
    return tuple(found)


def read_name(reader: Reader, name: Scalar) -> Any:
    """A style by its name, which may have the value of its first key after a dash: `grid-6`."""
    style = style_named(name.value)
    if style is None:
        return reader.unknown(name, f"there is no style {shortened(name.value)!r}", styles())
    return replace(style, span=reader.span(name))


def read_options(reader: Reader, name: Scalar, options: Node) -> Any:
    """A style with its options."""
    if name.value not in styles():
        return read_name(reader, name)
    if not isinstance(options, Mapping):
        return reader.expected("the style's options as 'key: value' lines", options)
    style = read_mapping(style_class(name.value), reader, options)
    problems = [] if style is BAD else list(style.problems())
    reader.diagnostics += problems
    return BAD if problems else style
