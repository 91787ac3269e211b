"""Reads a frozen dataclass from a YAML node by its annotations. All that is wrong is noted, nothing is raised."""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Mapping as MappingType
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from deckgen.diagnostics import shortened
from deckgen.frozen import frozen
from deckgen.model.meant import nearest
from deckgen.model.tabular import Cell
from deckgen.model.text import Text, Verbatim
from deckgen.read.hints import list_hint, mapping_hint, quote_hint, to_add
from deckgen.read.reader import BAD, Places, Read, Reader
from deckgen.read.scalars import inches, inline_text, number, one_of, raw_text, truth, verbatim_text, whole
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence
from deckgen.units import Box, Inches, Point, Size

MAX_ENTRIES = 2000
"""Of one list; also the most slides in a source."""
EMPTY: MappingType[str, Read] = types.MappingProxyType({})
SIMPLE: dict[Any, Read] = {
    Text: inline_text,
    str: raw_text,
    Verbatim: verbatim_text,
    int: whole,
    float: number,
    Inches: inches,
    bool: truth,
}


@frozen
class Key:
    """A key that the source may write, and how its value is read."""

    name: str
    kind: Any
    required: bool
    default: Any
    description: str
    names: str
    """What the value names, if editors can offer some."""

    def read(self, reader: Reader, node: Node) -> Any:
        return read_as(self.kind, reader, node)


@cache
def keys(cls: Any) -> dict[str, Key]:
    """The keys of a dataclass, its own before the inherited, the nearest first.

    A `span` is no key: it is the place of the node. Nor is what deckgen itself makes (see `made`).
    """
    hints = get_type_hints(cls, include_extras=True)
    inherited = Counter(f.name for base in cls.__mro__[1:] if is_dataclass(base) for f in fields(base))
    written = [f for f in fields(cls) if f.name != "span" and "made" not in f.metadata]
    found = sorted(written, key=lambda f: inherited[f.name])
    return {f.name: as_key(f, hints[f.name]) for f in found}


def as_key(f: Field[Any], kind: Any) -> Key:
    default = f.default if f.default_factory is MISSING else f.default_factory()
    told = f.metadata
    return Key(f.name, kind, default is MISSING, default, told.get("description", ""), told.get("names", ""))


def read_as(kind: Any, reader: Reader, node: Node) -> Any:
    """A value of a type: by the reader's own function for it, else by the type's."""
    return (reader.special.get(kind) or reading(kind))(reader, node)


@cache
def reading(kind: Any) -> Read:
    """The function that reads a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if origin is Literal:
        return partial(one_of, arguments)
    if origin in (Union, types.UnionType):
        return read_optional(arguments) if type(None) in arguments else partial(read_variant, arguments)
    if origin is tuple:
        return partial(read_list, arguments[0])
    if origin is MappingType:
        return partial(read_named, arguments[1])
    if kind in (Box, Size, Point):
        return partial(read_lengths, kind)
    if is_dataclass(kind):
        return partial(read_record, kind)
    raise TypeError(f"no way to read {kind}")


def read_record(cls: Any, reader: Reader, node: Node) -> Any:
    """A dataclass from a mapping; an outline item also from a text, or from a text with a list under it; a pair also
    from one key with its value."""
    if getattr(cls, "OUTLINE", False):
        return read_outline(cls, reader, node)
    if getattr(cls, "PAIR", False) and isinstance(node, Mapping) and is_pair(cls, node):
        [(name, value)] = node.pairs
        first, second = keys(cls).values()
        pairs = ((name._replace(value=first.name, style=""), name), (name._replace(value=second.name, style=""), value))
        return read_mapping(cls, reader, node._replace(pairs=pairs))
    if isinstance(node, Scalar) and not required(cls) - {first_key(cls)}:
        return read_short(cls, reader, node)
    if isinstance(node, Sequence) and begins_with_list(cls):
        return read_short(cls, reader, node)
    return read_mapping(cls, reader, node)


def is_pair(cls: Any, node: Mapping) -> bool:
    """Whether `first: second` is written, and not the two keys by their names."""
    return len(node.pairs) == 1 and node.pairs[0][0].value not in keys(cls)


@cache
def begins_with_list(cls: Any) -> bool:
    """Whether a record may be written as a list alone: its first key holds one, and no other is needed."""
    kind = next(iter(keys(cls).values())).kind
    return get_origin(kind) is tuple and kind != Text and not required(cls) - {first_key(cls)}


@cache
def first_key(cls: Any) -> str:
    return next(iter(keys(cls)), "")


@cache
def required(cls: Any) -> frozenset[str]:
    return frozenset(key.name for key in keys(cls).values() if key.required)


def read_short(cls: Any, reader: Reader, node: Node) -> Any:
    """The short form: the value fills the first key."""
    key = keys(cls)[first_key(cls)]
    value = filled(key, reader, node, key.read(reader, node))
    return BAD if value is BAD else make(cls, reader, node, {key.name: value})


def read_outline(cls: Any, reader: Reader, node: Node) -> Any:
    """`text`, or `text: [items under it]`, or a mapping of the keys."""
    first, second = list(keys(cls).values())[:2]
    if isinstance(node, Scalar):
        return read_short(cls, reader, node)
    if isinstance(node, Mapping) and len(node.pairs) == 1 and node.pairs[0][0].value not in keys(cls):
        name, below = node.pairs[0]
        if isinstance(below, Scalar):
            return reader.expected("text", node, quote_hint(node))
        text, items = first.read(reader, name), second.read(reader, below)
        return BAD if text is BAD or items is BAD else make(cls, reader, node, {first.name: text, second.name: items})
    return read_mapping(cls, reader, node)


def read_mapping(
    cls: Any, reader: Reader, node: Node, custom: MappingType[str, Read] = EMPTY, further: frozenset[str] = frozenset()
) -> Any:
    """A dataclass from a mapping of its keys.

    `custom` reads the values of keys in another way than their type's; `further` words are keys that a caller has
    taken out of the mapping, and are known.
    """
    known = keys(cls)
    if not isinstance(node, Mapping):
        return reader.expected("'key: value' lines", node, mapping_hint(node, known))
    values = read_pairs(cls, reader, node, custom, further)
    missing = [key for key in known.values() if key.required and key.name not in values]
    misspelt = {nearest(name.value, known) for name, _ in node.pairs if name.value not in values}
    for key in missing:
        if key.name not in misspelt:
            reader.error(node, f"the key {key.name!r} is missing", to_add(key.name, key.description))
    wrong = {name for name, value in values.items() if value is BAD}
    if missing or wrong:
        reader.incomplete.add(reader.span(node))
    if missing or any(known[name].required for name in wrong):
        return BAD
    return make(cls, reader, node, {name: value for name, value in values.items() if name not in wrong})


def read_pairs(
    cls: Any, reader: Reader, node: Mapping, custom: MappingType[str, Read], further: frozenset[str]
) -> dict[str, Any]:
    """The values by the names of their fields, `BAD` where one is wrong."""
    known = keys(cls)
    values: dict[str, Any] = {}
    for name, value in node.pairs:
        word = name.value
        if word in custom:
            values[word] = custom[word](reader, value)
        elif word in known:
            if word == "id":
                reader.ids[reader.span(node)] = reader.span(value)
            values[word] = filled(known[word], reader, value, read_value(known[word], reader, value))
        else:
            reader.unknown(name, f"unknown key {shortened(word)!r}", {*known, *further})
            reader.incomplete.add(reader.span(node))
    return values


def read_value(key: Key, reader: Reader, node: Node) -> Any:
    """A key's value; where nothing is written, its default, if it has one."""
    if isinstance(node, Scalar) and node.empty:
        if not key.required:
            return key.default
        return nothing_written(key, reader, node)
    return key.read(reader, node)


def filled(key: Key, reader: Reader, node: Node, value: Any) -> Any:
    """The value; an error where a required text or list is empty."""
    if key.required and value == () and reader.span(node) not in reader.incomplete:
        return nothing_written(key, reader, node)
    return value


def nothing_written(key: Key, reader: Reader, node: Node) -> Any:
    hint = f"what belongs here: {key.description}" if key.description else f"write it after '{key.name}:'"
    return reader.error(node, f"nothing is written for {key.name!r}", hint)


def make(cls: Any, reader: Reader, node: Node, values: dict[str, Any]) -> Any:
    if "span" in cls.__dataclass_fields__:
        values["span"] = reader.span(node)
    for name, place in placed(cls).items():
        value = node.get(name) if isinstance(node, Mapping) else node
        places = Places(reader.source, value) if isinstance(value, Scalar) else None
        values |= {place: places.at(0, 0)} if places and places.exact else {}
    return cls(**values)


@cache
def placed(cls: Any) -> dict[str, str]:
    """The fields with the places of values, by the keys of these."""
    return {f.metadata["place"]: f.name for f in fields(cls) if "place" in f.metadata}


def read_list(kind: Any, reader: Reader, node: Node) -> Any:
    """A list of values of one type. Entries that are wrong are left out."""
    if not isinstance(node, Sequence):
        return reader.expected("a list", node, list_hint(node))
    if len(node.items) > MAX_ENTRIES:
        message = f"the list has {len(node.items):,} entries, and the limit is {MAX_ENTRIES:,}"
        return reader.error(node, message, "split the list")
    values = []
    for child in node.items:
        if isinstance(child, Scalar) and child.empty:
            hint = 'delete its dash, or write "" for an empty one' if kind in (Text, Cell) else "delete its dash"
            reader.error(child, "an entry of the list is empty", hint)
            reader.incomplete.add(reader.span(node))
        elif (value := read_as(kind, reader, child)) is BAD:
            reader.incomplete.add(reader.span(node))
        else:
            values.append(value)
    return tuple(values)


def read_named(kind: Any, reader: Reader, node: Node) -> Any:
    """A mapping of names to values of one type."""
    if not isinstance(node, Mapping):
        return reader.expected("'name: value' lines", node)
    values = {name.value: read_as(kind, reader, value) for name, value in node.pairs}
    return {name: value for name, value in values.items() if value is not BAD}


def read_lengths(kind: Any, reader: Reader, node: Node) -> Any:
    """A box, size or point from a list of inches."""
    names = kind._fields
    if not isinstance(node, Sequence) or len(node.items) != len(names):
        return reader.expected(f"a list of {len(names)} lengths in inches: [{', '.join(names)}]", node)
    values = [inches(reader, child) for child in node.items]
    return BAD if BAD in values else kind(*values)


def read_optional(arguments: tuple[Any, ...]) -> Read:
    inner = next(kind for kind in arguments if kind is not type(None))

    def read(reader: Reader, node: Node) -> Any:
        if isinstance(node, Scalar) and not node.style and node.value in ("", "~", "null"):
            return None
        return read_as(inner, reader, node)

    return read


def read_variant(classes: tuple[Any, ...], reader: Reader, node: Node) -> Any:
    """One of several dataclasses: the one whose first key is written, else the last."""
    written = {name.value for name, _ in node.pairs} if isinstance(node, Mapping) else set()
    cls = next((c for c in classes if first_key(c) in written), classes[-1])
    return read_as(cls, reader, node)
