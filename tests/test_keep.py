"""What is kept between builds, and what is waited for."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from deckgen.diagnostics import Diagnostic, Span
from deckgen.keep import MOST, Keep
from deckgen.loop.snapshot import Snapshot
from deckgen.loop.watching import Watching, nearest
from deckgen.world import MemoryWorld


def test_equal_values_are_made_once_and_what_is_forgotten_anew() -> None:
    keep, made = Keep(), list[int]()

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [keep.recall("a", (1, "x"), make), keep.recall("a", (1, "x"), make)] == [0, 0]
    assert keep.recall("a", (2, "x"), make) == 1 and keep.recall("a", (1, "x"), make) == 0
    assert keep.recall("b", (1, "x"), make) == 2
    keep.forget("a")
    assert keep.recall("a", (1, "x"), make) == 3


def test_what_is_kept_is_bounded() -> None:
    keep = Keep()
    for value in range(MOST + 1):
        keep.recall("a", value, object)
    first = keep.recall("a", 0, object)
    assert keep.recall("a", 0, object) is first
    keep.recall("b", 0, object)
    keep.sweep()
    keep.recall("b", 0, object)
    keep.sweep()
    assert keep.recall("a", 0, object) is not first


def test_a_snapshot_stands_still() -> None:
    files = {"a": b"old", "themes/own/theme.yaml": b"x"}
    world = Snapshot(MemoryWorld(files))
    assert world.read("a") == b"old" and isinstance(world.read("b"), Diagnostic)
    files["a"] = b"new"
    assert world.read("a", at=Span("t", 1)) == b"old"
    assert isinstance(world.read("a", limit=2), Diagnostic)
    assert world.read_theme("own", "theme.yaml") == b"x" and "own" in world.themes()
    assert {"a", "b", "themes", "themes/own/theme.yaml"} <= world.contents.keys()


def test_a_wait_ends_with_the_burst(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("0")
    watching = Watching(tmp_path)
    before = watching.state({"a.yaml", "later/b.png"})

    def save() -> None:
        time.sleep(0.2)
        for number in range(10):
            new = tmp_path / "new"
            new.write_text(f"{number + 1}")
            os.replace(new, file)
            time.sleep(0.01)

    thread = threading.Thread(target=save)
    thread.start()
    waits = 0
    while file.read_text() != "10":
        watching.wait({"a.yaml", "later/b.png"}, before)
        before = watching.state({"a.yaml", "later/b.png"})
        waits += 1
    assert waits <= 3, "a busy machine may make a pause in the burst, but not ten"
    thread.join()


def test_a_file_that_a_save_takes_away_for_a_moment_is_not_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("old")
    watching = Watching(tmp_path)
    before = watching.state({"a.yaml"})

    def save() -> None:
        file.unlink()
        time.sleep(0.2)
        file.write_text("new")

    thread = threading.Thread(target=save)
    thread.start()
    watching.wait({"a.yaml"}, before)
    assert file.read_text() == "new"
    thread.join()


def test_a_missing_folder_is_waited_for_from_above(tmp_path: Path) -> None:
    assert nearest(tmp_path / "a" / "b") == tmp_path
