"""Diagnostics as text for people."""

from __future__ import annotations

import io

from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.report import as_text, show


def lines_of(*diagnostics: Diagnostic, text: str = "") -> list[str]:
    return as_text(diagnostics, lambda _: text).splitlines()


def test_the_caret_stands_under_the_column() -> None:
    for line in ("abcX", "\tabX", "漢字X", "e\u0301X", "\t漢\tX", "a\u0007X"):
        _, shown, caret, _ = lines_of(error(Span("a", 1, line.index("X") + 1), "here"), text=line)
        before = shown[: shown.index("X")]
        wide = sum(1 for c in before if c in "漢字") - before.count("\u0301")
        assert caret.index("^") == len(before) + wide, line


def test_long_lines_are_cut_around_the_caret() -> None:
    _, shown, caret, _ = lines_of(error(Span("a", 1, 501), "here"), text="-" * 500 + "X" + "-" * 500)
    assert len(shown) < 130
    assert shown[caret.index("^")] == "X"


def test_nothing_of_a_source_steers_the_terminal() -> None:
    evil = "\x1b[31m\x07\u202e"
    report = as_text((error(Span(evil, 1, 2), evil, evil),), lambda _: f"a{evil}")
    assert all(c.isprintable() or c == "\n" for c in report)


def test_findings_are_counted() -> None:
    assert lines_of(error(Span("a"), "x"))[-1] == "1 error"
    doubt = warning(Span("a"), "y")
    assert lines_of(error(Span("a"), "x"), doubt, doubt)[-1] == "1 error, 2 warnings"
    assert lines_of(*[error(Span("a"), "x")] * 150)[-1] == "150 errors (50 not shown)"
    assert lines_of(error(Span("a"), "x"))[0] == "a: error: x"


def test_a_file_that_can_not_be_shown_has_no_line() -> None:
    assert as_text((error(Span("a", 3, 1), "x"),), lambda _: None) == "a:3:1: error: x\n1 error\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals() -> None:
    diagnostics = (error(Span("a", 1, 1), "[bold]x[/bold]"),)
    pipe, terminal = io.StringIO(), Terminal()
    show(diagnostics, lambda _: "text", pipe)
    show(diagnostics, lambda _: "text", terminal)
    assert pipe.getvalue() == as_text(diagnostics, lambda _: "text")
    assert "\x1b[" not in pipe.getvalue()
    assert "[bold]x[/bold]" in terminal.getvalue()


def test_nothing_is_written_about_nothing() -> None:
    stream = io.StringIO()
    show((), lambda _: None, stream)
    assert stream.getvalue() == ""
