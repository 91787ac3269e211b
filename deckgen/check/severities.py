"""How grave findings are: what the source says of their codes, and the lines on which it wants none.

Warnings alone can be turned off or into errors; an error is never let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, partial
from typing import NamedTuple

from deckgen.diagnostics import CODES, WARNINGS, Diagnostic, Edit, Span, warning
from deckgen.model.deck import Severity
from deckgen.world import World

COMMENT = re.compile(r"#\s*deckgen:\s*ignore\b(.*)$")
LINE_END = re.compile("\r\n?|\n")
BLOCK_HEAD = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")


class Ignore(NamedTuple):
    """A comment that wants no finding of a code on a line."""

    line: int
    """Where the comment stands, from 1."""
    column: int
    covers: int
    """The line that it speaks of: its own, or the next one if it stands alone."""
    codes: tuple[str, ...]


class Comments(NamedTuple):
    """The lines of a file, and what its comments ignore: lines and codes."""

    lines: tuple[str, ...]
    covered: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, world: World, file: str) -> Comments:
        lines = lines_of(world, file)
        return cls(lines, frozenset((ignore.covers, code) for ignore in ignores(lines) for code in ignore.codes))


def settled(
    found: Iterable[Diagnostic], severities: Iterable[tuple[str, Severity]], world: World
) -> tuple[Diagnostic, ...]:
    """The findings with the severities that the source wants, without those that a comment in their file ignores."""
    wanted, comments = dict(severities), cache(partial(Comments.of, world))
    return tuple(
        regraded
        for diagnostic in found
        if not is_ignored(diagnostic, comments)
        if (regraded := graded(diagnostic, wanted))
    )


def lines_of(world: World, file: str) -> tuple[str, ...]:
    """The lines of a source as its findings count them; none where it can't be read."""
    data = world.read(file)
    text = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""
    return tuple(LINE_END.split(text))


def graded(diagnostic: Diagnostic, severities: Mapping[str, Severity]) -> Diagnostic | None:
    wanted = severities.get(diagnostic.code)
    if diagnostic.severity == "error" or wanted in (None, "warning"):
        return diagnostic
    return replace(diagnostic, severity="error") if wanted == "error" else None


def is_ignored(diagnostic: Diagnostic, comments: Callable[[str], Comments]) -> bool:
    span = diagnostic.span
    if diagnostic.severity == "error" or not span.line:
        return False
    lines, covered = comments(span.file)
    return any((line, diagnostic.code) in covered for line in (span.line, head_of(span.line, lines)))


def head_of(line: int, lines: Sequence[str]) -> int:
    """The line on which the text over several lines begins that a line belongs to; itself if there is none."""
    if line > len(lines):
        return line
    depth = indent(lines[line - 1])
    for number in range(line - 1, 0, -1):
        text = lines[number - 1]
        if text.strip() and indent(text) < depth:
            return number if BLOCK_HEAD.search(text) else line
    return line


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def ignores(lines: Sequence[str]) -> Iterator[Ignore]:
    """The comments of a source that ignore findings."""
    for number, line in enumerate(lines, start=1):
        if "deckgen:" in line and (found := COMMENT.search(line)):
            alone = not line[: found.start()].strip()
            codes = tuple(re.findall(r"[\w-]+", found[1]))
            yield Ignore(number, found.start() + 1, number + alone, codes)


def unused(found: Iterable[Diagnostic], world: World, file: str) -> Iterator[Diagnostic]:
    """A warning for each comment that ignores nothing: what it was for may be put right by now."""
    lines = lines_of(world, file)
    there = {
        (line, diagnostic.code)
        for diagnostic in found
        if diagnostic.severity == "warning" and diagnostic.span.file == file and diagnostic.span.line
        for line in (diagnostic.span.line, head_of(diagnostic.span.line, lines))
    }
    for ignore in ignores(lines):
        where = Span(file, ignore.line, ignore.column)
        idle = not any((ignore.covers, code) in there for code in ignore.codes)
        fix = without(lines[ignore.line - 1], where) if idle else None
        for code in ignore.codes:
            if code not in WARNINGS:
                yield warning(where, f"{code!r} can't be ignored", meant(code), "ignore")
            elif (ignore.covers, code) not in there:
                yield warning(where, f"there is no {code!r} to ignore here", "delete the comment", "ignore", fix)
        if not ignore.codes:
            yield warning(where, "this comment doesn't say what to ignore", "write a code after it", "ignore")


def without(line: str, comment: Span) -> Edit:
    """The edit that deletes a comment, and the space before it."""
    start = len(line[: comment.column - 1].rstrip())
    return Edit(comment._replace(column=start + 1), line[start:], "")


def meant(code: str) -> str:
    if code in CODES:
        return "only warnings can: put it right"
    near = get_close_matches(code, WARNINGS, 1)
    return f"did you mean {near[0]!r}?" if near else f"codes that can: {', '.join(sorted(WARNINGS))}"
