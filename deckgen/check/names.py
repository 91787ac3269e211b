"""Names and numbers in a talk: its layouts, its links, and what each block finds wrong with itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from deckgen.blocks.agenda import Agenda
from deckgen.check.slide_keys import check_slide_keys
from deckgen.diagnostics import Diagnostic, coded, error, warning
from deckgen.model.block import Block, Channel, leaves, runs
from deckgen.model.deck import Deck, Entry, PrintPage, Section, Slide
from deckgen.model.exhibit import Exhibit
from deckgen.model.references import MADE, Place, places, target_of
from deckgen.model.theme import Theme
from deckgen.typeset.body import first_layout


def check_names(deck: Deck, theme: Theme) -> tuple[Diagnostic, ...]:
    """An error for each name that means nothing in the theme or the block, and each number out of its range."""
    slides = [entry for entry in deck.slides if isinstance(entry, Slide)]
    found = [*check_links(deck), *coded("slide", check_slide_keys(deck, theme))]
    agendas = [block for slide in slides for block in slide.body if isinstance(block, Agenda)]
    found += [diagnostic for slide in slides for diagnostic in check_slide(slide, theme)]
    prose = [block for prose in (deck.abstract, *(entry.handout for entry in deck.slides)) for block in prose]
    found += [diagnostic for block in prose for diagnostic in block.problems()]
    if not any(isinstance(entry, Section) for entry in deck.slides):
        hint = "add '- section: ...' before the slides of each part, or leave the agenda out"
        found += [error(block.span, "an agenda lists the sections, and the talk has none", hint) for block in agendas]
    return tuple(found)


def check_links(deck: Deck) -> Iterator[Diagnostic]:
    """A warning for each link to what does not stand in the output of the link, an error for lost pages."""
    there = places(deck)
    found = ((entry, *parts) for entry in deck.slides for parts in channels(entry))
    for own, channel, part in found:
        for run in (run for run in runs(part) if run.link.startswith("#")):
            place = there.get(target_of(run, own))
            home = only_home(place) if place else "both"
            if run.refer == "handout" and home == "deck":
                hint = "name the page of another: {handout#id}"
                yield error(
                    run.span, "this names a page of the handout, and what it leads to is in the deck only", hint, "link"
                )
            elif home not in ("both", channel) and run.refer not in MADE:
                other = "handout" if home == "deck" else "deck"
                message = f"this link leads to a slide or page that the {home} alone has"
                yield warning(run.span, message, f"in the {other} its words stay plain text", "channel")


def only_home(place: Place) -> Channel:
    """The one output that has a place. What is in the handout alone can be linked to in the deck: by its slide."""
    if place.entry.only != "both" or not place.block:
        return place.entry.only
    return "both" if place.block.only == "handout" else place.block.only


def check_spills(slide: Slide) -> Iterator[Diagnostic]:
    """What may be sent to the handout stands by itself, and in both outputs."""
    whole = {id(block) for block in slide.body}
    for _, block in leaves(slide.body):
        if isinstance(block, Exhibit) and block.spill:
            if id(block) not in whole:
                yield error(
                    block.span, "`spill` can't stand in a column", "give the block a slide of its own", key="spill"
                )
            elif "deck" in (block.only, slide.only):
                yield error(
                    block.span,
                    "`spill` sends the block to the handout, and `only` keeps it out of there",
                    "leave out `only` or `spill`",
                    key="spill",
                )


def channels(entry: Entry) -> Iterator[tuple[Channel, object]]:
    """The parts of an entry with the outputs that they stand in."""
    yield "deck", entry.notes
    yield "handout", entry.handout
    rest = replace(entry, page=()) if isinstance(entry, PrintPage) else replace(entry, notes=(), handout=())
    yield entry.only, rest


def check_slide(slide: Slide, theme: Theme) -> Iterator[Diagnostic]:
    if slide.layout and slide.layout not in theme.layouts:
        near = difflib.get_close_matches(slide.layout, theme.layouts, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"the theme has: {', '.join(theme.layouts)}"
        message = f"the theme {theme.name!r} has no layout {slide.layout!r}"
        yield error(slide.span, message, hint, "slide", key="layout")
    else:
        yield from check_layout(slide, first_layout(slide), theme)
    for block in slide.body:
        yield from block.problems()
    yield from check_spills(slide)


def check_layout(slide: Slide, layout: str, theme: Theme) -> Iterator[Diagnostic]:
    """The frames that the content fills must be on the slide's layout."""
    there = theme.frames_of(layout).keys()
    needed = {"title"}.union(*(frames_needed(block, theme) for _, block in leaves(slide.body)))
    if slide.takeaway:
        needed.add("takeaway")
    if missing := sorted(needed - there):
        fitting = [name for name in theme.layouts if needed <= theme.frames_of(name).keys()]
        yield error(
            slide.span,
            f"the layout {layout!r} has no place for: {', '.join(missing)}",
            f"layouts that have: {', '.join(fitting)}" if fitting else f"leave {' and '.join(missing)} out",
            "slide",
            key="layout",
        )


def frames_needed(block: Block, theme: Theme) -> set[str]:
    if block.FLOWS:
        return {"body"}
    return set(theme.layouts[block.LAYOUT].frames) if block.SOLE else set()
