"""What the machine refuses, in words: which file, what is wrong with it, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from deckgen.outputs import PART
from deckgen.world import LIKE, alike, siblings

CLOSED = "close it in other programs, or ask for the permission"
ROOM = "no room is left on the disk of {}: delete what is not needed, or choose another folder"
WORDS = {
    errno.ENOENT: "there is no file or folder {}",
    errno.EACCES: "{} may not be read or written: " + CLOSED,
    errno.EPERM: "{} may not be read or written: " + CLOSED,
    errno.EBUSY: "{} is in use: " + CLOSED,
    errno.EROFS: "{} lies on a disk that can't be written to: choose another folder",
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EFBIG: "{} is larger than its disk allows: choose another folder",
    errno.EISDIR: "{} is a folder, and a file is expected",
    errno.ENOTDIR: "{} can't be had: a part of its path is a file, and no folder",
    errno.ENAMETOOLONG: "the name of {} is too long: shorten it",
    errno.ELOOP: "{} is a link that leads to itself",
}


def in_words(problem: OSError, place: Path) -> str:
    """A refusal in words. `place` is what was asked for, where the machine does not tell. Of a file that is written
    under a name of its own at first, it is the folder that refuses."""
    told = problem.filename if isinstance(problem.filename, str) else str(place)
    name = str(Path(told).parent) if told.endswith(PART) else told
    words = WORDS.get(problem.errno or 0)
    if not words:
        return f"{name}: {problem.strerror or problem}"
    near = alike(name, siblings(Path(name), name), LIKE) if problem.errno == errno.ENOENT else []
    return words.format(name) + (f"; did you mean {near[0]}?" if near else "")
