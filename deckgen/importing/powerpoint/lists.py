"""Paragraphs -> lists of two levels, paragraphs, formulas and code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from lxml import etree

from deckgen.importing.powerpoint.shapes import Layouts, Shape, count
from deckgen.importing.powerpoint.text import Mark, Paragraph, Setting, inline
from deckgen.importing.result import Data
from deckgen.namespaces import A, P


def blocks(found: Sequence[Paragraph], setting: Setting) -> Iterator[Data]:
    """Paragraphs as blocks: lists of two levels, paragraphs, formulas and code."""
    kept = continued(paragraph for paragraph in found if paragraph.plain.strip())
    for kind, group in groupby(kept, key=kind_of):
        run = list(group)
        if kind == "code":
            yield listing(run)
        elif kind == "formula":
            yield from ({"equation": {"latex": paragraph.plain.strip()}} for paragraph in run)
        elif kind == "none":
            yield from ({"paragraph": inline(paragraph, setting)} for paragraph in run)
        else:
            yield from lists(run, setting)


def continued(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs whose inner ones without a mark belong to the item before them."""
    inside = False
    for paragraph in found:
        if paragraph.mark == "none" and inside and paragraph.level and kind_of(paragraph) == "none":
            paragraph = replace(paragraph, mark="bullet")
        inside = kind_of(paragraph) == "list"
        yield paragraph


def listing(run: Sequence[Paragraph]) -> Data:
    """Paragraphs as lines of code."""
    lines = (re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", code_sign, line.plain) for line in run)
    return {"code": {"text": "\n".join(lines).expandtabs(4) + "\n"}}


def code_sign(found: re.Match[str]) -> str:
    return {"\t": "\t", "\x0b": "\n"}.get(found[0], " ")


def kind_of(paragraph: Paragraph) -> str:
    seen = [piece for piece in paragraph.pieces if piece.text.strip()]
    if len(seen) == 1 and seen[0].look.formula:
        return "formula"
    if paragraph.code and not any(piece.look.link for piece in seen):
        return "code"
    return "none" if paragraph.mark == "none" else "list"


def lists(run: Sequence[Paragraph], setting: Setting) -> Iterator[Data]:
    """A list where the mark of the outer level changes."""
    levels = sorted({paragraph.level for paragraph in run})
    if len(levels) > 2:
        setting.remark("items of the third level and below stand on the second")
    groups: list[tuple[Paragraph, list[Any]]] = []
    for paragraph in run:
        text = inline(paragraph, setting)
        outer = paragraph.level == levels[0] or not groups
        if outer and (not groups or groups[-1][0].mark != paragraph.mark):
            groups.append((paragraph, []))
        items = groups[-1][1]
        if outer:
            items.append(text)
        else:
            add_below(items, text)
    for first, items in groups:
        if first.mark == "bullet":
            yield {"bullets": items}
        else:
            yield {"numbered": {"items": items, "start": first.start} if first.start != 1 else items}


def add_below(items: list[Any], text: str) -> None:
    last = items[-1]
    if isinstance(last, dict):
        next(iter(last.values())).append(text)
    else:
        items[-1] = {last: [text]}


def marks_of(shape: Shape, layouts: Layouts) -> Callable[[etree._Element], Mark]:
    """What stands before paragraphs of a shape, where they don't say it themselves (ECMA-376, 21.1.2.4)."""
    styles = [shape.node.find(f"{P}txBody/{A}lstStyle")]
    if shape.holder:
        styles += [node.find(f"{P}txBody/{A}lstStyle") for node in layouts.above(shape.holder, shape.index)]
        kind = "titleStyle" if shape.holder in ("title", "ctrTitle") else "bodyStyle"
        styles += [tree.find(f"{P}txStyles/{P}{kind}") for tree in layouts.trees[1:]]

    def of(node: etree._Element) -> Mark:
        own = node.find(f"{A}pPr")
        level = "0" if own is None else own.get("lvl", "0")
        at = count(level, 0) + 1
        inherited = [None if style is None else style.find(f"{A}lvl{at}pPr") for style in styles]
        return next((mark for properties in (own, *inherited) if (mark := marked(properties))), "none")

    return of


def marked(properties: etree._Element | None) -> Mark | None:
    if properties is None:
        return None
    for child in properties:
        match etree.QName(child).localname:
            case "buNone":
                return "none"
            case "buAutoNum":
                return "number"
            case "buChar" | "buBlip":
                return "bullet"
    return None
