"""Lay out parts of the handout beside each other, each in a copy of this process (fork), where the system has that.

A copy starts with all libraries loaded. It tells the extent of a part, is told its page numbers, and sends its file.
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
from contextlib import suppress
from functools import partial
from itertools import count
from queue import SimpleQueue
from typing import Any, NoReturn

from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import OwnHand
from deckgen.write.handout.paginate import paginated
from deckgen.write.handout.places import Extent, Layout
from deckgen.write.handout.setting import Setting


class HandFailed(Exception):
    """A copy could not lay out its part; the text is its traceback, empty if memory ran out."""


class Copy:
    """A copy of this process, which carries out orders one after the other."""

    def __init__(self, pid: int, pipe: socket.socket) -> None:
        self._pid = pid
        self._pipe = pipe
        self._reader = pipe.makefile("rb")
        self._ordered = 0
        self._answers: list[Any] = []

    def order(self, name: str, part: int, *arguments: Any) -> int:
        """Have `begin`, `name` or `number` carried out, without waiting for that; the number of its answer."""
        with suppress(OSError):  # A copy that is gone is seen by its missing answer.
            self._pipe.sendall(pickle.dumps((name, part, arguments)))
        self._ordered += 1
        return self._ordered - 1

    def answer(self, number: int) -> Any:
        while len(self._answers) <= number:
            self._answers.append(self._received())
        return self._answers[number]

    def _received(self) -> Any:
        """What the copy sends. If a signal ended it, such as that of a limit, the same one ends this process."""
        try:
            answer = pickle.load(self._reader)
        except (EOFError, ConnectionResetError):
            _, status = os.waitpid(self._pid, 0)
            if os.WIFSIGNALED(status):
                os.kill(os.getpid(), os.WTERMSIG(status))
            raise HandFailed(f"a process ended without an answer (exit status {status})") from None
        if isinstance(answer, str):
            raise HandFailed(answer)
        return answer


class ForkedHand:
    """A part that a copy of this process lays out; see `kept.Hand`."""

    def __init__(self, copy: Copy, part: int) -> None:
        self._copy, self._part = copy, part
        self._awaited = [copy.order("begin", part)]

    def extent(self) -> Extent:
        return self._copy.answer(self._awaited.pop(0))  # type: ignore[no-any-return]

    def name(self, pages: Mapping[str, int]) -> None:
        self._awaited.append(self._copy.order("name", self._part, dict(pages)))

    def number(self, first: int, total: int) -> None:
        self._awaited.append(self._copy.order("number", self._part, first, total))

    def result(self) -> Layout:
        return self._copy.answer(self._awaited.pop(0))  # type: ignore[no-any-return]


def forking(job: Job, setting: Setting, answers: int) -> Callable[[int], ForkedHand] | None:
    """Gives hands for parts, which share copies of this process; None where copies would not help.

    There is a copy for each processor: more would load all fonts once more each. To be called while this process has a
    single thread. `answers` is a file that copies must not hold open.
    """
    # Not on macOS: its text libraries don't work in copies.
    if sys.platform != "linux" or (processors := len(os.sched_getaffinity(0))) < 2:
        return None
    copies: list[Copy] = []
    begun = count()

    def hand(part: int) -> ForkedHand:
        number = next(begun)
        if number < processors:
            copies.append(forked(partial(serve, job, setting), answers))
        return ForkedHand(copies[number % processors], part)

    return hand


def forked(work: Callable[[socket.socket], None], answers: int) -> Copy:
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
    return Copy(pid, ours)


def serve(job: Job, setting: Setting, pipe: socket.socket) -> None:
    """Carry out orders for parts; the other end of the pipe is a `Copy`."""
    orders: SimpleQueue[Any] = SimpleQueue()
    # Orders are taken in at once: who gives them must never wait for the work.
    threading.Thread(target=take_in, args=(pipe, orders), daemon=True).start()
    hands: dict[int, OwnHand] = {}
    try:
        lay = partial(paginated, setting=setting)
        while order := orders.get():
            name, part, arguments = order
            if name == "begin":
                hands[part] = OwnHand(job, job.parts[part], lay)
                answer: Any = hands[part].extent()
            elif name == "name":
                hands[part].name(*arguments)
                answer = hands[part].extent()
            else:
                hands[part].number(*arguments)
                answer = hands.pop(part).result()
            pipe.sendall(pickle.dumps(answer))
    except MemoryError:
        pipe.sendall(pickle.dumps(""))
    except Exception:
        pipe.sendall(pickle.dumps(traceback.format_exc()))


def take_in(pipe: socket.socket, orders: SimpleQueue[Any]) -> None:
    """Read orders to their end, which is None."""
    with pipe.makefile("rb") as reader, suppress(EOFError, OSError):
        while True:
            orders.put(pickle.load(reader))
    orders.put(None)


def end_with_input() -> NoReturn:
    """End this process when its standard input ends: the process that asks is gone."""
    while os.read(0, 4096):
        pass
    os._exit(1)
