"""Modules of ours as processes of their own: how they are started, and how they limit themselves."""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from pathlib import Path

import deckgen


def command(module: str) -> list[str]:
    """-P: the folder that the command runs in is the author's, and no code is taken from it."""
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """This one's, with the place of our own code."""
    package = str(Path(deckgen.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))}


def limit(seconds: float, address_space: int) -> None:
    """Limit this process to as much processor time and as many bytes of memory, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for name, most in ((resource.RLIMIT_AS, address_space), (resource.RLIMIT_CPU, math.ceil(seconds))):
        with suppress(OSError, ValueError):
            resource.setrlimit(name, (most, resource.getrlimit(name)[1]))
