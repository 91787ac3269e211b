"""Files that a source names: where they are looked for, and what is said when they can't be had."""

from __future__ import annotations

import pytest

from deckgen.read import files
from deckgen.read.files import OF_PROJECT, read_file, read_text_file
from deckgen.read.reader import BAD, Reader
from deckgen.read.source import Source
from deckgen.read.yaml import Scalar, Sequence
from deckgen.world import MemoryWorld

WORLD = MemoryWorld({"source/data/rates.csv": b"a,b\n1,2\n", "shared/x.csv": b"x", "source/bad.csv": b"a\n\xff"})


def reader() -> Reader:
    return Reader(Source("source/talk.yaml", "", ()), WORLD)


def named(path: str) -> Scalar:
    return Scalar(path, "", 7, 11, 7)


def test_a_path_is_relative_to_the_folder_of_the_source() -> None:
    assert read_file(reader(), named("data/rates.csv"), 100) == b"a,b\n1,2\n"
    assert read_file(reader(), named("../shared/x.csv"), 100) == b"x"


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("data/rate.csv", "there is no file source/data/rate.csv", "did you mean source/data/rates.csv?"),
        ("../../etc/passwd", "leads out of the project's folder", "only files of the project's folder are read"),
        ("/etc/passwd", "the path '/etc/passwd' begins at the root of a disk", OF_PROJECT),
        (" ", "expected the path of a file, found nothing", ""),
    ],
)
def test_what_cannot_be_had_is_said_at_its_place(path: str, message: str, hint: str) -> None:
    asked = reader()
    assert read_file(asked, named(path), 100) is BAD
    (found,) = asked.diagnostics
    assert str(found.span) == "source/talk.yaml:7:11"
    assert message in found.message
    assert found.hint == hint


def test_a_list_is_no_path() -> None:
    asked = reader()
    assert read_file(asked, Sequence((), 3, 1), 100) is BAD
    assert asked.diagnostics[0].message == "expected the path of a file, found a list"


def test_files_have_a_limit_each_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = reader()
    assert read_file(asked, named("data/rates.csv"), 5) is BAD
    assert "too large" in asked.diagnostics[0].message
    monkeypatch.setattr(files, "ALL_FILES_LIMIT", 8)
    asked = reader()
    assert read_file(asked, named("data/rates.csv"), 100) == read_file(asked, named("data/rates.csv"), 100)
    assert asked.diagnostics == []
    assert read_file(asked, named("../shared/x.csv"), 100) is BAD
    assert "the files of this talk hold more than" in asked.diagnostics[0].message


def test_text_is_read_with_its_lines_and_its_faults_at_their_place() -> None:
    asked = reader()
    source = read_text_file(asked, named("data/rates.csv"), 100)
    assert (source.file, source.lines) == ("source/data/rates.csv", ("a,b", "1,2", ""))
    assert read_text_file(asked, named("bad.csv"), 100) is BAD
    assert str(asked.diagnostics[0]) == "source/bad.csv:2:1: error: this character is not UTF-8"
