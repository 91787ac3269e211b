"""The page of the commands, made from what the commands say themselves."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Iterator

import click

from deckgen.cli import cli
from deckgen.cli.sources import STATUS

HEAD = """\
# The commands

This page is made from the commands themselves: `deckgen COMMAND --help` says the same.
"""


def page() -> str:
    """All commands in the order in which `deckgen --help` lists those that are there."""
    context = click.Context(cli)
    commands = [(name, cli.get_command(context, name)) for name in cli.list_commands(context)]
    return "\n".join([HEAD, *(described(name, command) for name, command in commands if command), status()])


def described(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"deckgen {name}")
    words = "\n\n".join(" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n"))
    options = list(rows(command, context))
    table = ["| Option | |", "|--|--|", *options, ""] if options else []
    usage = " ".join(command.collect_usage_pieces(context))
    examples = ["```sh", *examples_of(command), "```", ""]
    head = [f"## deckgen {name}", "", "```text", f"deckgen {name} {usage}", "```", "", words, ""]
    return "\n".join([*head, *examples, *table])


def examples_of(command: click.Command) -> list[str]:
    """The calls that the help of a command shows."""
    return re.findall(r"^ +(deckgen .+)$", command.epilog or "", re.MULTILINE)


def rows(command: click.Command, context: click.Context) -> Iterator[str]:
    """A row of a table for each option; `--help` goes without saying."""
    for option in command.params:
        record = option.get_help_record(context)
        if record and isinstance(option, click.Option):
            names, words = (html.escape(part).replace("|", "&#124;") for part in record)
            yield f"| <code>{names}</code> | {words} |"


def status() -> str:
    lines = (re.match(r" +(\d+) +(.*)", line) for line in STATUS.splitlines())
    table = "\n".join(f"| `{line[1]}` | {line[2]} |" for line in lines if line)
    return f"## Exit status\n\n| Status | |\n|--|--|\n{table}\n"
