"""Interrupts: the signals by which somebody ends a command."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import ExtensionFileLoader
from types import FrameType
from typing import NoReturn

INTERRUPTS = tuple({signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)})
INTERRUPTED = 128
"""The exit status of a command that an interrupt ended, without the number of its signal."""
AGAIN_S = tuple(0.002 * 2**attempt for attempt in range(10))
"""How long to wait before each attempt to send an interrupt again."""


class Stopped(SystemExit):
    """An interrupt other than Ctrl-C ends the program."""

    def __init__(self, number: int) -> None:
        super().__init__(INTERRUPTED + number)
        self.number = number


def end_at_interrupts() -> None:
    """Let each interrupt end the work by an exception: Ctrl-C `KeyboardInterrupt`, the others `Stopped`.

    An interrupt that the program was started to ignore stays ignored. Python drops an exception that is raised in a
    finalizer or in the callback of a weak reference, and hands it to `sys.unraisablehook`: such an interrupt comes
    again soon, in silence. So does one that comes in that hook, or while an extension module loads: some, as lxml's,
    drop an exception that is raised there, and some in C++, as pikepdf's, end the process; or in a `__set_name__`, out
    of which comes a `RuntimeError`. It is sent until its handler runs: a call that waits misses a signal which comes as
    it begins.
    """
    before = sys.unraisablehook
    due: dict[int, object] = {}

    def send_again(number: int) -> None:
        due[number] = this = object()
        main = threading.main_thread().ident

        def send() -> None:
            for wait_s in AGAIN_S:
                time.sleep(wait_s)
                if due.get(number) is not this:
                    return
                if hasattr(signal, "pthread_kill") and main is not None:
                    signal.pthread_kill(main, number)
                else:
                    signal.raise_signal(number)

        with suppress(RuntimeError):  # No thread starts any more when Python ends.
            _thread.start_new_thread(send, ())  # `threading` would wait for a lock that what is interrupted may hold.

    def dropped(what: sys.UnraisableHookArgs) -> None:
        problem = what.exc_value
        if isinstance(problem, KeyboardInterrupt):
            send_again(signal.SIGINT)
        elif isinstance(problem, Stopped):
            send_again(problem.number)
        else:
            before(what)

    no_place = {each.__code__ for each in (dropped, ExtensionFileLoader.create_module, ExtensionFileLoader.exec_module)}

    def interrupt(received: int, frame: FrameType | None) -> None:
        codes = [inner.f_code for inner in outwards(frame)]
        if any(code in no_place or code.co_name == "__set_name__" for code in codes):
            send_again(received)
            return
        due.pop(received, None)
        raise KeyboardInterrupt if received == signal.SIGINT else Stopped(received)

    for number in INTERRUPTS:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, interrupt)
    sys.unraisablehook = dropped


def outwards(frame: FrameType | None) -> Iterator[FrameType]:
    """Give a frame, the one that called it, and so on."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def interruption(problem: BaseException) -> KeyboardInterrupt | SystemExit | None:
    """The interrupt that a problem followed from: what is cut short may fail while it is put away."""
    context = problem.__context__
    if context is None or isinstance(context, (KeyboardInterrupt, SystemExit)):
        return context
    return interruption(context)


def end(status: int) -> NoReturn:
    """End this process with an exit status, when all is put away; by an interrupt, if the status is that of one.

    A shell then ends its loop, too, and tells that status. Python would do so after some `KeyboardInterrupt` (one that
    came through `eval`), and not after others. An interrupt that still comes ends the process at once.
    """
    for number in INTERRUPTS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    at_work = threading.active_count() > 1
    if status > INTERRUPTED or at_work:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # Who read them may have been interrupted, too.
                stream.flush()
    if status > INTERRUPTED and os.name == "posix":
        os.kill(os.getpid(), status - INTERRUPTED)
    if at_work:
        os._exit(status)  # Python would end a thread wherever it is; in the middle of C++ that aborts the process.
    sys.exit(status)


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
