"""The same source gives the same bytes: in another folder, time zone, language and hash seed, on another day."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "source" / "understanding-docker.yaml"
NAMES = ("understanding-docker-handout.pdf", "understanding-docker-slides.pdf", "understanding-docker.pptx")
EPOCH = 1_000_000_000
"""2001-09-09T01:46:40Z."""


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """The outputs of a build in a project folder of its own."""
    project = folder / "project"
    (project / "source").mkdir(parents=True)
    (project / "source" / SOURCE.name).write_bytes(SOURCE.read_bytes())
    own = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED")}
    done = subprocess.run(
        [sys.executable, "-m", "deckgen", "build", "--slides-pdf"],
        cwd=project, env={**own, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_bytes() for file in sorted((project / "build").iterdir())}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("first"), TZ="UTC", PYTHONHASHSEED="0")


def test_the_same_bytes_elsewhere(first: dict[str, bytes], tmp_path: Path) -> None:
    """The other home has its own font cache, so that the fonts are cut anew."""
    assert tuple(first) == NAMES
    home = tmp_path / "another home"
    home.mkdir()
    second = built(
        tmp_path / "a folder of another name" / "ü",
        TZ="Pacific/Kiritimati", PYTHONHASHSEED="4711", HOME=str(home), XDG_CACHE_HOME=str(home / "cache"),
        LC_ALL="C", LANG="C",
    )  # fmt: skip
    assert {name: second[name] == data for name, data in first.items()} == dict.fromkeys(NAMES, True)
    assert list(home.rglob("*.ttf"))


def test_source_date_epoch_sets_the_dates_and_nothing_else(first: dict[str, bytes], tmp_path: Path) -> None:
    second = built(tmp_path, SOURCE_DATE_EPOCH=str(EPOCH), TZ="America/New_York")
    deck, handout = "understanding-docker.pptx", "understanding-docker-handout.pdf"
    assert changed_parts(first[deck], second[deck]) == ["docProps/core.xml"]
    assert set(re.findall(rb"W3CDTF\">([^<]+)<", part(second[deck], "docProps/core.xml"))) == {b"2001-09-09T01:46:40Z"}
    assert undated(part(first[deck], "docProps/core.xml")) == undated(part(second[deck], "docProps/core.xml"))
    for name in (handout, "understanding-docker-slides.pdf"):
        with pikepdf.open(io.BytesIO(second[name])) as pdf:
            assert {str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20010909014640Z"}
            assert name != handout or b"2001-09-09T01:46:40" in pdf.Root.Metadata.read_bytes()
        assert undated(content(first[name])) == undated(content(second[name]))
        assert content(first[name]) != content(second[name])


def part(deck: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return package.read(name)


def changed_parts(one: bytes, other: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(other)) as second:
        assert first.namelist() == second.namelist()
        return [name for name in first.namelist() if first.read(name) != second.read(name)]


def content(pdf: bytes) -> bytes:
    """The PDF without compression, with the same bytes for the same content."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.trailer.ID = pikepdf.Array([b"", b""])
        out = io.BytesIO()
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True, fix_metadata_version=False,
        )  # fmt: skip
        return out.getvalue()


def undated(data: bytes) -> bytes:
    """Without dates, and without the places of objects behind them."""
    data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?|D:\d{14}(Z|[+-]\d\d'\d\d'?)?", b"", data)
    return re.sub(rb"xref\n.*", b"", data, flags=re.DOTALL)
