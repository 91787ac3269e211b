"""A source that is read, typeset and without errors: all that the writers need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, time
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostic, Span, coded, error, has_errors
from deckgen.frozen import frozen
from deckgen.keep import Keep
from deckgen.limits import TooSlow, time_limit
from deckgen.model.theme import MissingInTheme
from deckgen.spill import check_spilled, spilled
from deckgen.world import World

# All else is loaded where it is used: the handout's process, which takes longest to load, starts before it.
if TYPE_CHECKING:
    from deckgen.model.changes import Change
    from deckgen.model.deck import Deck, Given
    from deckgen.model.manifest import Known, Manifest
    from deckgen.model.show import Show
    from deckgen.model.theme import Theme
    from deckgen.typeset.fonts import Faces

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in outputs of a talk without a date, so that they are the same bytes on every day."""

MOST_SLIDES = 2000
NONE: Mapping[str, int] = MappingProxyType({})
PREPARING_S = 60.0
"""Processor time for reading and typesetting. A talk of 1,000 slides takes less than ten seconds."""


@frozen
class Talk:
    """A source that is read, typeset and without errors: all that the writers need."""

    deck: Deck
    theme: Theme
    faces: Faces
    slides: Deck
    """The deck as the slides have it: what did not fit one may be in the handout alone."""
    worded: Deck
    """The deck with the words that slides and notes say of each other."""
    show: Show
    stamp: datetime
    pages: Mapping[str, int] = field(default_factory=dict)
    """The pages of the handout that slides name, by the ids of what stands there; empty while they are not known."""
    changes: tuple[Change, ...] = ()
    """What the handout tells of an earlier one."""

    @cached_property
    def manifest(self) -> Manifest:
        """Of the source, as both outputs carry it."""
        from deckgen.model.manifest import manifest_of

        return manifest_of(self.deck, "handout", self.told)

    @cached_property
    def told(self) -> Known:
        """What manifests tell of the deck's entries."""
        from deckgen.model.manifest import told_in

        return told_in(self.deck)

    @cached_property
    def look(self) -> Theme:
        """The theme without what only the handout takes from it: slides in equal looks differ in nothing else."""
        return replace(self.theme, css="", print_colours={}, print_fonts=(), print_series=())


def prepare_in_time(
    world: World,
    file: str,
    theme_name: str,
    pages: Mapping[str, int] = NONE,
    keep: Keep | None = None,
    given: Given = (),
) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
    """`prepare`, given up where a source asks for endless work."""
    try:
        with time_limit(PREPARING_S):
            return prepare(world, file, theme_name, pages, keep, given)
    except TooSlow:
        message = f"reading and setting the slides took more than {PREPARING_S:.0f} seconds"
        hint = "split the talk, or leave out the slide with the most content"
        return None, (error(Span(file), message, hint, "limit"),)
    except MissingInTheme as problem:
        where = Span(f"themes/{problem.theme}/theme.yaml")
        return None, (error(where, str(problem), "copy it from the theme that yours was made of", "theme"),)


def prepare(
    world: World,
    file: str,
    theme_name: str = "",
    pages: Mapping[str, int] = NONE,
    keep: Keep | None = None,
    given: Given = (),
) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
    """Read and typeset a source; no talk if there are errors. `pages`: those of ids in the handout, if known.

    `keep` holds what earlier times have made; `given` are values of the talk's parameters.
    """
    from deckgen.check.backdrops import check_backdrops
    from deckgen.check.builds import check_steps
    from deckgen.check.fit import check_fit
    from deckgen.check.glyphs import check_glyphs
    from deckgen.check.names import check_names
    from deckgen.check.pictures import check_sharpness
    from deckgen.model.languages import right_to_left
    from deckgen.read.deck import read_deck
    from deckgen.read.keyed import at_keys
    from deckgen.typeset.fonts import Faces
    from deckgen.typeset.footer import with_footer
    from deckgen.typeset.mirror import mirrored_show, mirrored_theme
    from deckgen.typeset.named import Unsettled, typeset_named

    keep = keep or Keep()
    deck, found = read_deck(world, file, theme_name, given)
    if deck is None:
        return None, found
    theme, more = theme_of(world, theme_name or deck.theme, keep)
    found = (*found, *more)
    if theme is None:
        return None, found
    found = (*found, *at_keys(coded("content", check_names(deck, theme)), world))
    if has_errors(found):
        return None, found
    theme = with_footer(theme, deck.footer)
    made_of = (theme, world.fonts, deck.language)
    faces = keep.recall("faces", made_of, partial(Faces, *made_of))
    found = (*found, *coded("glyph", check_glyphs(deck, faces)))
    if has_errors(found):
        return None, found
    try:
        worded, show = typeset_named(deck, theme, faces, pages, keep)
        if (slides := spilled(deck, show, theme)) is not deck:
            worded, show = typeset_named(slides, theme, faces, pages, keep)
    except Unsettled as place:
        return None, (*found, moving(deck, str(place)))
    if right_to_left(deck.language):
        show, theme = mirrored_show(show), mirrored_theme(theme)
    fit, blurred = check_fit(show, theme), check_sharpness(show)
    if fit or blurred:
        forget_findings(show, theme, keep)
    found = (*found, *coded("limit", check_number(show, file)), *coded("fit", fit))
    if slides is not deck:
        found = (*found, *coded("fit", check_spilled(slides, show, theme)))
    found = (*found, *at_keys(coded("slide", check_steps(slides, show)), world), *coded("resolution", blurred))
    found = (*found, *coded("contrast", check_backdrops(show, theme)))
    if has_errors(found):
        return None, found
    return Talk(deck, theme, faces, slides, worded, show, world.stamp or stamp_of(deck), pages), found


def theme_of(world: World, name: str, keep: Keep) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """The theme of a name, read again where one of its files has changed."""
    from deckgen.read.theme import read_theme

    files = tuple(world.read_theme(name, file) for file in ("theme.yaml", "handout.css"))
    theme, found = keep.recall("theme", (name, files), partial(read_theme, world, name))
    if theme is None or theme.font_files or theme.press.data:
        keep.forget("theme")  # It is made of more files than those.
    return theme, found


def forget_findings(show: Show, theme: Theme, keep: Keep) -> None:
    """Let what findings are made of be set anew the next time, when it may stand in another place of the source."""
    from deckgen.check.fit import check_page
    from deckgen.check.pictures import pictures_of
    from deckgen.typeset.slides import drafts_of, drawing_of

    for page in show.pages:
        if any(check_page(page, theme)) or any(pictures_of(page.drawing.shapes)):
            keep.forget(drafts_of(page.source_id))
    for name in show.figures:
        keep.forget(drawing_of(name))


def check_number(show: Show, file: str) -> Iterator[Diagnostic]:
    """No more slides than both programs can open, also where long ones have been split."""
    if len(show.pages) > MOST_SLIDES:
        message = f"the deck has {len(show.pages):,} slides, and the limit is {MOST_SLIDES:,}"
        yield error(Span(file), message, "split the talk into several sources")


def moving(deck: Deck, name: str) -> Diagnostic:
    """The error for a reference whose words move the place that they name."""
    from deckgen.model.block import runs

    where = next((run.span for run in runs(deck) if run.refer and run.link == f"#{name}"), deck.span)
    message = f"the words of this reference don't settle: they move {name!r}, which they name"
    return error(where, message, "add or leave out some words before the place that it leads to")


def stamp_of(deck: Deck) -> datetime:
    """Midnight of the day of the talk, in UTC."""
    from deckgen.model.dates import parsed

    day = parsed(deck.date)
    return datetime.combine(day, time(), UTC) if day else EPOCH
