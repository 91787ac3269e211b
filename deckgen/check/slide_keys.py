"""What slides are told to do beside showing their blocks: times, the appendix, hidden slides, backgrounds."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from deckgen.check.builds import check_reveals
from deckgen.diagnostics import Diagnostic, error, warning
from deckgen.model.block import no_point, out_of_range
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.schedule import in_digits, schedule
from deckgen.model.theme import Theme
from deckgen.typeset.body import first_layout

MOST_MINUTES = 1440


def check_slide_keys(deck: Deck, theme: Theme) -> Iterator[Diagnostic]:
    """An error for each key of the deck or a slide whose value can't hold; a warning where the talk gets too long."""
    yield from check_minutes(deck)
    for part in deck.footer or ():
        if not getattr(deck, part):
            hint = f"write `{part}: ...` before the slides, or leave it out of the footer"
            yield error(deck.span, f"the footer is to show the {part}, and the talk has none", hint, key="footer")
    yield from check_appendix(deck)
    for entry in deck.slides:
        if isinstance(entry, Slide):
            yield from check_slide(entry, theme)


def check_minutes(deck: Deck) -> Iterator[Diagnostic]:
    for entry in (deck, *deck.slides):
        if not 0 <= entry.minutes <= MOST_MINUTES:
            message = f"`minutes` is {in_digits(entry.minutes)}, and can be 0 to {MOST_MINUTES}"
            hint = "write how many minutes it takes, such as 3 or 1.5"
            yield error(entry.span, message, hint, "minutes", key="minutes")
            return
    late = [time for time in schedule(deck) if deck.minutes and time.so_far and time.so_far > deck.minutes]
    if late:
        needed, slot = in_digits(late[-1].so_far or 0), in_digits(deck.minutes)
        message = f"the slides take {needed} minutes, and the talk has {slot}: from this one on it is too long"
        yield warning(late[0].entry.span, message, "give slides fewer `minutes`, or hide some", "minutes")


def check_appendix(deck: Deck) -> Iterator[Diagnostic]:
    """The appendix is the end of the deck."""
    begun = False
    for entry in deck.slides:
        if isinstance(entry, Section):
            if begun and not entry.appendix:
                hint = "set `appendix: true` here too, or move the section before the appendix"
                yield error(entry.span, "a section of the talk stands after the appendix", hint)
            begun = begun or entry.appendix


def check_slide(slide: Slide, theme: Theme) -> Iterator[Diagnostic]:
    yield from check_reveals(slide)
    if slide.hidden and slide.only == "handout":
        hint = "leave `hidden` out"
        yield error(slide.span, "the slide is hidden in the deck, and stands in the handout only", hint, key="hidden")
    yield from check_background(slide, theme)


def check_background(slide: Slide, theme: Theme) -> Iterator[Diagnostic]:
    plan = slide.background
    yield from out_of_range("shade", plan.shade, range(101), plan.span)
    yield from no_point(plan.focus, plan.span)
    if plan.shade and not plan.image:
        yield error(
            plan.span, "there is no picture to put a `shade` on", "name the `image`, or leave `shade` out", key="shade"
        )
    if plan.ground and plan.ground not in theme.backgrounds:
        near = get_close_matches(plan.ground, theme.backgrounds, 1)
        known = f"the theme has: {', '.join(theme.backgrounds)}" if theme.backgrounds else "leave it out"
        known = f"did you mean {near[0]!r}?" if near else known
        yield error(slide.span, f"the theme {theme.name!r} has no background {plan.ground!r}", known, key="background")
    elif (plan.ground or plan.image) and (layout := theme.layouts.get(first_layout(slide))) and layout.ground != "bg":
        message = f"the layout {first_layout(slide)!r} has a ground of its own, and can't take `background`"
        yield error(slide.span, message, "leave `background` out", key="background")
