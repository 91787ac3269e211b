"""What the documentation says is true: its talks build without findings, its commands and its links lead somewhere."""

from __future__ import annotations

import re
import textwrap

import click
import pytest
import yaml

from deckgen.cli import cli
from deckgen.findings import findings
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from website.examples import DOCS, ROOT, SHELLS, Example, alternatives, commands, examples, files, framed, pages

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
"""What shows how something is written."""
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


def shown(language: str) -> list[Example]:
    return [example for page in pages() for example in examples(page) if example.language == language]


def name(example: Example) -> str:
    return f"{example.page}:{example.line}"


@pytest.mark.parametrize("example", shown("yaml"), ids=name)
def test_an_example_builds_without_findings(example: Example) -> None:
    if "jobs" in yaml.safe_load(example.text):
        assert commands(example), "a workflow is here to call deckgen"
        return
    for part in alternatives(example.text):
        talk = framed(part)
        world = MemoryWorld({"talk.yaml": talk.source.encode(), **files(), **talk.files}, default_folder())
        assert not (found := findings(world, "talk.yaml")), "\n".join(map(str, found))


def test_the_tutorial_is_a_talk() -> None:
    first, *rest = (example.text for example in examples(DOCS / "first-talk.md") if example.language == "yaml")
    source = first + "".join(textwrap.indent(text, "  ") for text in rest)
    assert not findings(MemoryWorld({"bread.yaml": source.encode()}, default_folder()), "bread.yaml")


def calls() -> list[tuple[Example, list[str]]]:
    """Each call of the command, in shells and in workflows."""
    found = [example for language in (*SHELLS, "yaml") for example in shown(language)]
    return [(example, call) for example in found for call in commands(example)]


@pytest.mark.parametrize("call", calls(), ids=lambda call: f"{name(call[0])}-{'-'.join(call[1][:1])}")
def test_a_call_of_the_command_is_one_that_it_takes(call: tuple[Example, list[str]]) -> None:
    arguments = call[1]
    command = cli.get_command(click.Context(cli), arguments[0]) or cli
    context = click.Context(command, info_name=arguments[0])
    values, _, _ = command.make_parser(context).parse_args(arguments[1:] if command is not cli else arguments)
    for option in command.params:
        if isinstance(option.type, click.Choice) and isinstance(values.get(option.name), str | tuple | list):
            option.type_cast_value(context, values[option.name])


def test_links_lead_to_files() -> None:
    made = {"commands.md", "changelog.md"}
    wrong = []
    for page in pages():
        for target, _ in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
            local = not re.match(r"[a-z]+:", target)
            if local and not (page.parent / target).exists() and not (page.parent == DOCS and target in made):
                wrong.append(f"{page.relative_to(ROOT)}: {target}")
    assert not wrong
