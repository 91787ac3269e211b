"""Files are replaced together, whatever happens in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deckgen.outputs import JOURNAL, PART, Unfinished, digest, replace_together, settle
from tests.command import contents

OLD = {"a.pptx": b"old deck", "a-handout.pdf": b"old handout"}
NEW = {"a.pptx": b"new deck", "a-handout.pdf": b"new handout"}
DYING = """
import os, sys
from pathlib import Path
from deckgen.outputs import replace_together
left = int(sys.argv[2])
def dying(call):
    def made(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return call(*arguments, **named)
    return made
for name in ("open", "replace", "unlink", "fsync", "write"):
    setattr(os, name, dying(getattr(os, name)))
replace_together(Path(sys.argv[1]), {"a.pptx": b"new deck", "a-handout.pdf": b"new handout"})
"""
RACE = """
import sys
from pathlib import Path
from deckgen.outputs import replace_together, settle
who = sys.argv[2].encode()
for i in range(25):
    settle(Path(sys.argv[1]))
    replace_together(Path(sys.argv[1]), {"a.pptx": who, "a-handout.pdf": who})
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    replace_together(tmp_path / "build", OLD)
    return tmp_path / "build"


def journal(folder: Path, *steps: tuple[str, str, bytes], **parts: bytes) -> None:
    """A journal as a build leaves it that died after its new files were written."""
    for name, data in parts.items():
        (folder / f".{name}{PART}").write_bytes(data)
    (folder / JOURNAL).write_text(json.dumps([(f".{part}{PART}", name, digest(data)) for part, name, data in steps]))


def test_all_are_replaced_and_nothing_else_is_left(folder: Path) -> None:
    assert contents(folder) == OLD
    replace_together(folder, NEW)
    assert contents(folder) == NEW


def test_files_have_the_permissions_that_new_files_have(folder: Path) -> None:
    (folder / "other").touch()
    assert (folder / "a.pptx").stat().st_mode == (folder / "other").stat().st_mode


def test_a_death_at_any_step_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    """The process dies before its first call of the system, its second, and so on until it lives to the end."""
    outcomes = []
    for steps in range(40):
        folder = tmp_path / str(steps)
        replace_together(folder, OLD)
        done = subprocess.run([sys.executable, "-c", DYING, folder, str(steps)], timeout=60)
        settle(folder)
        outcomes.append(contents(folder))
        if done.returncode == 0:
            break
    assert outcomes[0] == OLD and outcomes[-1] == NEW and len(outcomes) > 8
    assert all(outcome in (OLD, NEW) for outcome in outcomes)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_system_that_fails_in_the_middle_leaves_all_old_or_completes_it(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == number:
            raise OSError(5, "Input/output error", str(source), None, str(target))
        os.rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        with pytest.raises(OSError, match="Input/output error") as caught:
            replace_together(folder, NEW)
    assert isinstance(caught.value, Unfinished) == (number > 1)
    settle(folder)
    assert contents(folder) == (OLD if number == 1 else NEW)


def test_a_replacement_that_was_cut_short_is_completed_by_the_next(folder: Path) -> None:
    (folder / "a.pptx").write_bytes(b"new deck")
    journal(folder, ("1", "a.pptx", b"new deck"), ("2", "a-handout.pdf", b"new handout"), **{"2": b"new handout"})
    replace_together(folder, {"b.pptx": b"other"})
    assert contents(folder) == {**NEW, "b.pptx": b"other"}


@pytest.mark.parametrize(
    "text",
    ["", "[", "[[", "null", "7", "[7]", '["abc"]', '[["a", "b"]]', '{"a": 1}', "[" * 100_000, "\x00",
     "[" + " " * 2_000_000 + "]",
     f'[["../secret", "a.pptx", "{digest(b"secret")}"]]', f'[["/etc/hostname{PART}", "a.pptx", ""]]',
     f'[[".x{PART}", "../a.pptx", "{digest(b"part")}"]]', f'[[".x{PART}", "..", "{digest(b"part")}"]]',
     f'[[".y{PART}", "a.pptx", ""]]', f'[[".x{PART}", "a.pptx", "{digest(b"half of a part")}"]]'],
)  # fmt: skip
def test_a_journal_that_is_of_no_use_changes_nothing(text: str, folder: Path) -> None:
    """It is half written, from another machine without its files or with half of them, or somebody has forged it."""
    (folder.parent / "secret").write_bytes(b"secret")
    (folder / f".x{PART}").write_bytes(b"part")
    (folder / JOURNAL).write_text(text)
    settle(folder)
    assert contents(folder) == OLD
    assert sorted(path.name for path in folder.parent.iterdir()) == ["build", "secret"]


def test_half_of_a_foreign_replacement_is_dropped(folder: Path) -> None:
    journal(folder, ("1", "a.pptx", b"new deck"), ("2", "a-handout.pdf", b"new handout"), **{"1": b"new deck"})
    settle(folder)
    assert contents(folder) == OLD


def test_links_and_pipes_that_stand_in_the_way_are_not_followed(folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_bytes(b"secret")
    (folder / f".a.pptx{PART}").symlink_to(secret)
    (folder / JOURNAL).symlink_to("/dev/zero")
    (folder / "b.pptx").symlink_to(secret)
    replace_together(folder, {**NEW, "b.pptx": b"new"})
    assert contents(folder) == {**NEW, "b.pptx": b"new"}
    assert secret.read_bytes() == b"secret"
    os.mkfifo(folder / JOURNAL)
    settle(folder)
    assert contents(folder) == {**NEW, "b.pptx": b"new"}


def test_a_folder_in_the_place_of_a_file_leaves_all_old(folder: Path) -> None:
    (folder / "a-slides.pdf").mkdir()
    with pytest.raises(IsADirectoryError):
        replace_together(folder, {**NEW, "a-slides.pdf": b"new"})
    (folder / "a-slides.pdf").rmdir()
    assert contents(folder) == OLD


def test_of_two_builds_at_once_the_last_one_wins_wholly(tmp_path: Path) -> None:
    racers = [subprocess.Popen([sys.executable, "-c", RACE, tmp_path, who]) for who in ("one", "two")]
    assert [racer.wait(60) for racer in racers] == [0, 0]
    assert contents(tmp_path) in ({name: who for name in NEW} for who in (b"one", b"two"))
