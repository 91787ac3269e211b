"""What is wrong in a theme's files is told once, at its place, with what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES

from deckgen.diagnostics import Diagnostic
from deckgen.read.style_sheet import properties
from deckgen.read.theme import read_theme
from deckgen.world import MemoryWorld, packaged_themes

FOLDER = packaged_themes() / "paper"
TEXT = (FOLDER / "theme.yaml").read_text(encoding="utf-8")
CSS = (FOLDER / "handout.css").read_bytes()


def found(change: Callable[[str], str], css: bytes | None = CSS) -> list[Diagnostic]:
    """What is wrong with the theme `paper` after a change."""
    files = {"themes/paper/theme.yaml": change(TEXT).encode()}
    if css is not None:
        files["themes/paper/handout.css"] = css
    return list(read_theme(MemoryWorld(files), "paper")[1])


def without(begin: str) -> Callable[[str], str]:
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if not line.startswith(begin))


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (lambda text: text.replace("\n  accent: ", "\n  acent: ", 1), "the colour 'accent' is missing", "'acent'"),
        (without("  accent: "), "the colour 'accent' is missing", "copy it from the theme"),
        (lambda text: text.replace("\nlayouts:", "\nlayout:", 1), "unknown key 'layout'", "did you mean 'layouts'?"),
        (lambda text: text.replace("name: paper", 'name: "paper', 1), "this quotation mark is never closed", "end of"),
        (lambda text: "", "a theme is made of 'key: value' lines", "copy those of another theme"),
    ],
    ids=["colour-misspelt", "colour-missing", "part-misspelt", "not-yaml", "empty"],
)
def test_one_fault_is_told_once(change: Callable[[str], str], message: str, hint: str) -> None:
    [problem] = found(change)
    assert problem.message == message
    assert hint in problem.hint
    assert problem.span.file == "themes/paper/theme.yaml" and problem.span.line


@pytest.mark.parametrize(
    ("css", "place", "message", "hint"),
    [
        (".a { colour: red }", "1:6", "print knows no property 'colour'", "did you mean 'color'?"),
        (".a {\n  margin: 2pp 3pt;\n}", "2:11", "print knows no unit 'pp'", "known: "),
        (".a { margin: calc(2pt + 3qt) }", "1:25", "print knows no unit 'qt'", ""),
        (".a { color: }", "1:6", "nothing is written for 'color'", "a value"),
        (".a { color red; top: 0 }", "1:15", "this is no CSS", "'property: value;'"),
        (".a { color: red\n.b { top: 0 }\n", "1:1", "a brace that begins here is never closed", "} at its end"),
        (".a { top: 0 }\n/* and so on", "2:1", "a comment that begins here is never closed", "*/"),
        (".a { content: 'x }\n", "1:1", "a brace that begins here", ""),
        (".a { content: 'x\n; top: 0 }", "1:15", "the text that begins here is never closed", "quotation mark"),
        ("hello world", "1:12", "this is no CSS", "'selector { ... }'"),
        (".a { top: 0 } }", "1:16", "this is no CSS", ""),
        (":not(a," * 999 + "b" + ")" * 999 + "{}", "1:1", "this selector is nested too deep", ""),
        ("h1:hovver { top: 0 }", "1:1", "print knows no selector 'h1:hovver'", "Unknown pseudo-class"),
        ("h1 > { top: 0 }", "1:1", "print knows no selector 'h1 >'", ""),
        ("@mdia print { }", "1:1", "print knows no rule @mdia", "'media'"),
        ("@page { @top-lefft { content: 'x' } }", "1:9", "print knows no rule @top-lefft in @page", "'top-left'"),
        ("@media print { p { widht: 1pt } }", "1:20", "print knows no property 'widht'", "'width'"),
        ("p { & b { colr: red } }", "1:11", "print knows no property 'colr'", "'color'"),
        ("@import 'a.css';", "1:1", "nothing is imported", "no files but the theme's fonts"),
        ("@font-face { src: x }", "1:1", "fonts are no part", "theme.yaml"),
        (".a { background: url(/etc/passwd) }", "1:18", "a style sheet can't name a file", "no files"),
        ('.a { font-family: "deckgen Newsreadr" }', "1:19", "no font 'deckgen Newsreadr'", "'deckgen Newsreader'"),
    ],
)
def test_what_print_would_leave_out_of_a_style_sheet_is_told(css: str, place: str, message: str, hint: str) -> None:
    [problem] = found(lambda text: text, css.encode())
    assert (str(problem.span), problem.code) == (f"themes/paper/handout.css:{place}", "theme")
    assert message in problem.message and hint in problem.hint


def test_all_that_css_for_print_has_may_stand_in_a_style_sheet() -> None:
    css = """@charset "utf-8"; @page :first { size: A4; @bottom-center { content: counter(page) } }
      @media print { a::after { content: " (" attr(href) ")" } } :root { --mine: 3mm } p:not(.x) > b {
      top: var(--mine) }
      .x { & b { -weasy-anchor: none; color: RED } } h1::marker, li:nth-child(2n+1) { width: calc(100% - 2em) }"""
    assert found(lambda text: text, css.encode()) == []
    assert found(lambda text: text, b"") == [] and len(found(lambda text: text, b".a{" * 9000)) == 1
    assert len(found(lambda text: text, b".a{colr:red}\n" * 9000)) == 100


def test_the_properties_of_print_are_those_of_the_renderer() -> None:
    names = {name.replace("_", "-") for name in (*PROPERTIES, *EXPANDERS)}
    assert properties() == names


def test_a_name_that_is_used_often_is_told_of_once() -> None:
    problems = found(lambda text: text.replace("colour: muted", "colour: mutd"))
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("there is no colour 'mutd'", "did you mean 'muted'?")
    ]


def test_a_style_sheet_may_be_empty_and_not_missing() -> None:
    assert found(lambda text: text, b"") == []
    [problem] = found(lambda text: text, None)
    assert "handout.css" in problem.message and problem.hint == "a file of this name may be empty"
