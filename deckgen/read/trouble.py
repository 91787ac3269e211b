"""The place where libyaml stopped in a source, and the edits that put quotes around the value there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic, Edit, Span, error
from deckgen.read.source import Source

LINE = r"(\s*(?:- +)*(?:[\w-]+: +|- +))(%s(?:(?!\s#).)*?)\s*(?:\s#.*)?$"
"""A line with a value after a key, or after the dash of an entry; a comment may follow."""
PLAIN = re.compile(LINE % r"[^\s'\"\[{|>&*!#]")
MARKED = re.compile(LINE % r"[^\s'\"\[{#]")
"""The value may begin with a sign that means something to YAML."""
ANY = re.compile(LINE % r"[^\s#]")
QUOTED = re.compile(LINE % r"['\"]")


class Trouble(NamedTuple):
    """Where libyaml stopped, and where that which it was reading began. Lines and columns count from 0."""

    source: Source
    problem: str
    line: int
    column: int
    start_line: int
    start_column: int

    def text(self, line: int) -> str:
        return self.source.lines[line] if 0 <= line < len(self.source.lines) else ""

    def here(self, message: str, hint: str = "", fix: Edit | None = None) -> Diagnostic:
        return error(self.source.within(self.line + 1, self.column + 1), message, hint, fix=fix)

    def start(self, message: str, hint: str = "") -> Diagnostic:
        return error(self.source.within(self.start_line + 1, self.start_column + 1), message, hint)

    def above(self) -> Iterator[str]:
        """The lines over the place that are not blank, the nearest first."""
        return (line for line in reversed(self.source.lines[: self.line]) if line.strip())

    @property
    def before(self) -> str:
        """The line up to the place."""
        return self.text(self.line)[: self.column]

    @property
    def after(self) -> str:
        return self.text(self.line)[self.column :]


def in_quotes(trouble: Trouble, line: int, values: re.Pattern[str] = PLAIN) -> Edit | None:
    """The edit that puts the value of a key, or of an entry of a list, in quotes, where it is all of its line."""
    found = values.match(trouble.text(line))
    if not found:
        return None
    value = found[2].replace("\\", "\\\\").replace('"', '\\"')
    return Edit(Span(trouble.source.file, line + 1, len(found[1]) + 1), found[2], f'"{value}"')


def other_quotes(trouble: Trouble) -> Edit | None:
    """The edit that puts a value in the quotation marks that do not stand in it, where it is all of its line."""
    found = QUOTED.match(trouble.text(trouble.line))
    if not found:
        return None
    written, mark = found[2], found[2][0]
    other = "'" if mark == '"' else '"'
    inner = re.match(rf"{mark}[^{mark}]*{mark}\S", written)
    if other in written or "\\" in written or (inner and not written.endswith(mark)):
        return None
    words = written[1:-1] if inner else written
    return Edit(Span(trouble.source.file, trouble.line + 1, len(found[1]) + 1), written, f"{other}{words}{other}")
