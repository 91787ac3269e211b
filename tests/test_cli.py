"""The command `deckgen build`, as a process: what it writes, says and returns."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deckgen import build as build_module
from deckgen.cli import status
from tests.command import (
    COMMAND,
    PAIR,
    SECONDS,
    bound_by_permissions,
    contents,
    deckgen,
    project,
    talk,
    with_full_disk,
)

SECONDS_TOLD = re.compile(r"\d+\.\d s")
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "space": (b"\n \n", "the file is empty"),
    "binary": (bytes(range(256)), "this is not a text file"),
    "deck": (b"PK\x03\x04", "this is not a text file"),
    "latin": (b"deckgen: 1\ntitle: caf\xe9\n", "latin.yaml:2:11: error: this character is not UTF-8"),
    "utf16": ("deckgen: 1".encode("utf-16"), "the file is UTF-16 text"),
    "tab": (b"deckgen: 1\nslides:\n\t- title: A\n", "tab.yaml:3:1: error: a tab indents this line"),
    "list": (b"- a\n", "list.yaml:1:1: error: expected 'key: value' lines"),
    "number": (b"7\n", "number.yaml:1:1: error: expected 'key: value' lines"),
    "bomb": (BOMB.encode(), "repeat so much that the file holds more than"),
    "deep": (b"[" * 100_000, "nest deeper than"),
    "quote": (b'title: "open\n', "quote.yaml:1:8: error: this quotation mark is never closed"),
    "tag": (
        b"title: !!python/object/apply:os.system [x]\n",
        "tag.yaml:1:8: error: text without quotes can't begin with !",
    ),
    "twice": (talk("A").encode() + b"title: B\n", "twice.yaml:6:1: error: the key 'title' stands here twice"),
    "ids": (
        talk("A", "B").replace("bullets:", "id: x\n    bullets:").encode(),
        "ids.yaml:8:9: error: two slides have the id 'x'",
    ),
    "types": (b"deckgen: 1\ntitle: [A]\nslides: 3\n", "types.yaml:2:8: error: expected text, found a list"),
    "theme": (talk(theme="papper").encode(), "theme.yaml:3:8: error: there is no theme 'papper'"),
    "thief": (talk(theme="../../etc").encode(), "thief.yaml:3:8: error: there is no theme '../../etc'"),
    "root": (talk(theme="/etc").encode(), "root.yaml:3:8: error: there is no theme '/etc'"),
}


def test_all_sources_are_built_and_summed_up(tmp_path: Path) -> None:
    root = project(tmp_path, first=talk(), second=talk("Übung"))
    done = deckgen("build", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert SECONDS_TOLD.sub("? s", done.stdout).splitlines() == [
        "build/first.pptx: 2 slides, ? s",
        "build/first-handout.pdf: 2 pages, ? s",
        "build/second.pptx: 2 slides, ? s",
        "build/second-handout.pdf: 2 pages, ? s",
    ]
    assert sorted(contents(root / "build")) == [
        "first-handout.pdf", "first.pptx", "second-handout.pdf", "second.pptx",
    ]  # fmt: skip


def test_what_is_wrong_is_told_with_its_place_and_the_good_sources_are_built(tmp_path: Path) -> None:
    text = "deckgen: 1\ntitle: T\nauthr: me\nslides:\n  - title: A\n    bulets: [one]\n"
    project(tmp_path, a=talk(), bad=text, c=talk())
    done = deckgen("build", "--only", "deck", cwd=tmp_path)
    assert done.returncode == 1
    assert sorted(contents(tmp_path / "build")) == ["a.pptx", "c.pptx"]
    assert done.stderr == (
        "source/bad.yaml:3:1: error: unknown key 'authr' [schema]\n"
        "    3 | authr: me\n"
        "      | ^\n"
        "  hint: did you mean 'author'?\n"
        "source/bad.yaml:6:5: error: unknown key 'bulets' [schema]\n"
        "    6 |     bulets: [one]\n"
        "      |     ^\n"
        "  hint: did you mean 'bullets'?\n"
        "2 errors\n"
    )


def test_every_bad_source_has_its_sentence(tmp_path: Path) -> None:
    for name, (data, _) in BROKEN.items():
        (tmp_path / f"{name}.yaml").write_bytes(data)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "secret.yaml").write_text(talk())
    (tmp_path / "secret.yaml").chmod(0)
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "stolen.yaml").symlink_to("/etc/hostname")
    names = [f"{name}.yaml" for name in (*BROKEN, "folder", "secret", "pipe", "stolen", "missing")]
    done = deckgen("build", "--only", "deck", *names, cwd=tmp_path, before=bound_by_permissions)
    assert (done.returncode, done.stdout) == (1, "")
    sentences = [sentence for _, sentence in BROKEN.values()]
    sentences += ["folder.yaml is not a file", "secret.yaml may not be read", "pipe.yaml is not a file"]
    sentences += ["stolen.yaml leads out of the project's folder", "there is no file missing.yaml"]
    assert [sentence for sentence in sentences if sentence not in done.stderr] == []
    assert not (tmp_path / "build").exists()


def test_paths_are_told_as_they_were_typed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project(tmp_path / "the project", Übung="deckgen: 2\n")
    relative, absolute = Path("../the project/source/Übung.yaml"), tmp_path / "the project" / "source" / "Übung.yaml"
    assert deckgen("build", relative, cwd=elsewhere).stderr.startswith(f"{relative}:1:1: error: ")
    assert deckgen("build", absolute, cwd=elsewhere).stderr.startswith(f"{absolute}:1:1: error: ")


def test_names_of_any_kind(tmp_path: Path) -> None:
    names = {"Grüße an alle.yaml": "Grüße an alle", "plain": "plain", "v1.2": "v1.2", "a.b.yml": "a.b", "-x.yaml": "-x"}
    for name in names:
        (tmp_path / name).write_text(talk(), encoding="utf-8")
    raw = os.fsdecode(b"caf\xe9.yaml")
    (tmp_path / raw).write_text(talk())
    done = deckgen("build", "--only", "deck", "--out", "über", "--", *names, raw, *names, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(contents(tmp_path / "über")) == sorted(f"{stem}.pptx" for stem in (*names.values(), raw[:-5]))
    assert done.stdout.count("2 slides") == 6 and "über/Grüße an alle.pptx" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build"], "there is no source"),
        (["build", "--colour"], "No such option"),
        (["build", "--only", "both"], "'both' is not one of"),
        (["build", "a.yaml", "--out", "a.yaml"], "is a file"),
        (["build", "a.yaml", "--theme", "papr"], "there is no theme 'papr'; did you mean 'paper'?"),
        (["build", "a.yaml", "--theme", "../a"], "there is no theme '../a'"),
        (["build", "a.yaml", "a.yml"], "a.yaml and a.yml would both be written to build/a.pptx"),
        (["biuld"], "No such command"),
        (["verify", "a.pptx"], "Missing argument"),
        ([], "Usage"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_done(arguments: list[str], words: str, tmp_path: Path) -> None:
    for name in ("a.yaml", "a.yml"):
        (tmp_path / name).write_text(talk())
    done = deckgen(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert not (tmp_path / "build").exists()


def test_a_theme_on_the_command_line_takes_the_place_of_an_unknown_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(talk(theme="ours"))
    assert deckgen("build", "--only", "deck", "--theme", "paper", "a.yaml", cwd=tmp_path).returncode == 0


def test_one_output_alone_warns_where_the_other_is_of_another_state(tmp_path: Path) -> None:
    source = project(tmp_path, talk=talk("A")) / "source" / "talk.yaml"
    assert deckgen("build", cwd=tmp_path).returncode == 0
    assert deckgen("build", "--only", "deck", cwd=tmp_path).stderr == ""
    old = contents(tmp_path / "build")
    source.write_text(talk("B"))
    done = deckgen("build", "--only", "deck", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "warning: build/talk-handout.pdf is not of this source as it is now; build it, too\n"
    new = contents(tmp_path / "build")
    assert new[PAIR[1]] == old[PAIR[1]] and new[PAIR[0]] != old[PAIR[0]]
    assert "slide 'b' stands in" in deckgen("verify", *(f"build/{name}" for name in PAIR), cwd=tmp_path).stdout


def test_outputs_that_can_not_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    source = project(tmp_path, talk=talk("A")) / "source" / "talk.yaml"
    arguments = ("build", "--only", "deck", "--slides-pdf")
    assert deckgen(*arguments, cwd=tmp_path).returncode == 0
    out = tmp_path / "build"
    old = contents(out)
    source.write_text(talk("B"))

    def refused(words: str, *, full: bool = False) -> None:
        done = deckgen(*arguments, cwd=tmp_path, before=with_full_disk if full else bound_by_permissions)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("error: talk can't be written: ") and words in done.stderr
        assert done.stderr.endswith("; nothing was replaced\n")

    refused("is larger than its disk allows", full=True)
    assert contents(out) == old
    out.chmod(0o500)
    refused("may not be read or written")
    out.chmod(0o300)
    refused("may not be read or written")
    out.chmod(0o700)
    assert contents(out) == old
    (out / "talk-slides.pdf").chmod(0o400)
    refused("build/talk-slides.pdf may not be read or written")
    assert contents(out) == old
    (out / "talk-slides.pdf").unlink()
    (out / "talk-slides.pdf").mkdir()
    refused("build/talk-slides.pdf is a folder, and a file is expected")
    assert (out / "talk.pptx").read_bytes() == old["talk.pptx"] and len(list(out.iterdir())) == 2


def test_folders_that_can_not_be_used_have_their_sentence(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir(mode=0)
    done = deckgen("build", cwd=tmp_path, before=bound_by_permissions)
    assert (done.returncode, "source may not be read or written" in done.stderr) == (1, True)
    (tmp_path / "a.yaml").write_text(talk())
    (tmp_path / "locked").mkdir(mode=0o500)
    done = deckgen(
        "build", "a.yaml", "--only", "deck", "--out", "locked/new", cwd=tmp_path, before=bound_by_permissions
    )
    assert (done.returncode, "locked/new may not be read or written" in done.stderr) == (1, True)
    done = deckgen("build", "a.yaml", "--only", "deck", "--out", "a.yaml/x", cwd=tmp_path)
    assert (done.returncode, "a.yaml/x can't be had" in done.stderr) == (1, True)


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "> /dev/full", "2> /dev/full", "| head -0"])
def test_nobody_has_to_listen(redirection: str, tmp_path: Path) -> None:
    """Outputs are written whether or not anybody reads what is said about them."""
    project(tmp_path, a=talk(), bad="titel: x", c=talk())
    script = f"set -o pipefail; {' '.join(COMMAND)} build --only deck {redirection}; exit $?"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 1
    assert sorted(contents(tmp_path / "build")) == ["a.pptx", "c.pptx"]
    said = done.stdout + done.stderr
    assert "Traceback" not in said and "Exception" not in said and "Broken pipe" not in said


def test_a_terminal_shows_what_is_being_done(tmp_path: Path) -> None:
    project(tmp_path, talk=talk(), bad="titel: x")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        [*COMMAND, "build", "--only", "deck"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ):
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 10_000):
                said += part
        except OSError:  # Linux says so when the last writer is gone.
            os.close(ours)
    text = said.decode()
    assert "building source/talk.yaml" in text
    assert "\x1b[1;31merror: " in text
    assert "build/talk.pptx: 2 slides" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l"), "the cursor is shown again"


def test_little_is_imported_where_little_is_done(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("titel: x")

    def imported(*arguments: str) -> set[str]:
        command = [sys.executable, "-X", "importtime", "-m", "deckgen", *arguments]
        said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS).stderr
        return {line.rpartition("|")[2].strip() for line in said.splitlines() if line.startswith("import time:")}

    writers = {"weasyprint", "pptx", "jinja2"}
    assert not {*writers, "uharfbuzz", "pikepdf", "yaml", "rich"} & imported("--version")
    assert not {*writers, "uharfbuzz", "rich"} & imported("verify", "a.pptx", "b.pdf")
    assert not {*writers, "rich"} & imported("build", "bad.yaml")
    (tmp_path / "plain.yaml").write_text("deckgen: 1\ntitle: T\nslides:\n  - {title: A, bullets: [Some **words**]}\n")
    seldom = {"PIL.Image", "citeproc", "duckdb", "latex2mathml", "pygments.lexer", "resvg_py", "sqlite3", "ziamath"}
    others = {"deckgen.build", "deckgen.cli.build", "deckgen.cli.preview", "deckgen.importing"}
    assert not {*writers, "rich", "pikepdf", *seldom, *others} & imported("check", "plain.yaml")


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [(ZeroDivisionError("why"), 3, "internal error: ZeroDivisionError: why"), (MemoryError(), 1, "not enough memory")],
)
def test_a_fault_of_deckgen_is_told_as_one(
    fault: Exception, code: int, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(build_module, "build", broken)
    monkeypatch.setattr(sys, "argv", ["deckgen", "build", str(tmp_path / "a.yaml")])
    assert status() == code
    assert words in capsys.readouterr().err


def test_outputs_stand_in_the_project_wherever_it_is_built_from(tmp_path: Path) -> None:
    root = project(tmp_path / "My talks", one=talk())
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "two.yaml").write_text(talk())
    for named, cwd, written in (
        ("My talks", tmp_path, root / "build/one.pptx"),
        ("My talks/source/one.yaml", tmp_path, root / "build/one.pptx"),
        ("one.yaml", root / "source", root / "build/one.pptx"),
        (root / "source/one.yaml", tmp_path, root / "build/one.pptx"),
        ("loose/two.yaml", tmp_path, tmp_path / "loose/build/two.pptx"),
    ):
        done = deckgen("build", "--only", "deck", named, cwd=cwd)
        assert done.returncode == 0, done.stderr
        said = done.stdout.partition(": ")[0]
        assert (cwd / said).samefile(written) and "../source" not in said, done.stdout
        shutil.rmtree(written.parent)
    deckgen("build", "--only", "deck", "My talks", "--out", "elsewhere", cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["My talks", "elsewhere", "loose"]
