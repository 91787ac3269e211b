"""The lines of a file of code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen

MARK = re.compile(r"deckgen:\s*(begin|end)\s+([\w.-]+)")
"""Begins or ends a part of a file, in a comment of any syntax: `# deckgen: begin setup`."""

NUMBERS = re.compile(r"\s*(?:\d{1,9}\s*(?:-\s*(?:\d{1,9}\s*)?)?|-\s*\d{1,9}\s*)")

LINES = re.compile(r"\s*([0-9]{1,9})\s*(?:-\s*([0-9]{1,9})\s*)?")


@frozen
class Listing:
    """A file of code, line by line. `span` is where the source names the file."""

    file: str
    lines: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def parts(self) -> dict[str, range]:
        """The numbers of the lines of each marked part, without the marks; a part that never ends goes to the end."""
        found: dict[str, range] = {}
        for number, line in enumerate(self.lines, start=1):
            for word, name in MARK.findall(line):
                if word == "begin":
                    found.setdefault(name, range(number + 1, len(self.lines) + 1))
                elif name in found and found[name].stop == len(self.lines) + 1:
                    found[name] = range(found[name].start, number)
        return found


def within(all_lines: range, wanted: str) -> range:
    """The lines that "6", "3-5", "3-" or "-5" names, of those there are; none if it names others."""
    first, dash, last = wanted.strip().partition("-")
    if not all_lines or not NUMBERS.fullmatch(wanted):
        return range(0)
    start = int(first) if first.strip() else all_lines[0]
    end = int(last) if last.strip() else all_lines[-1] if dash else start
    return range(start, end + 1) if all_lines[0] <= start <= end <= all_lines[-1] else range(0)


def spelled(lines: range) -> str:
    return f"{lines[0]} to {lines[-1]}" if lines else "none"


def shared_indent(lines: Iterable[str]) -> int:
    """How many spaces all lines begin with that are not blank."""
    return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)


def line_range(part: str) -> range:
    """The lines that "6" or "3-5" names; none if it names no lines."""
    found = LINES.fullmatch(part)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
