"""The schemas for editors of the files that people write: talks, slides for talks to take in, themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deckgen.blocks import block_class, kinds
from deckgen.model.deck import Deck
from deckgen.model.theme import Theme
from deckgen.read.body import DECK_TYPES
from deckgen.read.deck import VERSION
from deckgen.read.include import BESIDE
from deckgen.read.json_forms import FORMS
from deckgen.read.json_schema import ONE_VALUE, Json, Schemas, or_else
from deckgen.read.schema import keys


def source_schema(themes: Iterable[str]) -> Json:
    """The schema of a source; `themes` are offered as names for the look."""
    schemas = Schemas(FORMS, frozenset(DECK_TYPES))
    top = schemas.mapping(Deck)
    top["properties"]["deckgen"]["default"] = VERSION
    top["properties"]["theme"] |= {"anyOf": [{"enum": sorted(themes)}, ONE_VALUE]}
    top["properties"]["theme"].pop("$ref")
    return schemas.whole(top, "deckgen: a talk")


def slides_schema() -> Json:
    """The schema of a file that a talk takes in with `include`: its slides, alone or under a key."""
    schemas = Schemas(FORMS, frozenset(DECK_TYPES))
    told = schemas.mapping(Deck)["properties"]
    listed = schemas.of(keys(Deck)["slides"].kind)
    properties = {BESIDE: told[BESIDE], "slides": {"description": told["slides"]["description"], **listed}}
    top = {"properties": properties, "required": ["slides"], "additionalProperties": False}
    return schemas.whole(or_else(top, listed), "deckgen: slides for talks")


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
