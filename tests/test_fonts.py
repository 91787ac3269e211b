"""The fonts that people install are those that a deck names and that were measured."""

from __future__ import annotations

import io
from pathlib import Path

import pptx
import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import default_folder, font_files, user_folder
from deckgen.world import MemoryWorld
from tests.builders import deck_of, faces, paper, written
from tests.command import deckgen, project, talk


def families(folder: Path) -> set[str]:
    return {TTFont(file)["name"].getDebugName(1) for file in folder.glob("*.ttf")}


def test_the_command_puts_the_fonts_of_a_deck_into_a_folder(tmp_path: Path) -> None:
    done = deckgen("fonts", "to-install", cwd=tmp_path)
    assert done.returncode == 0 and "to-install: 24 fonts and their licences" in done.stdout
    own = {"Newsreader Display Medium", "Source Sans 3", "Source Code Pro"}
    others = {"IBM Plex Sans Arabic", "Heebo", "Noto Sans Devanagari", "Noto Sans Thai"}
    assert families(tmp_path / "to-install") == own | others | {"Noto Sans Symbols", "Noto Emoji"}
    assert len(list((tmp_path / "to-install").glob("*-LICENSE.txt"))) == 8


def test_the_large_fonts_of_east_asia_come_for_their_language(tmp_path: Path) -> None:
    assert deckgen("fonts", "to-install", "--language", "ja", cwd=tmp_path).returncode == 0
    assert sorted(file.name for file in (tmp_path / "to-install").glob("*.otf")) == [
        "NotoSansCJKJP-Bold.otf",
        "NotoSansCJKJP-Regular.otf",
    ]


def test_without_a_folder_they_are_installed_for_the_user(tmp_path: Path) -> None:
    done = deckgen("fonts", cwd=tmp_path, XDG_DATA_HOME=str(tmp_path / "share"))
    assert done.returncode == 0
    assert families(tmp_path / "share" / "fonts" / "deckgen") >= {f.family for f in paper().fonts.values()}


def test_an_unknown_theme_is_wrong_use(tmp_path: Path) -> None:
    done = deckgen("fonts", "--theme", "papre", "x", cwd=tmp_path)
    assert done.returncode == 2 and "paper" in done.stderr and not (tmp_path / "x").exists()


def test_a_project_wants_the_fonts_of_its_own_themes(tmp_path: Path) -> None:
    root = project(tmp_path, one=talk(theme="signal"), two=talk(theme="night"))
    assert deckgen("fonts", "to-install", cwd=root).returncode == 0
    found = families(root / "to-install")
    assert {"Archivo", "JetBrains Mono", "IBM Plex Mono"} <= found and "Source Sans 3" not in found


def test_windows_wants_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert user_folder() is None


def test_the_deck_names_these_families_and_their_kinds() -> None:
    deck = pptx.Presentation(io.BytesIO(written(deck_of())))
    [theme] = [rel.target_part.blob for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")]
    files = font_files(paper(), faces().folder)
    named = {TTFont(io.BytesIO(data))["name"].getDebugName(1) for name, data in files.items() if name.endswith("ttf")}
    for slot, pitch in (("head", "18"), ("sans", "34")):
        family = paper().fonts[slot].family
        assert family in named
        assert f'typeface="{family}" panose='.encode() in theme and f'pitchFamily="{pitch}"'.encode() in theme


def test_code_shows_what_was_typed_in_every_program() -> None:
    theme, _ = read_theme(MemoryWorld(), "signal")
    assert theme
    font = uharfbuzz.Font(uharfbuzz.Face(font_files(theme, default_folder())["JetBrainsMono-Regular.ttf"]))

    def glyphs(text: str) -> list[int]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        return [info.codepoint for info in buffer.glyph_infos]

    assert glyphs("-> != ==") == [glyph for letter in "-> != ==" for glyph in glyphs(letter)]
