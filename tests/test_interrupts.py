"""Interrupts end the work, wherever it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from deckgen.interrupts import INTERRUPTED, INTERRUPTS, signals_held

IN_A_CALLBACK = """
import signal, sys, time, weakref
from deckgen.interrupts import end_at_interrupts

class Gone:
    pass

def callback(_):
    signal.raise_signal(int(sys.argv[1]))
    for _ in range(100):
        pass

end_at_interrupts()
gone = Gone()
watched = weakref.ref(gone, callback)
try:
    del gone
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_an_interrupt_waits_while_it_is_held() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), signals_held():
        signal.raise_signal(signal.SIGINT)
        done.append("work")
    assert done == ["work"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


WHILE_DROPPING = IN_A_CALLBACK.replace("signal.raise_signal", "int.missing").replace(
    "end_at_interrupts()\n",
    "sys.unraisablehook = lambda _: signal.raise_signal(int(sys.argv[1]))\nend_at_interrupts()\n",
)
WHILE_LOADING = """
import abc, signal, sys, time
from deckgen.interrupts import end_at_interrupts

register = abc.ABCMeta.register

def interrupted(*arguments):
    abc.ABCMeta.register = register
    signal.raise_signal(int(sys.argv[1]))
    for _ in range(100):
        pass
    return register(*arguments)

abc.ABCMeta.register = interrupted
end_at_interrupts()
try:
    import lxml.etree
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""
IN_A_NAME = """
import signal, sys
from deckgen.interrupts import end_at_interrupts

class Field:
    def __set_name__(self, owner, name):
        signal.raise_signal(int(sys.argv[1]))
        for _ in range(100):
            pass

end_at_interrupts()
try:
    class Table:
        field = Field()
    import time
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("number", INTERRUPTS)
@pytest.mark.parametrize(
    "program",
    [IN_A_CALLBACK, WHILE_DROPPING, WHILE_LOADING, IN_A_NAME],
    ids=["in a callback", "while Python tells what it dropped", "while an extension loads", "in __set_name__"],
)
def test_an_interrupt_where_python_loses_exceptions_ends_quietly_all_the_same(
    program: str, number: signal.Signals
) -> None:
    command = (sys.executable, "-c", program, str(int(number)))
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert (ended.returncode, ended.stderr) == (128 + number, b"")


def test_what_else_is_dropped_is_told() -> None:
    program = IN_A_CALLBACK.replace("signal.raise_signal", "int.missing").replace("sleep(60)", "sleep(0)")
    ended = subprocess.run((sys.executable, "-c", program, "1"), capture_output=True, timeout=30, check=False)
    assert b"AttributeError" in ended.stderr


AT_ONCE = """
import signal, sys

def interrupt(*_, **__):
    signal.raise_signal(int(sys.argv[1]))

class WhileLoading:
    def find_spec(self, name, *_):
        if name == "click":
            interrupt()

class Output:
    reconfigure = interrupt

    def flush(self):
        pass

INTERRUPTED
from deckgen.__main__ import main
main()
"""


@pytest.mark.parametrize("number", INTERRUPTS)
@pytest.mark.parametrize("interrupted", ["sys.meta_path.insert(0, WhileLoading())", "sys.stdout = Output()"])
def test_an_interrupt_before_the_work_begins_ends_quietly(interrupted: str, number: signal.Signals) -> None:
    command = (sys.executable, "-c", AT_ONCE.replace("INTERRUPTED", interrupted), str(int(number)))
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert (ended.returncode, ended.stderr) == (-number, b"")


def test_it_ends_quietly_though_nobody_reads_what_was_said() -> None:
    program = f"from deckgen.interrupts import end; print('said'); end({INTERRUPTED + signal.SIGTERM})"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            (sys.executable, "-c", program),
            stdout=nobody,
            stderr=subprocess.PIPE,
            env=buffered,
            timeout=30,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, b"")


def test_it_does_not_wait_for_threads() -> None:
    program = (
        "import threading, time; from deckgen.interrupts import end; "
        "threading.Thread(target=time.sleep, args=(60,)).start(); print('said'); end(3)"
    )
    ended = subprocess.run((sys.executable, "-c", program), capture_output=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, b"said\n", b"")
