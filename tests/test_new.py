"""The command `new`: what it makes builds without a finding, in every theme and language."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from deckgen.world import packaged_themes
from tests.command import deckgen


def test_a_new_project_builds_without_findings(tmp_path: Path) -> None:
    done = deckgen("new", "my-talk", cwd=tmp_path)
    assert done.returncode == 0 and "deckgen preview my-talk" in done.stdout
    assert (tmp_path / "my-talk" / "build").is_dir()
    checked = deckgen("check", "--strict", "my-talk", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert deckgen("build", cwd=tmp_path / "my-talk").returncode == 0
    assert sorted(path.name for path in (tmp_path / "my-talk" / "build").iterdir()) == [
        "my-talk-handout.pdf",
        "my-talk.pptx",
    ]


@pytest.mark.parametrize(("theme", "language"), [("night", "de"), ("signal", "en-GB"), ("paper", "he")])
def test_in_every_theme(theme: str, language: str, tmp_path: Path) -> None:
    assert deckgen("new", "t", "--theme", theme, "--language", language, cwd=tmp_path).returncode == 0
    checked = deckgen("check", "--strict", "t", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_odd_names_are_text(tmp_path: Path) -> None:
    title, author = 'Costs: "what now"? #1', "O'Neil, [x]: - y \\ $z"
    deckgen("new", "Über uns", "--title", title, "--author", author, cwd=tmp_path)
    source = (tmp_path / "Über uns" / "source" / "uber-uns.yaml").read_text("utf-8")
    talk = yaml.safe_load(source)
    assert (talk["title"], talk["author"]) == (title, author)


@pytest.mark.parametrize(
    ("folder", "stem", "title"),
    [
        ("My great talk", "my-great-talk", "My great talk"),
        ("Über Größe & Maß", "uber-grosse-mass", "Über Größe & Maß"),
        ("sql_for-DBAs", "sql-for-dbas", "Sql for DBAs"),
        ("日本語", "talk", "日本語"),
        ("12:30 #1", "12-30-1", "12:30 #1"),
    ],
)
def test_the_folder_may_have_any_name(folder: str, stem: str, title: str, tmp_path: Path) -> None:
    """What it says to type next can be typed as it stands."""
    done = deckgen("new", folder, cwd=tmp_path)
    source = tmp_path / folder / "source" / f"{stem}.yaml"
    assert yaml.safe_load(source.read_text("utf-8"))["title"] == title
    *_, command = done.stdout.splitlines()
    assert shlex.split(command) == ["deckgen", "preview", folder]
    checked = deckgen("check", "--strict", folder, cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_project_may_begin_in_a_new_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert deckgen("new", ".", "--title", "Here", cwd=tmp_path).returncode == 0
    assert deckgen("check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["talk.yaml"], "deckgen new talk"),
        (["t", "--language", "xx-bad-zz"], "'xx-bad-zz' is no language tag"),
        (["file"], "is a file"),
    ],
)
def test_what_can_not_be_made_is_said_before_anything_is_written(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    done = deckgen("new", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_theme_that_stands_here_comes_along(tmp_path: Path) -> None:
    shutil.copytree(packaged_themes() / "paper", tmp_path / "themes" / "acme")
    assert deckgen("new", "t", "--theme", "acme", cwd=tmp_path).returncode == 0
    assert (tmp_path / "t" / "themes" / "acme" / "theme.yaml").is_file()
    assert deckgen("check", "t", cwd=tmp_path).returncode == 0
    schema = json.loads((tmp_path / "t" / ".deckgen" / "source.schema.json").read_text("utf-8"))
    assert "acme" in json.dumps(schema["$defs"]["themes"])


def test_a_theme_may_be_copied_to_be_changed(tmp_path: Path) -> None:
    assert deckgen("new", "t", "--theme", "night", "--copy-theme", cwd=tmp_path).returncode == 0
    theme = tmp_path / "t" / "themes" / "night" / "theme.yaml"
    head, _, _ = theme.read_text("utf-8").partition("\n")
    assert (theme.parent / head.removeprefix("# yaml-language-server: $schema=")).is_file()
    theme.write_text(theme.read_text("utf-8").replace("#0", "#x", 1), "utf-8")
    assert "themes/night/theme.yaml" in deckgen("check", "t", cwd=tmp_path).stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "mine.txt").write_text("x")
    done = deckgen("new", "t", cwd=tmp_path)
    assert done.returncode == 2 and "not empty" in done.stderr
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["mine.txt"]
    assert deckgen("new", "u", "--theme", "papper", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "u").exists()
