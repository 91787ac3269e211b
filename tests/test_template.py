"""A PowerPoint template of a company becomes a theme: its colours, and text that can be read on them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from deckgen.importing.powerpoint.package import BadFile
from deckgen.importing.powerpoint.template import read_template
from deckgen.importing.theme import anchors, theme_in_colours
from deckgen.model.theme import Theme
from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld, MemoryWorld, packaged_themes
from tests.command import contents, deckgen, project, talk
from tests.company_decks import xml
from tests.foreign_decks import saved
from tests.judges import package_check, schema_check
from tests.pictures import picture
from tests.test_import_powerpoint import repacked

OURS = ("night", "paper", "signal")
THEME, MASTER = "ppt/theme/theme1.xml", "ppt/slideMasters/slideMaster1.xml"
OFFICE = ("#4F81BD", "#C0504D", "#9BBB59", "#8064A2", "#4BACC6", "#F79646")


@cache
def base(name: str) -> tuple[Theme, str, bytes]:
    theme, found = read_theme(DiskWorld(packaged_themes(), default_folder()), name)
    assert theme and not found
    folder = packaged_themes() / name
    return theme, (folder / "theme.yaml").read_text(encoding="utf-8"), (folder / "handout.css").read_bytes()


COLOUR = st.integers(0, 2**24 - 1).map("#{:06X}".format)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(OURS), COLOUR, COLOUR, st.tuples(*[COLOUR] * 6))
def test_text_can_be_read_in_any_colours(name: str, bg: str, text: str, accents: tuple[str, ...]) -> None:
    theme, source, css = base(name)
    made = theme_in_colours(theme, source, "acme", "acme.potx", anchors(bg, text, accents), accents)
    files = {"themes/acme/theme.yaml": made.encode(), "themes/acme/handout.css": css}
    found, problems = read_theme(MemoryWorld(files, default_folder()), "acme")
    assert problems == () and found and found.colours["bg"] == bg


def default(**change: tuple[str, str]) -> bytes:
    """python-pptx's own template, of 4 to 3, with changes in its theme and master."""
    deck = saved(Presentation())
    for part, (old, new) in {THEME: change.get("theme", ("", "")), MASTER: change.get("master", ("", ""))}.items():
        text = part_of(deck, part)
        assert re.search(old, text)
        deck = repacked(deck, {part: re.sub(old, new, text, count=1).encode()}) if old else deck
    return deck


def part_of(deck: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return package.read(name).decode()


def with_picture() -> bytes:
    """A ground and a mark that are pictures."""
    deck = Presentation()
    master = deck.slide_master
    _, relation = master.part.get_or_add_image_part(io.BytesIO(picture("PNG", 400, 300)))
    ground = f'<p:bg><p:bgPr><a:blipFill><a:blip r:embed="{relation}"/><a:stretch/></a:blipFill></p:bgPr></p:bg>'
    old = master._element.cSld.find("{*}bg")
    if old is not None:
        master._element.cSld.remove(old)
    master._element.cSld.insert(0, xml(ground))
    named = '<p:nvPicPr><p:cNvPr id="9" name="Mark"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
    mark = f"<p:pic>{named}<p:blipFill/><p:spPr/></p:pic>"
    master.shapes._spTree.append(xml(mark))
    return saved(deck)


DARK = ('bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"')
FILLED = (r"<p:bg>.*?</p:bg>", '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="102040"/></a:solidFill></p:bgPr></p:bg>')


@pytest.mark.parametrize(
    "data, bg, text, remarks",
    [
        (default(), "#FFFFFF", "#000000", ["slides of 1.33 to 1"]),
        (default(master=DARK), "#000000", "#FFFFFF", ["slides of 1.33 to 1"]),
        (default(master=FILLED), "#102040", "#000000", ["slides of 1.33 to 1"]),
        (
            with_picture(),
            "#FFFFFF",
            "#000000",
            ["slides of 1.33", "the picture or gradient", "1 picture of its master"],
        ),
    ],
    ids=["light", "dark", "filled", "picture"],
)
def test_what_is_read_of_a_template(data: bytes, bg: str, text: str, remarks: list[str]) -> None:
    found = read_template(data)
    assert (found.bg, found.text, found.accents, found.fonts) == (bg, text, OFFICE, ("Calibri",))
    assert [remark.startswith(start) for remark, start in zip(found.remarks, remarks, strict=True)] == [True] * len(
        remarks
    )


@pytest.mark.parametrize(
    "change, message",
    [
        ({THEME: b"<a/>"}, "its theme has no colour 'dk1'"),
        ({"ppt/slideMasters/_rels/slideMaster1.xml.rels": b"<a/>"}, "it has no slide master with a theme"),
        ({MASTER: b"<broken"}, "is damaged"),
    ],
)
def test_a_template_that_is_none(change: dict[str, bytes], message: str) -> None:
    with pytest.raises(BadFile, match=message):
        read_template(repacked(default(), change))


@pytest.mark.parametrize("like", OURS)
def test_a_talk_in_the_colours_of_a_template(like: str, tmp_path: Path) -> None:
    root = project(tmp_path / "p", talk=talk("One", "Two", theme="acme-2026"))
    (root / "Acme 2026.potx").write_bytes(default(master=FILLED))
    done = deckgen("themes", "source/talk.yaml", "--from", "Acme 2026.potx", "--like", like, cwd=root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        f"themes/acme-2026: the colours of Acme 2026.potx in the layouts of {like};"
        " a source names it `theme: acme-2026`\n"
        "left out: its fonts (Calibri): put their files into themes/acme-2026, and name them under `fonts`\n"
        "left out: slides of 1.33 to 1: those of a theme are 16 to 9\n"
    )
    assert deckgen("build", "--only", "deck", cwd=root).returncode == 0
    deck = root / "build/talk.pptx"
    assert package_check.findings(deck.read_bytes()) == [] and schema_check.findings(deck) == []
    assert "102040" in part_of(deck.read_bytes(), THEME)


def test_what_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "acme.potx").write_bytes(b"no template")
    (tmp_path / "paper.pptx").write_bytes(default())
    (tmp_path / "acme.txt").write_text("")
    for arguments, status, message in (
        (["--from", "acme.potx"], 1, "error: acme.potx can't be read: it is damaged, or no PowerPoint file"),
        (["--from", "acme.txt"], 2, "acme.txt is no PowerPoint template"),
        (["--from", "paper.pptx"], 2, "there is a theme 'paper' already"),
        (["--from", "acme.potx", "--like", "papr"], 2, "paper"),
    ):
        done = deckgen("themes", *arguments, cwd=tmp_path)
        assert done.returncode == status and message in done.stderr, done.stderr
    assert sorted(contents(tmp_path)) == ["acme.potx", "acme.txt", "paper.pptx"]
