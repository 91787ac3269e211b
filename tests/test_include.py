"""Slides of other files: where they stand, how they find their own files, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.findings import findings
from deckgen.model.deck import Deck
from deckgen.read.deck import read_deck
from deckgen.read.include import DEEPEST, MOST_INCLUDES
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.command import deckgen
from tests.pictures import picture

HEAD = "deckgen: 1\ntitle: A talk\nslides:\n"


def world(slides: str, files: dict[str, str | bytes]) -> MemoryWorld:
    named = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    return MemoryWorld({"source/talk.yaml": (HEAD + slides).encode(), **named}, fonts=default_folder())


def deck(slides: str, **files: str | bytes) -> Deck:
    made, found = read_deck(world(slides, {f"source/{name}.yaml": text for name, text in files.items()}), TALK)
    assert made, found
    return made


def wrong(slides: str, files: dict[str, str | bytes]) -> list[tuple[str, str]]:
    """Places and messages."""
    return [(str(d.span), d.message) for d in read_deck(world(slides, files), TALK)[1]]


TALK = "source/talk.yaml"


def test_included_slides_stand_in_the_place_of_their_entry() -> None:
    made = deck(
        "  - {title: A, bullets: [x]}\n  - include: b.yaml\n  - {title: E, bullets: [x]}\n",
        b="- {title: B, bullets: [x]}\n- include: c.yaml\n",
        c="deckgen: 1\nslides:\n  - {section: C}\n  - page: '# D'\n  - {title: D, bullets: [x]}\n",
    )
    assert [entry.id for entry in made.slides][:3] == ["a", "b", "c"]
    files = [(entry.span.file, entry.span.line) for entry in made.slides]
    assert files == [(TALK, 4), ("source/b.yaml", 1), *[("source/c.yaml", n) for n in (3, 4, 5)], (TALK, 6)]


def test_paths_start_in_the_folder_of_the_file_that_names_them() -> None:
    part = "- {title: A, picture: {file: a.png, alt: A plain field}}\n- include: ../more.yaml\n"
    more = "- {title: B, table: {file: parts/b.csv}}\n"
    files: dict[str, str | bytes] = {
        "source/parts/one.yaml": part,
        "source/more.yaml": more,
        "source/parts/a.png": picture("PNG", 1600, 900),
        "source/parts/b.csv": "a,b\nc,1\n",
    }
    assert wrong("  - include: parts/one.yaml\n", files) == []
    assert wrong("  - include: parts/one.yaml\n", {**files, "source/parts/b.csv": "a,b\nc\n"}) == [
        ("source/parts/b.csv:2:1", "this row has 1 field, and the first row has 2")
    ]


@pytest.mark.parametrize(
    ("files", "place", "message"),
    [
        ({}, f"{TALK}:4:14", "there is no file source/b.yaml"),
        ({"source/b.yaml": ""}, "source/b.yaml", "the file is empty"),
        ({"source/b.yaml": "- {title: B, bulets: [x]}"}, "source/b.yaml:1:14", "unknown key 'bulets'"),
        ({"source/b.yaml": "- {title: B\n"}, "source/b.yaml:1:3", ""),
        ({"source/b.yaml": "title: B\nslides:\n- {title: B, bullets: [x]}"}, "source/b.yaml:1:1",
         "'title' can't stand in a file that is included"),
        ({"source/b.yaml": "deckgen: 1"}, "source/b.yaml:1:1", "the key 'slides' is missing"),
        ({"source/b.yaml": "- include: b.yaml"}, "source/b.yaml:1:12",
         "this file includes itself: source/b.yaml -> source/b.yaml"),
        ({"source/b.yaml": "- include: talk.yaml"}, "source/b.yaml:1:12",
         f"this file includes itself: {TALK} -> source/b.yaml -> {TALK}"),
        ({"source/b.yaml": "- include: ../../b.yaml"}, "source/b.yaml:1:12",
         "the path '../b.yaml' leads out of the project's folder"),
        ({"source/b.yaml": "- include: b.yaml\n  title: B"}, "source/b.yaml:2:3", "unknown key 'title'"),
        ({"source/b.yaml": "- {title: B, id: here, quote: x}"}, "source/b.yaml:1:18", "two slides have the id 'here'"),
        ({"source/b.yaml": "- {title: B, bullets: ['[x](#nowhere)']}"}, "source/b.yaml:1:25",
         "there is no slide 'nowhere' to link to"),
        ({"source/b.yaml": b"PK\x03\x04"}, "source/b.yaml", "this is not a text file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(files: dict[str, str | bytes], place: str, message: str) -> None:
    found = wrong("  - include: b.yaml\n  - {title: A, id: here, bullets: [x]}\n", files)
    assert [at for at, words in found if message in words] == [place]


def test_includes_are_bounded() -> None:
    many = "  - include: b.yaml\n" * (MOST_INCLUDES + 1)
    [found] = wrong(many, {"source/b.yaml": "- {title: B, bullets: [x]}"})
    assert found == (f"{TALK}:{4 + MOST_INCLUDES}:14", f"the talk includes more than {MOST_INCLUDES} files")
    chain: dict[str, str | bytes] = {f"source/n{n}.yaml": f"- include: n{n + 1}.yaml" for n in range(100)}
    [found] = wrong("  - include: n0.yaml\n", chain)
    assert found[0] == f"source/n{DEEPEST - 1}.yaml:1:12"
    assert "deeper than" in found[1]
    heavy = "- {title: B, bullets: [x]}\n# " + "x" * 2_000_000
    [found] = wrong("  - include: b.yaml\n" * 3, {"source/b.yaml": heavy})
    assert found == (f"{TALK}:6:14", "with source/b.yaml, the included files hold more than 5 MB")


def test_a_wide_tree_of_includes_ends() -> None:
    tree: dict[str, str | bytes] = {"source/n9.yaml": "- {title: B, bullets: [x]}"}
    tree |= {f"source/n{n}.yaml": f"- include: n{n + 1}.yaml\n" * 9 for n in range(9)}
    found = wrong("  - include: n0.yaml\n", tree)
    assert found
    assert len(found) < 1000


def test_all_slides_together_are_bounded() -> None:
    part = "- {title: B, bullets: [x]}\n" * 1500
    [found] = wrong("  - include: b.yaml\n" * 2, {"source/b.yaml": part})
    assert found == (f"{TALK}:5:5", "up to here the talk has 3,000 slides, and the limit is 2,000")


def test_comments_in_included_files_ignore_findings_there() -> None:
    part = "- title: B\n  bullets: [x]\n- title: b # deckgen: ignore title\n  bullets: [y]\n"
    slides = "  - include: b.yaml\n"
    assert findings(world(slides, {"source/b.yaml": part}), TALK) == ()
    idle = "- title: B # deckgen: ignore title\n  bullets: [x]\n"
    [found] = findings(world(slides, {"source/b.yaml": idle}), TALK)
    assert (str(found.span), found.code) == ("source/b.yaml:1:12", "ignore")


def test_the_command_mends_included_files_and_shows_their_lines(tmp_path: Path) -> None:
    parts = tmp_path / "source" / "parts"
    parts.mkdir(parents=True)
    (tmp_path / TALK).write_text(HEAD + "  - include: parts/b.yaml\n")
    (parts / "b.yaml").write_text("# a comment\n- title: B\n  bulets: [x]\n- title: C\n  nothing: x\n")
    told = deckgen("check", "--fix", "source/talk.yaml", cwd=tmp_path)
    assert "source/parts/b.yaml:3:3: bulets -> bullets" in told.stdout
    assert (parts / "b.yaml").read_text().startswith("# a comment\n- title: B\n  bullets: [x]\n")
    assert "source/parts/b.yaml:5:3: error: unknown key 'nothing'" in told.stderr
    assert "    5 |   nothing: x" in told.stderr
