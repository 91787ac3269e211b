"""The gallery, a talk that shows every kind in every state, holds all promises in every theme."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import page
import pytest

from deckgen.blocks import kind_of, kinds
from deckgen.build import Options, build
from deckgen.check.pdf_text import read_pdf_text
from deckgen.diagnostics import has_errors
from deckgen.model.deck import Section, Slide
from deckgen.talk import Talk, prepare
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld
from tests.judges import accessible, betteroffice, package_check, schema_check
from tests.judges.libreoffice import to_pdf, without_autofit, words_of
from tests.judges.lines import chart_differences, differences
from tests.judges.similarity import alike, pictures

ROOT = Path(__file__).parent.parent
SOURCE = "source/gallery.yaml"
THEMES = sorted(folder.name for folder in (ROOT / "themes").iterdir() if (folder / "theme.yaml").is_file())
ALIKE = 0.95
"""Least structural similarity of LibreOffice's picture of a slide and ours."""
LONG_LINES = "LibreOffice sets long lines 0.4 % wider: it rounds the advance of each glyph"
UNLIKE = {"bullets-too-full": LONG_LINES, "bullets-too-full--2": LONG_LINES}
"""Slides that LibreOffice draws in another way, and why."""
LEAST_ALIKE = 0.93
"""Of these."""


@dataclass(frozen=True)
class Made:
    """The gallery in a theme, and its files."""

    talk: Talk
    deck: Path
    handout: Path
    slides: Path
    drawn: Path
    """The deck as LibreOffice prints it."""


@pytest.fixture(scope="module", params=THEMES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    theme = request.param
    folder = tmp_path_factory.mktemp(theme)
    world = DiskWorld(ROOT, default_folder())
    built = build(world, SOURCE, Options(theme=theme, slides_pdf=True))
    assert not has_errors(built.diagnostics), built.diagnostics
    handout = next(output.data for output in built.outputs if output.suffix == "-handout.pdf")
    talk, _ = prepare(world, SOURCE, theme, read_pdf_text(handout).numbers)
    assert talk
    for output in built.outputs:
        (folder / f"gallery{output.suffix}").write_bytes(output.data)
    without_autofit(folder / "gallery.pptx", folder / "judged.pptx")
    drawn = to_pdf(folder / "judged.pptx", talk.theme, folder)
    deck, printed, slides = (folder / f"gallery{suffix}" for suffix in (".pptx", "-handout.pdf", "-slides.pdf"))
    return Made(talk, deck, printed, slides, drawn)


def test_every_kind_is_shown(made: Made) -> None:
    entries = made.talk.deck.slides
    blocks = [block for entry in entries if isinstance(entry, Slide) for block in (*entry.body, *entry.handout)]
    blocks += [block for entry in entries if isinstance(entry, Section) for block in entry.handout]
    assert kinds() - {kind_of(block) for block in (*blocks, *made.talk.deck.abstract)} == set()


def test_the_deck_is_valid(made: Made) -> None:
    assert package_check.findings(made.deck.read_bytes()) == []
    assert schema_check.findings(made.deck) == []


def test_the_deck_can_be_heard(made: Made) -> None:
    assert accessible.findings(made.deck.read_bytes()) == []


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_handout_is_accessible_and_archivable(made: Made, profile: str) -> None:
    report = page.validate_pdf(str(made.handout), profile=profile)
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []


def test_libreoffice_breaks_lines_as_computed(made: Made) -> None:
    pages = words_of(made.drawn)
    assert len(pages) == len(made.talk.show.pages)
    both = zip(made.talk.show.pages, pages, strict=True)
    assert [found for one, words in both for found in differences(one, words, made.talk.theme)] == []


def test_libreoffice_shows_the_words_of_charts(made: Made) -> None:
    both = zip(made.talk.show.pages, words_of(made.drawn), strict=True)
    assert [found for one, words in both for found in chart_differences(one, words)] == []


def test_betteroffice_breaks_lines_as_computed(made: Made) -> None:
    pages = betteroffice.lines_of(made.deck.read_bytes(), made.talk.theme)
    both = zip(made.talk.show.pages, pages, strict=True)
    assert [found for one, words in both for found in differences(one, words, made.talk.theme)] == []


def test_libreoffice_draws_slides_as_our_pages_do(made: Made) -> None:
    ours, theirs = pictures(made.slides), pictures(made.drawn)
    both = zip(made.talk.show.pages, ours, theirs, strict=True)
    likeness = {one.id: round(alike(a, b), 3) for one, a, b in both}
    least = {name: LEAST_ALIKE if name in UNLIKE else ALIKE for name in likeness}
    assert {name: value for name, value in likeness.items() if value < least[name]} == {}


def test_another_process_makes_the_same_bytes(made: Made, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deckgen", "build", SOURCE, "--theme", made.talk.theme.name, "--slides-pdf"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati"}
    subprocess.run([*command, "--out", str(tmp_path)], cwd=ROOT, env=environment, check=True, capture_output=True)
    for file in (made.deck, made.handout, made.slides):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name
