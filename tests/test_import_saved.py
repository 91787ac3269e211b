"""Decks that somebody opened in PowerPoint and saved: what nobody edited comes back as its source had it."""

from __future__ import annotations

import copy
import io
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from deckgen.blocks import kinds
from deckgen.importing.powerpoint.deck import import_powerpoint
from deckgen.importing.result import Imported
from deckgen.importing.write import source_text
from deckgen.namespaces import A, M, P
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld, MemoryWorld
from tests.company_decks import part
from tests.foreign_decks import saved
from tests.judges import package_check
from tests.judges.libreoffice import saved_again
from tests.pictures import picture
from tests.saved_by_powerpoint import saved_by_powerpoint
from tests.test_import_ours import REPEATED, built

ROOT = Path(__file__).parent.parent
TALK = """
deckgen: 1
title: A talk
slides:
  - title: A picture
    picture: {file: hill.png, alt: A hill, caption: Seen from the south, credit: Ann}
  - title: Side by side
    pictures:
      - {file: hill.png, alt: A hill}
      - {file: lake.png, alt: A lake}
  - title: A formula
    equation: 'E = m c^2 - \\alpha h^* + \\mathbb{R}'
  - title: A chart
    chart: {data: {Gas: 0.1, Coal: 2.3}, unit: t, highlight: Coal}
  - title: A flow
    flow: [Seed -> Plant, Plant -> Seed: again]
    notes: Say it.
  - title: A table
    table: {header: [Fuel, Share], rows: [[Gas, 10 %], [Coal, 20 %]]}
"""
FILES = {"hill.png": picture("PNG", 1200, 800), "lake.png": picture("PNG", 900, 600)}


@pytest.fixture(scope="module")
def deck() -> bytes:
    return built(MemoryWorld({"t.yaml": TALK.encode(), **FILES}, default_folder()), "t.yaml")


def slides(imported: Imported) -> dict[str, Any]:
    return {slide["title"]: slide for slide in imported.talk["slides"]}


def whole(imported: Imported) -> dict[str, Any]:
    """The slides with the pictures themselves in place of the names of their files."""

    def inside(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: inside(value) for key, value in node.items()}
        return [inside(value) for value in node] if isinstance(node, list) else imported.data.get(node, node)

    return {title: inside(slide) for title, slide in slides(imported).items()}


@pytest.mark.parametrize("name", ["gallery", "understanding-docker"])
def test_a_deck_that_powerpoint_saved_comes_back_as_it_was(name: str) -> None:
    data = built(DiskWorld(ROOT, default_folder()), f"source/{name}.yaml")
    again = saved_by_powerpoint(data)
    faults = [fault for fault in package_check.findings(again) if not fault.endswith("is empty")]
    assert b"-clip." not in again and faults == [], "the deck is a good one; others see a picture in place of formulas"
    before, after = import_powerpoint(data, "t"), import_powerpoint(again, "t")
    assert after.talk == before.talk
    assert after.data == before.data
    assert after.remarks == before.remarks


@pytest.mark.parametrize("title", ["A picture", "A formula", "A flow", "A table"])
def test_one_edited_word_changes_its_slide_alone(deck: bytes, title: str) -> None:
    known = whole(import_powerpoint(deck, "t"))
    edited = Presentation(io.BytesIO(saved_by_powerpoint(deck)))
    [own] = [slide for slide in edited.slides if slide.shapes.title and slide.shapes.title.text == title]
    for shape in own._element.iter(f"{P}sp", f"{P}graphicFrame"):
        texts = [node for node in shape.iter(f"{A}t", f"{M}t") if not re.search(REPEATED, shape[0][0].get("name"))]
        if texts and "title" not in shape[0][0].get("name"):
            texts[0].text += "zebra"
            break
    imported = import_powerpoint(saved(edited), "t")
    found = whole(imported)
    assert [one for one in known if found[one] != known[one]] == [title]
    assert "zebra" in str(found[title])
    assert {line for line, _ in imported.remarks if line} == {2 + [*known].index(title)}


@pytest.mark.parametrize("title", ["A picture", "Side by side", "A formula", "A chart", "A flow", "A table"])
def test_what_somebody_put_onto_a_slide_comes_with_it(deck: bytes, title: str) -> None:
    known = whole(import_powerpoint(deck, "t"))
    edited = Presentation(io.BytesIO(saved_by_powerpoint(deck)))
    [own] = [slide for slide in edited.slides if slide.shapes.title and slide.shapes.title.text == title]
    own.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1)).text_frame.text = "zebra"
    image = own.shapes.add_picture(io.BytesIO(picture("PNG", 300, 200)), Inches(1), Inches(3), Inches(2))
    image._element.nvPicPr.cNvPr.set("descr", "A quagga")
    imported = import_powerpoint(saved(edited), "t")
    found = whole(imported)
    [kind] = [key for key in known[title] if key in kinds()]
    together = [
        *found[title].get("body", ()),
        {kind: found[title].get(kind)},
        *found.get(f"{title} (2)", {}).get("body", ()),
    ]
    assert {kind: known[title][kind]} in together and {"paragraph": "zebra"} in together
    assert [block["picture"]["alt"] for block in together if "picture" in block][-1:] == [
        "A quagga"
    ] or kind == "picture"
    assert {one: found[one] for one in known if one != title} == {one: known[one] for one in known if one != title}
    assert "what somebody put onto the slide stands at its end" in [message for _, message in imported.remarks]
    source = {"t.yaml": source_text(imported.talk).encode(), **imported.data}
    assert built(MemoryWorld(source, default_folder()), "t.yaml")


def test_comments_on_a_slide_that_nobody_changed_are_told(deck: bytes) -> None:
    edited = Presentation(io.BytesIO(deck))
    comment = f'<p:cmLst xmlns:p="{P[1:-1]}"><p:cm authorId="0" idx="1"><p:text>Is that so?</p:text></p:cm></p:cmLst>'
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    part(edited.slides[5], "/ppt/comments/comment1.xml", RELATIONSHIP_TYPE.COMMENTS, kind, comment.encode())
    imported = import_powerpoint(saved(edited), "t")
    assert slides(imported)["A flow"]["flow"] and (6, "a comment is left out: Is that so?") in imported.remarks


def test_a_picture_that_somebody_changed_stands_where_the_old_one_did(deck: bytes) -> None:
    edited = Presentation(io.BytesIO(saved_by_powerpoint(deck)))
    new = picture("PNG", 640, 480)
    shapes = edited.slides[1].shapes
    tree, relation = shapes._spTree, edited.slides[1].part.get_or_add_image_part(io.BytesIO(new))[1]
    next(tree.iter(f"{A}blip")).set(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", relation
    )
    imported = import_powerpoint(saved(edited), "t")
    place = slides(imported)["A picture"]["picture"]["file"]
    assert imported.data[place] == new
    others = [one["file"] for one in slides(imported)["Side by side"]["pictures"]]
    assert [imported.data[other] == new for other in others] == [False, False]
    assert slides(imported)["A picture"]["picture"]["caption"] == "Seen from the south"


def test_a_copy_of_a_slide_is_a_slide(deck: bytes) -> None:
    """As PowerPoint copies it: with its name, and the names of its shapes."""
    edited = Presentation(io.BytesIO(deck))
    flow = edited.slides[5]
    copied = edited.slides.add_slide(flow.slide_layout)
    copied._element.replace(copied._element.cSld, copy.deepcopy(flow._element.cSld))
    edited = Presentation(io.BytesIO(saved(edited)))
    edited.slides[7].shapes.title.text_frame.text = "Another flow"
    imported = import_powerpoint(saved(edited), "t")
    found = slides(imported)
    assert found["Another flow"]["flow"] == found["A flow"]["flow"] == ["Seed -> Plant", {"Plant -> Seed": "again"}]
    assert found["A flow"]["id"] == "a-flow" and "id" not in found["Another flow"]
    assert (8, "the slide is a copy of 'a-flow'") in imported.remarks


def test_a_deck_that_libreoffice_saved_comes_back_but_for_what_that_leaves_out(deck: bytes, tmp_path: Path) -> None:
    """It leaves out the names of slides and the formula, and sets the rest anew."""
    (tmp_path / "t.pptx").write_bytes(deck)
    again = saved_again(tmp_path / "t.pptx", tmp_path)
    known, imported = whole(import_powerpoint(deck, "t")), import_powerpoint(again, "t")
    found = whole(imported)
    assert [one for one in known if found[one] != known[one]] == ["A formula"]
    assert "another program saved the deck since: slides that it changed are read from what they show" in [
        message for _, message in imported.remarks
    ]
    edited = Presentation(io.BytesIO(again))
    [cell] = [node for node in edited.slides[6]._element.iter(f"{A}t") if node.text == "Coal"]
    cell.text = "Peat"
    found = whole(import_powerpoint(saved(edited), "t"))
    assert [one for one in known if found[one] != known[one]] == ["A formula", "A table"]
    assert "Peat" in str(found["A table"])


INK = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><mc:Choice Requires="p14">
 <p:contentPart p14:bwMode="auto" r:id="rId9"><p14:nvContentPartPr><p14:cNvPr id="90" name="Ink 1"/>
 </p14:nvContentPartPr></p:contentPart></mc:Choice></mc:AlternateContent>"""


def test_what_is_drawn_on_a_slide_is_told(deck: bytes) -> None:
    edited = Presentation(io.BytesIO(deck))
    tree = edited.slides[5].shapes
    tree.add_shape(1, Inches(1), Inches(1), Inches(3), Inches(1))
    tree.add_connector(1, 0, 0, 100, 100)
    edited.slides[6].shapes._spTree.append(etree.fromstring(INK))
    imported = import_powerpoint(saved(edited), "t")
    assert slides(imported)["A flow"]["flow"]
    assert [(line, message) for line, message in imported.remarks if line] == [
        (6, "2 things that somebody drew on the slide without words: left out"),
        (7, "what somebody drew on the slide without words: left out"),
    ]
