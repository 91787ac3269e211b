"""The schemas of sources and themes for editors: what is written in a way of its own, beside `json_schema.py`."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable
from typing import Annotated, Any

from deckgen.blocks import block_class, kinds
from deckgen.blocks.columns import Column
from deckgen.diagnostics import CODES, WARNINGS
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block
from deckgen.model.chart import Numbers
from deckgen.model.deck import (
    Data,
    DataSource,
    Deck,
    Entry,
    Footer,
    Include,
    Parameters,
    PrintPage,
    Severities,
    Severity,
    Slide,
)
from deckgen.model.exhibit import Exhibit
from deckgen.model.grid import Grid
from deckgen.model.listing import Listing
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.tabular import Cell, Head, Row
from deckgen.model.text import Formula, Paragraph, Run
from deckgen.model.theme import Theme
from deckgen.read.body import BESIDE, BODY, DECK_TYPES, FOOTER_PARTS
from deckgen.read.data import NAME
from deckgen.read.json_schema import NO_MAPPING, NOTHING, ONE_VALUE, Form, Json, Schemas, called
from deckgen.read.numbers import COMMA, MISSING, NUMBER
from deckgen.read.schema import first_key, keys, required
from deckgen.styles import style_class, style_named, styles

MOST_NUMBERED = 12
"""Styles such as `grid-6` that are offered, of each style."""


def source_schema(themes: Iterable[str]) -> Json:
    """The schema of a source; `themes` are offered as names for the look."""
    schemas = Schemas(FORMS, frozenset(DECK_TYPES))
    top = schemas.mapping(Deck)
    top["properties"]["theme"]["examples"] = sorted(themes)
    return schemas.whole(top, "deckgen: a talk")


def theme_schema() -> Json:
    """The schema of a `theme.yaml`."""
    schemas = Schemas({}, frozenset({Any, bytes}))
    looks = {kind: block_class(kind).LOOK for kind in sorted(kinds())}
    wanted = {kind: schemas.of(look) for kind, look in looks.items() if look is not None}
    top = schemas.mapping(Theme)
    top["properties"]["blocks"] = {
        "type": "object",
        "description": "What the theme sets for each kind of block",
        "properties": wanted,
        "required": list(wanted),
        "additionalProperties": False,
    }
    for name in ("css", "font_files"):
        top["properties"].pop(name, None)
    top["required"] = [name for name in top["required"] if name in top["properties"]]
    return schemas.whole(top, "deckgen: a theme")


def explained(cls: Any) -> Json:
    """What a kind or style is, with its example, from the docstring of its module."""
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    fence = f"{words}\n\n```yaml\n{textwrap.dedent(example).strip()}\n```"
    return {"description": words, "markdownDescription": fence}


def block_value(kind: str, schemas: Schemas) -> Json:
    """What stands after the name of a kind: its keys, or the value of the first of them."""
    cls: Any = block_class(kind)

    def ways() -> Json:
        found = [schemas.mapping(cls)]
        if not set(keys(cls)) <= BESIDE and not required(cls) - {first_key(cls)}:
            first = keys(cls)[first_key(cls)]
            found.append(
                {"allOf": [schemas.value(first) if not first.required else schemas.of(first.kind), NO_MAPPING]}
            )
        if not required(cls) and not cls.EITHER:
            found.append(NOTHING)
        return {"anyOf": found}

    return explained(cls) | schemas.shared(called(cls), ways)


def block_values(schemas: Schemas) -> dict[str, Json]:
    return {kind: block_value(kind, schemas) for kind in sorted(kinds())}


def block(schemas: Schemas) -> Json:
    """An entry of a body: one kind, with what may stand beside it; or text."""

    def entry() -> Json:
        told = schemas.mapping(Exhibit)["properties"]
        numbered = [{"required": [kind]} for kind in sorted(kinds()) if issubclass(block_class(kind), Exhibit)]
        return {
            "type": "object",
            "properties": block_values(schemas) | {word: told[word] for word in sorted(BESIDE)},
            "additionalProperties": False,
            "oneOf": [{"required": [kind]} for kind in sorted(kinds())],
            "dependentSchemas": {word: {"anyOf": numbered} for word in sorted(BESIDE) if word not in keys(Block)},
        }

    return {"anyOf": [schemas.shared("block", entry), ONE_VALUE]}


def body(schemas: Schemas) -> Json:
    return {"anyOf": [schemas.shared("blocks", lambda: {"type": "array", "items": block(schemas)}), ONE_VALUE]}


def contents(cls: Any, schemas: Schemas) -> Json:
    """A slide or a column as a mapping: its keys, and at most one block by its own name."""
    words = sorted({BODY, *kinds()})
    none = {"not": {"anyOf": [{"required": [word]} for word in words]}}
    return schemas.mapping(cls, block_values(schemas)) | {"oneOf": [none, *({"required": [word]} for word in words)]}


def slide(schemas: Schemas) -> Json:
    return schemas.shared(called(Slide), lambda: contents(Slide, schemas))


def page(schemas: Schemas) -> Json:
    return schemas.shared(called(PrintPage), lambda: schemas.mapping(PrintPage))


def column(schemas: Schemas) -> Json:
    return schemas.shared(called(Column), lambda: {"anyOf": [contents(Column, schemas), body(schemas)]})


def head(schemas: Schemas) -> Json:
    rows = {"type": "array", "items": schemas.of(Row), "contains": {"type": "array"}}
    return {"anyOf": [{"type": "array", "items": schemas.of(Cell)}, rows]}


def numbers(schemas: Schemas) -> Json:
    """Numbers by their names, or rows of names and numbers."""

    def ways() -> Json:
        words = "|".join(map(re.escape, sorted(MISSING)))
        signed = f"{NUMBER.pattern}|{COMMA.pattern}".replace("[+-]", "[+\u2212-]")
        one: Json = {"type": ["number", "string", "null"], "pattern": rf"^\s*({signed}|{words})\s*$"}
        row = {"type": "array", "items": one}
        points = {"type": "array", "items": row}
        name = {"type": "string", "pattern": f"^{NAME.pattern}$"}
        line = {"type": "array", "minItems": 1, "prefixItems": [ONE_VALUE]}
        table = {
            "type": "array",
            "minItems": 2,
            "prefixItems": [line | {"items": ONE_VALUE}],
            "items": line | {"items": one},
        }
        return {"anyOf": [{"type": "object", "additionalProperties": {"anyOf": [one, row, points]}}, table, name]}

    return schemas.shared("numbers", ways)


def handouts(schemas: Schemas) -> Json:
    """Styles by their names, with options or without."""

    def named() -> Json:
        names = sorted(styles())
        numbered = [[f"{name}-{n}" for n in range(1, 1000) if style_named(f"{name}-{n}")] for name in names]
        some = [name for found in numbered for name in found[:MOST_NUMBERED]]
        pattern = f"^({'|'.join(names)})-[0-9]{{1,3}}$"
        options = {name: explained(style_class(name)) | schemas.mapping(style_class(name)) for name in names}
        return {
            "anyOf": [
                {"enum": names + some},
                {"not": {"type": ["object", "array", "number", "boolean", "null"]}, "pattern": pattern},
                {
                    "type": "object",
                    "properties": options,
                    "patternProperties": {pattern: {}},
                    "additionalProperties": False,
                },
            ]
        }

    style = schemas.shared("style", named)
    return {"anyOf": [style, {"type": "array", "items": style}]}


def printing(schemas: Schemas) -> Json:
    """Profiles, or all keys."""

    def ways() -> Json:
        listed = schemas.of(keys(Print)["profiles"].kind)
        profiles = {"anyOf": [listed, listed["items"]]}
        whole = schemas.mapping(Print)
        whole["properties"]["profiles"] |= {"anyOf": [*profiles["anyOf"], NOTHING]}
        return {"anyOf": [*profiles["anyOf"], whole]}

    return schemas.shared(called(Print), ways)


def footer(schemas: Schemas) -> Json:
    parts = {"enum": list(FOOTER_PARTS)}
    return {"anyOf": [{"enum": [*FOOTER_PARTS, "none"]}, {"type": "array", "items": parts}]}


def severities(schemas: Schemas) -> Json:
    grave = schemas.of(Severity)
    known = {code: {"description": words} | grave for code, words in sorted(CODES.items()) if code in WARNINGS}
    return {"type": "object", "properties": known, "additionalProperties": False}


def one_value(schemas: Schemas) -> Json:
    return ONE_VALUE


def names(schemas: Schemas) -> Json:
    return {"anyOf": [{"type": "array", "items": ONE_VALUE}, ONE_VALUE]}


def entries(schemas: Schemas) -> Json:
    return {"type": "array", "items": schemas.of(Include | Entry)}


def parameters(schemas: Schemas) -> Json:
    return {"type": "object", "additionalProperties": ONE_VALUE}


def data(schemas: Schemas) -> Json:
    return {"type": "object", "additionalProperties": schemas.of(DataSource)}


FORMS: dict[Any, Form] = {
    **dict.fromkeys((Grid, Listing, Image, Clip, Annotated[Numbers, "file of numbers"], Formula), one_value),
    **dict.fromkeys((Annotated[tuple[Block, ...], "markdown"], tuple[Paragraph, ...]), one_value),
    Annotated[Grid | None, "data"]: one_value,
    tuple[Entry, ...]: entries,
    Parameters: parameters,
    Data: data,
    PrintPage: page,
    Slide: slide,
    Column: column,
    Head: head,
    tuple[Block, ...]: body,
    Annotated[Numbers, "numbers"]: numbers,
    Annotated[tuple[Run, ...], "names"]: names,
    Footer: footer,
    Severities: severities,
    Print: printing,
    Handouts: handouts,
}
