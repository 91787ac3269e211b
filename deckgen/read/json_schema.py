"""JSON Schema (2020-12) of what the reader reads, from the same dataclasses, for editors that complete and check.

What it says is bad, the reader says is bad, too. Where the schema can't know (Markdown, ids, what fits) it is silent.
A single value that is meant as text may look like a number or a date to an editor, so it is anything but a list or a
mapping. Nothing written (`null`) is the default of a key that has one.

Where a value may be written in several ways, they are told apart by its shape (`if`, `else`) and not tried one after
the other (`anyOf`): an editor then speaks of what was written, not of what else could stand there, and is fast.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any, Literal, Union, get_args, get_origin

from deckgen.model.text import Text, Verbatim
from deckgen.read.scalars import NUMBER, WHOLE, WORDS
from deckgen.read.schema import Key, begins_with_list, first_key, keys, required
from deckgen.units import Box, Inches, Point, Size

Json = dict[str, Any]
Form = Callable[["Schemas"], Json]
"""How a type is written that is more than a record or a value."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NEVER = "(?!)"
"""A pattern that no text matches."""
APART: Json = {"properties": {}}
"""Says nothing, and makes a way of writing another one in the eyes of an editor, which else tells of both at once."""
TEXT: Json = {
    "type": "string",
    "errorMessage": "Expected text. Put it in quotes if a colon or a bracket makes it something else.",
}
VALUE: Json = {"not": {"type": ["string", "object", "array"]}} | APART
"""What an editor takes for a number, a date or nothing; said by what it is not, so that `true` and `null` are not
offered."""
DEFS: dict[str, Json] = {
    "text": {"anyOf": [TEXT, VALUE]},
    "words": {"anyOf": [TEXT | {"minLength": 1}, VALUE]},
    "nothing": {"not": {"type": ["string", "number", "boolean", "object", "array"]}} | APART,
}
ONE_VALUE, SOME_WORDS, NOTHING = ({"$ref": f"#/$defs/{name}"} for name in DEFS)
"""A text, a text that is not empty, and nothing."""


def exactly(pattern: str) -> str:
    return f"^({pattern})$"


def or_value(pattern: str) -> str:
    """What a pattern allows, or a value of the talk's data, of which a schema knows nothing."""
    return rf"{pattern}|\{{\{{"


def any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def numeric(kind: str, pattern: str, words: str) -> Json:
    """A number or a truth value, which an editor may take for text; what an editor says of anything else."""
    return {"type": [kind, "string"], "pattern": pattern, "errorMessage": f"Expected {words}."}


NUMERIC = numeric("number", or_value(exactly(NUMBER.pattern)), "a number, without spaces and units")
SIMPLE: dict[Any, Json] = {
    Text: ONE_VALUE,
    str: ONE_VALUE,
    Verbatim: ONE_VALUE,
    int: numeric("integer", or_value(exactly(WHOLE.pattern)), "a whole number"),
    float: NUMERIC,
    Inches: NUMERIC,
    bool: numeric("boolean", exactly("|".join(map(any_case, WORDS))), "true or false"),
}


class Schemas:
    """The schemas of types; those of records and of types with a form of their own are shared, in `defs`."""

    def __init__(
        self,
        forms: Mapping[Any, Form],
        opaque: frozenset[Any],
        offers: Mapping[str, Sequence[str]],
        named: Callable[[Key], str] = attrgetter("names"),
    ) -> None:
        self.forms = forms
        self.opaque = opaque
        """Types that the reader reads in a way of their own; without a form, anything may stand there."""
        self.offers, self.named = offers, named
        """The names that are known, by what they are of; and what the value of a key names."""
        self.defs: dict[str, Json] = dict(DEFS)

    def whole(self, top: Json, title: str) -> Json:
        """A schema by itself, its definitions in the order of their names."""
        return {"$schema": DIALECT, **top, "title": title, "$defs": dict(sorted(self.defs.items()))}

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
        first, second = [*keys(cls).values(), None, None][:2]
        outline, pair = getattr(cls, "OUTLINE", False), getattr(cls, "PAIR", False)
        found = self.mapping(cls)
        if second and (outline or pair):
            found = perhaps_named(found, self.value(second))
        if outline:
            return or_else(found, ONE_VALUE)
        if not first or required(cls) - {first.name}:
            return found
        short = self.typed(first)
        if begins_with_list(cls):
            return or_else(found, short | filled(first))
        return or_else(found, short if first.kind in SIMPLE else {"allOf": [short], "not": {"type": "array"}})

    def typed(self, key: Key) -> Json:
        """What the value of a key may be; editors offer the names that are known where it is one."""
        words = self.offers.get(self.named(key), ())
        if not words or key.kind not in (str, tuple[str, ...]):
            return self.of(key.kind)
        name = self.shared(self.named(key), lambda: offering(words))
        return {"type": "array", "items": name} if get_origin(key.kind) else name

    def mapping(self, cls: Any, further: Mapping[str, Json] = types.MappingProxyType({})) -> Json:
        """A dataclass as a mapping of its keys, and of `further` ones."""
        known, told = keys(cls), described(cls)
        properties = {name: self.property(key, told.get(name, "")) for name, key in known.items()}
        found: Json = {
            "title": cls.__name__.lower(),
            "type": "object",
            "properties": properties | dict(further),
            "additionalProperties": False,
        }
        if needed := [name for name, key in known.items() if key.required]:
            found["required"] = needed
        return found

    def property(self, key: Key, told: str) -> Json:
        """The value of a key, with what editors tell of it."""
        words = {"description": description} if (description := key.description or told) else {}
        return words | self.examples(key.kind) | self.value(key)

    def examples(self, cls: Any) -> Json:
        """Names that a record may be written as, for editors that look for words under no condition."""
        record = is_dataclass(cls)
        words = self.offers.get(self.named(keys(cls)[first_key(cls)]), ()) if record else ()
        return {"examples": list(words)} if words else {}

    def value(self, key: Key) -> Json:
        """The value of a key; nothing may be written where it has a default."""
        schema = self.typed(key)
        if key.required:
            return schema | filled(key)
        return or_nothing(schema | shown_default(key))


def or_else(mapping: Json, short: Json, nothing: bool = False) -> Json:
    """A mapping, or what is written short; or nothing, too."""
    keyed = {word: value for word, value in mapping.items() if word != "type"}
    return keyed | {"if": {"type": ["object", "null"] if nothing else "object"}, "else": short}


def perhaps_named(mapping: Json, value: Json) -> Json:
    """A mapping, in which `words: value` may take the place of the first two keys."""
    known = {"enum": list(mapping["properties"])}
    named = {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"not": known}}
    full = {"propertyNames": known, "required": mapping.get("required", [])}
    way = {"if": named, "then": {"additionalProperties": value}, "else": full}
    return {"title": mapping["title"], "type": "object", "properties": mapping["properties"], "allOf": [way]}


def offering(words: Sequence[str]) -> Json:
    """A text, with words that editors offer. Their branch matches nothing, so that the words stay out of what a pointer
    over one of them shows: there are some 1,700 icons."""
    offer = {"enum": list(words), "pattern": NEVER, "errorMessage": TEXT["errorMessage"]}
    return {"anyOf": [offer, ONE_VALUE]}


def or_nothing(schema: Json) -> Json:
    """A value that may be left out. A list stays one in the eyes of an editor, which begins it with a dash then."""
    if accepts_nothing(schema):
        return schema
    if schema.get("type") == "array" and "if" not in schema:
        kept = {word: value for word, value in schema.items() if word != "type"}
        return kept | {"if": {"not": {"type": "null"}}, "then": {"type": "array"}}
    return {"anyOf": [schema, NOTHING]}


def choice(words: tuple[str, ...]) -> Json:
    """One of some words; `off` is false, and digits are numbers, to some editors."""
    other = [WORDS[word] for word in words if word in WORDS] + [int(word) for word in words if word.isdigit()]
    return {"anyOf": [{"enum": list(words)}, {"not": {"not": {"enum": other}}}]} if other else {"enum": list(words)}


def accepts_nothing(schema: Json) -> bool:
    return not schema or schema.get("$ref") == ONE_VALUE["$ref"] or NOTHING in schema.get("anyOf", ())


def filled(key: Key) -> Json:
    """That a text or list which is needed is not empty."""
    if get_origin(key.kind) is not tuple or not key.required:
        return {}
    return SOME_WORDS if key.kind == Text else {"minItems": 1}


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
