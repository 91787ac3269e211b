"""Builds that are killed: the pair stays in step, wholly old or wholly new, and nothing is left behind."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from deckgen.check.verify import manifest_in
from deckgen.model.manifest import Manifest
from deckgen.outputs import JOURNAL, PART, settle
from tests.command import PAIR, SECONDS, contents, deckgen, project, started, talk

MARK = "DECKGEN_TEST_RUN"
SEED = 20261124
KILLS = (*[signal.SIGKILL] * 8, *[signal.SIGTERM] * 5, *[signal.SIGINT] * 5)
LATE = 0.7
"""From this share of a build on, files are written: half of the kills come then."""


def marked(mark: str) -> list[int]:
    """The processes that still run for a build, found by their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def manifests(out: Path) -> set[str]:
    """The digests of the sources that the two files were made from."""
    found = [manifest_in(name, (out / name).read_bytes()) for name in PAIR]
    return {manifest.source if isinstance(manifest, Manifest) else manifest for manifest in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A project with its pair built, and the seconds that a build takes."""
    root = project(tmp_path_factory.mktemp("kill"), talk=talk("A"))
    assert deckgen("build", cwd=root).returncode == 0
    before = time.monotonic()
    assert deckgen("build", cwd=root).returncode == 0
    return root, time.monotonic() - before


def test_a_killed_build_leaves_all_old_or_all_new(built: tuple[Path, float]) -> None:
    root, seconds = built
    dice = random.Random(SEED)
    outcomes = []
    for number, kill in enumerate(KILLS):
        old = contents(root / "build")
        before = manifests(root / "build")
        assert len(before) == 1
        (root / "source" / "talk.yaml").write_text(talk("A", f"Change {number}"))
        moment = seconds * (dice.uniform(LATE, 1) if number % 2 else dice.uniform(0, LATE))
        code, said = killed(root, kill, moment, str(number))
        assert code in {0, -kill}, said
        settle(root / "build")  # as the next build does first
        after = manifests(root / "build")
        assert sorted(contents(root / "build")) == sorted(PAIR), "nothing else is left in the folder"
        assert len(after) == 1, f"half a pair after {kill.name} at {moment:.3f} s"
        assert after != before or contents(root / "build") == old
        outcomes.append(after != before)
        assert marked(str(number)) == [], "no process outlives the build"
    assert not all(outcomes)


def killed(root: Path, kill: signal.Signals, moment: float, mark: str) -> tuple[int, bytes]:
    """Kill a build after some seconds; an interrupt goes to all of its processes, as from a keyboard."""
    with started(
        "build", cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, MARK: mark},
    ) as build:  # fmt: skip
        time.sleep(moment)
        if build.poll() is None:
            os.killpg(build.pid, kill) if kill == signal.SIGINT else build.send_signal(kill)
        _, said = build.communicate(timeout=SECONDS)
    patience = time.monotonic() + 20
    while marked(mark) and time.monotonic() < patience:
        time.sleep(0.05)
    return build.returncode, said


def test_the_next_build_of_anything_puts_right_what_was_cut_short(tmp_path: Path) -> None:
    out = tmp_path / "build"
    out.mkdir()
    (out / f".new{PART}").write_bytes(b"new")
    (out / f".stray{PART}").write_bytes(b"stray")
    (out / JOURNAL).write_text(json.dumps([(f".new{PART}", "talk.pptx", hashlib.sha256(b"new").hexdigest())]))
    assert deckgen("build", "missing.yaml", cwd=tmp_path).returncode == 1
    assert contents(out) == {"talk.pptx": b"new"}


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_while_slides_are_set_ends_quietly(kill: signal.Signals, tmp_path: Path) -> None:
    slides = talk(*(f"Slide {i}" for i in range(1500)))
    project(tmp_path, talk=slides)
    mark = f"quiet-{kill}-{tmp_path}"
    with started(
        "build", cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        env={**os.environ, MARK: mark},
    ) as build:  # fmt: skip
        patience = time.monotonic() + 20
        while len(marked(mark)) < 2 and time.monotonic() < patience:
            time.sleep(0.05)
        os.killpg(build.pid, kill)
        out, said = build.communicate(timeout=SECONDS)
    assert (build.returncode, out, said.strip()) == (-kill, b"", b"")
    assert not (tmp_path / "build").exists()
