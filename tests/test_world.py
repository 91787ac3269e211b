"""The world: what may be read, and what is refused."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deckgen.diagnostics import Diagnostic, Span
from deckgen.world import DiskWorld, MemoryWorld, World, time_stamp


@pytest.fixture
def world(tmp_path: Path) -> DiskWorld:
    root = tmp_path / "project"
    (root / "source").mkdir(parents=True)
    (root / "source" / "talk.yaml").write_text("deckgen: 1")
    (tmp_path / "secret.txt").write_text("secret")
    return DiskWorld(root, tmp_path / "fonts")


def refusal(world: World, path: str) -> str:
    found = world.read(path)
    assert isinstance(found, Diagnostic)
    return found.message


def test_files_under_the_root_are_read(world: DiskWorld) -> None:
    assert world.read("source/talk.yaml") == b"deckgen: 1"
    assert world.read("source/../source/talk.yaml") == b"deckgen: 1"
    assert world.sources() == ("source/talk.yaml",)


@pytest.mark.parametrize("path", ["../secret.txt", "source/../../secret.txt", "/etc/passwd", "C:\\secret", "", "a\0b"])
def test_paths_out_of_the_root_are_refused(world: DiskWorld, path: str) -> None:
    message = refusal(world, path)
    assert "absolute" in message or "out of the project's folder" in message or "no path" in message
    assert refusal(MemoryWorld({}), path) == message


def test_links_out_of_the_root_are_refused(world: DiskWorld, tmp_path: Path) -> None:
    (world.root / "link.yaml").symlink_to(tmp_path / "secret.txt")
    (world.root / "inside.yaml").symlink_to(world.root / "source" / "talk.yaml")
    (world.root / "loop.yaml").symlink_to(world.root / "loop.yaml")
    assert "out of the project's folder" in refusal(world, "link.yaml")
    assert world.read("inside.yaml") == b"deckgen: 1"
    assert "can't be read" in refusal(world, "loop.yaml")


def test_what_is_no_file_is_refused(world: DiskWorld) -> None:
    os.mkfifo(world.root / "pipe")
    assert refusal(world, "pipe") == "pipe is not a file"
    assert refusal(world, "source") == "source is not a file"
    assert refusal(world, "source/talk.yaml/x") == "source/talk.yaml/x is not a file"
    assert "can't be read" in refusal(world, "x" * 1000)


def test_a_missing_file_has_a_suggestion(world: DiskWorld) -> None:
    found = world.read("source/talks.yaml", at=Span("a.yaml", 3, 4))
    assert isinstance(found, Diagnostic)
    assert str(found) == "a.yaml:3:4: error: there is no file source/talks.yaml"
    assert found.hint == "did you mean source/talk.yaml?"


def test_large_files_are_refused(world: DiskWorld) -> None:
    found = world.read("source/talk.yaml", limit=5)
    assert isinstance(found, Diagnostic)
    assert "too large" in found.message


def test_a_theme_of_the_project_comes_before_ours(world: DiskWorld) -> None:
    ours = world.read_theme("paper", "theme.yaml")
    assert isinstance(ours, bytes)
    folder = world.root / "themes" / "paper"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: mine")
    assert world.read_theme("paper", "theme.yaml") == b"name: mine"
    assert isinstance(world.read_theme("paper", "handout.css"), Diagnostic)
    assert "paper" in world.themes()


@pytest.mark.parametrize("theme", ["../paper", "Paper", "", ".", "paper/../paper"])
def test_names_of_themes_are_no_paths(world: DiskWorld, theme: str) -> None:
    found = world.read_theme(theme, "theme.yaml")
    assert isinstance(found, Diagnostic)
    assert found.message == f"there is no theme {theme!r}"


def test_files_of_a_theme_stay_in_it(world: DiskWorld) -> None:
    (world.root / "themes" / "own").mkdir(parents=True)
    (world.root / "themes" / "own" / "theme.yaml").write_text("")
    (world.root / "themes" / "own" / "secret.css").symlink_to("/etc/passwd")
    assert isinstance(world.read_theme("own", "secret.css"), Diagnostic)


def test_the_stamp_comes_from_the_environment() -> None:
    assert time_stamp({"SOURCE_DATE_EPOCH": "0"}) == datetime(1970, 1, 1, tzinfo=UTC)
    assert time_stamp({}) is None
    assert time_stamp({"SOURCE_DATE_EPOCH": "soon"}) is None
    assert time_stamp({"SOURCE_DATE_EPOCH": "9" * 30}) is None
