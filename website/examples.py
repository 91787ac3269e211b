"""The examples of the documentation: taken out of its pages, and put into a frame that makes talks of them."""

from __future__ import annotations

import inspect
import re
import shlex
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from deckgen.blocks import block_class, kinds
from deckgen.model.deck import Deck, Slide
from deckgen.read.schema import keys
from deckgen.world import packaged_themes
from deckgen.write.production.inks import BUILT_IN

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```$", re.M | re.S)
SHELLS = ("sh", "bash", "bat", "console")
FOLDERS = (ROOT / "source", DOCS / "examples")
"""What examples name stands here, under the path by which they name it."""
HEAD = """\
deckgen: 1
title: Containers
subtitle: After [@merkel2014] and [@bernstein2014]
bibliography: works.bib
slides:
  - section: Machines
    summary: What a virtual machine is
  - section: Containers
    summary: Isolated processes on one shared kernel
"""
"""What examples of single slides and blocks stand in: some are made from sections or works."""
UNTITLED = ("quote", "statement")
"""Kinds that take the place of the slide's title."""
WHOLE_TALK = "deckgen"


class Example(NamedTuple):
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str


class Talk(NamedTuple):
    """A source, and the files that its project needs beside the usual ones."""

    source: str
    files: Mapping[str, bytes] = {}


def pages() -> list[Path]:
    """All pages that are written by hand or generated into the repository."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def examples(page: Path) -> Iterator[Example]:
    text = page.read_text(encoding="utf-8")
    for fence in FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        yield Example(page.relative_to(ROOT).as_posix(), line, fence[2], textwrap.dedent(fence[3]))


def files() -> dict[str, bytes]:
    """The files that examples may name, by their paths in a project whose source is at its root."""
    found = (path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.is_file())
    folders = {path: next(folder for folder in FOLDERS if folder in path.parents) for path in found}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path, folder in folders.items()}


def alternatives(text: str) -> list[str]:
    """The parts of an example that shows several ways: a new one begins where a key at the margin comes again."""
    parts: list[list[str]] = [[]]
    seen: set[str] = set()
    for line in text.splitlines():
        key = re.match(r"(\w+):", line)
        if key and key[1] in seen:
            parts.append([])
            seen = set()
        if key:
            seen.add(key[1])
        parts[-1].append(line)
    return ["\n".join(part) + "\n" for part in parts]


def framed(text: str) -> Talk:
    """A talk of an example: itself if it is one, else a talk that has it where its first key belongs.

    A list holds slides, sections and pages, or blocks of one slide. Keys of a slide alone make a slide; keys of the
    talk stand before its slides; keys of a theme make a copy of `paper` with them. Errors: `ValueError` for others.
    """
    found = yaml.safe_load(text)
    if isinstance(found, list):
        return Talk(HEAD + textwrap.indent(slide_of(text) if holds_blocks(found) else text, "  "))
    names = set(found)
    if WHOLE_TALK in names:
        return Talk(text)
    if names <= set(keys(Deck)):
        return Talk(talk_of(text, names))
    if names <= {*keys(Slide), *kinds()}:
        title = "" if "title" in names else "title: An example\n"
        content = "" if names & {"body", *kinds()} else "bullets: [One point]\n"
        return Talk(HEAD + textwrap.indent(f"-\n{textwrap.indent(title + text + content, '  ')}", "  "))
    if names <= set(theme()):
        return Talk(talk_of("theme: own\n", {"theme"}), own_theme(found))
    raise ValueError(f"no frame for {', '.join(sorted(names))}")


def holds_blocks(found: list[Any]) -> bool:
    """Whether a list holds the blocks of one slide, not slides."""
    return not isinstance(found[0], dict) or next(iter(found[0])) in kinds()


def slide_of(blocks: str, slide_id: str = "", title: str = "An example") -> str:
    """A slide that has a list of blocks, or a slide of handout text if they can stand nowhere else."""
    first = next((kind for kind in kinds() if blocks.startswith(f"- {kind}:")), "")
    keys = [f"id: {slide_id}"] if slide_id else []
    keys += [] if first in UNTITLED else [f"title: {title}"]
    only = "  only: handout\n" if first and block_class(first).PRINT_ONLY else ""
    body = textwrap.indent(f"{blocks.rstrip()}\n{only}", "    ")
    return "- " + "\n  ".join([*keys, "body:"]) + f"\n{body}"


def talk_of(text: str, names: set[str]) -> str:
    """A talk with some keys given; what it needs beside them is made up."""
    head = "deckgen: 1\n" + ("" if "title" in names else "title: An example\n")
    return (
        head
        + text
        + ("" if "slides" in names else "slides:\n  - title: A slide\n    cheat: true\n    bullets: [One point]\n")
    )


def theme() -> dict[str, Any]:
    """What `paper` says, and the keys that only other themes have, or none, without values."""
    found = {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in packaged_themes().glob("*/*.yaml")}
    unsaid = dict.fromkeys({"press", "legibility"}.union(*found.values()))
    return {**unsaid, **found["paper"]}


def own_theme(changed: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a theme `own`: `paper` with some keys changed, and the profile of a print shop."""
    merged = {key: value for key, value in over(theme(), changed).items() if value is not None}
    written = yaml.safe_dump({**merged, "name": "own"}, sort_keys=False, allow_unicode=True)
    css = (packaged_themes() / "paper" / "handout.css").read_bytes()
    made = {"theme.yaml": written.encode(), "handout.css": css, "shop.icc": BUILT_IN.read_bytes()}
    return {f"themes/own/{name}": data for name, data in made.items()}


def over(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """One mapping over another, at all depths."""
    found = dict(old)
    for key, value in new.items():
        below = found.get(key)
        found[key] = over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return found


def commands(example: Example) -> list[list[str]]:
    """The arguments of each `deckgen` that the example calls; those of a workflow stand behind `run:`."""
    found = (re.match(r"\s*(?:- run: |\$ )?(?:[\w./\\]*python3? -m )?deckgen (.*)", line) for line in lines(example))
    return [shlex.split(match[1], comments=True) for match in found if match]


def lines(example: Example) -> list[str]:
    return example.text.replace("\\\n", " ").splitlines()


def of_kind(kind: str) -> str:
    """The example in the docstring of a kind: a list of one block."""
    doc = inspect.getdoc(sys.modules[block_class(kind).__module__]) or ""
    return textwrap.dedent(doc.partition("\n\n")[2]).strip()
