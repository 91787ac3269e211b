"""Themes that people make and change: what is wrong with one is an error at its line, and what is right works."""

from __future__ import annotations

import io
from collections.abc import Callable

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE

from deckgen.build import Options, build
from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld, packaged_themes
from tests.test_cases import source

FOLDER = packaged_themes()


def themed(change: Callable[[str], str], base: str = "paper") -> tuple[str, ...]:
    """What is wrong with a theme after a change."""
    text = change((FOLDER / base / "theme.yaml").read_text(encoding="utf-8"))
    css = (FOLDER / base / "handout.css").read_bytes()
    files = {f"themes/{base}/theme.yaml": text.encode(), f"themes/{base}/handout.css": css}
    return tuple(str(found) for found in read_theme(MemoryWorld(files), base)[1])


def line_of(word: str, base: str = "paper", after: str = "") -> int:
    lines = (FOLDER / base / "theme.yaml").read_text(encoding="utf-8").splitlines()
    first = next((i for i, line in enumerate(lines) if after and line.startswith(after)), 0)
    return next(i for i, line in enumerate(lines, start=1) if i > first and word in line)


def test_text_that_is_too_pale_is_an_error_at_its_colour() -> None:
    [*found] = themed(lambda text: text.replace('muted: "#685F55"', 'muted: "#A59C92"', 1))
    place = f"themes/paper/theme.yaml:{line_of('muted:')}:10: error: "
    assert f"{place}the colour 'muted' has a contrast of 2.53 with 'bg', and needs 4.5" in found
    assert all("'muted'" in problem for problem in found)


def test_large_text_may_be_paler() -> None:
    def grey(text: str) -> str:
        text = text.replace('  warn: "#8A5A00"', '  warn: "#8A5A00"\n  grey: "#857C72"', 1)
        return text.replace("quote: {font: head, size_pt: 54,", "quote: {font: head, colour: grey, size_pt: 54,", 1)

    assert all("on the background" in problem for problem in themed(grey))
    small = themed(lambda text: grey(text).replace("colour: grey, size_pt: 54,", "colour: grey, size_pt: 23,"))
    assert any("'grey' has a contrast of 3.84 with 'bg', and needs 4.5" in problem for problem in small)


def test_text_is_judged_on_the_ground_that_it_stands_on() -> None:
    [*found] = themed(lambda text: text.replace('  on_accent2: "#0B1030"', '  on_accent2: "#FFFFFF"', 1), "signal")
    assert any("'on_accent2' has a contrast of 1.45 with 'accent2', and needs 4.5" in problem for problem in found)


def test_chart_colours_and_print_inks_are_judged_too() -> None:
    [chart] = [p for p in themed(lambda text: text.replace("#AE8421", "#E5C87C", 1)) if "in print" not in p]
    assert "chart colour 3 has a contrast of 1.53 with 'bg', and needs 3" in chart
    printed = themed(lambda text: text.replace('muted: "#53606D"', 'muted: "#9AA6B2"', 1), "night")
    assert any("'muted' has a contrast of 2.48 with 'bg' in print, and needs 4.5" in problem for problem in printed)
    assert f"themes/night/theme.yaml:{line_of('muted:', 'night', 'print_colours')}:" in printed[0]


@pytest.mark.parametrize(
    ("kind", "line", "missing"),
    [
        ("steps", "  badge: {", "the theme 'paper' has no style 'badge'"),
        ("comparison", "      left_best: {", "the theme 'paper' has no frame 'left_best' of the layout 'comparison'"),
    ],
)
def test_what_a_block_needs_and_a_theme_lacks_is_an_error(kind: str, line: str, missing: str) -> None:
    text = (FOLDER / "paper" / "theme.yaml").read_text(encoding="utf-8")
    less = "".join(row for row in text.splitlines(keepends=True) if not row.startswith(line))
    files = {"themes/paper/theme.yaml": less.encode(), "themes/paper/handout.css": b""}
    files["talk.yaml"] = source(kind).encode()
    made = build(MemoryWorld(files, default_folder()), "talk.yaml", Options(only="deck"))
    assert [problem.message for problem in made.diagnostics] == [missing]
    assert made.diagnostics[0].span.file == "themes/paper/theme.yaml" and not made.outputs


def test_a_theme_of_ones_own_takes_a_copy_and_twenty_lines() -> None:
    text = (FOLDER / "paper" / "theme.yaml").read_text(encoding="utf-8")
    changes = {
        "name: paper": "name: ocean",
        "description: A ruled page in warm white, serif headings, one red line": "description: A ruled page in blue",
        "family: Newsreader Display Medium, package: fontpkg_newsreader, axes: {opsz: 60}, regular: 500":
            "family: Condensed SemiBold, package: fontpkg_ibm_plex_sans, axes: {wdth: 85}, regular: 600",
        "family: Source Sans 3, package: fontpkg_source_sans_3":
            "family: IBM Plex Sans, package: fontpkg_ibm_plex_sans, axes: {wdth: 100}",
        '  bg: "#FBF7EF"': '  bg: "#F4FAFC"',
        '  surface: "#F3ECDF"': '  surface: "#E6F1F5"',
        '  surface2: "#E9DFCE"': '  surface2: "#D5E6ED"',
        '  text: "#221D18"': '  text: "#10242E"',
        '  accent: "#A5301C"': '  accent: "#0B5C7A"',
        '  accent_soft: "#F4DDD3"': '  accent_soft: "#CFE6EF"',
    }  # fmt: skip
    for old, new in changes.items():
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    files = {
        "themes/ocean/theme.yaml": text.encode(),
        "themes/ocean/handout.css": (FOLDER / "paper" / "handout.css").read_bytes(),
    }
    project = FOLDER.parent
    for file in (path for path in project.glob("source/**/*") if path.is_file()):
        files[file.relative_to(project).as_posix()] = file.read_bytes()
    made = build(MemoryWorld(files, default_folder()), "source/gallery.yaml", Options(theme="ocean", slides_pdf=True))
    assert made.diagnostics == ()
    assert [output.suffix for output in made.outputs] == [".pptx", "-slides.pdf", "-handout.pdf"]
    deck = pptx.Presentation(io.BytesIO(made.outputs[0].data))
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    assert "Condensed SemiBold" in theme and "0B5C7A" in theme and "Newsreader" not in theme


def test_values_that_print_does_not_know_are_told_when_it_is_made() -> None:
    css = (FOLDER / "paper" / "handout.css").read_text(encoding="utf-8")
    theme = (FOLDER / "paper" / "theme.yaml").read_bytes()
    wrong = "\n.text { margin: 3\n  furlongs; font-weight: boldest }\n"
    files = {
        "themes/ocean/theme.yaml": theme.replace(b"name: paper", b"name: ocean"),
        "themes/ocean/handout.css": f"{css}{wrong}".encode(),
        "talk.yaml": b"deckgen: 1\ntitle: T\ntheme: ocean\nslides:\n  - {title: A, bullets: [x]}\n",
    }
    made = build(MemoryWorld(files, default_folder()), "talk.yaml", Options(only="handout"))
    last = css.count("\n") + 2
    assert {(d.severity, d.code) for d in made.diagnostics} == {("warning", "theme")}
    assert [f"{d.span}: {d.message}" for d in made.diagnostics] == [
        f"themes/ocean/handout.css:{last}:9: print leaves out 'margin: 3 furlongs': invalid value",
        f"themes/ocean/handout.css:{last + 1}:13: print leaves out 'font-weight: boldest': invalid value",
    ]
    assert len(made.outputs) == 1
