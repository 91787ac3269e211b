"""The handout's own process: it answers, fails in words, keeps its limits, and does not outlive its parent."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import deckgen
from deckgen.typeset.slides import typeset
from deckgen.write.handout import worker
from deckgen.write.handout.html import layout_job
from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import lay_out
from deckgen.write.handout.worker import HandoutWorker, Limits, limits_for
from tests.builders import STAMP, every_kind, faces, paper
from tests.command import deckgen as run
from tests.command import talk


def job() -> Job:
    deck = every_kind()
    show = typeset(deck, paper(), faces())
    return layout_job(deck, show, paper(), faces(), STAMP)


def test_it_lays_out_the_same_handout_as_this_process() -> None:
    child = HandoutWorker()
    child.start(job(), limits_for(10))
    made = child.result()
    assert not made.failure
    assert made.parts == lay_out(job())
    assert made.seconds > 0


def test_an_exception_becomes_words_and_a_traceback_for_the_report() -> None:
    child = HandoutWorker()
    child.start(replace(job(), stamp=None), limits_for(1))  # type: ignore[arg-type]
    made = child.result()
    assert not made.parts
    assert made.failure and "\n" not in made.failure
    assert "Traceback" in made.details and made.hint == worker.REPORT


def test_a_job_that_cannot_be_read_is_a_failure() -> None:
    child = HandoutWorker()
    child.start(None, limits_for(1))  # type: ignore[arg-type]
    assert "AttributeError" in child.result().failure


def test_too_long_a_wait_is_ended() -> None:
    child = HandoutWorker()
    child.start(job(), Limits(seconds=0.01, address_space=10**12))
    made = child.result()
    assert "more than 0 seconds" in made.failure and made.hint == worker.TOO_MUCH
    assert child._child.poll() is not None


@pytest.mark.parametrize("size", [10_000_000])
def test_too_little_memory_is_a_failure(size: int) -> None:
    child = HandoutWorker()
    child.start(job(), Limits(seconds=60, address_space=size))
    made = child.result()
    if sys.platform == "linux":
        assert not made.parts
        assert made.failure


def test_a_child_that_dies_is_a_failure() -> None:
    child = HandoutWorker()
    child._child.kill()
    child.start(job(), limits_for(1))
    made = child.result()
    assert "without an answer" in made.failure


def test_closing_early_ends_the_child() -> None:
    child = HandoutWorker()
    child.close()
    child.close()
    assert child._child.poll() is not None


def test_the_child_ends_with_its_parent() -> None:
    """A parent that starts a child and is killed; the child must be gone soon after."""
    program = (
        "import os\n"
        "from deckgen.write.handout.worker import HandoutWorker\n"
        "child = HandoutWorker()\n"
        "print(child._child.pid, flush=True)\n"
        "os._exit(9)\n"
    )
    root = str(Path(deckgen.__file__).parent.parent)
    parent = subprocess.run(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}, timeout=60
    )
    # The child holds no end of the parent's output, so `run` returns; its own answer pipe is broken.
    pid = int(parent.stdout)
    assert ended(pid)


def ended(pid: int) -> bool:
    """Whether the process is gone within some seconds."""
    import time

    for _ in range(100):
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OSError):
            return True
        if zombie(pid):
            return True
        time.sleep(0.1)
    return False


def zombie(pid: int) -> bool:
    """Whether the process has ended and only waits to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def test_it_takes_no_code_from_the_folder_it_runs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    child = HandoutWorker()
    child.start(job(), limits_for(10))
    assert not child.result().failure


def test_what_libraries_print_is_no_part_of_the_answer() -> None:
    program = (
        "import os\n"
        "import deckgen.write.handout.worker as worker\n"
        "worker.answer_to = lambda jobs, answers: (os.write(1, b'noise'), print('more noise'), (b'D', b'PDF'))[2]\n"
        "worker.main()\n"
    )
    root = str(Path(deckgen.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    ) as child:
        assert child.stdout and child.stderr
        assert child.stdout.read() == b"DPDF"
        assert b"noise" in child.stderr.read()


def test_what_is_loaded_late_works_when_it_is_called() -> None:
    program = (
        "import sys\n"
        "from deckgen.late import loaded_late\n"
        "from deckgen.write.handout.worker import HARDLY_EVER\n"
        "with loaded_late(*HARDLY_EVER):\n"
        "    from weasyprint.pdf import fonts\n"
        "print(*(name in sys.modules for name in HARDLY_EVER))\n"
        "print(fonts.subset.Options(hinting=False).hinting)\n"
        "print(*(name in sys.modules for name in HARDLY_EVER))\n"
    )
    root = str(Path(deckgen.__file__).parent.parent)
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False", "False", "False", "True", "False"], done.stderr


def test_limits_grow_with_the_slides() -> None:
    few, many = limits_for(10), limits_for(1000)
    assert few.seconds < many.seconds and few.address_space < many.address_space


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(talk("A", "B"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    assert run("build", "talk.yaml", cwd=tmp_path, TMPDIR=str(temporary)).returncode == 0
    assert list(temporary.iterdir()) == []
