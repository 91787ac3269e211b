"""The master and layouts that a theme becomes."""

from __future__ import annotations

from pathlib import Path

from deckgen.model.text import label
from deckgen.typeset.furniture import Standing
from deckgen.write.pptx.colour import colour_markup
from deckgen.write.pptx.template import template
from deckgen.write.pptx.text import Pen
from tests.builders import deck_of, paper, written
from tests.judges import schema_check
from tests.judges.package_check import find, values
from tests.opened import Opened, only, opened, texts


def made(footer: str = "A talk") -> Opened:
    return opened(template(Pen(paper(), colour_markup(paper()), "en-US"), Standing(label(footer))))


def layout(package: Opened, title: str) -> str:
    (name,) = [n for n in package.named("ppt/slideLayouts/") if values(package.root(n), "p:cSld/@name") == [title]]
    return name


def test_layouts_stand_in_the_order_of_the_theme_under_their_names() -> None:
    package = made()
    names = [
        values(package.root(f"ppt/slideLayouts/slideLayout{i + 1}.xml"), "p:cSld/@name")[0]
        for i in range(len(paper().layouts))
    ]
    assert names == [plan.title for plan in paper().layouts.values()]


def test_a_layout_has_its_type_or_is_marked_as_our_own() -> None:
    package = made()
    for name in package.named("ppt/slideLayouts/"):
        root = package.root(name)
        assert (root.get("type") is None) == (root.get("userDrawn") == "1")
    assert package.root(layout(package, "Comparison")).get("type") == "twoTxTwoObj"


def test_a_shared_placeholder_has_one_number_in_all_layouts() -> None:
    package = made()
    numbers: dict[str, set[str]] = {}
    for name in package.named("ppt/slideLayouts/"):
        for shape in find(package.root(name), "//p:sp[.//p:ph]"):
            place = values(shape, ".//p:cNvPr/@name")[0].partition("(")[2].rstrip(")")
            numbers.setdefault(place, set()).update(values(shape, ".//p:ph/@idx") or ["none"])
    assert numbers["title"] == {"none"}
    assert numbers["footer"] == {"11"}
    assert numbers["slide_number"] == {"12"}
    assert numbers["body"] == numbers["subtitle"] == numbers["table"] == {"1"}
    assert all(len(found) == 1 for place, found in numbers.items() if place in paper().frames)


def test_a_text_placeholder_sets_all_nine_levels_with_exact_leading() -> None:
    package = made()
    body = only(package.root(layout(package, "Title and Content")), "//p:sp[.//p:ph[@idx='1']]")
    levels = find(body, ".//a:lstStyle/*")
    assert len(levels) == 9
    assert values(levels[0], "a:lnSpc/a:spcPts/@val") == ["2925"]
    assert values(levels[0], "a:defRPr/@sz") == ["2300"]
    assert (levels[0].get("marL"), levels[0].get("indent")) == ("241300", "-241300")
    assert values(levels[0], "a:buChar/@char") == ["–"]
    assert find(levels[1], "a:buNone")
    assert values(levels[8], "a:defRPr/@sz") == values(levels[2], "a:defRPr/@sz")


def test_every_placeholder_has_explicit_insets() -> None:
    package = made()
    for name in package.named("ppt/slideLayouts/") + package.named("ppt/slideMasters/"):
        for body in find(package.root(name), "//p:sp[.//p:ph]//a:bodyPr"):
            assert [body.get(side) for side in ("lIns", "tIns", "rIns", "bIns")] == ["0"] * 4


def test_fonts_are_the_themes_but_for_code() -> None:
    package = made()
    named = {
        font
        for name in package.named("ppt/")
        if "/theme/" not in name
        for font in values(package.root(name), "//a:latin/@typeface|//a:buFont/@typeface")
    }
    assert named == {"+mj-lt", "+mn-lt", "Source Code Pro"}
    fonts = values(
        package.root("ppt/theme/theme1.xml"), "//a:majorFont/a:latin/@typeface|//a:minorFont/a:latin/@typeface"
    )
    assert fonts == ["Newsreader Display Medium", "Source Sans 3"]


def test_decoration_is_marked_and_stays_off_the_slides() -> None:
    package = opened(written(deck_of()))
    marks = find(package.root("ppt/slideLayouts/slideLayout1.xml"), "//p:cxnSp")
    assert len(marks) == 1
    assert marks[0].xpath("boolean(.//*[local-name()='decorative'])")
    assert marks[0].xpath("boolean(.//*[local-name()='nvPr']/@userDrawn)")
    assert find(package.slide(), "//p:cxnSp") == []


def test_the_footer_of_layouts_is_the_talks_title() -> None:
    package = made("Docker & co")
    for name in package.named("ppt/slideLayouts/") + package.named("ppt/slideMasters/"):
        for footer in find(package.root(name), "//p:sp[.//p:ph[@type='ftr']]"):
            assert texts(footer) == ["Docker & co"]


def test_a_talk_without_words_in_its_title_still_has_a_footer() -> None:
    assert "Footer" in texts(only(made("").root("ppt/slideMasters/slideMaster1.xml"), "//p:sp[.//p:ph[@type='ftr']]"))


def test_paper_of_notes_is_white() -> None:
    package = made()
    assert values(package.root("ppt/theme/theme2.xml"), "//a:lt1/a:srgbClr/@val") == ["FFFFFF"]


def test_the_bare_template_suits_the_schema(tmp_path: Path) -> None:
    deck = tmp_path / "bare.pptx"
    deck.write_bytes(written(deck_of(title=label("Bare"))))
    assert schema_check.findings(deck) == []
