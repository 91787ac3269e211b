"""What a deck tells of its source (`model.recipe`) -> entries of a source: the reader's ways, the other way round."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from deckgen.blocks import block_class, kinds
from deckgen.importing.powerpoint.text import SIGNS, Look, Piece, shown, styled, words
from deckgen.importing.result import Data
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block
from deckgen.model.chart import Numbers
from deckgen.model.deck import Background, Deck, Footer, Section, Slide
from deckgen.model.grid import Grid
from deckgen.model.tabular import Head, Row
from deckgen.model.text import Formula, Text
from deckgen.read.schema import keys

Place = Callable[[Mapping[str, Any]], str]
"""A picture or clip, as the recipe tells it, -> where its file will stand; the slide's own ground for one without a
digest. Errors: `LookupError`."""
LISTS = {"columns", "body"}
"""Keys that stay written although a list alone would do: a column is its `body`."""


def slide_entry(recipe: Mapping[str, Any], place: Place) -> Data:
    """The entry of a slide or section. Errors: `LookupError` for a file that is not in the deck."""
    cls = Section if "section" in recipe else Slide
    entry = mapping(cls, recipe, place)
    body = entry.pop("body", [])
    if len(body) == 1 and cls is Slide:
        entry |= body[0]
    elif body:
        entry["body"] = body
    first = "section" if cls is Section else "title"
    own = {key: entry.pop(key) for key in (first, "id") if key in entry}
    last = {key: entry.pop(key) for key in ("takeaway",) if key in entry}
    return {**own, **entry, **last}


def head(recipe: Mapping[str, Any], place: Place) -> Data:
    """The keys of the talk itself."""
    return mapping(Deck, recipe, place)


def mapping(cls: Any, value: Mapping[str, Any], place: Place) -> Data:
    """The keys of a record, but for those that no source sets."""
    known = keys(cls)
    return {name: written(known[name].kind, own, place) for name, own in value.items() if name in known}


def written(kind: Any, value: Any, place: Place) -> Any:
    """A value of a type as a source writes it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in WAYS:
        return WAYS[kind](value, place)
    if value is None or kind in (str, int, bool) or origin is Literal:
        return value
    if kind is float:
        return int(value) if float(value).is_integer() else value
    if origin in (Union, types.UnionType):
        inner = next(one for one in arguments if one is not type(None))
        return written(inner, value, place)
    if origin is Annotated:
        return written(arguments[0], value, place)
    if origin is tuple:
        return [written(arguments[0], one, place) for one in value]
    return record(kind, value, place)


def record(cls: Any, value: Mapping[str, Any], place: Place) -> Any:
    """A record in the short form that the reader knows, if it has one (`read.schema.read_record`)."""
    made, known = mapping(cls, value, place), keys(cls)
    first, *others = known
    if not made and not known[first].required:
        return "" if known[first].kind == Text else {}
    plain = isinstance(made.get(first), (str, int, float))
    if made.keys() == {first} and not any(known[name].required for name in others) and first not in LISTS:
        return made[first]
    if getattr(cls, "PAIR", False) or getattr(cls, "OUTLINE", False):
        second = others[0]
        if plain and made.keys() == {first, second} and str(made[first]) not in known:
            return {made[first]: made[second]}
    return made


def block(value: Mapping[str, Any], place: Place) -> Data:
    """A block under its kind. `KeyError` for a class that there is not."""
    kind = {block_class(name).__name__: name for name in kinds()}[value[""]]
    own: Any = block_class(kind)
    if kind == "references":
        return {"bullets": [text(entry, place) for entry in value.get("entries", [])]}
    made = mapping(own, value, place)
    if kind == "chart":
        made["data"] = numbers(value["data"], value.get("kind", "bar"))
    first = next(iter(keys(own)), "")
    required = [name for name, key in keys(own).items() if key.required and name != first]
    short = made.keys() == {first} and not required and not isinstance(made[first], dict)
    return {kind: made[first] if short else made}


def text(value: Any, place: Place) -> str:
    """Runs as inline Markdown."""
    runs = [{"text": run} if isinstance(run, str) else run for run in value]
    made = "".join(map(run_text, runs))
    if any(run.keys() & {"note", "refer"} for run in runs):
        return made
    wanted = "".join(run["text"] for run in runs)
    return made if shown(made) == words(wanted) else SIGNS.sub(r"\\\1", wanted)


def run_text(run: Mapping[str, Any]) -> str:
    refer = run.get("refer", "")
    if refer and refer != "after":
        return str(run["text"])
    look = Look(
        bold=bool(run.get("bold")),
        italic=bool(run.get("italic")),
        script={"sub": "~", "super": "^"}.get(run.get("script", ""), ""),
        code=bool(run.get("code")),
        link=run.get("link", ""),
        formula=bool(run.get("math")),
    )
    note = text(run["note"], no_place) if "note" in run else ""
    return styled(Piece(run["text"], look)) + (f"^[{note}]" if note else "")


def no_place(asset: Mapping[str, Any]) -> str:
    raise LookupError("text holds no files")


def raw(value: Any, place: Place) -> str:
    return "".join(run if isinstance(run, str) else run["text"] for run in value)


def heads(value: Any, place: Place) -> Any:
    rows = [record(Row, row, place) for row in value]
    return rows[0] if len(rows) == 1 and isinstance(rows[0], list) else rows


def background(value: Mapping[str, Any], place: Place) -> Any:
    """The picture in the deck is cut and shaded: so it stands under the slide as it is."""
    ground = value.get("ground", "")
    if "image" not in value:
        return ground
    return {"image": place({**value["image"], "digest": ""}), **({"ground": ground} if ground else {})}


def names(value: Any, place: Place) -> Any:
    found = [raw([one], place) for one in value]
    return found[0] if len(found) == 1 else found


def numbers(value: Mapping[str, Any], kind: str) -> Any:
    """The numbers of a chart: places by their series, else rows by their names."""
    rows = [
        (raw([row["name"]], no_place), [number(one) for one in row["values"]], row.get("group"))
        for row in value["rows"]
    ]
    if rows and all(group is not None and not name for name, _, group in rows):
        found: Data = {}
        for _, cells, group in rows:
            found.setdefault(raw([group], no_place), []).append(cells)
        return found
    if value.get("head") or len({name for name, _, _ in rows}) < len(rows):
        lines = [["", *(raw([one], no_place) for one in value.get("head", []))]]
        return lines + [[name, *cells] for name, cells, _ in rows]
    return {name: cells[0] if len(cells) == 1 else cells for name, cells, _ in rows}


def number(value: Any) -> Any:
    """A number as a person writes it; a dash for a missing one."""
    if value is None:
        return "-"
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


WAYS: dict[Any, Callable[[Any, Place], Any]] = {
    Text: text,
    Formula: raw,
    Image: lambda value, place: place(value),
    Clip: lambda value, place: place(value),
    tuple[Block, ...]: lambda value, place: [block(one, place) for one in value],
    Background: background,
    Head: heads,
    Annotated[Numbers | Grid, "numbers"]: lambda value, place: value,
    Annotated[tuple[Any, ...], "names"]: names,
    Footer: lambda value, place: value or "none",
}
