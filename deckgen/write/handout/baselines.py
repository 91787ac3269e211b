"""The baseline grid: text stands on multiples of half its leading, counted from the head of the page.

So lines of facing pages stand level, or just between each other where a space between paragraphs, a list or a heading
takes half a line. What has other heights (figures, tables, listings, small type) stands where it falls, and the text
after it moves down to the grid. A heading moves together with the text under it: the distance between the two stays
what the style sheet says. A style sheet takes text off the grid by `--grid: none`, and lets it stand on whole lines by
`--grid: line`, for columns: there, half a line between two that face each other is seen at once.

And margin items that fit on a page are never divided. WeasyPrint divides what floats at the foot of a page, and sets
the rest a second time if the text beside it then moves to the next page. Nor do they take room from lines, so nobody
needs to know how wide these are at least.

Leans on internals of WeasyPrint (`layout.block`); the version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import collapse_margin, find_last_in_flow_child, remove_placeholders
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.line_break import strut

from deckgen.model.paper import TOP_MM
from deckgen.units import PT_PER_MM

HEAD = TOP_MM * PT_PER_MM * 96 / 72
"""Where the text of every page begins, in CSS pixels."""
ON_GRID = frozenset({"text", "list", "slide", "flow", "definitions", "h3", "h4"})
"""Classes and tags of elements that begin on the grid."""
HEADINGS = frozenset({"h2"})
NEGLIGIBLE = 0.01
"""A distance that is only rounding, in CSS pixels."""


def on_grid(own: Callable[..., Any], lines: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `block_level_layout_switch`, which is called when margins are known; `lines` sets lines."""

    def lay_out(context: Any, box: Any, bottom: float, skip: Any, parent: Any, empty: bool, *others: Any) -> Any:
        if skip is None and begins_on_grid(box):
            # WeasyPrint adds the margin of columns to those before it, and collapses others with them.
            before = collapse_margin(others[2]) if box.style["column_count"] != "auto" else 0
            margin = before + box.margin_top if before else collapse_margin([*others[2], box.margin_top])
            unit = strut(box.style)[0] / (1 if grid_of(box) == "line" else 2)
            over = (box.position_y + margin + heading_height(context, box, parent, lines) - HEAD) % unit
            if NEGLIGIBLE < over < unit - NEGLIGIBLE:
                box.margin_top = margin + unit - over - before
        found = own(context, box, bottom, skip, parent, empty, *others)
        if not empty and found[0] is not None and found[1] is not None and ends_in_heading(found[0]):
            remove_placeholders(context, [found[0], *box.children], *others[:2])
            return None, None, {"break": "any", "page": None}, [], False, None
        return found

    return lay_out


def ends_in_heading(box: Any) -> bool:
    """Whether a part of a slide, which goes on on the next page, holds no more than its heading here."""
    last = find_last_in_flow_child(box.children)
    return last is not None and last.element is not None and last.element.tag in HEADINGS


def begins_on_grid(box: Any) -> bool:
    if box.element is None or not isinstance(box, boxes.BlockBox) or box.is_floated():
        return False
    names = {box.element.tag, *box.element.get("class", "").split()}
    return not names.isdisjoint(ON_GRID) and grid_of(box) != "none"


def grid_of(box: Any) -> str:
    """What the style sheet says of the grid: `none`, `line`, or nothing."""
    return next((str(token.value) for token in box.style["__grid"] if token.type == "ident"), "")


def heading_height(context: Any, box: Any, parent: Any, lines: Callable[..., Any]) -> float:
    """The height of the heading that a block begins with, with the space under it; 0 if there is none."""
    first = next((child for child in box.children if child.is_in_normal_flow()), None)
    if first is None or first.element is None or first.element.tag not in HEADINGS or first.element is box.element:
        return 0
    resolve_percentages(first, parent)
    first.width, first.position_x, first.position_y = parent.width, parent.content_box_x(), box.position_y
    found = list(lines(context, first.children[0], box.position_y, 0, None, first, [], [], None, None))
    return float(sum(line.height for line, _ in found) + first.margin_bottom)


def undivided(own: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `float_layout`, which divides nothing that fits on a page."""

    def lay_out(context: Any, box: Any, parent: Any, absolute: Any, fixed: Any, bottom: float, skip_stack: Any) -> Any:
        if skip_stack is None:
            place, shapes = (box.position_x, box.position_y), list(context.excluded_shapes)
            whole, rest = own(context, box, parent, absolute, fixed, -inf, None)
            if whole.margin_height() <= context.page_bottom - HEAD:
                return whole, rest
            box.position_x, box.position_y = place
            context.excluded_shapes = shapes
        return own(context, box, parent, absolute, fixed, bottom, skip_stack)

    return lay_out


def least_width(own: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `inline_min_content_width`, which it asks for each line to see whether that fits beside floats."""

    def width(context: Any, *arguments: Any, **options: Any) -> Any:
        beside = any(shape.margin_width() > 0 for shape in context.excluded_shapes)
        return own(context, *arguments, **options) if beside else 0

    return width
