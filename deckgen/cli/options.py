"""The options of a build, which several commands take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from deckgen.cli.sources import BAD_SOURCE, FOLDER, SOURCE, Source, kind_at, manifest_at
from deckgen.model.production import PROFILES, Profile
from deckgen.report import say

if TYPE_CHECKING:
    from deckgen.build import Options
    from deckgen.model.deck import Given
    from deckgen.model.manifest import Manifest
    from deckgen.model.style import Style

Command = TypeVar("Command", bound=Callable[..., Any])


SET = click.option(
    "--set",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
    callback=lambda _, __, pairs: named_values(pairs),
    help="A value of a parameter in place of the source's; may be repeated.",
)
OUT = click.option("--out", type=FOLDER, help="The folder for what is written; the project's build/ if missing.")
OPTIONS = (
    OUT,
    click.option("--theme", default="", help="A theme in place of the one that the source names."),
    click.option("--only", type=click.Choice(["deck", "handout"]), help="Make one output only."),
    click.option(
        "--handout",
        "handouts",
        metavar="STYLE",
        multiple=True,
        callback=lambda _, __, names: named_styles(names),
        help="A style of the handout, such as article, slides or notes, in place of the source's; may be repeated.",
    ),
    click.option("--slides-pdf", is_flag=True, help="Write the slides as a PDF too, one page a slide."),
    click.option(
        "--print",
        "profiles",
        type=click.Choice(PROFILES),
        multiple=True,
        help="What the handout is for: an office printer, a screen, a print shop, a folded booklet; may be repeated.",
    ),
    click.option(
        "--changes-since",
        "since",
        type=SOURCE,
        metavar="HANDOUT",
        help="Tell and mark in the handout what has changed since an earlier one.",
    ),
    click.option(
        "--only-changed", is_flag=True, help="Write the changed sheets as a file, too (with --changes-since)."
    ),
    SET,
    click.option("--embed-fonts", is_flag=True, help="Put the theme's fonts into the deck."),
)


def build_options(command: Command) -> Command:
    """Let a command have the options of a build: the folder `out`, and those that `options_for` takes."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def options_for(
    found: list[Source],
    *,
    theme: str,
    only: str | None,
    handouts: tuple[Style, ...],
    slides_pdf: bool,
    profiles: tuple[Profile, ...],
    since: Path | None,
    only_changed: bool,
    embed_fonts: bool,
    given: Given,
) -> Options:
    """What is asked for of these sources. Errors: `click.UsageError`."""
    from deckgen.build import Options

    check_given(found, given)
    for name, asked in (("--print", profiles), ("--handout", handouts)):
        if asked and only == "deck":
            raise click.UsageError(f"{name} is about the handout, and --only deck leaves it out")
    return Options(
        theme,
        only or "",  # type: ignore[arg-type]
        slides_pdf=slides_pdf,
        embed_fonts=embed_fonts,
        profiles=profiles,
        since=handout_before(since, only_changed, only, found),
        only_changed=only_changed,
        handouts=handouts,
        given=given,
    )


def handout_before(since: Path | None, only_changed: bool, only: str | None, found: list[Source]) -> Manifest | None:
    """The manifest of the handout that a new one is compared with."""
    if not since:
        if only_changed:
            raise click.UsageError("--only-changed needs --changes-since: the handout that was printed before")
        return None
    if only == "deck" or len(found) > 1:
        raise click.UsageError(
            "--changes-since is for the handout of one source: name that source, and leave out --only deck"
        )
    manifest = manifest_at(since)
    if not isinstance(manifest, str) and kind_at(since) == "deck":
        manifest = f"{since} is a deck, and --changes-since takes a handout"
    if isinstance(manifest, str):
        say(f"error: {manifest}", sys.stderr)
        sys.exit(BAD_SOURCE)
    return manifest


def named_values(pairs: tuple[str, ...]) -> Given:
    """Names and values that were written as `name=value`."""
    for pair in pairs:
        if "=" not in pair:
            raise click.BadParameter(f"{pair!r} has no value: write {pair}=value")
    return tuple({name.strip(): value for name, _, value in (pair.partition("=") for pair in pairs)}.items())


def check_given(found: list[Source], given: Given) -> None:
    """Every source has the parameters whose values are given. Errors: `click.UsageError`."""
    if not given:
        return
    from deckgen.model.meant import suggestion
    from deckgen.read.data import parameters_of

    for source in found:
        known = parameters_of(source.world(), source.path)
        for name, _ in given:
            if known is not None and name not in known:
                hint = suggestion(name, known) or "it has none: name it with its usual value under 'parameters'"
                raise click.UsageError(f"{source.typed} has no parameter {name!r}; {hint}")


def named_styles(names: tuple[str, ...]) -> tuple[Style, ...]:
    """The styles that are asked for, each once."""
    if not names:
        return ()
    from deckgen.styles import style_named, styles

    found = [style_named(name) for name in names]
    for name, style in zip(names, found, strict=True):
        if style is None:
            near = get_close_matches(name, styles(), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(styles()))}"
            raise click.BadParameter(f"{name!r} is no style; {hint}")
    asked: dict[str, Style] = {}
    for style in filter(None, found):
        if asked.setdefault(style.name, style) != style:
            raise click.BadParameter(f"{style.name!r} is asked for with different numbers, and makes one file")
    return tuple(asked.values())
