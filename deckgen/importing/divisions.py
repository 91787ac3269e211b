"""Divisions: Pandoc's `::: {.class}`, and what Slidev writes between two colons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.importing.kinds import callout
from deckgen.importing.spoken import prose
from deckgen.importing.tree import attributes
from deckgen.read.document import Element

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

SLOT = re.compile(r"::(\w+)::")
COMPONENT = re.compile(r"::([\w-]+)?(\{.*\})?")


def take_division(builder: SlideBuilder, element: Element, line: int) -> None:
    classes, keys = attributes(element.token.info)
    if "notes" in classes:
        left_out(builder, line, (classes - {"notes"}) | keys.keys())
        builder.notes += prose(builder, element.children)
    elif "columns" in classes and builder.columns:
        builder.log.remark(line, "columns in a column stand under each other")
        for child in element.children:
            for inner in child.children if child.type == "division" else [child]:
                builder.take(inner)
    elif "columns" in classes:
        left_out(builder, line, (classes - {"columns"}) | keys.keys())
        take_columns(builder, element)
    elif made := callout(builder, classes, keys, element):
        left_out(builder, line, keys.keys() - {"title"})
        builder.add(made)
    else:
        if classes & {"incremental"}:
            builder.keys["reveal"] = "by-item"
        left_out(builder, line, (classes - {"incremental", "nonincremental", "column"}) | keys.keys())
        for child in element.children:
            builder.take(child)


def take_columns(builder: SlideBuilder, element: Element) -> None:
    for child in element.children:
        line = builder.raw.first + child.line
        if child.type != "division":
            builder.log.remark(line, "what stands between columns comes under them")
            builder.later.append(child)
            continue
        classes, keys = attributes(child.token.info)
        width = keys.get("width", "")
        share = round(float(width.rstrip("%")) / 10, 1) if re.fullmatch(r"[\d.]+%", width) else 0.0
        left_out(builder, line, (classes - {"column"}) | keys.keys() - ({"width"} if share else set()))
        builder.columns.append({"width": int(share) if share.is_integer() else share} if share else {})
        for inner in child.children:
            builder.take(inner)
    builder.end_columns()


def left_out(builder: SlideBuilder, line: int, names: set[str]) -> None:
    if names:
        builder.log.remark(line, f"of a division, this is left out, its content stays: {', '.join(sorted(names))}")


def take_slot(builder: SlideBuilder, written: str, line: int) -> None:
    """A line of Slidev that begins another part of the layout, or that begins or ends a component."""
    if found := SLOT.fullmatch(written):
        if found[1] in ("left", "default") and not any(builder.columns):
            builder.columns = [{}]
        elif found[1] in ("left", "default", "right"):
            builder.columns = [*builder.columns, {}]
        else:
            builder.end_columns()
            if found[1] != "bottom":
                builder.log.remark(line, f"the part {found[1]!r} of the layout is left out, its content stays")
    elif (found := COMPONENT.fullmatch(written)) and found[1]:
        builder.log.remark(line, f"the component {found[1]!r} is left out, its content stays")
