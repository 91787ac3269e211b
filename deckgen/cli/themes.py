"""The command `themes`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen.cli.options import OUT
from deckgen.cli.sources import BAD_SOURCE, SOURCE, Source, after, found_sources, only_one, tell
from deckgen.diagnostics import Diagnostic, Span
from deckgen.frozen import frozen
from deckgen.outputs import replace_together
from deckgen.refusals import in_words
from deckgen.report import progress, say
from deckgen.world import SOURCE_LIMIT, DiskWorld, World, no_theme, packaged_themes

SHEETS = "themes.pdf"
TEMPLATES = (".potx", ".pptx", ".pptm", ".potm", ".ppsx")
SAMPLE = "sample.yaml"
"""The sample talk, beside the themes."""


@click.command(
    short_help="List the themes, and draw a talk in each.",
    epilog=after("deckgen themes", "deckgen themes source/talk.yaml", "deckgen themes --from acme.potx --like signal"),
)
@click.argument("source", required=False, type=SOURCE)
@click.option(
    "--from", "template", type=SOURCE, help="Make a theme in the colours of a PowerPoint template, in themes/."
)
@click.option("--like", default="paper", show_default=True, help="The theme that it has its layouts and fonts from.")
@OUT
def themes(source: Path | None, template: Path | None, like: str, out: Path | None) -> None:
    """List the themes, and draw SOURCE (default: a sample talk) in each of them on a picture sheet."""
    from deckgen.talk import Talk, prepare_in_time
    from deckgen.write.pages.overview import write_sheets

    if template:
        make_theme(template, like)
    place = only_one(found_sources((source,)), "draw") if source else Source(Path.cwd(), SAMPLE, SAMPLE)
    folder = place.outputs(out)
    world: World = place.world()
    if not source:
        world = SampleWorld(place.root, world.fonts)
    names = world.themes()
    talks: list[Talk] = []
    said: set[Diagnostic] = set()
    with progress(sys.stderr, "drawing the themes"):
        for name in names:
            talk, found = prepare_in_time(world, place.path, name)
            if talk:
                talks.append(talk)
            tell(tuple(problem for problem in found if problem not in said), place)
            said.update(found)
    for talk in talks:
        say(f"{talk.theme.name:{max(map(len, names))}}  {talk.theme.description}", sys.stdout)
    if talks:
        replace_together(folder, {SHEETS: write_sheets((talk.show, talk.theme, talk.faces) for talk in talks)})
        say(f"{folder / SHEETS}: the slides in each", sys.stdout)
    sys.exit(0 if len(talks) == len(names) else BAD_SOURCE)


def make_theme(template: Path, like: str) -> None:
    """Write the theme of a template into the project that the command is called in, and tell what it lacks."""
    from deckgen.importing.powerpoint.package import BadFile
    from deckgen.importing.powerpoint.template import read_template
    from deckgen.importing.theme import anchors, theme_in_colours
    from deckgen.read.ids import slug
    from deckgen.read.theme import read_theme
    from deckgen.typeset.cuts import default_folder

    if template.suffix.lower() not in TEMPLATES:
        raise click.BadParameter(f"{template} is no PowerPoint template: {', '.join(TEMPLATES)}", param_hint="--from")
    world = DiskWorld(Path.cwd(), default_folder())
    if like not in (names := world.themes()):
        problem = no_theme(like, names, None)
        raise click.BadParameter(f"{problem.message}; {problem.hint}", param_hint="--like")
    name = slug(template.stem) or "company"
    folder = Path("themes") / name
    if name in names:
        raise click.UsageError(f"there is a theme {name!r} already: give the file another name, or take {folder} away")
    base, _ = read_theme(world, like)
    data, css = (world.read_theme(like, file) for file in ("theme.yaml", "handout.css"))
    if base is None or isinstance(data, Diagnostic) or isinstance(css, Diagnostic):
        raise click.BadParameter(f"the theme {like!r} has errors: deckgen themes tells them", param_hint="--like")
    try:
        look = read_template(template.read_bytes())
        around = anchors(look.bg, look.text, look.accents)
        made = theme_in_colours(base, data.decode(), name, template.name, around, look.accents)
        replace_together(folder, {"theme.yaml": made.encode(), "handout.css": css})
    except BadFile as problem:
        say(f"error: {template} can't be read: {problem}", sys.stderr)
        sys.exit(BAD_SOURCE)
    except OSError as problem:
        say(f"error: {in_words(problem, folder)}", sys.stderr)
        sys.exit(BAD_SOURCE)
    say(
        f"{folder}: the colours of {template.name} in the layouts of {like}; a source names it `theme: {name}`",
        sys.stdout,
    )
    if look.fonts:
        fonts = " and ".join(look.fonts)
        say(f"left out: its fonts ({fonts}): put their files into {folder}, and name them under `fonts`", sys.stdout)
    for remark in look.remarks:
        say(f"left out: {remark}", sys.stdout)


@frozen
class SampleWorld(DiskWorld):
    """A project on disk, with a talk in it that shows what a theme looks like."""

    def read(self, path: str, limit: int = SOURCE_LIMIT, at: Span | None = None) -> bytes | Diagnostic:
        return (packaged_themes() / SAMPLE).read_bytes() if path == SAMPLE else super().read(path, limit, at)
