"""JSON Schema (2020-12) of what the reader reads, from the same dataclasses, for editors that complete and check.

What it says is bad, the reader says is bad, too. Where the schema can't know (Markdown, ids, what fits) it is silent.
A single value that is meant as text may look like a number or a date to an editor, so it is anything but a list or a
mapping. Nothing written (`null`) is the default of a key that has one.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal, Union, get_args, get_origin

from deckgen.model.text import Text
from deckgen.read.scalars import NUMBER, WHOLE, WORDS
from deckgen.read.schema import Key, begins_with_list, first_key, keys, required
from deckgen.units import Box, Inches, Point, Size

Json = dict[str, Any]
Form = Callable[["Schemas"], Json]
"""How a type is written that is more than a record or a value."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ONE_VALUE: Json = {"not": {"type": ["object", "array"]}}
"""Text, or what an editor takes for a number, a date or nothing. Said by what it is not, so that editors don't offer
`true` and `null`."""
NOTHING: Json = {"not": {"type": ["string", "number", "boolean", "object", "array"]}}
NO_MAPPING: Json = {"not": {"type": "object"}}


def exactly(pattern: str) -> str:
    return f"^({pattern})$"


def any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


NUMERIC: Json = {"type": ["number", "string"], "pattern": exactly(NUMBER.pattern)}
SIMPLE: dict[Any, Json] = {
    Text: ONE_VALUE,
    str: ONE_VALUE,
    int: {"type": ["integer", "string"], "pattern": exactly(WHOLE.pattern)},
    float: NUMERIC,
    Inches: NUMERIC,
    bool: {"type": ["boolean", "string"], "pattern": exactly("|".join(map(any_case, WORDS)))},
}


class Schemas:
    """The schemas of types; those of records and of types with a form of their own are shared, in `defs`."""

    def __init__(self, forms: Mapping[Any, Form], opaque: frozenset[Any] = frozenset()) -> None:
        self.forms = forms
        self.opaque = opaque
        """Types that the reader reads in a way of their own; without a form, anything may stand there."""
        self.defs: dict[str, Json] = {}

    def whole(self, top: Json, title: str) -> Json:
        """A schema by itself, its definitions in the order of their names."""
        return {"$schema": DIALECT, "title": title, **top, "$defs": dict(sorted(self.defs.items()))}

    def shared(self, name: str, make: Callable[[], Json]) -> Json:
        """A reference to a definition, which is made when it is first asked for; it may refer to itself."""
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def of(self, kind: Any) -> Json:
        """The schema of a type."""
        origin, arguments = get_origin(kind), get_args(kind)
        if kind in self.forms:
            return self.forms[kind](self)
        if kind in self.opaque:
            return {}
        if kind in SIMPLE:
            return SIMPLE[kind]
        if origin is Literal:
            return choice(arguments)
        if origin in (Union, types.UnionType):
            return self.union(arguments)
        if origin is tuple:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is Mapping:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if kind in (Box, Size, Point):
            return lengths(kind)
        return self.shared(called(kind), lambda: self.record(kind))

    def union(self, arguments: tuple[Any, ...]) -> Json:
        """A type that may be missing; or one of several records, told by their first keys."""
        if type(None) in arguments:
            return {"anyOf": [self.of(next(kind for kind in arguments if kind is not type(None))), NOTHING]}
        *others, last = arguments
        found = self.of(last)
        for cls in reversed(others):
            written = {"type": "object", "required": [first_key(cls)]}
            found = {"if": written, "then": self.of(cls), "else": found}
        return found

    def record(self, cls: Any) -> Json:
        """A dataclass in all the ways in which it may be written."""
        known = keys(cls)
        ways = [self.mapping(cls)]
        first, second = [*known.values(), None, None][:2]
        if first and not required(cls) - {first.name}:
            if begins_with_list(cls):
                ways.append({**NO_MAPPING, **self.of(first.kind)} | filled(first))
            elif not getattr(cls, "OUTLINE", False):
                ways.append({"allOf": [self.of(first.kind)], "not": {"type": ["object", "array"]}})
        if getattr(cls, "OUTLINE", False):
            ways.append(ONE_VALUE)
        if second and (getattr(cls, "OUTLINE", False) or getattr(cls, "PAIR", False)):
            ways.append(self.named(known, second))
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def named(self, known: Mapping[str, Key], second: Key) -> Json:
        """`words: value` in place of the first two keys."""
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": list(known)}},
            "additionalProperties": self.value(second),
        }

    def mapping(self, cls: Any, further: Mapping[str, Json] = types.MappingProxyType({})) -> Json:
        """A dataclass as a mapping of its keys, and of `further` ones."""
        known, told = keys(cls), described(cls)
        properties = {name: self.property(key, told.get(name, "")) for name, key in known.items()}
        found: Json = {"type": "object", "properties": properties | dict(further), "additionalProperties": False}
        if needed := [name for name, key in known.items() if key.required]:
            found["required"] = needed
        return found

    def property(self, key: Key, told: str) -> Json:
        """The value of a key, with what editors tell of it."""
        words = {"description": description} if (description := key.description or told) else {}
        return words | self.value(key) | shown_default(key)

    def value(self, key: Key) -> Json:
        """The value of a key; nothing may be written where it has a default."""
        schema = self.of(key.kind)
        if key.required:
            return schema | filled(key)
        return schema if accepts_nothing(schema) else {"anyOf": [schema, NOTHING]}


def choice(words: tuple[str, ...]) -> Json:
    """One of some words; `off` is false, and digits are numbers, to some editors."""
    other = [WORDS[word] for word in words if word in WORDS] + [int(word) for word in words if word.isdigit()]
    return {"anyOf": [{"enum": list(words)}, {"not": {"not": {"enum": other}}}]} if other else {"enum": list(words)}


def accepts_nothing(schema: Json) -> bool:
    return not schema or schema == ONE_VALUE or NOTHING in schema.get("anyOf", ())


def filled(key: Key) -> Json:
    """That a text or list which is needed is not empty."""
    if get_origin(key.kind) is not tuple or not key.required:
        return {}
    return {"minLength": 1} if key.kind == Text else {"minItems": 1}


def lengths(kind: Any) -> Json:
    count = len(kind._fields)
    return {
        "type": "array",
        "items": NUMERIC,
        "minItems": count,
        "maxItems": count,
        "description": f"inches: {', '.join(kind._fields)}",
    }


def shown_default(key: Key) -> Json:
    """The default, if it says something and can be written as it stands."""
    value = list(key.default) if isinstance(key.default, tuple) else key.default
    plain = isinstance(value, (str, int, float)) or (
        isinstance(value, list) and all(isinstance(entry, (str, int, float)) for entry in value)
    )
    says = value is False or (plain and bool(value))
    return {"default": value} if says and not key.required else {}


def called(cls: Any) -> str:
    """The name of a class's definition; classes of different modules may share theirs."""
    return f"{cls.__module__.removeprefix('deckgen.')}.{cls.__qualname__}"


@cache
def described(cls: Any) -> dict[str, str]:
    """The texts under the fields of a class and of its bases."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if not is_dataclass(base):
            continue
        source: Any = base
        [body] = ast.parse(textwrap.dedent(inspect.getsource(source))).body
        statements = getattr(body, "body", [])
        for statement, below in pairwise(statements):
            match statement, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = inspect.cleandoc(text)
    return found
