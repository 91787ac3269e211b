"""Decks as companies have them become sources that build, and no word of theirs is lost in silence."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree

from deckgen.importing.powerpoint.deck import import_powerpoint
from deckgen.importing.result import Imported
from deckgen.importing.write import source_text
from deckgen.namespaces import P
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.company_decks import DECKS
from tests.foreign_decks import saved
from tests.test_import_ours import built, letters
from tests.test_import_powerpoint import made

WORDS = ("}t", "}text", "}v")
"""Elements with words: of slides, diagrams, formulas, charts and comments."""
SHOWN = re.compile(r"ppt/(slides|slideMasters|slideLayouts|charts|diagrams|comments|notesSlides|drawings)/[^/]+\.xml")


@pytest.fixture(params=DECKS, ids=lambda make: str(make.__name__))
def deck(request: pytest.FixtureRequest) -> tuple[bytes, Imported]:
    make: Callable[[], Any] = request.param
    data = saved(make())
    return data, import_powerpoint(data, make.__name__)


def test_no_word_is_lost_in_silence(deck: tuple[bytes, Imported]) -> None:
    data, imported = deck
    told = letters(made(imported))
    assert [text for text in texts(data) if letters(text) not in told] == []


def texts(data: bytes) -> Iterator[str]:
    """The words of all that slides show, of what they lead to, and of descriptions."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in reachable(package):
            tree = etree.fromstring(package.read(name))
            above = "/slideLayouts/" in name or "/slideMasters/" in name
            prompts = {*tree.iterfind(f".//{P}ph/../../..")} if above else set()
            for node in tree.iter():
                if str(node.tag).endswith(WORDS) and not prompts & {*node.iterancestors()}:
                    text = "".join(map(str, node.itertext()))
                    yield from (re.findall(r"\w{2,}", text) if not number(text) else [])
            if "/slides/" in name:
                described = (node.get("descr", "") for node in tree.iter(f"{P}cNvPr"))
                yield from (word for text in described for word in re.findall(r"\w{2,}", text))


def number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(e-?\d+)?|General", text) is not None


def reachable(package: zipfile.ZipFile) -> Iterator[str]:
    """The parts with words that slides lead to, without layouts that no slide has."""
    names = {*package.namelist()}
    waiting = sorted(name for name in names if re.fullmatch(r"ppt/slides/[^/]+\.xml", name))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen or not SHOWN.fullmatch(name):
            continue
        seen.add(name)
        yield name
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels"
        if rels in names and "/slideMasters/" not in name:
            for node in etree.fromstring(package.read(rels)):
                waiting.append(posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))[1:])


def test_what_is_imported_builds(deck: tuple[bytes, Imported]) -> None:
    _, imported = deck
    source = source_text(imported.talk).encode()
    assert built(MemoryWorld({"t.yaml": source, **imported.data}, default_folder()), "t.yaml")
