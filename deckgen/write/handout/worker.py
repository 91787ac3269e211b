"""Make the handout in a process of its own: beside the deck, and within limits of time and memory.

Parent and child talk through the child's standard input and output. The parent sends one job, a pickle after its
length; the child answers with one byte that says how it went, and the PDF or the text of an error. The child's input
stays open until then: when it ends early, the parent is gone, and the child ends, too.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from deckgen.model.deck import Deck
from deckgen.model.show import Show
from deckgen.model.theme import Theme
from deckgen.typeset.fonts import Faces

LENGTH = struct.Struct(">Q")
DONE, FAILED, FULL = b"D", b"F", b"M"
"""The first byte of an answer: a PDF, the traceback of an exception, or a lack of memory."""
STARTING_S, SECONDS_A_PAGE = 60.0, 2.0
"""A page takes about 0.1 s on a machine that has nothing else to do."""
STARTING_BYTES, BYTES_A_PAGE = 3_000_000_000, 2_000_000
REPORT = "this is a fault of deckgen or of the libraries that it prints with; please report it"
TOO_MUCH = "try fewer or simpler slides, or several smaller talks"


@dataclass(frozen=True)
class Limits:
    """What a handout may take of the machine."""

    seconds: float
    """Of wall clock for the parent to wait, and of processor time."""
    address_space: int
    """In bytes, where the system can limit it."""


def limits_for(slides: int) -> Limits:
    return Limits(STARTING_S + SECONDS_A_PAGE * slides, STARTING_BYTES + BYTES_A_PAGE * slides)


@dataclass(frozen=True)
class Made:
    """A handout, or why there is none."""

    pdf: bytes = b""
    seconds: float = 0
    """From the start of the job to the answer."""
    failure: str = ""
    """Why there is no PDF, in words for the author; empty if there is one."""
    hint: str = ""
    details: str = ""
    """A traceback or messages of libraries, for a bug report."""


class HandoutWorker:
    """A child process that makes one handout. It loads its libraries at once, while the parent still typesets."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._errors = Reader(self._child.stderr)
        self._answer = Reader(self._child.stdout)
        self._sender: threading.Thread | None = None
        self._limits = limits_for(0)
        self._started = monotonic()

    def start(self, deck: Deck, show: Show, theme: Theme, faces: Faces, manifest: bytes, stamp: datetime) -> None:
        """Send the job; returns at once."""
        self._limits = limits_for(len(show.pages))
        self.send((deck, show, theme, faces.folder, manifest, stamp), self._limits)

    def send(self, job: tuple[Any, ...], limits: Limits) -> None:
        """Send the arguments of `write_handout`, with the folder of the fonts in place of the faces."""
        self._limits = limits
        self._started = monotonic()
        data = pickle.dumps((limits, job), pickle.HIGHEST_PROTOCOL)
        self._sender = threading.Thread(target=write_message, args=(self._child.stdin, data), daemon=True)
        self._sender.start()

    def result(self) -> Made:
        """Wait for the answer, no longer than the limit. Never raises for anything that goes wrong in the child."""
        late = not self._answer.join(self._limits.seconds - (monotonic() - self._started))
        if late:
            self._child.kill()
        self.close()
        seconds = monotonic() - self._started
        answer, errors = self._answer.data, self._errors.data.decode("utf-8", "replace")
        if late:
            return Made(
                seconds=seconds, failure=f"it took more than {self._limits.seconds:.0f} s", hint=TOO_MUCH, details=errors
            )
        match answer[:1]:
            case b"D":
                return Made(pdf=answer[1:], seconds=seconds)
            case b"M":
                return Made(seconds=seconds, failure="it took too much memory", hint=TOO_MUCH, details=errors)
            case b"F":
                details = answer[1:].decode("utf-8", "replace")
                return Made(seconds=seconds, failure=details.strip().splitlines()[-1], hint=REPORT, details=details)
        failure = f"its process ended without an answer (exit status {self._child.returncode})"
        return Made(seconds=seconds, failure=failure, hint=REPORT, details=errors)

    def close(self) -> None:
        """End the child if it still runs. May be called more than once."""
        with suppress(OSError):
            self._child.stdin.close()  # type: ignore[union-attr]
        if self._child.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(1 if self._answer.data else 0)
            self._child.kill()
        self._child.wait()
        self._errors.join(1)
        self._answer.join(1)
