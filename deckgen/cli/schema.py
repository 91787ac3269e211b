"""The command `schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from deckgen.cli.sources import FOLDER, after
from deckgen.outputs import replace_together
from deckgen.report import say
from deckgen.world import DiskWorld

WHERE = ".deckgen"
"""The folder of a project that holds what editors read."""


@click.command(
    short_help="Print what editors complete and check by.",
    epilog=after("deckgen schema --project .", "deckgen schema theme --out theme.schema.json"),
)
@click.argument("what", default="source", type=click.Choice(["source", "slides", "theme"]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file.")
@click.option("--project", type=FOLDER, help=f"Write all into the folder {WHERE} of a project, as `new` does.")
def schema(what: str, out: Path | None, project: Path | None) -> None:
    """Print the JSON Schema with which editors complete and check what is typed: of a source, of slides that sources
    include, or of a theme.
    """
    if project:
        if out:
            raise click.UsageError("--project names its files by itself; leave out --out")
        if not project.is_dir():
            raise click.BadParameter(f"there is no folder {project}", param_hint="--project")
        made = schema_files(project)
        replace_together(project / WHERE, {Path(path).name: data for path, data in made.items()})
        for path in made:
            say(str(project / path), sys.stdout)
        return
    data = schema_files(Path.cwd())[f"{WHERE}/{what}.schema.json"]
    if out:
        replace_together(out.parent, {out.name: data})
    else:
        click.echo(data, nl=False)


def schema_files(project: Path) -> dict[str, bytes]:
    """The schemas for a project, by their paths in it."""
    from deckgen.read.json_files import slides_schema, source_schema, theme_schema
    from deckgen.read.offers import offers

    known = offers(DiskWorld(project, Path()))
    made = {"source": source_schema(known), "slides": slides_schema(known), "theme": theme_schema(known)}
    return {f"{WHERE}/{what}.schema.json": as_bytes(schema) for what, schema in made.items()}


def as_bytes(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
