"""Every print profile of the talk and the gallery, in every theme, before independent readers."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import page as validator
import pdf_oxide
import pytest

from deckgen.build import Options, build
from deckgen.model.production import PROFILES, Press
from deckgen.styles import style_named
from deckgen.styles.grid import Grid
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld
from tests.command import deckgen, project, talk
from tests.judges import press_check
from tests.judges.inks import separations
from tests.pages_builders import poppler

ROOT = Path(__file__).parent.parent
PPI = 50
ROUNDING = 3
"""Per cent of ink: four plates of whole bytes, and what a mixture is rounded to."""
TALK, GALLERY = "source/understanding-docker.yaml", "source/gallery.yaml"


@pytest.fixture(
    scope="module", params=[(TALK, "paper"), (TALK, "night"), (TALK, "signal"), (GALLERY, "paper")], ids=str
)
def made(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Suffix -> file."""
    source, theme = request.param
    options = Options(theme=theme, only="handout", profiles=PROFILES)
    found = build(DiskWorld(ROOT, default_folder()), source, options)
    assert found.diagnostics == ()
    return {output.suffix: output.data for output in found.outputs}


def test_each_profile_is_a_file(made: dict[str, bytes]) -> None:
    assert list(made) == ["-handout.pdf", "-handout-press.pdf", "-handout-booklet.pdf"]


def test_no_reader_finds_anything_wrong(made: dict[str, bytes], tmp_path: Path) -> None:
    claims = {"-handout.pdf": ("ua1", "3a"), "-handout-booklet.pdf": ("3b",), "-handout-press.pdf": ()}
    for suffix, data in made.items():
        path = tmp_path / f"made{suffix}"
        path.write_bytes(data)
        assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0
        for profile in claims[suffix]:
            failures = validator.validate_pdf(str(path), profile=profile).failures
            assert [f"{failure.rule_id}: {failure.message}" for failure in failures] == []


def test_every_file_says_the_same(made: dict[str, bytes]) -> None:
    words = Counter(poppler("pdftotext", made["-handout.pdf"]).split())
    for data in made.values():
        assert Counter(poppler("pdftotext", data).split()) == words


def test_the_print_shop_gets_inks_only(made: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "press.pdf").write_bytes(made["-handout-press.pdf"])
    command = ["qpdf", "--qdf", "--object-streams=disable", "press.pdf", "-"]
    plain = subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.PIPE).stdout
    assert not re.findall(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG|scn|SCN|sc|SC)\s", plain)
    assert not re.findall(rb"/DeviceRGB|/CalRGB|/Lab\b|/N 3\b", plain)
    images = [line.split() for line in poppler("pdfimages", made["-handout-press.pdf"], "-list").splitlines()[2:]]
    assert {image[5] for image in images if image[2] == "image"} <= {"cmyk", "gray"}


def test_the_print_shop_gets_pdf_x_4(made: dict[str, bytes]) -> None:
    assert press_check.findings(made["-handout-press.pdf"]) == []
    verdict = pdf_oxide.PdfDocument.from_bytes(made["-handout-press.pdf"]).validate_pdf_x("4")
    assert verdict == {"valid": True, "level": "4", "errors": [], "warnings": []}


def test_no_place_takes_more_ink_than_the_profile_allows(made: dict[str, bytes], tmp_path: Path) -> None:
    pages = [plates.inside(PPI * 7 // 25) for plates in separations(made["-handout-press.pdf"], tmp_path, PPI)]
    most = max(float(plates.total.max()) for plates in pages)
    assert 100 < most <= Press().ink_limit + ROUNDING


def test_every_picture_is_sharp(made: dict[str, bytes]) -> None:
    """In the article at least; the build has warned of none."""
    rows = [line.split() for line in poppler("pdfimages", made["-handout-press.pdf"], "-list").splitlines()[2:]]
    assert all(min(int(row[12]), int(row[13])) >= 290 for row in rows if row[2] == "image")


@pytest.mark.parametrize("theme", ["paper", "night", "signal"])
def test_all_styles_can_be_printed(theme: str, tmp_path: Path) -> None:
    """The slides, too, which are drawn and not laid out, and paper that lies."""
    names = ("notes", "grid-3", "outline", "cheat-sheet", "slides")
    styles = (*filter(None, map(style_named, names)), Grid(slides=9, landscape=True))
    options = Options(theme=theme, only="handout", profiles=("press", "booklet"), handouts=styles)
    found = build(DiskWorld(ROOT, default_folder()), TALK, options)
    files = {output.suffix: output for output in found.outputs}
    assert not found.diagnostics and len(files) == 3 * len(styles) == 18
    for suffix, output in files.items():
        if suffix.endswith("-press.pdf"):
            assert press_check.findings(output.data) == []
            one = files[suffix.replace("-press", "")]
            assert Counter(poppler("pdftotext", output.data).split()) == Counter(poppler("pdftotext", one.data).split())
        elif suffix.endswith("-booklet.pdf"):
            path = tmp_path / "booklet.pdf"
            path.write_bytes(output.data)
            assert output.pages == 2 * -(-files[suffix.replace("-booklet", "")].pages // 4)
            if "slides" not in suffix:
                assert not validator.validate_pdf(str(path), profile="3b").failures


def test_the_command_line_takes_the_place_of_the_source(tmp_path: Path) -> None:
    source = project(tmp_path, talk=talk("A", print="booklet")) / "source" / "talk.yaml"
    assert deckgen("build", "--only", "handout", cwd=tmp_path).returncode == 0
    done = deckgen("build", "--only", "handout", "--print", "press", "--print", "screen", cwd=tmp_path)
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "build/talk-handout.pdf",
        "build/talk-handout-press.pdf",
    ]
    source.write_text(talk("B", print="booklet"), encoding="utf-8")
    stale = deckgen("build", "--print", "office", cwd=tmp_path).stderr
    for name in ("press", "booklet"):
        assert f"build/talk-handout-{name}.pdf is not of this source as it is now" in stale
    assert deckgen("build", "--only", "deck", "--print", "press", cwd=tmp_path).returncode == 2
