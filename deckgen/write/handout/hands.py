"""Lay out parts of the handout beside each other, each in a copy of this process (fork), where the system has that.

A copy starts with all libraries loaded. It tells the extent of its part, is told its page numbers, and sends its file.
It ends when the standard input ends, which it shares with this process, or when its socket does.
"""

from __future__ import annotations

import os
import pickle
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

from weasyprint import CSS

from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import OwnHand, setting_of
from deckgen.write.handout.places import Extent, Layout


class HandFailed(Exception):
    """A copy could not lay out its part; the text is its traceback, empty if memory ran out."""


class ForkedHand:
    """A part that a copy of this process lays out; see `kept.Hand`."""

    def __init__(self, pid: int, pipe: socket.socket) -> None:
        self._pid = pid
        self._pipe = pipe
        self._reader = pipe.makefile("rb")

    def extent(self) -> Extent:
        return self._received()  # type: ignore[no-any-return]

    def name(self, pages: Mapping[str, int]) -> None:
        self._pipe.sendall(pickle.dumps(dict(pages)))

    def number(self, first: int, total: int) -> None:
        self._pipe.sendall(pickle.dumps((first, total)))

    def result(self) -> Layout:
        return self._received()  # type: ignore[no-any-return]

    def _received(self) -> Any:
        """What the copy sends. If a signal ended it, such as that of a limit, the same one ends this process."""
        try:
            answer = pickle.load(self._reader)
        except EOFError:
            _, status = os.waitpid(self._pid, 0)
            if os.WIFSIGNALED(status):
                os.kill(os.getpid(), os.WTERMSIG(status))
            raise HandFailed(f"a process ended without an answer (exit status {status})") from None
        if isinstance(answer, str):
            raise HandFailed(answer)
        return answer


def forking(job: Job, sheet: CSS, answers: int) -> Callable[[int], ForkedHand] | None:
    """Gives a copy of this process for a part; None where copies would not help.

    To be called while this process has a single thread. `answers` is a file that copies must not hold open.
    """
    # Not on macOS: its text libraries don't work in copies.
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return None
    return lambda part: forked(partial(serve, job, sheet, part), answers)


def forked(work: Callable[[socket.socket], None], answers: int) -> ForkedHand:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        os.close(answers)
        ours.close()
        threading.Thread(target=end_with_input, daemon=True).start()
        with theirs:
            work(theirs)
        os._exit(0)
    theirs.close()
    return ForkedHand(pid, ours)


def serve(job: Job, sheet: CSS, part: int, pipe: socket.socket) -> None:
    """Lay out a part; the other end of the pipe is a `ForkedHand`."""
    try:
        hand = OwnHand(job, part, setting_of(job, sheet))
        told = pipe.makefile("rb")
        pipe.sendall(pickle.dumps(hand.extent()))
        while isinstance(asked := pickle.load(told), dict):
            hand.name(asked)
            pipe.sendall(pickle.dumps(hand.extent()))
        hand.number(*asked)
        answer: Any = hand.result()
    except MemoryError:
        answer = ""
    except Exception:
        answer = traceback.format_exc()
    pipe.sendall(pickle.dumps(answer))


def end_with_input() -> NoReturn:
    """End this process when its standard input ends: the process that asks is gone."""
    while os.read(0, 4096):
        pass
    os._exit(1)
