"""Sources that nobody vouches for: they read no file, reach no network, run no code, and end."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen import talk as talk_module
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.limits import TooSlow, time_limit
from tests.command import SECONDS, contents, deckgen, project, talk, with_memory
from tests.opened import opened
from tests.pairs import outcome, prepared

EVENTS = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ftplib.", "urllib.",
          "http.", "webbrowser.", "ctypes.dlopen")  # fmt: skip
WATCH = """
import os, sys
log = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def watch(event, arguments):
    if event.startswith({events!r}):
        os.write(log, ascii((event, str(arguments))).encode() + b"\\n")
sys.addaudithook(watch)
"""
MARKUP = (
    "{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "${7*7}", "<script>alert(1)</script>", "</style><p>out</p>",
    "<img src=x onerror=alert(1)>", "&xxe; &#x41; &amp;", "<!-- no --> ]]>", "<?xml version='1.0'?>",
    "body { display: none }", "url(file:///etc/passwd)", "@import 'http://x.example/a.css';", r"\\u0041 %s {0}",
)  # fmt: skip
ALL = " ".join(MARKUP)
HEAD = "deckgen: 1\ntitle: T\nslides:\n"
AT_MOST = 3_500_000_000
"""Bytes of address space: as much as the handout's own process may take, and a little more."""


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def literal(text: str) -> str:
    """A text as Markdown that means just these characters."""
    return quoted(re.sub(r"([\\`*_{}\[\]<>()#+.!|&~^'@:-])", r"\\\1", text))


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)


def test_text_is_text_in_both_outputs() -> None:
    source = HEAD + (
        "  - title: Signs\n    body:\n      - bullets:\n"
        + "".join(f"          - {literal(text)}\n" for text in MARKUP)
        + f"    notes: {literal(ALL)}\n    handout: {literal(ALL)}\n"
        + "  - title: Code\n    code:\n      language: html\n      text: |\n"
        + "".join(f"        {text}\n" for text in MARKUP)
    )  # fmt: skip
    made = outcome(source)
    assert (made.found, made.problems) == ((), ())
    deck = squeezed("".join(slide.body + slide.notes for slide in read_deck_text(made.deck)))
    handout = squeezed(read_pdf_text(made.handout).text)
    for text in MARKUP:
        assert deck.count(squeezed(text)) >= 3, text
        assert handout.count(squeezed(text)) >= 3, text
    assert b"/JavaScript" not in made.handout and b"/Launch" not in made.handout


def test_nothing_but_web_pages_and_slides_is_linked_to() -> None:
    targets = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "../secret",
        "\\\\host\\share",
        "ftp://x.example",
    ]
    bullets = "".join(f"      - {quoted(f'[x](<{target}>)')}\n" for target in targets)
    _, found = prepared(f"{HEAD}  - title: A\n    bullets:\n{bullets}    handout: '![x](/etc/passwd)'\n")
    assert [f.span.line for f in found] == [6, 7, 8, 9, 10, 11, 12]
    assert all("a link can't lead to" in f.message for f in found[:6])
    assert found[6].message == "a picture can't stand in text"


def test_a_build_reads_nothing_else_and_reaches_nowhere(tmp_path: Path) -> None:
    """Every file that Python opens, in both processes, is of the project, the installation or the machine's set-up."""
    root = project(tmp_path / "project", talk=talk("A"))
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(WATCH.format(events=EVENTS))
    secret = tmp_path / "secret.yaml"
    secret.write_text(talk("Secret"))
    (root / "source" / "link.yaml").symlink_to(secret)
    (root / "source" / "theme.yaml").write_text(talk(theme="../../secret"))
    (root / "yaml.py").write_text("raise SystemExit('code of the project was run')")
    (root / "weasyprint.py").write_text("raise SystemExit('code of the project was run')")
    log = tmp_path / "events"
    done = deckgen("build", cwd=root, PYTHONPATH=str(tmp_path / "hooks"), WATCHED=str(log), PYTHONSAFEPATH="1")
    assert sorted(contents(root / "build")) == ["talk-handout.pdf", "talk.pptx"]
    assert "link.yaml: error: source/link.yaml leads out of the project's folder" in done.stderr
    assert "theme.yaml:3:8: error: there is no theme '../../secret'" in done.stderr
    events = [line for line in log.read_text().splitlines() if line]
    assert any("talk.yaml" in event for event in events), "the hook has seen the source"
    assert any("sRGB" in event or "html5" in event for event in events), "the hook has seen the handout's process"
    assert [event for event in events if "secret.yaml" in event] == []
    outward = ("('socket.", "('urllib.", "('http.", "('os.", "('webbrowser.")
    assert [e for e in events if e.startswith(outward) and not re.search("[(][\"']data:", e)] == []
    commands = {event for event in events if event.startswith("('subprocess.")}
    assert [command for command in commands if "deckgen.write.handout.worker" not in command] == []
    assert commands


HOSTILE: dict[str, Callable[[], str]] = {
    "stars": lambda: one("*" * 100_000),
    "brackets": lambda: one("[" * 100_000),
    "footnotes": lambda: one("^[" * 100_000),
    "quotations": lambda: one("> " * 9_000),
    "lists": lambda: one("- " * 9_000),
    "odd texts": lambda: many(lambda i: f"handout: {quoted('**a `_[x](' * 1_900)}", 240),
    "letters": lambda: one("a " * 2_000_000, "bullets"),
    "a word": lambda: one("a" * 4_000_000, "title"),
    "bullets": lambda: HEAD + "  - title: A\n    bullets:\n" + "      - a\n" * 100_000,
    "unknown keys": lambda: "".join(f"titel{i}: a\n" for i in range(30_000)),
    "links": lambda: many(lambda i: f"bullets: ['[x](#lost-{i})']", 1_900),
    "slides": lambda: many(lambda i: "bullets: [a]", 20_000),
    "sections": lambda: HEAD + "  - section: S\n" * 2_100,
    "rows": lambda: HEAD + "  - title: A\n    table:\n      header: [a]\n      rows:\n" + "        - [b]\n" * 20_000,
    "copies": lambda: many(
        lambda i: "layers: {alt: x, stacks: [{title: S, layers: [{text: A, copies: 99999999}]}]}", 1
    ),
}


def one(text: str, key: str = "handout") -> str:
    value = f"[{text}]" if key == "bullets" else quoted(text)
    return f"{HEAD}  - title: A\n    {key}: {value}\n" if key != "title" else f"{HEAD}  - title: {value}\n"


def many(line: Callable[[int], str], count: int) -> str:
    return HEAD + "".join(f"  - title: A{i}\n    {line(i)}\n" for i in range(count))


def test_sources_that_ask_for_endless_work_end_with_a_sentence(tmp_path: Path) -> None:
    for name, text in HOSTILE.items():
        (tmp_path / f"{name}.yaml").write_text(text())
    names = [f"{name}.yaml" for name in HOSTILE]
    done = deckgen("build", "--only", "deck", *names, cwd=tmp_path, before=with_memory(AT_MOST))
    assert (done.returncode, done.stdout) == (1, "")
    assert [name for name in names if f"{name}:" not in done.stderr] == []
    assert "not enough memory" not in done.stderr


def test_work_that_does_not_end_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(many(lambda i: "bullets: [a, b, c]", 1_900))
    program = "from deckgen import cli, talk; talk.PREPARING_S = 0.2; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "--only", "deck", "a.yaml"],
        cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 1
    assert "a.yaml: error: reading and setting the slides took more than 0 seconds [limit]\n  hint:" in done.stderr


def test_the_limit_counts_until_the_work_ends() -> None:
    with time_limit(60):
        pass
    with pytest.raises(TooSlow), time_limit(0.05):
        while True:
            pass


def test_a_long_split_that_makes_too_many_slides_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_module, "MOST_SLIDES", 2)
    _, found = prepared(f"{HEAD}  - title: A\n    bullets: [{', '.join(map(str, range(20)))}]\n")
    assert "and the limit is 2" in found[0].message


def test_the_deck_runs_nothing() -> None:
    parts = opened(outcome(talk("A")).deck).files
    assert not [name for name in parts if re.search(r"vba|activeX|\.bin|embeddings|externalLink", name, re.IGNORECASE)]
