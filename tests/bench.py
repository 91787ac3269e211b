"""How fast deckgen is beside Pandoc, WeasyPrint and python-pptx, and a session beside a build: `make bench`.

Every contender is timed as a whole process, start-up included, on the same words. All of them take turns, so that
a busy moment of the machine meets them alike. Fonts are cut and byte code is cached before the first measurement.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench_session import print_session
from tests.bench_talk import write_bare_deck, write_inputs

Times = dict[str, list[float]]
"""Seconds of every run, by contender."""

PROJECT = Path(__file__).parents[1]
BOTH = "deckgen, both"
CHECK = "deckgen, check"
COMPARED = (
    BOTH, "Pandoc, both", "deckgen, handout", "WeasyPrint alone", "deckgen, deck", "python-pptx alone", CHECK
)  # fmt: skip
CHECKED_SLIDES = 100
GRID = "deckgen, grid"
PRINTED = (GRID, "deckgen, handout", "deckgen, for press", "deckgen, booklet")
GRID_SLIDES = (2, 60)
"""A grid of two slides is hardly more than start-up."""


def write_handout_html(source: Path, output: Path) -> None:
    """The HTML that deckgen's own handout is made from."""
    from deckgen.talk import prepare
    from deckgen.typeset.cuts import default_folder
    from deckgen.world import DiskWorld
    from deckgen.write.handout.html import handout_html

    talk, diagnostics = prepare(DiskWorld(source.parent, default_folder()), source.name, "")
    if talk is None:
        sys.exit("\n".join(map(str, diagnostics)))
    output.write_text(handout_html(talk.deck, talk.show, talk.theme, talk.faces), encoding="utf-8")


HELPERS: dict[str, Callable[[Path, Path], None]] = {"bare-deck": write_bare_deck, "html": write_handout_html}


class Contender(NamedTuple):
    name: str
    commands: tuple[tuple[str | Path, ...], ...]


def contenders(folder: Path) -> tuple[Contender, ...]:
    """What is timed on the inputs in a folder."""
    python = (sys.executable, "-m")
    deckgen = (*python, "deckgen", "build", folder / "talk.yaml", "--out", folder / "out")
    handout = (*deckgen, "--only", "handout")
    engine = f"--pdf-engine={Path(sys.executable).with_name('weasyprint')}"
    pandoc_deck = ("pandoc", "--slide-level=2", folder / "deck.md", "-o", folder / "pandoc.pptx")
    pandoc_handout = ("pandoc", "--toc", engine, folder / "handout.md", "-o", folder / "pandoc.pdf")
    return (
        Contender(BOTH, (deckgen,)),
        Contender("Pandoc, both", (pandoc_deck, pandoc_handout)),
        Contender("deckgen, handout", (handout,)),
        Contender("WeasyPrint alone", ((*python, "weasyprint", folder / "handout.html", folder / "alone.pdf"),)),
        Contender("deckgen, deck", ((*deckgen, "--only", "deck"),)),
        Contender("python-pptx alone", (helper("bare-deck", folder / "talk.json", folder / "bare.pptx"),)),
        Contender(CHECK, ((*python, "deckgen", "check", folder / "talk.yaml"),)),
        Contender(GRID, ((*handout, "--handout", "grid"),)),
        Contender("deckgen, for press", ((*handout, "--print", "press"),)),
        Contender("deckgen, booklet", ((*handout, "--print", "booklet"),)),
    )


def helper(name: str, source: Path, output: Path) -> tuple[str | Path, ...]:
    return (sys.executable, "-m", "tests.bench", "--helper", name, source, output)


def run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def seconds(contender: Contender) -> float:
    started = time.perf_counter()
    for command in contender.commands:
        run(command)
    return time.perf_counter() - started


def measure(folder: Path, sizes: Sequence[int], repeat: int, only: Sequence[str]) -> dict[int, Times]:
    """Times by size. Every contender runs at every size, and then all of them again."""
    fields: dict[int, tuple[Contender, ...]] = {}
    for size in sizes:
        place = folder / str(size)
        write_inputs(place, size)
        run(helper("html", place / "talk.yaml", place / "handout.html"))
        fields[size] = tuple(c for c in contenders(place) if c.name in only)
    for contender in fields[min(sizes)]:
        seconds(contender)
    times: dict[int, Times] = {size: {contender.name: [] for contender in field} for size, field in fields.items()}
    for _ in range(repeat):
        for size, field in fields.items():
            for contender in field:
                times[size][contender.name].append(seconds(contender))
    return times


def print_times(times: dict[int, Times]) -> None:
    print(f"{'slides':>6}  {'':20}{'min s':>8}{'median s':>10}{'ms a slide':>12}")
    for size, field in times.items():
        for name, runs in field.items():
            print(f"{size:>6}  {name:20}{min(runs):8.2f}{median(runs):10.2f}{median(runs) / size * 1000:12.1f}")
        print()


def ratio(field: Times, name: str, other: str) -> tuple[float, float]:
    """Of the fastest runs, and of the medians."""
    return min(field[name]) / min(field[other]), median(field[name]) / median(field[other])


def print_ratios(times: dict[int, Times]) -> None:
    pairs = (
        (BOTH, "Pandoc, both", "at most 0.80 at 30 slides"),
        ("deckgen, handout", "WeasyPrint alone", "at most 1.15"),
        ("deckgen, deck", "python-pptx alone", "no target"),
    )
    for name, other, target in pairs:
        print(f"{name} : {other} ({target})")
        for size, field in times.items():
            print("{:>6}  min {:.2f}, median {:.2f}".format(size, *ratio(field, name, other)))
    if CHECKED_SLIDES in times:
        runs = times[CHECKED_SLIDES][CHECK]
        print(f"{CHECK}: {CHECKED_SLIDES} slides (at most 0.70 s)")
        print(f"        min {min(runs):.2f} s, median {median(runs):.2f} s")
    print()


def print_growth(times: dict[int, Times]) -> None:
    """The cost of a slide: start-up shared out, and without the start-up."""
    smallest, *others = sorted(times)
    start = min(times[smallest][BOTH])
    print(f"{BOTH}: ms a slide, from the fastest runs (to reach: no dearer at 1,000 slides than at 30)")
    for size in others:
        fastest = min(times[size][BOTH])
        further = (fastest - start) / (size - smallest)
        print(
            f"{size:>6}  {fastest / size * 1000:.1f} in all, {further * 1000:.1f} for each after the first {smallest}"
        )


def compare(folder: Path, sizes: Sequence[int], repeat: int, long: bool) -> None:
    print(f"{repeat} runs of each, as whole processes, on {os.cpu_count()} processors\n", flush=True)
    times = measure(folder / "all", sizes, repeat, COMPARED)
    print_times(times)
    print_ratios(times)
    if long:
        times = measure(folder / "long", (10, 30, 1000), min(repeat, 2), (BOTH,))
        print_times(times)
    print_growth(times)
    times = measure(folder / "print", GRID_SLIDES, repeat, PRINTED)
    print()
    print_times(times)
    print_grid(times)
    print_session(folder / "session", repeat)


def print_grid(times: dict[int, Times]) -> None:
    """What the slides of a grid cost beside start-up."""
    few, many = (times[size][GRID] for size in GRID_SLIDES)
    more = min(many) - min(few), median(many) - median(few)
    print(f"{GRID}: {GRID_SLIDES[1]} slides beside {GRID_SLIDES[0]} (at most 0.50 s)")
    print("        min {:.2f} s, median {:.2f} s\n".format(*more))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,30,100,300", help="slides in the generated talks (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each contender (default: %(default)s)")
    parser.add_argument("--long", action="store_true", help="time deckgen at 1,000 slides too")
    parser.add_argument("--keep", type=Path, help="a new folder for the inputs and outputs, to look at afterwards")
    parser.add_argument("--helper", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.helper:
        name, source, output = arguments.helper
        HELPERS[name](Path(source), Path(output))
        return
    if not shutil.which("pandoc"):
        sys.exit("pandoc is not installed; `make bench` sees to it")
    # Where Python is told to keep no byte code, every run would compile all of deckgen.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as folder:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
        compare(arguments.keep.absolute() if arguments.keep else Path(folder), sizes, arguments.repeat, arguments.long)


if __name__ == "__main__":
    main()
