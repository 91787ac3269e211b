"""The command `new`."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from deckgen.cli.schema import WHERE, schema_files
from deckgen.cli.sources import BAD_SOURCE, FOLDER, after
from deckgen.outputs import replace_together
from deckgen.refusals import in_words
from deckgen.report import say
from deckgen.world import SOURCE_SUFFIXES, DiskWorld, no_theme, packaged_themes

PLAIN = re.compile(r"[^\W_][\w .()–—-]*")
"""Text that means itself in YAML without quotes."""
THEME_HEAD = f"# yaml-language-server: $schema=../../{WHERE}/theme.schema.json\n".encode()
EMPTY = {".git", ".hg", ".svn", ".DS_Store"}
"""What may stand in an empty folder."""


@click.command(
    short_help="Make a project in a new FOLDER.",
    epilog=after(
        "deckgen new my-talk", "deckgen new my-talk --title 'Why we test' --author 'Ada Lovelace' --language en-GB"
    ),
)
@click.argument("folder", type=FOLDER)
@click.option("--title", default="", help="The talk's title; made from the folder's name if missing.")
@click.option("--author", default="Your Name", show_default=True, help="Who gives the talk.")
@click.option("--language", default="en", show_default=True, help="The language of the talk, such as de or en-GB.")
@click.option("--theme", default="paper", show_default=True, help="The look; one of the folder themes/ here is copied.")
@click.option("--copy-theme", is_flag=True, help="Put a copy of the theme into the project, to be changed.")
def new(folder: Path, title: str, author: str, language: str, theme: str, copy_theme: bool) -> None:
    """Make a project in a new FOLDER: a short talk that builds, and what an editor needs to help with it."""
    from deckgen.read.deck import LANGUAGE, tag_meant
    from deckgen.read.ids import slug

    if not LANGUAGE.fullmatch(language):
        wrong = f"{language!r} is no language tag; write {tag_meant(language) or 'one such as en, en-GB or de'}"
        raise click.BadParameter(wrong, param_hint="--language")
    names = DiskWorld(Path.cwd(), Path()).themes()
    if theme not in names:
        problem = no_theme(theme, names, None)
        raise click.BadParameter(f"{problem.message}; {problem.hint}", param_hint="--theme")
    if folder.suffix in SOURCE_SUFFIXES:
        raise click.UsageError(f"a project is a folder, with the source in it: deckgen new {quoted(folder.stem)}")
    if folder.exists() and {path.name for path in folder.iterdir()} - EMPTY:
        raise click.UsageError(f"{folder} is there already, and not empty: name a new folder")
    name = slug(folder.resolve().name) or "talk"
    title = title or titled(folder.resolve().name)
    words = {"title": title, "author": author, "language": language, "theme": theme, "date": date.today().isoformat()}
    own = Path.cwd() / "themes" / theme
    made = project(name, words)
    if copy_theme or own.is_dir():
        made |= theme_files(own if own.is_dir() else packaged_themes() / theme)
    try:
        put(made, folder)
        schemas = schema_files(folder)
        put(schemas, folder)
        (folder / "build").mkdir(exist_ok=True)
    except OSError as problem:
        say(f"error: {in_words(problem, folder)}", sys.stderr)
        sys.exit(BAD_SOURCE)
    for path in made | schemas:
        say(str(folder / path), sys.stdout)
    hint = f"  deckgen preview {quoted(str(folder))}"
    for line in ("", "Open it in an editor, and see it change as you write:", hint):
        say(line, sys.stdout)


def put(made: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their paths in a folder. Errors: `OSError`."""
    for path, data in made.items():
        replace_together((folder / path).parent, {Path(path).name: data})


def titled(name: str) -> str:
    """The name of a folder as a title."""
    words = name if " " in name else re.sub("[-_]+", " ", name).strip()
    return (words[:1].upper() + words[1:]) or "Talk"


def quoted(name: str) -> str:
    """A name as it is typed in the shell of this system."""
    return subprocess.list2cmdline([name]) if os.name == "nt" else shlex.quote(name)


def project(name: str, words: dict[str, str]) -> dict[str, bytes]:
    """The files of a project by their paths in its folder."""
    starter = files("deckgen") / "starter"
    talk = Template((starter / "talk.yaml").read_text("utf-8"))
    return {
        f"source/{name}.yaml": talk.substitute({key: scalar(text) for key, text in words.items()}).encode(),
        ".gitignore": (starter / "gitignore").read_bytes(),
        ".vscode/settings.json": (starter / "settings.json").read_bytes(),
        ".vscode/extensions.json": (starter / "extensions.json").read_bytes(),
    }


def scalar(text: str) -> str:
    """A text as a value in YAML, in quotes if it needs them."""
    return text if PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def theme_files(folder: Path) -> dict[str, bytes]:
    """The files of a theme's folder, by their paths in the project; its data tells editors what it may hold."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    made = {f"themes/{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in found}
    data = f"themes/{folder.name}/theme.yaml"
    return made | {data: THEME_HEAD + made[data].removeprefix(THEME_HEAD)}
