"""The wheel, installed where nothing else is, builds a talk: it brings its themes and names all its dependencies."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pptx
import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1]
TALK = """\
deckgen: 1
title: Bread
subtitle: From four ingredients
author: A Baker
date: 2026-11-24
language: en
theme: paper
slides:
  - title: Bread needs four things
    bullets:
      - Flour and water
      - Salt and time
    notes: |
      Pass the loaf round.
    handout: |
      Time is the ingredient that **nobody** sells.
"""


def run(*command: str | Path, folder: Path) -> str:
    """The command's output; a failing command fails the test with all that it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def distributions(requirements: list[str], extra: str = "") -> Iterator[importlib.metadata.Distribution]:
    """The installed distributions that these requirements ask for, and those that they ask for in turn."""
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            found = importlib.metadata.distribution(requirement.name)
            yield found
            for wanted in ("", *requirement.extras):
                yield from distributions(found.requires or [], wanted)


def lend(found: importlib.metadata.Distribution, site_packages: Path) -> None:
    """Makes an installed distribution visible in another environment, without a download."""
    for name in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
        if not (site_packages / name).exists():
            (site_packages / name).symlink_to(Path(str(found.locate_file(name))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, folder=PROJECT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and what it declares to need, and no more."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--quiet", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", wheel, folder=folder)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (metadata,) = importlib.metadata.distributions(name="deckgen-compiler", path=[str(site_packages)])
    for found in distributions(metadata.requires or []):
        lend(found, site_packages)
    return python


def test_the_wheel_carries_the_themes_and_the_catalogues(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"deckgen/themes/paper/theme.yaml", "deckgen/themes/paper/handout.css", "deckgen/py.typed"} <= names
    assert "deckgen/locale/de/LC_MESSAGES/deckgen.po" in names
    assert {"deckgen/preview/static/index.html", "deckgen/preview/static/preview.js"} <= names
    assert all(name.startswith(("deckgen/", "deckgen_compiler-")) for name in names)


def test_an_installed_wheel_builds_a_talk_in_an_empty_folder(python: Path, tmp_path: Path) -> None:
    used = run(python, "-c", "import deckgen; print(deckgen.__file__)", folder=tmp_path)
    assert Path(used).is_relative_to(python.parents[1])
    (tmp_path / "talk.yaml").write_text(TALK, encoding="utf-8")

    run(python.with_name("deckgen"), "build", "talk.yaml", folder=tmp_path)

    slides = pptx.Presentation(str(tmp_path / "build" / "talk.pptx")).slides
    words = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert "Bread needs four things" in words
    handout = run("pdftotext", "build/talk-handout.pdf", "-", folder=tmp_path)
    assert "Time is the ingredient that nobody sells." in " ".join(handout.split())


def test_an_installed_wheel_shows_a_talk(python: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(TALK, encoding="utf-8")
    command = (python.with_name("deckgen"), "preview", "talk.yaml", "--no-browser")
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        for path in ("", "static/preview.js", "fonts/serif.ttf"):
            with urlopen(address + path) as answer:
                assert answer.status == 200 and len(answer.read()) > 1000
        process.terminate()
