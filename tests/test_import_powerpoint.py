"""PowerPoint decks become sources: nothing is dropped in silence, and what comes out can be read."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from deckgen.importing.powerpoint.deck import import_powerpoint
from deckgen.importing.powerpoint.package import BadFile
from deckgen.importing.result import Imported
from deckgen.importing.sound import faults
from deckgen.importing.write import source_text
from deckgen.read.deck import read_deck
from deckgen.world import MemoryWorld
from tests.command import deckgen
from tests.foreign_decks import (
    BLANK,
    COMPARISON,
    CONTENT,
    SECTION,
    TITLE,
    TITLE_ONLY,
    TWO,
    A,
    P,
    fill,
    more_deck,
    saved,
    slide,
    text_deck,
    things_deck,
)
from tests.pictures import picture

FOLDER = Path(__file__).parent / "imports"
SOURCES = Path(__file__).parent.parent / "source"


def made(imported: Imported) -> str:
    remarks = "".join(f"# slide {line}: {message}\n" for line, message in imported.remarks)
    return source_text(imported.talk) + remarks


@pytest.mark.parametrize("name, deck", [("text", text_deck), ("things", things_deck), ("more", more_deck)])
def test_a_deck(name: str, deck: Any) -> None:
    """`UPDATE_IMPORTS=1` writes the expected sources anew."""
    found = made(import_powerpoint(saved(deck()), name))
    expected = FOLDER / f"powerpoint-{name}.yaml"
    if os.environ.get("UPDATE_IMPORTS"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name, deck", [("text", text_deck), ("things", things_deck)])
def test_what_is_imported_builds(name: str, deck: Any, tmp_path: Path) -> None:
    (tmp_path / "old.pptx").write_bytes(saved(deck()))
    done = deckgen("import", "old.pptx", cwd=tmp_path)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
    assert "old.pptx: slide " in done.stdout
    built = deckgen("build", "--only", "deck", cwd=tmp_path)
    assert built.returncode == 0, built.stderr


def numbers_for(kind: Any) -> Any:
    if "XY" in kind.name or "BUBBLE" in kind.name:
        points = BubbleChartData() if "BUBBLE" in kind.name else XyChartData()
        series = points.add_series("Measured")
        for at in (1, 2):
            series.add_data_point(at, -at, *([at] if "BUBBLE" in kind.name else []))
        return points
    numbers = CategoryChartData()
    for continent, countries in (("Europe", ("Spain", "Italy")), ("Asia", ("Japan",))):
        outer = numbers.add_category(continent)
        for country in countries:
            outer.add_sub_category(country)
    numbers.add_series("First", (1.5, None, -3))
    numbers.add_series("Second", (3, 4, 5))
    return numbers


def known(kind: Any) -> bool:
    """Whether python-pptx can make charts of a kind."""
    try:
        return bool(ChartXmlWriter(kind, numbers_for(kind)))
    except NotImplementedError:
        return False


def test_a_chart_of_any_kind_can_be_shown_or_is_a_table() -> None:
    deck = Presentation()
    for kind in filter(known, XL_CHART_TYPE):
        shapes = slide(deck, TITLE_ONLY, kind.name).shapes
        shapes.add_chart(kind, Inches(1), Inches(2), Inches(6), Inches(4), numbers_for(kind))
    imported = import_powerpoint(saved(deck), "x")
    told = {line for line, _ in imported.remarks}
    assert len(imported.talk["slides"]) == len(deck.slides) > 25
    for number, made in enumerate(imported.talk["slides"], start=1):
        [(name, block)] = [(key, value) for key, value in made.items() if key in ("chart", "table")]
        assert faults({name: block}) == ""
        kept = "chart" in made and block["kind"].upper() in made["title"].replace("XY\\_", "")
        assert kept or number in told, made["title"]
        assert "XY" in made["title"] or "BUBBLE" in made["title"] or "Europe, Italy" in str(block)


def test_what_is_left_out_is_told() -> None:
    deck = Presentation()
    slide(deck, BLANK)
    own = slide(deck, CONTENT, "A turned picture, and a footer")
    turned = own.shapes.add_picture(io.BytesIO(picture("PNG", 400, 300)), Inches(1), Inches(1))
    turned.rotation = 30
    footer = f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="99" name="F"/><p:cNvSpPr/><p:nvPr>'
    footer += '<p:ph type="ftr" idx="10"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Confidential'
    own.shapes._spTree.append(etree.fromstring(f"{footer}</a:t></a:r></a:p></p:txBody></p:sp>"))
    chart = own.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(3), Inches(3), shares()).chart
    chart.plots[0].series[0].points[0].data_label.text_frame.text = "By hand"
    told = "\n".join(f"{line}: {message}" for line, message in import_powerpoint(saved(deck), "x").remarks)
    for message in (
        "0: the footer 'Confidential' is left out: see `footer`",
        "1: the slide is empty, and is left out",
        "2: the picture pictures/x-2.png is set upright; the deck turns it",
        "2: the picture pictures/x-2.png has no alternative text",
        "2: a label that somebody wrote into the chart is left out: By hand",
    ):
        assert message in told, told


def shares() -> Any:
    numbers = CategoryChartData()
    numbers.categories = ["North", "South"]
    numbers.add_series("Share", (30, 70))
    return numbers


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(change.keys() - {*old.namelist()})]:
            new.writestr(name, change[name] if name in change else old.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize("value", ["²", "9" * 30, "-1", "x", ""])
def test_numbers_that_are_none_do_no_harm(value: str) -> None:
    """Attributes of the slide with text, one after the other."""
    data = saved(things_deck())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in ("ppt/slides/slide1.xml", "ppt/slides/slide8.xml")}
    for name, old in parts.items():
        import_powerpoint(repacked(data, {name: re.sub(rb'="\d+"', f'="{value}"'.encode(), old)}), "x")


SLIDE = "ppt/slides/slide2.xml"


@pytest.mark.parametrize(
    "change, message",
    [
        ({SLIDE: b"<broken"}, "its part ppt/slides/slide2.xml is damaged"),
        ({SLIDE: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "has declarations that no Office file has"),
        ({"ppt/media/zeros.png": bytes(200_000_000)}, "are packed too tightly"),
        ({"_rels/.rels": b"<a/>"}, "it is no PowerPoint deck"),
    ],
)
def test_a_file_that_is_not_to_be_trusted(change: dict[str, bytes], message: str) -> None:
    with pytest.raises(BadFile, match=re.escape(message)):
        import_powerpoint(repacked(saved(text_deck()), change), "x")


def test_a_damaged_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "cut.pptx").write_bytes(saved(text_deck())[:-3000])
    (tmp_path / "old.pptx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2000))
    for name, message in (("cut", "it is damaged"), ("old", "has a password, or is of the old kind")):
        done = deckgen("import", f"{name}.pptx", cwd=tmp_path)
        assert done.returncode == 1 and done.stderr.count("\n") == 1
        assert f"error: {name}.pptx can't be read: " in done.stderr and message in done.stderr


WORD = st.integers(0, 10**6).map(lambda number: f"w{number}")
SIGN = st.sampled_from(
    [*"*_`$~^[]{}()<>&#-+|:!\\'\"@%=.,\t\v", "((", "{{", "&amp;", "](", "1.", "http://", "[^1]", "$x$"]
)
LINE = st.lists(st.one_of(WORD, SIGN, SIGN.map("a{}".format)), min_size=1, max_size=6).map(" ".join)
SLIDE_TEXT = st.tuples(
    st.sampled_from([TITLE, CONTENT, SECTION, TWO, COMPARISON, TITLE_ONLY, BLANK]),
    LINE,
    st.lists(st.tuples(st.integers(0, 3), LINE), max_size=4),
    st.sampled_from(["bold", "italic", ""]),
    LINE,
)


@settings(deadline=None, max_examples=20)
@given(st.lists(SLIDE_TEXT, min_size=1, max_size=4))
def test_no_word_is_lost_in_silence_and_the_source_can_be_read(slides: list[Any]) -> None:
    deck = Presentation()
    for layout, title, lines, look, note in slides:
        own = deck.slides.add_slide(deck.slide_layouts[layout])
        for holder in own.placeholders:
            if holder.placeholder_format.idx == 0:
                holder.text_frame.text = title
            elif holder.placeholder_format.idx < 10 and lines:
                fill(holder.text_frame, *lines)
                if look:
                    setattr(holder.text_frame.paragraphs[0].runs[0].font, look, True)
        own.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1)).text_frame.text = title
        table = own.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
        table.cell(0, 1).text = note
        own.notes_slide.notes_text_frame.text = note
    data = saved(deck)
    imported = import_powerpoint(data, "x")
    text = source_text(imported.talk)
    told = text + " ".join(message for _, message in imported.remarks)
    words = [word for _, title, lines, _, note in slides for word in re.findall(r"w\d+", f"{title} {note}")]
    assert not [word for word in words if word not in told], text
    if imported.talk["slides"]:
        _, found = read_deck(MemoryWorld({"talk.yaml": text.encode()}), "talk.yaml")
        assert not [d for d in found if d.code in ("syntax", "schema", "markdown", "formula")], (found, text)
