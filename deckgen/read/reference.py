"""Writes the reference of the source format: `python -m deckgen.read.reference docs/source-format.md`."""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
import types
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from deckgen.blocks import block_class, kinds
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block
from deckgen.model.chart import Numbers
from deckgen.model.deck import (
    Background,
    Data,
    DataSource,
    Deck,
    Footer,
    Include,
    Parameters,
    PrintPage,
    Section,
    Severities,
    Slide,
)
from deckgen.model.formats import Format
from deckgen.model.grid import Grid
from deckgen.model.listing import Listing
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.tabular import Head
from deckgen.model.text import Formula, Paragraph, Run, Text, Verbatim
from deckgen.read.body import BESIDE
from deckgen.read.reference_prose import CHANNELS, FORMULAS, INTRODUCTION, SHOWING
from deckgen.read.schema import Key, keys
from deckgen.styles import style_class, styles

FILES: dict[Any, str] = {
    Grid: "path of a CSV or TSV file",
    Listing: "path of a text file",
    Image: "path of a picture",
    Clip: "path of a video or sound",
    Annotated[Numbers | Grid, "numbers"]: "names and numbers",
    Handouts: "style, or list of styles",
    Print: "profile, list of profiles, or all keys",
    Footer: "list of `title`, `event`, `date`, or `none`",
    Parameters: "a mapping of names to text",
    Data: "a mapping of names to *data sources*",
    Annotated[Grid | None, "data"]: "name of data",
    Annotated[Format | None, "format"]: "format",
    Severities: "a mapping of codes to `off`, `warning` or `error`",
    Annotated[tuple[Run, ...], "names"]: "name, or list of names",
}
"""Types that are written in ways of their own, most as the path of a file."""


def reference() -> str:
    """The whole page."""
    parts = [INTRODUCTION, FORMULAS, CHANNELS, SHOWING]
    records = {
        "The talk": Deck,
        "Print": Print,
        "Section": Section,
        "Slide": Slide,
        "Page": PrintPage,
        "Include": Include,
        "Data source": DataSource,
    }
    records |= {"Background": Background}
    parts += [record(title, cls) for title, cls in records.items()]
    parts.append("## Handouts\n\nA style of `handout:`, or a list of them; see [Styles of the handout](handouts.md).\n")
    parts += [style(name) for name in sorted(styles())]
    parts.append("## Blocks\n\nA slide holds blocks in its `body`, or one block directly, by its kind.\n")
    parts += [block(kind) for kind in sorted(kinds())]
    return "\n".join(parts)


def record(title: str, cls: Any) -> str:
    return f"## {title}\n\n{inspect.getdoc(cls)}\n\n{table(cls)}"


def style(name: str) -> str:
    """A style of handout: what it is, an example, and its keys."""
    cls: Any = style_class(name)
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    lines = [f"### `{name}`", "", words, "", "```yaml", textwrap.dedent(example).strip("\n"), "```", ""]
    return "\n".join([*lines, *([table(cls)] if keys(cls) else [])])


def block(kind: str) -> str:
    """A kind of block: what it is, an example, and its keys with those of its parts."""
    cls: Any = block_class(kind)
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    lines = [f"### `{kind}`", "", words, "", "```yaml", textwrap.dedent(example).strip("\n"), "```", ""]
    if cls.SOLE:
        lines += ["It needs a slide for itself.", ""]
    if cls.PRINT_ONLY:
        lines += ["It can stand in the handout only.", ""]
    lines.append(table(cls))
    for part in parts_of(cls):
        lines += [f"Each *{part.__name__.lower()}*: {inspect.getdoc(part)}", "", table(part)]
    return "\n".join(lines)


def table(cls: Any) -> str:
    """The keys of a class as a Markdown table. What stands beside every block is explained once, for all."""
    rows = [row(key) for key in keys(cls).values() if not (issubclass(cls, Block) and key.name in BESIDE)]
    return "\n".join(["| key | value | meaning |", "|--|--|--|", *rows, ""]) if rows else ""


def row(key: Key) -> str:
    default = "" if key.required or says_nothing(key.default) else f" (`{spelled(key.default)}` if missing)"
    value = f"{in_words(key.kind)}{', needed' if key.required else default}"
    return f"| `{key.name}` | {value} | {key.description.replace('|', chr(92) + '|')} |"


def says_nothing(value: Any) -> bool:
    """Whether a default is as good as none."""
    return value in ((), "", None) or is_dataclass(value) or (isinstance(value, float) and not value)


def spelled(value: Any) -> str:
    if isinstance(value, tuple):
        return str(list(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_words(kind: Any) -> str:
    """A type in the words of the page."""
    origin, arguments = get_origin(kind), get_args(kind)
    simple = {
        str: "plain text",
        Verbatim: "plain text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        Text: "text",
        Head: "list of cells, or of rows",
    }
    if kind in simple or kind in FILES:
        return simple.get(kind) or FILES[kind]
    if kind == tuple[Block, ...]:
        return "list of blocks, or Markdown"
    if kind == Formula:
        return "formula"
    if kind == tuple[Paragraph, ...] or origin is Annotated:
        return "Markdown"
    if origin is Literal:
        return " or ".join(f"`{choice}`" for choice in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(member) for member in arguments if member is not type(None))
    if origin is tuple:
        return f"list of {plural(in_words(arguments[0]))}"
    return f"*{'page' if kind is PrintPage else kind.__name__.lower()}*"


def plural(words: str) -> str:
    if words.startswith("list of"):
        return words.replace("list of", "lists of", 1)
    many = re.sub(r"(ch)?\*( |$)", lambda found: f"{found[1] or ''}{'es' if found[1] else 's'}*{found[2]}", words)
    return {"text": "texts", "number": "numbers"}.get(words) or many


def parts_of(cls: Any) -> list[Any]:
    """The classes of the parts that a class is made of, each before its own parts."""
    found: list[Any] = []
    for key in keys(cls).values():
        for part in classes_in(key.kind):
            # A part may have parts of its own kind.
            found += [part, *(parts_of(part) if part is not cls else [])]
    return list(dict.fromkeys(found))


def classes_in(kind: Any) -> list[Any]:
    if kind == Text or kind in (str, int, float, bool) or kind in FILES:
        return []
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    if arguments:
        return [cls for argument in arguments for cls in classes_in(argument)]
    return [kind] if is_dataclass(kind) and kind is not Block and kind not in FILES else []


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
    else:
        sys.stdout.write(reference())
