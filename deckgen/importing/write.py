"""Plain data -> a source as a person would write it: short lists in one line, long texts under `|`."""

from __future__ import annotations

import re
from typing import Any

import yaml

from deckgen.importing.result import Data

SHORT = 60
"""Characters of a list of short texts that stands in one line."""
WIDE = 100_000
"""PyYAML folds lines that are longer; texts of one paragraph stay on one line."""
NUMBERS = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(0|[1-9]\d*)$"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?\d+\.\d*([eE][-+]?\d+)?$"),
}
ENTRY = re.compile(r"(?m)^  - (?=\S)")


class Dumper(yaml.SafeDumper):
    """Lists are indented under their key, texts of several lines stand as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = "\n" in text and not re.search(r"[ \t]\n|^\s|[^\n\t -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if lines else None)


def as_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    flat = all(isinstance(item, (str, int, float)) and "\n" not in str(item) for item in items)
    short = flat and len(items) > 1 and sum(len(str(item)) + 2 for item in items) <= SHORT
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short or not items)


# The source format reads a day as text, so it needs no quotes.
Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in Dumper.yaml_implicit_resolvers.items()
}
Dumper.add_representer(str, as_text)
Dumper.add_representer(list, as_list)


def source_text(talk: Data) -> str:
    """The YAML of a talk; a blank line stands before each slide."""
    text = yaml.dump(talk, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDE, default_flow_style=False)
    head, slides, entries = text.partition("slides:\n")
    return head + slides + "\n".join(spaced(entries.split("\n")))


def spaced(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if ENTRY.match(line) and found:
            found.append("")
        found.append(line)
    return found


class Loader(yaml.SafeLoader):
    """`4:3` is text, no number to the base of sixty."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, NUMBERS.get(tag, pattern)) for tag, pattern in resolvers]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain_yaml(text: str) -> Any:
    """YAML as plain data; None for what is none, or has tags."""
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
