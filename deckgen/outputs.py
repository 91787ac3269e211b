"""Replace output files together: all of them, or none.

New files are written beside the old ones first. A journal then names the renames; if the process dies between
two of them, `settle` completes them at the next start.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

JOURNAL = ".deckgen-replace.json"
PART = ".deckgen-part"


def replace_together(files: Mapping[Path, bytes]) -> None:
    """Write all files of one folder, then put them in place of the old ones. Errors: `OSError`, with nothing replaced."""
    if not files:
        return
    folder = next(iter(files)).parent
    folder.mkdir(parents=True, exist_ok=True)
    parts = {path: folder / f".{path.name}{PART}" for path in files}
    try:
        for path, data in files.items():
            write_through(parts[path], data)
        journal = folder / JOURNAL
        write_through(folder / f"{JOURNAL}{PART}", json.dumps([path.name for path in files]).encode())
        with signals_held():
            os.replace(folder / f"{JOURNAL}{PART}", journal)
            settle(folder)
    finally:
        for part in (*parts.values(), folder / f"{JOURNAL}{PART}"):
            part.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Complete a replacement that was cut short, and clear what an earlier one left half written."""
    journal = folder / JOURNAL
    if journal.exists():
        for name in json.loads(journal.read_bytes()):
            part = folder / f".{Path(name).name}{PART}"
            if part.exists():
                os.replace(part, folder / Path(name).name)
        journal.unlink()
    for stale in folder.glob(f".*{PART}"):
        stale.unlink(missing_ok=True)


def write_through(path: Path, data: bytes) -> None:
    """Write a file and see it onto the disk."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def signals_held() -> Iterator[None]:
    """Let no interrupt come between two renames (where the system can hold signals)."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
