"""Lay the handout out in a process of its own: beside the deck, and within limits of time and memory.

Parent and child talk through the child's standard input and output. The parent sends one job, a pickle after its
length; the child answers with one byte that says how it went, then the PDF or a text. The child's input stays open
until then: where it ends early, the parent is gone, and the child ends, too.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from time import monotonic
from typing import IO

from deckgen.child import command, environment, limit
from deckgen.frozen import frozen
from deckgen.interrupts import ignore_interrupts
from deckgen.late import loaded_late
from deckgen.write.handout.job import Job, Look
from deckgen.write.handout.messages import packed, read_message, unpacked, write_message
from deckgen.write.handout.places import Layout

DONE, FAILED, FULL, UNFIT, MOVING = b"D", b"F", b"M", b"U", b"R"
"""The first byte of an answer: a PDF, an exception's traceback, out of memory, libraries that can't be loaded, or the
name of a place whose page depends on the words that name it."""
STARTING_S, SECONDS_A_SLIDE = 60.0, 2.0
"""A page takes about 0.1 s on a machine that has nothing else to do."""
STARTING_BYTES, BYTES_A_SLIDE = 3_000_000_000, 2_000_000
HARDLY_EVER = ("fontTools.subset", "fontTools.varLib.instancer")
"""WeasyPrint subsets fonts with HarfBuzz, and calls these where the system's is old or a font is variable. It takes a
third longer to load with them: they pull in more than a hundred modules."""
PARTING_S = 5.0
"""How long a child that has answered may take to end."""
TOO_MUCH = "split the talk, or leave out the slide with the most content"
REPORT = "this is a fault of deckgen or of the libraries that it prints with; please report it"
UNSETTLED = "a page number in its words moves the place that it names"
MORE_WORDS = "add or leave out some words before the place that the reference leads to"
INSTALL = "WeasyPrint needs Pango, which comes from the system's packages: see the README, 'Install'"


@frozen
class Limits:
    """What a handout may take of the machine."""

    seconds: float
    """Of wall clock and of processor time, each."""
    address_space: int
    """In bytes; a limit where the system knows one."""


def limits_for(slides: int) -> Limits:
    return Limits(STARTING_S + SECONDS_A_SLIDE * slides, STARTING_BYTES + BYTES_A_SLIDE * slides)


@frozen
class Made:
    """A handout without its drawings, or why there is none."""

    parts: tuple[Layout, ...] = ()
    seconds: float = 0
    """From the job to the answer."""
    failure: str = ""
    """Why there are no parts, in words for the author; empty if there are."""
    hint: str = ""
    moving: str = ""
    """The place that would not stay, if that is why."""
    details: str = ""
    """The traceback, for a bug report, or the messages of libraries."""


class HandoutWorker:
    """A child process that lays out one handout. It loads its libraries at once, while the parent still typesets.

    It makes a look ready, too, if it is told which the handout will probably have.
    """

    def __init__(self, look: Look | None = None) -> None:
        # WeasyPrint copies fonts into temporary files, and a process that ends at once does not delete them.
        self._folder = tempfile.TemporaryDirectory(prefix="deckgen-", ignore_cleanup_errors=True)
        self._child = subprocess.Popen(
            command(__name__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment(), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)},
        )
        assert self._child.stdin and self._child.stdout and self._child.stderr
        self._input = self._child.stdin
        self._answer = Drain(self._child.stdout)
        self._messages = Drain(self._child.stderr)
        self._limits = limits_for(0)
        self._started = monotonic()
        self._made: Made | None = None
        self._sending: threading.Thread | None = None
        if look:
            self._send(look)

    def start(self, job: Job, limits: Limits) -> None:
        """Send the job; returns at once."""
        self._limits, self._started = limits, monotonic()
        self._send((limits, job))

    def _send(self, message: Look | tuple[Limits, Job]) -> None:
        """Write to the child after what was sent before, without waiting for that."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._sending = threading.Thread(target=write_message, args=(self._input, data, self._sending), daemon=True)
        self._sending.start()

    @property
    def parts(self) -> tuple[Layout, ...]:
        """The handout, if its result was asked for and it could be made."""
        return self._made.parts if self._made else ()

    def result(self) -> Made:
        """Wait for the answer, no longer than the limit; the same one each time.

        Raises for nothing that goes wrong in the child.
        """
        if self._made:
            return self._made
        in_time = self._answer.wait(self._limits.seconds - (monotonic() - self._started))
        if in_time:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(PARTING_S)
        status = self._child.poll()
        self.close()
        self._made = self.made(monotonic() - self._started, in_time, status)
        return self._made

    def made(self, seconds: float, in_time: bool, status: int | None) -> Made:
        answer, messages = self._answer.data[:1], self._messages.data.decode("utf-8", "replace")
        slow = f"it took more than {self._limits.seconds:.0f} seconds"
        if not in_time:
            return Made(seconds=seconds, failure=slow, hint=TOO_MUCH, details=messages)
        if answer == DONE:
            return Made(unpacked(self._answer.data[1:]), seconds, details=messages)
        if answer == MOVING:
            return Made(seconds=seconds, failure=UNSETTLED, hint=MORE_WORDS, moving=self._answer.data[1:].decode())
        if answer in (FAILED, UNFIT):
            text = self._answer.data[1:].decode("utf-8", "replace").strip()
            hint = REPORT if answer == FAILED else INSTALL
            return Made(seconds=seconds, failure=text.rpartition("\n")[2], hint=hint, details=text)
        if answer == FULL:
            return Made(seconds=seconds, failure="it took too much memory", hint=TOO_MUCH, details=messages)
        if status is not None and -status == getattr(signal, "SIGXCPU", None):
            return Made(seconds=seconds, failure=slow, hint=TOO_MUCH, details=messages)
        failure = f"its process ended without an answer (exit status {status})"
        return Made(seconds=seconds, failure=failure, hint=REPORT, details=messages)

    def close(self) -> None:
        """End the child, whatever it does. May be called more than once."""
        self._child.kill()
        self._child.wait()
        with suppress(OSError):
            self._input.close()
        self._answer.wait(PARTING_S)
        self._messages.wait(PARTING_S)
        self._folder.cleanup()


class Drain:
    """Reads a pipe to its end beside the program, so that its writer never has to wait."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.data = b""
        self._pipe = pipe
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            self.data = self._pipe.read()

    def wait(self, seconds: float) -> bool:
        """Whether the pipe has come to its end, at the latest after `seconds`."""
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()


def main() -> None:
    """The child: answer one job, then end at once."""
    ignore_interrupts()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What libraries print must not get into the answer.
    kind, data = answer_to(sys.stdin.buffer, answers.fileno())
    answers.write(kind + data)
    answers.flush()
    os._exit(0)


def answer_to(jobs: IO[bytes], answers: int) -> tuple[bytes, bytes]:
    """The answer to the one job that comes; `answers` is the file that it will be written to."""
    load_by_name()
    try:
        with loaded_late(*HARDLY_EVER):
            from deckgen.write.handout.hands import HandFailed, end_with_input, forking
            from deckgen.write.handout.layout import Unsettled, lay_out
            from deckgen.write.handout.setting import Setting
            from deckgen.write.handout.warm import warm_up
        warm_up()
    except (ImportError, OSError):
        return UNFIT, traceback.format_exc().encode()
    logging.getLogger("weasyprint").addHandler(logging.StreamHandler())
    gc.disable()  # The process is short; looking for cycles would cost a tenth of its time.
    setting = None
    try:
        while isinstance(asked := read_message(jobs), Look):
            setting = Setting(asked)
        if asked is None:
            os._exit(1)
        limits, job = asked
        limit(limits.seconds, limits.address_space)
        if setting is None or setting.look != job.look:
            setting = Setting(job.look)
        fork = forking(job, setting, answers)
        watch = threading.Thread(target=end_with_input, daemon=True)
        return DONE, packed(lay_out(job, setting, fork, watch.start))
    except MemoryError:
        return FULL, b""
    except Unsettled as place:
        return MOVING, str(place).encode()
    except HandFailed as failure:
        return (FAILED, str(failure).encode()) if str(failure) else (FULL, b"")
    except Exception:
        return FAILED, traceback.format_exc().encode()


def load_by_name() -> None:
    """Let WeasyPrint load its libraries by the names that it knows, without a search by ldconfig and gcc.

    On Linux one of the names is always right; the search runs 33 programs from the user's path in vain.
    """
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None


if __name__ == "__main__":
    main()
