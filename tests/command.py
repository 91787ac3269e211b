"""The command as a process of its own, as a user starts it."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 150
"""Longer than any run may take: a test that waits for it has failed."""
COMMAND = [sys.executable, "-m", "deckgen"]
PAIR = ("talk.pptx", "talk-handout.pdf")
PR_CAPBSET_DROP = 24
CAP_DAC = (1, 2)
"""What lets root read and write files whatever their permissions are."""


def talk(*slides: str, **head: str) -> str:
    """A small source: keys before the slides, and a slide with a bullet for each title."""
    keys = "".join(f"{key}: {value}\n" for key, value in ({"title": "A talk"} | head).items())
    return f"deckgen: 1\n{keys}slides:\n" + "".join(
        f"  - title: {title}\n    bullets: [one of {title}]\n" for title in slides or ("A slide",)
    )


def project(root: Path, **sources: str) -> Path:
    """A project folder with sources by their stems."""
    (root / "source").mkdir(parents=True)
    for stem, text in sources.items():
        (root / "source" / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return root


def deckgen(
    *arguments: str | Path, cwd: Path, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command; `before` runs in its process first. No run may end in a traceback."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=SECONDS,
        env={**os.environ, **environment}, preexec_fn=before, errors="surrogateescape",
    )  # fmt: skip
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr, done.stderr
    return done


def started(*arguments: str | Path, cwd: Path, **how: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *map(str, arguments)], cwd=cwd, stdin=subprocess.DEVNULL, **how)


def bound_by_permissions() -> None:
    """Let permissions count, even where the tests run as root."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None, use_errno=True)
        for capability in CAP_DAC:
            if library.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "the tests may not give up rights")


def with_full_disk() -> None:
    """Let no file grow: to the program it is as if the disk were full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def with_memory(size: int) -> Callable[[], None]:
    """Let the process and its children have so many bytes of address space."""
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
