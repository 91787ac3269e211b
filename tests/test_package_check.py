"""The judge of packages bites: every way to break a deck is found."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable

import pytest

from tests.builders import every_kind, written
from tests.judges.package_check import findings
from tests.opened import opened

Files = dict[str, bytes]
SLIDE = "ppt/slides/slide4.xml"
RELATIONS = "ppt/slides/_rels/slide4.xml.rels"
PLAIN = '<a:rPr lang="en-US"/>'
TABLE = "ppt/slides/slide6.xml"


@pytest.fixture(scope="module")
def talk() -> Files:
    return opened(written(every_kind())).files


def packed(files: Files, extra: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (*files, *extra):
            archive.writestr(name, files[name])
    return buffer.getvalue()


def change(name: str, old: str, new: str, count: int = 1) -> Callable[[Files], Files]:
    def changed(files: Files) -> Files:
        assert old.encode() in files[name], f"{old} is not in {name}"
        return {**files, name: files[name].replace(old.encode(), new.encode(), count)}

    return changed


def filled(colour: str) -> str:
    return f'<a:rPr lang="en-US"><a:solidFill>{colour}</a:solidFill></a:rPr>'


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {other: data for other, data in files.items() if other != name}


BREAKAGES: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a missing slide": (without(SLIDE), "is missing"),
    "no relationships": (without(RELATIONS), "refers to relationship"),
    "a part that nobody knows": (lambda files: {**files, "ppt/stray.xml": b"<x/>"}, "nothing refers to it"),
    "a part without type": (lambda files: {**files, "ppt/stray.bin": b""}, "no content type"),
    "a wrong content type": (
        change("[Content_Types].xml", "presentationml.slide+xml", "presentationml.notesSlide+xml"), "does not suit"),
    "broken XML": (change(SLIDE, "</p:sld>", ""), "not well-formed"),
    "one relationship id twice": (change(RELATIONS, 'Id="rId2"', 'Id="rId1"'), "two relationships"),
    "an address with spaces": (
        change(RELATIONS, "docs.docker.com/", "docs.docker.com/a b"), "is no URI"),
    "one shape id twice": (change(SLIDE, 'id="3"', 'id="2"'), "id 2 twice"),
    "one name twice": (change(SLIDE, "Content (points/body)", "Title (points/title)"), "name"),
    "a placeholder that the layout lacks": (change(SLIDE, 'idx="13"', 'idx="99"'), "is not on its layout"),
    "a row too short": (change(TABLE, "<a:gridCol", '<a:gridCol w="9"/><a:gridCol'), "cells for"),
    "a span out of the table": (change(TABLE, "<a:tc>", '<a:tc gridSpan="9">'), "spans out of"),
    "an unknown table style": (change(TABLE, "<a:tableStyleId>{", "<a:tableStyleId>{0"), "is unknown"),
    "a run without language": (change(SLIDE, PLAIN, "<a:rPr/>"), "has no language"),
    "a language with a typing error": (change(SLIDE, 'lang="en-US"', 'lang="en_US"'), "is no language tag"),
    "a colour of its own": (change(SLIDE, PLAIN, filled('<a:srgbClr val="FF0000"/>')), "is not the theme's"),
    "a fill of nothing": (change(SLIDE, PLAIN, filled("")), "empty"),
    "a section that forgets a slide": (change("ppt/presentation.xml", "<p14:sldId ", "<p14:sldNo "), "sections list"),
    "a section without name": (change("ppt/presentation.xml", 'name="Practice"', 'name=""'), "has no name"),
    "a bad date": (change("docProps/core.xml", "2026-11-24T", "24.11.2026 "), "bad date"),
    "a layout id that the master has": (
        change("ppt/slideMasters/slideMaster1.xml", '"2147483649"', '"2147483648"'), "masters or layouts"),
    "a notes page of two slides": (
        change("ppt/notesSlides/_rels/notesSlide1.xml.rels", "/hyperlink", "/slide"), "not one"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_deck_is_found(name: str, talk: Files) -> None:
    breakage, told = BREAKAGES[name]
    assert any(told in finding for finding in findings(packed(breakage(talk)))), findings(packed(breakage(talk)))


def test_two_entries_of_one_name_are_found(talk: Files) -> None:
    assert any("two entries" in finding for finding in findings(packed(talk, (SLIDE,))))


def test_a_whole_deck_passes(talk: Files) -> None:
    assert findings(packed(talk)) == []
