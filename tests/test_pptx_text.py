"""Text on slides: what the layout says is left to it, and what differs is written once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.model.drawing import TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Show
from deckgen.model.text import Run, label
from deckgen.model.theme import scaled
from deckgen.write.pptx.language import language_tag
from tests.builders import body_box, deck_of, every_kind, one_page, paper, sheet, written
from tests.judges.package_check import Element, find, values
from tests.opened import markup, only, opened, shape, texts


def slide_of(*shapes: TextBox, layout: str = "content") -> Element:
    return opened(written(deck_of(), Show((one_page(*shapes, layout=layout),)))).slide()


def shrunk(box: TextBox, factor: float) -> TextBox:
    paragraphs = tuple(replace(p, style=scaled(p.style, factor)) for p in box.paragraphs)
    return replace(box, paragraphs=paragraphs)


def test_a_placeholder_in_its_layouts_look_says_nothing_of_its_own() -> None:
    slide = slide_of(sheet().fill("title", label("A title")), body_box([(label("One"), 0), (label("Two"), 1)]))
    for placed in find(slide, "//p:sp"):
        assert [len(find(placed, path)) for path in ("p:spPr/*", ".//a:lstStyle/*", ".//a:bodyPr/@*")] == [0, 0, 0]
        assert find(placed, ".//a:pPr/*") == []
        assert {name for run in find(placed, ".//a:rPr") for name in run.attrib} == {"lang"}
    assert values(slide, "//a:pPr/@lvl") == ["1"]


def test_text_that_shrank_says_its_size_once_for_the_whole_level() -> None:
    slide = slide_of(shrunk(body_box([(label("One"), 0), (label("Two"), 0)]), 0.9))
    assert markup(slide, "//a:lstStyle").startswith("<a:lvl1pPr") is True
    assert values(slide, "//a:lstStyle//a:defRPr/@sz") == ["2050"]
    assert values(slide, "//a:lstStyle//a:spcPts/@val") == ["2600"]
    assert find(slide, "//a:lstStyle//a:solidFill|//a:lstStyle//a:latin|//a:lstStyle//a:buChar") == []
    assert values(slide, "//a:rPr/@sz") == []


def test_one_paragraph_that_differs_says_so_itself() -> None:
    box = body_box([(label("One"), 0), (label("Two"), 0)])
    red = replace(box.paragraphs[1], style=replace(box.paragraphs[1].style, colour="accent"))
    slide = slide_of(replace(box, paragraphs=(box.paragraphs[0], red)))
    assert find(slide, "//a:lstStyle/*") == []
    assert values(slide, "//a:p[2]//a:rPr//a:schemeClr/@val") == ["accent1"]
    assert values(slide, "//a:p[1]//a:schemeClr/@val") == []


def test_a_box_that_is_moved_says_its_place() -> None:
    box = sheet().fill("title", label("A title"))
    slide = slide_of(replace(box, box=box.box.moved(0, 1)))
    assert values(slide, "//p:spPr/a:xfrm/a:off/@y") == [str(55 * 12700)]


def test_a_text_box_of_its_own_says_everything() -> None:
    slide = slide_of(sheet().text_box("note", label("Aside"), "side", paper().body))
    level = only(slide, "//a:lstStyle/a:lvl1pPr")
    assert values(level, "a:defRPr/@sz|a:defRPr/@i|a:lnSpc/a:spcPts/@val") == ["2100", "1600", "1"]
    body = only(slide, "//a:bodyPr")
    assert (body.get("wrap"), body.get("lIns"), len(find(body, "a:noAutofit"))) == ("square", "0", 1)


def test_balanced_lines_keep_their_breaks() -> None:
    title = sheet().fill("title", label("The same five questions, but two entirely different answers"))
    (paragraph,) = title.paragraphs
    assert len(paragraph.lines) == 2
    shown = texts(slide_of(title))[0]
    assert shown == "|".join("".join(run.text for run in line.text) for line in paragraph.lines)


def test_other_text_is_left_to_flow() -> None:
    words = "A body text that is long enough to need a second line on the slide, and then some more of it"
    box = body_box([(label(words), 0)])
    assert len(box.paragraphs[0].lines) > 1
    assert texts(slide_of(box)) == [words]


def test_inline_code_has_its_font_and_size_and_is_not_proofread() -> None:
    slide = slide_of(body_box([((Run("Run "), Run("docker", code=True)), 0)]))
    code = only(slide, "//a:r[2]/a:rPr")
    assert (code.get("noProof"), code.get("sz"), values(code, "a:latin/@typeface")) == (
        "1",
        "2070",
        ["Source Code Pro"],
    )


def test_bold_italic_and_scripts() -> None:
    runs = (Run("a", bold=True), Run("b", italic=True), Run("c", script="sub"), Run("d", script="super"))
    slide = slide_of(body_box([(runs, 0)]))
    looks = [{k: v for k, v in run.attrib.items() if k != "lang"} for run in find(slide, "//a:rPr")]
    assert looks == [{"b": "1"}, {"i": "1"}, {"baseline": "-25000"}, {"baseline": "30000"}]


def test_a_run_may_have_a_colour_of_its_own() -> None:
    slide = slide_of(body_box([((Run("FROM", colour="code_keyword"), Run(" x")), 0)]))
    assert values(slide, "//a:r[1]//a:schemeClr/@val") == ["accent1"]
    assert values(slide, "//a:r[2]//a:schemeClr/@val") == []


def test_the_slide_number_is_a_field() -> None:
    number = sheet().fill("slide_number", label("7", live="slidenum"))
    slide = slide_of(number)
    assert values(slide, "//a:fld/@type") == ["slidenum"]
    assert texts(slide) == ["7"]


def test_an_empty_placeholder_is_not_on_the_slide() -> None:
    assert find(slide_of(sheet().fill("title", ())), "//p:sp") == []


def test_every_character_of_code_arrives() -> None:
    slide = opened(written(every_kind()))
    (recipe,) = [n for n in slide.named("ppt/slides/slide") if values(slide.root(n), "p:cSld/@name") == ["recipe"]]
    lines = texts(shape(slide.root(recipe), "recipe/1/code"))
    assert lines == ["FROM python", "", '  CMD ["python"]  # <run>']
    assert find(shape(slide.root(recipe), "recipe/1/code"), ".//a:r[not(a:rPr/@noProof)]") == []


def test_every_run_says_the_language_of_the_talk() -> None:
    package = opened(written(replace(every_kind(), language="de")))
    for name in package.named("ppt/slides/") + package.named("ppt/notesSlides/"):
        root = package.root(name)
        assert set(values(root, "//@lang")) == {"de-DE"}
        assert find(root, "//a:r[not(a:rPr/@lang)]|//a:endParaRPr[not(@lang)]") == []


@pytest.mark.parametrize(
    ("tag", "written_as"),
    [
        ("en", "en-US"),
        ("en-gb", "en-GB"),
        ("de", "de-DE"),
        ("ja", "ja-JP"),
        ("zh_hant-tw", "zh-Hant-TW"),
        ("gsw", "gsw"),
    ],
)
def test_a_language_gets_its_region(tag: str, written_as: str) -> None:
    assert language_tag(tag) == written_as


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_characters_come_back(words: str) -> None:
    style = paper().style("body")
    paragraph = SetParagraph((Run(words),), style, ())
    box = TextBox(key="slide/any", box=paper().body, paragraphs=(paragraph,))
    allowed = "".join(c for c in words if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    assert texts(slide_of(box)) == [allowed.replace("\r", "\n")]
