"""Diagnostics as people read them: the place, the line with a caret, a hint, and a count at the end."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import IO, Literal, NamedTuple

from deckgen.diagnostics import Diagnostic

TAB_WIDTH = 4
WIDTH = 100
"""Columns of a source line that are shown; of a longer line, those around the caret."""
MOST = 100
"""Findings that are shown in full; the others are counted."""

Look = Literal["place", "error", "warning", "message", "code", "line", "caret", "hint", "summary"]
COLOURS: dict[Look, str] = {
    "place": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "message": "bold",
    "code": "dim",
    "line": "default",
    "caret": "bold red",
    "hint": "cyan",
    "summary": "bold",
}


class Piece(NamedTuple):
    text: str
    look: Look


def show(diagnostics: tuple[Diagnostic, ...], read: Callable[[str], str | None], stream: IO[str] | None) -> None:
    """Write diagnostics to a stream, in colours if it is a terminal.

    `read` gives the text of a source by its name, None if there is none to show.
    """
    if not diagnostics or stream is None:
        return
    lines = list(pieces(diagnostics, read))
    if not stream.isatty():
        write("".join("".join(piece.text for piece in line) + "\n" for line in lines), stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((piece.text, COLOURS[piece.look]) for piece in line)))


def say(line: str, stream: IO[str] | None) -> None:
    """Write one line."""
    write(printable(line) + "\n", stream)


def write(text: str, stream: IO[str] | None) -> None:
    """Write to a stream, if there is one. That nobody reads any more, or that it is full, must not stop the work."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        # What is left in the stream's buffer would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def progress(stream: IO[str] | None, doing: str) -> AbstractContextManager[object]:
    """Shows on a terminal that something is being done, as long as the context lasts; elsewhere nothing."""
    if stream is None or not stream.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.text import Text

    return Console(file=stream).status(Text(printable(doing)))


def as_text(diagnostics: tuple[Diagnostic, ...], read: Callable[[str], str | None]) -> str:
    """Diagnostics as plain text, each line ended."""
    return "".join("".join(piece.text for piece in line) + "\n" for line in pieces(diagnostics, read))


def pieces(diagnostics: tuple[Diagnostic, ...], read: Callable[[str], str | None]) -> Iterator[list[Piece]]:
    """The lines of the report."""
    sources: dict[str, list[str]] = {}
    for diagnostic in diagnostics[:MOST]:
        file = diagnostic.span.file
        if file not in sources:
            text = (read(file) if file else None) or ""
            sources[file] = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from finding(diagnostic, sources[file])
    yield [Piece(summary(diagnostics), "summary")]


def finding(diagnostic: Diagnostic, lines: list[str]) -> Iterator[list[Piece]]:
    span = diagnostic.span
    head = [Piece(f"{printable(str(span))}: ", "place")] if span.file else []
    yield [
        *head,
        Piece(f"{diagnostic.severity}: ", diagnostic.severity),
        Piece(printable(diagnostic.message), "message"),
        *([Piece(f" [{diagnostic.code}]", "code")] if diagnostic.code else []),
    ]
    if 0 < span.line <= len(lines) and (line := lines[span.line - 1]).strip():
        shown, caret = excerpt(line, span.column)
        number = str(span.line).rjust(5)
        yield [Piece(f"{number} | {shown}", "line")]
        yield [Piece(f"{' ' * len(number)} | ", "line"), Piece(f"{' ' * caret}^", "caret")]
    if diagnostic.hint:
        yield [Piece(f"  hint: {printable(diagnostic.hint)}", "hint")]


def excerpt(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column (from 1), and how many terminal columns stand before that."""
    at = min(max(column - 1, 0), len(line))
    before, after = expanded(line[:at]), expanded(line[at:], width(expanded(line[:at])))
    start, end = 0, len(before) + len(after)
    if width(before) + width(after) > WIDTH:
        start = max(0, len(before) - WIDTH // 2)
        end = start + WIDTH
    text = before + after
    cut = f"{'...' if start else ''}{text[start:end]}{'...' if end < len(text) else ''}"
    return cut.rstrip(), width(before[start:]) + (3 if start else 0)


def expanded(text: str, column: int = 0) -> str:
    """Text with its tabs as spaces up to the next tab stop, and nothing that steers a terminal."""
    parts = []
    for character in text:
        part = " " * (TAB_WIDTH - column % TAB_WIDTH) if character == "\t" else printable(character)
        column += width(part)
        parts.append(part)
    return "".join(parts)


def printable(text: str) -> str:
    """Text without characters that steer a terminal: each shows as U+FFFD, line ends and odd spaces as a space."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def width(text: str) -> int:
    """The columns that a text takes on a terminal: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    """`1 error, 2 warnings`, and how many of them are not shown."""
    counts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for word in ("error", "warning")
        if (count := sum(d.severity == word for d in diagnostics))
    ]
    more = len(diagnostics) - MOST
    return ", ".join(counts) + (f" ({more} not shown)" if more > 0 else "")
