"""All that can be known of a source without writing its outputs."""

from __future__ import annotations

from deckgen.check.advice import advice
from deckgen.check.greyscale import check_greyscale
from deckgen.check.severities import settled, unused
from deckgen.diagnostics import Diagnostic, coded
from deckgen.model.deck import Given
from deckgen.talk import prepare_in_time
from deckgen.world import World


def findings(world: World, file: str, theme_name: str = "", given: Given = ()) -> tuple[Diagnostic, ...]:
    """What is wrong, and what is seldom meant, in the order of the places; what `build` would say is among it."""
    talk, found = prepare_in_time(world, file, theme_name, given=given)
    if talk:
        if "office" in talk.deck.print.profiles:
            found += coded("greyscale", check_greyscale(talk.theme))
        found += tuple(advice(talk.deck, talk.show, talk.theme))
        found += tuple(problem for style in talk.deck.handout for problem in style.unfit(talk.deck, talk.show))
        files = dict.fromkeys((file, *(entry.span.file for entry in talk.deck.slides)))
        idle = (comment for source in files for comment in unused(found, world, source))
        found = (*settled(found, talk.deck.checks, world), *idle)
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.span.file != file, d.span)))
