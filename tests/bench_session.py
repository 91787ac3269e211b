"""How fast a session follows an edit, beside a cold build: part of `make bench`."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.bench_talk import write_inputs

SLIDES = 100
PICTURE_PX = 1600
AFTER_S = 1.0
"""Nobody saves twice in this time; the process of the next handout is ready by then."""


def print_session(folder: Path, repeat: int) -> None:
    """The answer to an edit of one slide, with its new picture, and the pair; a cold build as a process takes turns."""
    from deckgen.build import Options
    from deckgen.loop.session import Session, leave_cycles
    from deckgen.preview.pictures import Album, album, slide_picture
    from deckgen.typeset.cuts import default_folder
    from deckgen.world import DiskWorld

    leave_cycles()
    write_inputs(folder, SLIDES)
    source = folder / "talk.yaml"
    text = source.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("- title: ") and line.endswith(" 52"))
    cold: list[float] = []
    answers: list[float] = []
    pairs: list[float] = []
    with closing(Session(DiskWorld(folder, default_folder()), source.name, Options())) as session:
        first = session.refresh().talk
        assert first
        seen = album(first, Album())
        session.pair()
        session.rest()
        for number in range(repeat):
            cold.append(seconds_of_build(source, folder / "out"))
            time.sleep(AFTER_S)
            source.write_text(text.replace(title, f"{title}, seen {number} times"), encoding="utf-8")
            started = time.perf_counter()
            answer = session.refresh()
            assert answer.talk and len(answer.changed) == 1, answer.diagnostics
            before, seen = seen, album(answer.talk, seen)
            [new] = set(seen.digests) - set(before.digests)
            slide_picture(seen.looks[new], None, PICTURE_PX)
            answers.append(time.perf_counter() - started)
            made = session.pair()
            pairs.append(time.perf_counter() - started)
            assert len(made.outputs) == 2, made.diagnostics
            session.rest()
    print(f"A session after an edit of one slide of {SLIDES}, beside a cold build as a process")
    for name, times in (("cold build", cold), ("answer", answers), ("pair", pairs)):
        print(f"  {name:12} min {min(times):.2f} s, median {median(times):.2f} s")
    print(f"  the answer takes {median(answers):.2f} s (at most 0.30)")
    share = min(pairs) / min(cold), median(pairs) / median(cold)
    print(f"  pair : cold build (at most 0.25): min {share[0]:.2f}, median {share[1]:.2f}\n", flush=True)


def seconds_of_build(source: Path, out: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "deckgen", "build", source, "--out", out],
        check=True,
        capture_output=True,
        cwd=source.parent,
    )
    return time.perf_counter() - started
