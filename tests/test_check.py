"""The command `check`: what it finds, how grave that is, and for whom it says so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sarif_pydantic import Sarif

from deckgen.build import Options, build
from deckgen.check.fixes import mended
from deckgen.cli.formats import as_github, as_json, as_sarif
from deckgen.diagnostics import CODES, WARNINGS, Diagnostic, Edit, Span, has_errors
from deckgen.findings import findings
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.command import deckgen
from tests.pictures import picture

HEAD = "deckgen: 1\ntitle: A talk\n"


def world(source: str, **files: bytes) -> MemoryWorld:
    named = {name.replace("_", "."): data for name, data in files.items()}
    return MemoryWorld({"talk.yaml": source.encode(), **named}, fonts=default_folder())


def found(source: str, **files: bytes) -> list[tuple[int, str, str]]:
    """Line, severity and code of each finding."""
    return [(d.span.line, d.severity, d.code) for d in findings(world(source, **files), "talk.yaml")]


WORDY = "a b c d e f g h i j k l m n o p q r s t u v w x y z"


@pytest.mark.parametrize(
    ("slides", "line", "code"),
    [
        ("  - title: A\n    bullets: [x]\n  - title: a\n    bullets: [y]\n", 6, "title"),
        ("  - title: A\n    only: deck\n    bullets: [x]\n    handout: |\n      Lost.\n", 8, "channel"),
        ("  - title: A\n    only: handout\n    bullets: [x]\n    notes: Lost.\n", 4, "channel"),
        ("  - title: A\n    only: deck\n    cheat: true\n    bullets: [x]\n", 4, "channel"),
        ("  - title: A\n    only: deck\n    body:\n      - bullets: [x]\n        cheat: true\n", 7, "channel"),
        ("  - title: A\n    body:\n      - bullets: [x]\n        cheat: true\n        only: deck\n", 6, "channel"),
        ("  - title: A\n    only: deck\n    body:\n      - bullets: [x]\n        only: handout\n      - callout: y\n",
         7, "channel"),
        (f"  - title: A\n    bullets: ['{WORDY}', '{WORDY}', '{WORDY}', '{WORDY}']\n", 4, "words"),
        ("  - title: A\n    picture: {file: a.png, alt: a.png}\n", 5, "alt-text"),
        (f"  - title: A\n    picture: {{file: a.png, alt: {'long ' * 60}}}\n", 5, "alt-text"),
        ("  - title: A\n    minutes: 3\n    bullets: [x]\nminutes: 2\n", 4, "minutes"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_is_allowed_and_seldom_meant(slides: str, line: int, code: str) -> None:
    sharp = picture("PNG", 1600, 900)
    assert found(f"{HEAD}slides:\n{slides}", a_png=sharp) == [(line, "warning", code)]


def test_a_good_talk_has_no_findings() -> None:
    assert found(f"{HEAD}slides:\n  - title: A\n    bullets: [x]\n") == []


TWICE = "slides:\n  - title: A\n    bullets: [x]\n  - title: A{comment}\n    bullets: [y]\n"


def test_the_source_grades_the_findings() -> None:
    twice = TWICE.format(comment="")
    assert found(f"{HEAD}{twice}") == [(6, "warning", "title")]
    assert found(f"{HEAD}checks: {{title: error}}\n{twice}") == [(7, "error", "title")]
    assert found(f"{HEAD}checks: {{title: off, words: error}}\n{twice}") == []


def test_a_comment_lets_a_warning_pass() -> None:
    assert found(HEAD + TWICE.format(comment="  # deckgen: ignore title")) == []
    assert found(HEAD + TWICE.format(comment="  # deckgen: ignore words, title")) == [(6, "warning", "ignore")]
    above = TWICE.format(comment="").replace("[x]\n", "[x]\n  # deckgen: ignore title\n")
    assert found(HEAD + above) == []
    assert found(HEAD + TWICE.format(comment="  # deckgen: ignore")) == [
        (6, "warning", "title"),
        (6, "warning", "ignore"),
    ]


def test_a_comment_at_the_head_of_a_text_is_for_all_its_lines() -> None:
    talk = f"{HEAD}slides:\n  - title: A\n    only: deck\n    bullets: [x]\n    handout: |  # deckgen: ignore channel\n"
    assert found(f"{talk}\n      Lost.\n") == []


def test_an_error_is_never_ignored() -> None:
    [(line, severity, code)] = found(f"{HEAD}slides:\n  - titel: A  # deckgen: ignore schema\n    bullets: [x]\n")
    assert (line, severity, code) == (4, "error", "schema")


def test_only_warnings_can_be_graded() -> None:
    for codes in ("{fit: off}", "{titel: off}", "{title: maybe}", "[title]"):
        assert found(f"{HEAD}checks: {codes}\nslides:\n  - title: A\n    bullets: [x]\n") == [(3, "error", "schema")]


def test_a_build_grades_its_findings_too() -> None:
    blurred = picture("PNG", 300, 200)
    slides = "slides:\n  - title: A\n    background: {image: a.png, shade: 90}\n    bullets: [x]\n"
    for checks, outputs, severities in (("", 1, ["warning"]), ("checks: {resolution: error}\n", 0, ["error"]),
                                        ("checks: {resolution: off}\n", 1, [])):  # fmt: skip
        source = world(f"{HEAD}{checks}{slides}", a_png=blurred)
        made = build(source, "talk.yaml", Options(only="deck"))
        assert (len(made.outputs), [d.severity for d in made.diagnostics]) == (outputs, severities)


def test_grading_says_nothing_of_the_content() -> None:
    plain, graded = (
        build(world(f"{HEAD}{checks}slides:\n  - title: A\n    bullets: [x]\n"), "talk.yaml", Options(only="deck"))
        for checks in ("", "checks: {title: off}\n")
    )
    assert [output.data for output in plain.outputs] == [output.data for output in graded.outputs]


EVIL = Diagnostic("warning", Span("a:b,%.yaml", 3, 7), "two\nlines: 100 %", "do, it", "title")


def test_findings_for_programs() -> None:
    whole = Diagnostic("error", Span("a.yaml"), "gone", "", "file")
    [first, second] = json.loads(as_json((EVIL, whole)))
    assert first == {"file": "a:b,%.yaml", "line": 3, "column": 7, "severity": "warning", "code": "title",
                     "message": "two\nlines: 100 %", "hint": "do, it", "fix": None}  # fmt: skip
    assert (second["line"], second["hint"]) == (0, "")
    assert as_github((EVIL, whole)).splitlines() == [
        "::warning file=a%3Ab%2C%25.yaml,line=3,col=7,title=deckgen%3A title::two%0Alines: 100 %25; do, it",
        "::error file=a.yaml,title=deckgen%3A file::gone",
    ]


def test_sarif_names_rules_and_places() -> None:
    run = json.loads(as_sarif((EVIL, Diagnostic("error", Span("a.yaml"), "gone", "", "file"))))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["file", "title"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["region"] == {"startLine": 3, "startColumn": 7} and "region" not in places[1]
    assert [result["level"] for result in run["results"]] == ["warning", "error"]
    assert places[0]["artifactLocation"] == {"uri": "a%3Ab%2C%25.yaml"}


def test_sarif_is_what_others_read_as_such() -> None:
    said = as_sarif((EVIL, Diagnostic("error", Span("a.yaml"), "gone", "", "file")))
    log = Sarif.model_validate_json(said)
    assert log.model_dump(mode="json", by_alias=True, exclude_none=True) == json.loads(said)
    assert list(unknown(log)) == ["columnKind"]  # SARIF 2.1.0 has it, the library does not.


def unknown(part: object) -> Iterator[str]:
    """The keys that the library's model doesn't have."""
    if isinstance(part, BaseModel):
        yield from part.model_extra or ()
        for name in type(part).model_fields:
            yield from unknown(getattr(part, name))
    elif isinstance(part, list):
        for item in part:
            yield from unknown(item)


def test_a_style_that_can_not_be_made_is_found() -> None:
    talk = f"{HEAD}handout: cheat-sheet\nslides:\n  - title: A\n    bullets: [x]\n"
    assert found(talk) == [(3, "error", "handout")]


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + TWICE.format(comment=""))
    (tmp_path / "b.yaml").write_text(f"{HEAD}slides:\n  - titel: A\n")
    done = deckgen("check", "a.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("a.yaml:6:5: warning: the slide has the title of the one in line 4 [title]\n")
    assert deckgen("check", "--strict", "a.yaml", cwd=tmp_path).returncode == 1
    both = deckgen("check", "a.yaml", "b.yaml", "--format", "json", cwd=tmp_path)
    assert both.returncode == 1
    assert [(d["file"], d["code"]) for d in json.loads(both.stdout)] == [("a.yaml", "title"), ("b.yaml", "schema")]
    beside = deckgen("check", "a.yaml", "b.yaml", "--format", "github", cwd=tmp_path).stdout.splitlines()
    assert [line.partition(" ")[0] for line in beside] == ["::warning", "::error"]
    listed = deckgen("check", "--codes", cwd=tmp_path).stdout
    assert all(code in listed for code in CODES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]
    good = HEAD + "slides:\n  - title: A\n    bullets: [x]\n"
    (tmp_path / "c.yaml").write_text(good)
    assert deckgen("check", "c.yaml", cwd=tmp_path).stdout == "c.yaml: nothing to put right\n"
    assert deckgen("check", "c.yaml", "--format", "github", cwd=tmp_path).stdout == ""
    mended = deckgen("check", "b.yaml", "--fix", "--format", "json", cwd=tmp_path)
    assert json.loads(mended.stdout) == [] and "titel -> title" in mended.stderr


def test_checking_loads_no_renderer(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + TWICE.format(comment=""))
    program = """
import atexit, sys
from deckgen.cli import cli
atexit.register(lambda: print(sorted({"weasyprint", "pptx", "pikepdf", "jinja2"} & sys.modules.keys())))
cli.main(["check", sys.argv[1]], standalone_mode=False)
"""
    command = [sys.executable, "-c", program, str(tmp_path / "a.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["title", "words", "channel"]), unique=True), st.booleans())
def test_what_is_ignored_is_what_the_comment_names(codes: list[str], alone: bool) -> None:
    comment = f"# deckgen: ignore {', '.join(codes)}" if codes else ""
    second = f"  {comment}\n  - title: A\n" if alone else f"  - title: A  {comment}\n"
    source = f"{HEAD}slides:\n  - title: A\n    bullets: [x]\n{second}    bullets: [y]\n"
    left = [code for _, _, code in found(source)]
    assert ("title" in left) == ("title" not in codes)
    assert left.count("ignore") == len(set(codes) - {"title"})
    assert not has_errors(findings(world(source), "talk.yaml"))


BROKEN = """\
deckgen: 1
title: Docker: what is it   # a comment
authr: me
date: 24.11.2026
theme: papper
slides:
  - titel: A @b
    bulets: [x]
  - title: `x` is code  # another
    layuot: content   # deckgen: ignore words
    picture: {file: hil.png, alt: A hill}
    handout:|
      text
  - title: 'Docker's engine'  # more
    bullets:
      * **Isolation** of processes
      - "Images" are layers
      - [x] done
"""
WHOLE = """\
deckgen: 1
title: "Docker: what is it"   # a comment
author: me
date: 2026-11-24
theme: paper
slides:
  - title: A @b
    bullets: [x]
  - title: "`x` is code"  # another
    layout: content
    picture: {file: hill.png, alt: A hill}
    handout: |
      text
  - title: "Docker's engine"  # more
    bullets:
      - "**Isolation** of processes"
      - '"Images" are layers'
      - "[x] done"
"""


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_what_is_mechanical_is_mended_and_all_else_stays(tmp_path: Path, mark: str, end: str) -> None:
    (tmp_path / "hill.png").write_bytes(picture("PNG", 1600, 900))
    file = tmp_path / "talk.yaml"
    file.write_bytes((mark + BROKEN).replace("\n", end).encode())
    done = deckgen("check", "talk.yaml", "--fix", cwd=tmp_path)
    assert file.read_bytes() == (mark + WHOLE).replace("\n", end).encode()
    assert (done.returncode, done.stderr) == (0, "")
    assert "talk.yaml:3:1: authr -> author" in done.stdout
    assert "talk.yaml:10:20: without # deckgen: ignore words" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hill.png", "talk.yaml"]


MESSY = {
    "comments": '# head\ndeckgen: 1   # v\ntitle:   T      # t\nslides:   # all\n\n  # first\n  - title: "One"\n'
    "    bulets:        # here\n      - a    # x\n      # y\n      -   b\n    notes: >-\n      A # b\n# end\n",
    "order": "slides:\n- bulets: [a]\n  title: T\ntitle: X\ndeckgen: 1\n",
    "quotes": "deckgen: 1\ntitle: 'It''s'\n\"author\": \"A \\u00e4\"\nslides:\n- 'bulets': [ 'a' ]\n  \"title\": x\n",
    "tabs": "deckgen: 1\ntitle: T\nslides:\n  - title: One\t# tab\n    bulets:\t[a,\tb]\n    notes: |\n      a\tb\n",
    "anchor": "deckgen: 1\ntitle: T\nslides:\n  - &s\n    title: A\n    bulets: &b [a]\n  - title: B\n    bulets: *b\n",
    "flow": "{deckgen: 1, title: T, slides: [{title: One, bulets: [a, b]}, {title: Two,bulets: [c]}]}\n",
    "line ends": "deckgen: 1\r\ntitle: T\nslides:\r\n  - title: One\n    bulets: [a]\r\n    # c",
    "spaces": "\ufeffdeckgen: 1   \ntitle: T  \nslides:  \n  - title: One   \n    bulets:   [a]   \n\n\n   \n",
    "documents": "---\ndeckgen: 1\ntitle: T\nslides:\n  - title: bulets\n    bulets: [bulets]\n...\n",
    "astral": 'deckgen: 1\ntitle: "\U0001f600"\nslides:\n- {title: \U0001f600\U0001f600, bulets: [é]} # \U0001f600\n',
    "long keys": "deckgen: 1\ntitle: T\nslides:\n  - ? title\n    : One\n    ? bulets\n    : [a]\n",
}
"""Sources as people write them: each has a misspelt key, `bulets`."""


@pytest.mark.parametrize("name", MESSY)
def test_only_the_word_is_mended_in_a_source_of_any_style(tmp_path: Path, name: str) -> None:
    file = tmp_path / "theme.yaml"
    file.write_bytes(MESSY[name].encode())
    done = deckgen("check", "theme.yaml", "--fix", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    key = re.compile(r"bulets(?=['\"]?:|\n    :)")
    assert file.read_bytes().decode() == key.sub("bullets", MESSY[name])


def test_what_has_two_meanings_is_not_mended(tmp_path: Path) -> None:
    for doubtful in (
        HEAD + "date: 03/04/2026\nslides:\n  - title: A\n    xyzzy: 1\n    bullets: [x]\n",
        HEAD + "slides:\n  - title: A\n    bullets: [x, y] z\n",
    ):
        (tmp_path / "talk.yaml").write_text(doubtful)
        done = deckgen("check", "talk.yaml", "--fix", cwd=tmp_path)
        assert done.returncode == 1 and (tmp_path / "talk.yaml").read_text() == doubtful


places = st.builds(Span, st.just("a"), st.integers(0, 6), st.integers(0, 9))
edits = st.lists(
    st.builds(Edit, places, st.sampled_from(["a", "ab", ""]), st.sampled_from(["", "X", "XY"])), max_size=6
)


@given(st.text("ab\n\r ", max_size=30), edits)
def test_edits_touch_nothing_but_their_words(text: str, edits: list[Edit]) -> None:
    found = mended(text, edits)
    assert len(found.edits) <= len(edits)
    assert found.text.translate(str.maketrans("", "", "XYab")) == text.translate(str.maketrans("", "", "ab"))
    assert len(found.text) == len(text) + sum(len(edit.new) - len(edit.old) for edit in found.edits)


def test_the_documentation_tells_every_code_with_what_it_means_and_what_to_do() -> None:
    page = (Path(__file__).parents[1] / "docs" / "checking.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (.+) \| (warning|error) \|$", page, re.MULTILINE)
    assert {code: meaning for code, meaning, _, _ in rows} == CODES
    assert {code for code, _, _, severity in rows if severity == "warning"} == WARNINGS
    assert [code for code, *_ in rows] == sorted(CODES)
