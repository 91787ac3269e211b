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
    Entry,
    Footer,
    Include,
    Parameters,
    PrintPage,
    Section,
    Severities,
    Severity,
    Slide,
)
from deckgen.model.exhibit import Exhibit
from deckgen.model.formats import WAYS, Format
from deckgen.model.grid import Grid
from deckgen.model.listing import Listing
from deckgen.model.numerals import COMMA, MISSING, NUMBER
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.tabular import Cell, Head, Row
from deckgen.model.text import Formula, Paragraph, Run
from deckgen.read.body import BESIDE, BODY, FOOTER_PARTS
from deckgen.read.data import NAME
from deckgen.read.json_schema import ONE_VALUE, Form, Json, Schemas, called, or_else, or_nothing, or_value
from deckgen.read.json_snippets import snippet
from deckgen.read.schema import first_key, keys, required
from deckgen.styles import style_class, style_named, styles

BETWEEN = (Include, Section, PrintPage)
"""What may stand between slides."""
MOST_NUMBERED = 12
"""Styles such as `grid-6` that are offered, of each style."""


def explained(cls: Any) -> Json:
    """What a kind or style is, with its example, from the docstring of its module."""
    words, example = told(cls)
    return {"description": words, "markdownDescription": f"{words}\n\n```yaml\n{example}\n```"}


def told(cls: Any) -> tuple[str, str]:
    """What a kind or style is, and its example."""
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    return words, textwrap.dedent(example).strip()


def block_value(kind: str, schemas: Schemas) -> Json:
    """What stands after the name of a kind: its keys, or the value of the first of them."""
    cls: Any = block_class(kind)

    def ways() -> Json:
        mapping, nothing = schemas.mapping(cls), not required(cls) and not cls.EITHER
        if not set(keys(cls)) <= BESIDE and not required(cls) - {first_key(cls)}:
            return or_else(mapping, schemas.of(keys(cls)[first_key(cls)].kind), nothing)
        return mapping | {"type": ["object", "null"] if nothing else "object"}

    start = snippet(kind, told(cls)[1])
    return explained(cls) | start | {"allOf": [schemas.shared(called(cls), ways)]}


def block_values(schemas: Schemas) -> dict[str, Json]:
    return {kind: block_value(kind, schemas) for kind in sorted(kinds())}


def sole(schemas: Schemas) -> Json:
    """That one kind of content is written. Where there are two, it is said at one of their keys."""
    words, message = sorted({BODY, *kinds()}), "One content stands beside another; put all blocks into 'body'."
    later = {word: words[i + 1 :] for i, word in enumerate(words[:-1])}
    return schemas.shared(
        "sole",
        lambda: {
            "dependentSchemas": {
                word: {"properties": dict.fromkeys(others, False), "errorMessage": message}
                for word, others in later.items()
            }
        },
    )


def block(schemas: Schemas) -> Json:
    """An entry of a body: one kind, with what may stand beside it; or text."""

    def entry() -> Json:
        beside = schemas.mapping(Exhibit)["properties"]
        plain = [kind for kind in sorted(kinds()) if not issubclass(block_class(kind), Exhibit)]
        none = {"properties": {word: False for word in sorted(BESIDE) if word not in keys(Block)}}
        missing = {"type": "string", "errorMessage": "The kind of block is missing, such as 'bullets'."}
        return {
            "properties": block_values(schemas) | {word: beside[word] for word in sorted(BESIDE)},
            "additionalProperties": False,
            "if": {"anyOf": [{"type": "array"}, {"type": "object", "propertyNames": {"enum": sorted(BESIDE)}}]},
            "then": missing,
            "dependentSchemas": dict.fromkeys(plain, none),
            "allOf": [sole(schemas)],
        }

    return schemas.shared("block", entry)


def body(schemas: Schemas) -> Json:
    def blocks() -> Json:
        return {"items": block(schemas), "if": {"type": "object"}, "then": {"type": ["array", "string"]}}

    return schemas.shared("blocks", blocks)


def contents(cls: Any, schemas: Schemas) -> Json:
    """A slide or a column as a mapping: its keys, and at most one block by its own name."""
    return schemas.mapping(cls, block_values(schemas)) | {"allOf": [sole(schemas)]}


def slide(schemas: Schemas) -> Json:
    return schemas.shared(called(Slide), lambda: contents(Slide, schemas))


def page(schemas: Schemas) -> Json:
    return schemas.shared(called(PrintPage), lambda: schemas.mapping(PrintPage))


def column(schemas: Schemas) -> Json:
    return schemas.shared(called(Column), lambda: or_else(contents(Column, schemas), body(schemas)))


def head(schemas: Schemas) -> Json:
    several = {"contains": {"type": "array"}}
    return {"type": "array", "if": several, "then": {"items": schemas.of(Row)}, "else": {"items": schemas.of(Cell)}}


def numbers(schemas: Schemas) -> Json:
    """Numbers by their names, or rows of names and numbers."""

    def ways() -> Json:
        words = "|".join(map(re.escape, sorted(MISSING)))
        signed = f"{NUMBER.pattern}|{COMMA.pattern}".replace("[+-]", "[+\u2212-]")
        one: Json = {
            "type": ["number", "string", "null"],
            "pattern": or_value(rf"^\s*({signed}|{words})\s*$"),
            "errorMessage": "Expected a number, without spaces and units.",
        }
        row = {"type": "array", "items": one}
        several = {"type": "array", "contains": {"type": "array"}}
        points = {"if": several, "then": {"items": row}, "else": {"items": one}}
        line = {"type": "array", "minItems": 1, "prefixItems": [ONE_VALUE]}
        named = {"additionalProperties": one | {"type": [*one["type"], "array"]} | points}
        table = {"minItems": 2, "prefixItems": [line | {"items": ONE_VALUE}], "items": line | {"items": one}}
        name = {"pattern": f"^{NAME.pattern}$"}
        return {"type": ["object", "array", "string"], **named, **table, **name}

    return schemas.shared("numbers", ways)


def handouts(schemas: Schemas) -> Json:
    """Styles by their names, with options or without; or a list of them."""
    names = sorted(styles())
    numbered = [[f"{name}-{n}" for n in range(1, 1000) if style_named(f"{name}-{n}")] for name in names]
    some = [name for found in numbered for name in found[:MOST_NUMBERED]]

    def named() -> Json:
        pattern = f"^({'|'.join(names)})-[0-9]{{1,3}}$"
        options = {name: explained(style_class(name)) | schemas.mapping(style_class(name)) for name in names}
        mapping = {"properties": options, "patternProperties": {pattern: {}}, "additionalProperties": False}
        return or_else(mapping, {"anyOf": [{"enum": names + some}, {"type": "string", "pattern": pattern}]})

    style = schemas.shared("style", named)
    listed = {"type": "array", "items": style | offered(names + some)}
    return {"if": {"type": "array"}, "then": listed, "else": style, **offered(names + some)}


def printing(schemas: Schemas) -> Json:
    """Profiles, or all keys."""

    def ways() -> Json:
        listed = schemas.of(keys(Print)["profiles"].kind)
        profiles = {"anyOf": [listed["items"], listed], **offered(listed["items"]["enum"])}
        whole = schemas.mapping(Print)
        told = {"description": whole["properties"]["profiles"]["description"]}
        whole["properties"]["profiles"] = told | or_nothing(profiles)
        return or_else(whole, profiles) | offered(listed["items"]["enum"])

    return schemas.shared(called(Print), ways)


def offered(words: Iterable[str]) -> Json:
    """Words that editors offer, where the way to their `enum` leads over a condition."""
    return {"defaultSnippets": [{"label": word, "body": word} for word in words]}


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
    """Slides and what may stand between them. Their first keys are told once more, since an editor that completes an
    empty entry sees none but those of a slide."""

    def entry() -> Json:
        heads = {word: schemas.mapping(cls)["properties"][word] for cls in BETWEEN for word in [first_key(cls)]}
        words = {word: {"anyOf": [{}], "description": head["description"]} for word, head in heads.items()}
        return {"title": "slide", "type": "object", "properties": words, **schemas.of(Include | Entry)}

    return {"type": "array", "items": schemas.shared("entry", entry)}


def column_format(schemas: Schemas) -> Json:
    pattern = rf"^\s*({'|'.join(WAYS)})\s*(\(.*\))?\s*$"
    return {"type": "string", "pattern": pattern, "errorMessage": f"Expected {', '.join(WAYS)}."} | offered(WAYS)


def parameters(schemas: Schemas) -> Json:
    return {"type": "object", "additionalProperties": ONE_VALUE}


def data(schemas: Schemas) -> Json:
    alone = {"type": "object", "not": {"required": ["query"]}}
    source = {"allOf": [schemas.of(DataSource)], "if": alone, "then": {"required": ["file"]}}
    return {"type": "object", "additionalProperties": source}


FORMS: dict[Any, Form] = {
    **dict.fromkeys((Grid, Listing, Image, Clip, Formula), one_value),
    **dict.fromkeys((Annotated[tuple[Block, ...], "markdown"], tuple[Paragraph, ...]), one_value),
    Annotated[Grid | None, "data"]: one_value,
    Annotated[Format | None, "format"]: column_format,
    tuple[Entry, ...]: entries,
    Parameters: parameters,
    Data: data,
    PrintPage: page,
    Slide: slide,
    Column: column,
    Head: head,
    tuple[Block, ...]: body,
    Annotated[Numbers | Grid, "numbers"]: numbers,
    Annotated[tuple[Run, ...], "names"]: names,
    Footer: footer,
    Severities: severities,
    Print: printing,
    Handouts: handouts,
}
