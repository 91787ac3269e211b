"""What went wrong, where, and how to put it right: errors are data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A place in a source file. Lines and columns count from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Span("")
"""The place of text that no author wrote: a label or number that deckgen adds itself."""


@dataclass(frozen=True)
class Diagnostic:
    """One finding about a source. An `error` stops the build, a `warning` does not."""

    severity: Literal["error", "warning"]
    span: Span
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}: {self.message}"


def error(span: Span, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic("error", span, message, hint)


def warning(span: Span, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic("warning", span, message, hint)


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(d.severity == "error" for d in diagnostics)
