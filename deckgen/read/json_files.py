"""The schemas for editors of the files that people write: talks, slides for talks to take in, themes."""

from __future__ import annotations

from typing import Any

from deckgen.blocks import block_class, kinds
from deckgen.model.deck import Deck
from deckgen.model.theme import Theme
from deckgen.read.body import DECK_TYPES
from deckgen.read.deck import VERSION
from deckgen.read.include import BESIDE
from deckgen.read.json_forms import FORMS
from deckgen.read.json_schema import Json, Schemas, or_else
from deckgen.read.offers import Offers
from deckgen.read.schema import keys
from deckgen.read.theme import part_named


def source_schema(offers: Offers) -> Json:
    """The schema of a source, with names for editors to offer."""
    schemas = Schemas(FORMS, frozenset(DECK_TYPES), offers)
    top = schemas.mapping(Deck)
    top["properties"]["deckgen"]["default"] = VERSION
    return schemas.whole(top, "deckgen: a talk")


def slides_schema(offers: Offers) -> Json:
    """The schema of a file that a talk takes in with `include`: its slides, alone or under a key."""
    schemas = Schemas(FORMS, frozenset(DECK_TYPES), offers)
    told = schemas.mapping(Deck)["properties"]
    listed = schemas.of(keys(Deck)["slides"].kind)
    properties = {BESIDE: told[BESIDE], "slides": {"description": told["slides"]["description"], **listed}}
    top = {"properties": properties, "required": ["slides"], "additionalProperties": False}
    return schemas.whole(or_else(top, listed), "deckgen: slides for talks")


def theme_schema(offers: Offers) -> Json:
    """The schema of a `theme.yaml`."""
    schemas = Schemas({}, frozenset({Any, bytes}), offers, lambda key: part_named(key.name))
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
