"""Replace output files together: all of them, or none.

New files are written beside the old ones first, under names of their own. A journal then says which of them takes
whose place, and what it must hold. A process that dies before the journal stands has changed nothing; one that dies
after it has left all that is needed, and `settle` completes the renames at the next start.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from deckgen.interrupts import signals_held

JOURNAL = ".deckgen-replace.json"
PART = ".deckgen-part"
LARGEST_JOURNAL = 1_000_000


class Step(NamedTuple):
    """One rename: the new file, the name that it takes, and the SHA-256 of its content."""

    part: str
    name: str
    digest: str


class Unfinished(OSError):
    """A rename failed after others had been done; `settle` will try it again."""


def replace_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files, by their names, in place of the old ones in `folder`, which is made if need be.

    Errors: `OSError` with nothing replaced; `Unfinished` where the system fails in the middle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder) as sync:
        finish(folder)
        clear(folder)
        try:
            for name in files:
                probe(folder / name)
            steps = [Step(new_file(folder, data), name, digest(data)) for name, data in files.items()]
            journal = new_file(folder, json.dumps(steps).encode())
            with signals_held():
                os.replace(folder / journal, folder / JOURNAL)
                sync()
                finish(folder)
        finally:
            if not (folder / JOURNAL).exists():
                clear(folder)


def settle(folder: Path) -> None:
    """Complete a replacement that was cut short, and clear what an earlier one left half written."""
    if any(entry.name.endswith(PART) or entry.name == JOURNAL for entry in folder.iterdir()):
        with locked(folder):
            finish(folder)
            clear(folder)


def finish(folder: Path) -> None:
    """Do the renames of the journal, if there is one and all of its files are at hand; else leave the old ones."""
    steps = read_journal(folder / JOURNAL)
    try:
        if all(digest_of(folder / step.part) == step.digest for step in steps if not done(folder, step)):
            for step in steps:
                with contextlib.suppress(FileNotFoundError):
                    os.replace(folder / step.part, folder / step.name)
        (folder / JOURNAL).unlink(missing_ok=True)
    except OSError as problem:
        raise Unfinished(problem.errno, problem.strerror, problem.filename2 or problem.filename) from problem


def done(folder: Path, step: Step) -> bool:
    return not (folder / step.part).exists() and digest_of(folder / step.name) == step.digest


def clear(folder: Path) -> None:
    """Delete new files that no journal speaks of."""
    for stale in folder.glob(f".*{PART}"):
        stale.unlink(missing_ok=True)


def read_journal(journal: Path) -> list[Step]:
    """The steps of a journal; none if there is no journal, or none that can be meant for this folder."""
    try:
        if not stat.S_ISREG(journal.lstat().st_mode) or journal.stat().st_size > LARGEST_JOURNAL:
            return []
        steps = [Step(*map(str, step)) for step in json.loads(journal.read_bytes())]
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return []
    return steps if all(plain(s.name) and plain(s.part) and s.part.endswith(PART) for s in steps) else []


def plain(name: str) -> bool:
    """Whether a name is that of a file in the folder itself."""
    return Path(name).name == name != ".." and "\0" not in name


def probe(path: Path) -> None:
    """See that a file may be replaced: no folder, no read-only file, none that another program holds.

    A link is replaced itself, whatever it leads to.
    """
    if path.exists() and not path.is_symlink():
        os.close(os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0)))


def new_file(folder: Path, data: bytes) -> str:
    """Write a file of a new name and see it onto the disk. It never follows a link that stands in its way.

    Errors: `OSError` with the name of the file, which a write alone does not tell.
    """
    name = f".{secrets.token_hex(8)}{PART}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(folder / name, flags, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(folder / name)) from problem
    return name


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """The digest of a regular file; empty if there is none."""
    try:
        return digest(path.read_bytes()) if stat.S_ISREG(path.lstat().st_mode) else ""
    except FileNotFoundError:
        return ""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[Callable[[], None]]:
    """Keep other builds out of a folder; gives a function that sees its entries onto the disk.

    The folder itself is locked, so no file is left over. Where the system can't do that, the builds of one folder
    are the user's to keep apart.
    """
    if not hasattr(os, "O_DIRECTORY"):
        yield lambda: None
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)

        def sync() -> None:
            with contextlib.suppress(OSError):
                os.fsync(handle)

        yield sync
    finally:
        os.close(handle)
