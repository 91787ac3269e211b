"""What `--help` says: a line for each command, and examples that can be typed as they stand."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from deckgen.cli import COMMANDS, cli
from deckgen.cli.sources import STATUS
from tests.command import deckgen
from website.commands import examples_of


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found
    return found


def test_every_command_has_a_whole_line_in_the_list(tmp_path: Path) -> None:
    listed = deckgen("--help", cwd=tmp_path).stdout
    assert [name for name in COMMANDS if f"{command(name).short_help}\n" not in listed] == []
    assert [name for name in COMMANDS if not str(command(name).short_help).endswith(".")] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_can_be_typed(name: str) -> None:
    examples = examples_of(command(name))
    assert len(examples) >= 2
    for example in examples:
        program, typed, *arguments = shlex.split(example)
        assert (program, typed) == ("deckgen", name)
        command(name).make_context(name, arguments)
    assert str(command(name).epilog).endswith(STATUS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    options = [option for option in command(name).params if isinstance(option, click.Option)]
    assert [option.name for option in options if not str(option.help).endswith(".")] == []
