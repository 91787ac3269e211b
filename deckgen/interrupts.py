"""Interrupts: the signals by which somebody ends a command."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

INTERRUPTS = tuple({signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)})
INTERRUPTED = 128
"""The exit status of a command that an interrupt ended, without the number of its signal."""
SOON_S = 0.002


class Stopped(SystemExit):
    """An interrupt other than Ctrl-C ends the program."""

    def __init__(self, number: int) -> None:
        super().__init__(INTERRUPTED + number)
        self.number = number


def end_at_interrupts() -> None:
    """Let each interrupt end the work by an exception: Ctrl-C `KeyboardInterrupt`, the others `Stopped`.

    An interrupt that the program was started to ignore stays ignored. Python drops an exception that is raised in a
    finalizer or in the callback of a weak reference, and prints it: such an interrupt comes again soon, in silence.
    """

    def stop(received: int, _frame: FrameType | None) -> NoReturn:
        raise Stopped(received)

    for number in INTERRUPTS:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)
    before = sys.unraisablehook

    def again(dropped: sys.UnraisableHookArgs) -> None:
        problem = dropped.exc_value
        if isinstance(problem, KeyboardInterrupt):
            raise_soon(signal.SIGINT)
        elif isinstance(problem, Stopped):
            raise_soon(problem.number)
        else:
            before(dropped)

    sys.unraisablehook = again


def end_by(number: int) -> NoReturn:
    """End this process by an interrupt, when all is put away: a shell then ends its loop, too, and tells that status.

    Python would do so after some `KeyboardInterrupt` (one that came through `eval`), and not after others.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # Who read them may have been interrupted, too.
            stream.flush()
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(INTERRUPTED + number)


def raise_soon(number: int) -> None:
    """Send the main thread a signal, after what is being done just now."""
    main = threading.main_thread().ident

    def send() -> None:
        if hasattr(signal, "pthread_kill") and main is not None:
            signal.pthread_kill(main, number)
        else:
            signal.raise_signal(number)

    timer = threading.Timer(SOON_S, send)
    timer.daemon = True
    timer.start()


def ignore_interrupts() -> None:
    """For a process that another one ends: were it interrupted as well, the other would miss its answer."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def signals_held() -> Iterator[None]:
    """Let no interrupt come meanwhile: those that do take effect at the end.

    In the main thread, that is, where Python handles signals. To block them would not do: the system would give them to
    another thread, and Python still handle them in this one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    own = {number: handler for number in INTERRUPTS if (handler := signal.getsignal(number)) is not None}
    for number in own:
        signal.signal(number, lambda received, _: waiting.append(received))
    try:
        yield
    finally:
        for number, handler in own.items():
            signal.signal(number, handler)
        for number in waiting:
            signal.raise_signal(number)
