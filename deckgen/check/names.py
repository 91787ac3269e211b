"""Names and numbers in a talk: its layouts, the lines and columns that it marks, counts and levels."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from deckgen.blocks.agenda import Agenda
from deckgen.blocks.code import Code, line_range
from deckgen.blocks.heading import Heading
from deckgen.blocks.layers import Layers
from deckgen.blocks.table import Table
from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.model.block import Block, Channel, runs
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.theme import Theme
from deckgen.typeset.body import first_layout
from deckgen.typeset.highlight import known

MOST_COPIES = 12
LAST_LINE = 9999
"""Larger numbers of first lines leave no room for those of the lines after it."""


def check_names(deck: Deck, theme: Theme) -> tuple[Diagnostic, ...]:
    """An error for each name that means nothing in the theme or the block, and each number out of its range."""
    slides = [entry for entry in deck.slides if isinstance(entry, Slide)]
    found = [*check_links(deck)]
    agendas = [block for slide in slides for block in slide.body if isinstance(block, Agenda)]
    found += [diagnostic for slide in slides for diagnostic in check_slide(slide, theme)]
    if not any(isinstance(entry, Section) for entry in deck.slides):
        hint = "add '- section: ...' before the slides of each part, or leave the agenda out"
        found += [error(block.span, "an agenda lists the sections, and the talk has none", hint) for block in agendas]
    return tuple(found)


def check_links(deck: Deck) -> Iterator[Diagnostic]:
    """A warning for each link to a slide that does not stand in the output of the link."""
    homes = {entry.id: entry.only for entry in deck.slides if isinstance(entry, Slide) and entry.only != "both"}
    for channel, part in (found for entry in deck.slides for found in channels(entry)):
        for run in runs(part):
            home = homes.get(run.link[1:]) if run.link.startswith("#") else None
            if home and home != channel:
                other = "handout" if home == "deck" else "deck"
                message = f"this link leads to a slide that the {home} alone has"
                yield warning(run.span, message, f"in the {other} its words stay plain text")


def channels(entry: Section | Slide) -> Iterator[tuple[Channel, object]]:
    """The parts of an entry with the outputs that they stand in."""
    yield "deck", entry.notes
    yield "handout", entry.handout
    yield entry.only if isinstance(entry, Slide) else "both", replace(entry, notes=(), handout=())


def check_slide(slide: Slide, theme: Theme) -> Iterator[Diagnostic]:
    if slide.layout and slide.layout not in theme.layouts:
        near = difflib.get_close_matches(slide.layout, theme.layouts, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"the theme has: {', '.join(theme.layouts)}"
        yield error(slide.span, f"the theme {theme.name!r} has no layout {slide.layout!r}", hint)
    else:
        yield from check_layout(slide, first_layout(slide), theme)
    for block in (*slide.body, *slide.handout):
        match block:
            case Code():
                yield from check_code(block)
            case Table():
                yield from check_table(block)
            case Layers():
                for layer in (layer for stack in block.stacks for layer in stack.layers):
                    yield from check_range("copies", layer.copies, range(1, MOST_COPIES + 1), block.span)
            case Heading():
                yield from check_range("level", block.level, range(1, 3), block.span)


def check_layout(slide: Slide, layout: str, theme: Theme) -> Iterator[Diagnostic]:
    """The frames that the content fills must be on the slide's layout."""
    there = theme.frames_of(layout).keys()
    needed = {"title"}.union(*(frames_needed(block, theme) for block in slide.body))
    if slide.takeaway:
        needed.add("takeaway")
    if missing := sorted(needed - there):
        fitting = [name for name in theme.layouts if needed <= theme.frames_of(name).keys()]
        yield error(
            slide.span,
            f"the layout {layout!r} has no place for: {', '.join(missing)}",
            f"layouts that have: {', '.join(fitting)}" if fitting else f"leave {' and '.join(missing)} out",
        )


def frames_needed(block: Block, theme: Theme) -> set[str]:
    if block.FLOWS:
        return {"body"}
    return set(theme.layouts[block.LAYOUT].frames) if block.SOLE else set()


def check_range(name: str, number: int, allowed: range, place: Span) -> Iterator[Diagnostic]:
    if number not in allowed:
        yield error(place, f"`{name}` is {number}, and can be {allowed[0]} to {allowed[-1]}")


def check_code(code: Code) -> Iterator[Diagnostic]:
    if not code.text.strip():
        yield error(code.span, "there is no code here")
    yield from check_range("first_line", code.first_line, range(LAST_LINE + 1), code.span)
    if not known(code.language):
        yield warning(code.span, f"no colours are known for the language {code.language!r}", "the code stays plain")
    lines = range(code.first_line, code.first_line + code.text.count("\n") + 1)
    for part in code.highlight:
        marked = line_range(part)
        if not marked or marked[0] not in lines or marked[-1] not in lines:
            yield error(
                code.span,
                f"`highlight` names {part!r}, but the code has lines {lines[0]} to {lines[-1]}",
                'write lines as ["6"] or ["3-5"]',
            )


def check_table(table: Table) -> Iterator[Diagnostic]:
    if not table.width:
        yield error(table.span, "the table has no cells")
    elif not 0 <= table.highlight <= table.width:
        yield error(
            table.span,
            f"`highlight` names column {table.highlight}, but the table has {table.width}",
            "count columns from 1; 0 highlights none",
        )
    for i, row in enumerate(table.rows, start=1):
        if table.header and len(row) > len(table.header):
            yield error(
                table.span,
                f"row {i} has {len(row)} cells, but the header has {len(table.header)}",
                'give every column a head; an empty one is written ""',
            )
