"""The whole deck: links, notes, sections, properties, and that it is the same file every time."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pptx
import pytest

from deckgen.model.deck import Section, Slide
from deckgen.model.show import Show
from deckgen.model.text import Paragraph, Run, label
from deckgen.typeset.slides import typeset
from deckgen.write.pptx import deck as deck_module
from tests.builders import bullets, deck_of, every_kind, faces, one_page, paper, sheet, table, written
from tests.judges import package_check, schema_check
from tests.judges.package_check import find, values
from tests.opened import Opened, markup, opened, texts

SHUFFLED = "from tests.builders import every_kind, written; import sys; sys.stdout.buffer.write(written(every_kind()))"


@pytest.fixture(scope="module")
def talk() -> bytes:
    return written(every_kind())


def slide_named(package: Opened, page_id: str) -> str:
    (name,) = [n for n in package.named("ppt/slides/") if values(package.root(n), "p:cSld/@name") == [page_id]]
    return name


def targets(package: Opened, part: str, kind: str) -> list[str]:
    folder, _, file = part.rpartition("/")
    relations = package.files[f"{folder}/_rels/{file}.rels"].decode()
    return re.findall(rf'Type="[^"]*/{kind}" Target="([^"]*)"', relations)


def test_the_judges_find_nothing(talk: bytes, tmp_path: Path) -> None:
    deck = tmp_path / "talk.pptx"
    deck.write_bytes(talk)
    assert package_check.findings(talk) == []
    assert schema_check.findings(deck) == []


def test_python_pptx_opens_it(talk: bytes) -> None:
    presentation = pptx.Presentation(io.BytesIO(talk))
    titles = [
        slide.shapes.title.text_frame.text.replace("\v", " ") for slide in presentation.slides if slide.shapes.title
    ]
    assert titles[0] == "Understanding Docker"
    assert titles[-1] == "Thank you"
    assert [slide.slide_layout.name for slide in presentation.slides][:3] == ["Title Slide", "Agenda", "Section Header"]


def test_links_lead_to_addresses_and_to_slides(talk: bytes) -> None:
    package = opened(talk)
    points = slide_named(package, "points")
    assert targets(package, points, "hyperlink") == ["https://docs.docker.com/"]
    assert targets(package, points, "slide") == [slide_named(package, "rows").rpartition("/")[2]]
    assert values(package.root(points), "//a:hlinkClick/@action") == ["ppaction://hlinksldjump"]


def test_an_address_is_made_a_valid_one() -> None:
    body = Paragraph((Run("x", link="https://example.org/ä b?q=[1]&r=50%25"),))
    package = opened(written(deck_of(notes=(body,))))
    assert targets(package, "ppt/notesSlides/notesSlide1.xml", "hyperlink") == [
        "https://example.org/%C3%A4%20b?q=[1]&amp;r=50%25"
    ]


def test_a_link_to_a_slide_that_the_deck_does_not_show_is_text() -> None:
    linked = Slide(title=(Run("x", link="#printed"),), id="a", body=(bullets(),))
    package = opened(written(deck_of(linked, Slide(title=label("y"), id="printed", only="handout"))))
    assert values(package.slide(2), "//a:r[a:t='x']/a:rPr/a:hlinkClick/@action") == []


def test_notes_keep_their_formatting(talk: bytes) -> None:
    package = opened(talk)
    root = package.root("ppt/notesSlides/notesSlide1.xml")
    assert texts(root)[:4] == ["Ask who runs docker at home or here", "First", "Nested", "Step"]
    assert values(root, "//a:r[a:t='who']/a:rPr/@b") == ["1"]
    assert values(root, "//a:r[a:t='docker']//a:latin/@typeface") == ["Source Code Pro"]
    assert len(find(root, "//a:r[a:t='home']//a:hlinkClick")) == 1
    assert values(root, "//a:p[a:r/a:t='Nested']/a:pPr/@lvl") == ["1"]
    assert values(root, "//a:buChar/@char|//a:buAutoNum/@type") == ["–", "–", "arabicPeriod"]


def test_lists_in_notes_begin_where_they_say() -> None:
    said = (Paragraph(label("Third"), 0, "number", 3, 3), Paragraph(label("Fourth"), 0, "number", 4, 3))
    package = opened(written(deck_of(Slide(title=label("x"), id="a", body=(bullets(),), notes=said))))
    root = package.root("ppt/notesSlides/notesSlide1.xml")
    assert values(root, "//a:buAutoNum/@startAt") == ["3", "3"], "so programs count on"


def test_notes_stand_on_the_slides_that_have_some(talk: bytes) -> None:
    package = opened(talk)
    noted = [package.root(n) for n in package.named("ppt/slides/") if targets(package, n, "notesSlide")]
    assert {values(root, "p:cSld/@name")[0] for root in noted} == {"title", "containers", "points"}


def test_notes_of_a_split_slide_stand_on_its_first_page() -> None:
    many = replace(bullets(), items=bullets().items * 9)
    deck = deck_of(Slide(title=label("Many"), id="many", body=(many,), notes=(Paragraph(label("Once")),)))
    show = typeset(deck, paper(), faces())
    assert len(show.pages_of("many")) > 1
    package = opened(written(deck_of(*deck.slides, Slide(title=label("Rows"), id="rows", body=(table(),)))))
    assert len(package.named("ppt/notesSlides/")) == 1
    assert targets(package, slide_named(package, "many"), "notesSlide") == ["../notesSlides/notesSlide1.xml"]


def sections_of(deck: bytes) -> list[tuple[str, int]]:
    root = opened(deck).root("ppt/presentation.xml")
    return [(str(s.get("name")), len(find(s, ".//p14:sldId"))) for s in find(root, "//p14:section")]


def test_sections_of_the_talk_are_sections_of_the_deck(talk: bytes) -> None:
    assert sections_of(talk) == [("Understanding Docker", 2), ("Containers & more", 4), ("Practice", 6)]


def test_a_talk_without_sections_has_one(talk: bytes) -> None:
    assert sections_of(written(deck_of(title=label("Alone")))) == [("Alone", 1)]


def test_core_properties() -> None:
    properties = pptx.Presentation(io.BytesIO(written(every_kind()))).core_properties
    assert (properties.title, properties.subject, properties.author) == (
        "Understanding Docker", "Machines and containers", "Ann Example",
    )  # fmt: skip
    assert (properties.language, properties.last_modified_by, properties.revision) == ("en-US", "Ann Example", 1)
    assert properties.created == properties.modified == datetime(2026, 11, 24, 9, 30)


def test_a_title_may_be_longer_than_a_property() -> None:
    assert len(pptx.Presentation(io.BytesIO(written(deck_of(title=label("word " * 90))))).core_properties.title) == 255


def test_the_same_talk_gives_the_same_bytes(talk: bytes) -> None:
    other = subprocess.run(
        [sys.executable, "-c", SHUFFLED], capture_output=True, check=True, cwd=Path(__file__).parent.parent,
        env={"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "PATH": "", "HOME": str(Path.home())},
    ).stdout  # fmt: skip
    assert hashlib.sha256(other).hexdigest() == hashlib.sha256(talk).hexdigest()


def test_the_fast_look_up_gives_the_same_parts(talk: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deck_module, "index_relationships", lambda presentation: None)
    assert opened(written(every_kind())).files == opened(talk).files


def test_a_new_slide_in_front_changes_no_other() -> None:
    before = every_kind()
    section, *rest = before.slides[1:]
    assert isinstance(section, Section)
    new = Slide(title=label("New"), id="new", body=(bullets(),))
    old, grown = (
        opened(written(before)),
        opened(written(replace(before, slides=(before.slides[0], new, section, *rest)))),
    )
    for page_id in ("ways", "rows", "stacks", "recipe", "words", "end"):
        a, b = old.root(slide_named(old, page_id)), grown.root(slide_named(grown, page_id))
        for path in ("//p:cNvPr/@name", "//p:cNvPr/@id", "//a16:creationId/@id", "//p14:creationId/@val"):
            assert values(a, path) == values(b, path)
    ids = [set(values(package.root("ppt/presentation.xml"), "//p:sldId/@id")) for package in (old, grown)]
    assert len(ids[1] - ids[0]) == 1 and ids[0] < ids[1]


def test_a_chain_of_links_may_be_of_any_length() -> None:
    title = sheet().fill("title", label("next"))
    pages = []
    for i in range(1100):
        link = (Run("next", link=f"#s{min(i + 1, 1099)}"),)
        linked = replace(title, paragraphs=(replace(title.paragraphs[0], text=link),))
        pages.append(one_page(linked, page_id=f"s{i}"))
    assert len(opened(written(deck_of(), Show(tuple(pages)))).named("ppt/slides/")) == 1100


def test_the_quote_serves_as_title(talk: bytes) -> None:
    package = opened(talk)
    assert "Title (words/title)" in values(package.root(slide_named(package, "words")), "//p:cNvPr/@name")
    assert markup(package.root(slide_named(package, "words")), "//p:sp[.//p:ph[@type='title']]//a:bodyPr") == ""
