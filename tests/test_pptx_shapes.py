"""Shapes, groups and tables as native objects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckgen.model.drawing import AnyShape, AutoShape, Cell, Group, Line, Row, Stroke, Table
from deckgen.model.show import Show
from deckgen.model.text import label
from deckgen.units import Box, Point
from deckgen.write.pptx.tables import style_id
from tests.builders import deck_of, every_kind, one_page, paper, sheet, written
from tests.judges.package_check import Element, find, values
from tests.opened import only, opened, shape, texts

PT = 12700


def slide_of(*shapes: AnyShape, layout: str = "content") -> Element:
    return opened(written(deck_of(), Show((one_page(*shapes, layout=layout),)))).slide()


def rect(key: str, box: Box, **look: object) -> AutoShape:
    return AutoShape(key=key, box=box, fill="accent", **look)  # type: ignore[arg-type]


def test_a_filled_shape() -> None:
    text = (sheet().set(label("App"), "label_bold", 100, align="center"),)
    slide = slide_of(rect("s/app", Box(10, 20, 100, 40), stroke=Stroke("text", 1), text=text))
    assert values(slide, "//p:spPr/a:prstGeom/@prst|//p:spPr/a:solidFill/a:schemeClr/@val") == ["rect", "accent1"]
    assert values(slide, "//p:spPr/a:ln/@w") == [str(PT)]
    assert values(slide, "//a:lvl1pPr/@algn|//a:bodyPr/@anchor") == ["ctr", "ctr"]
    assert texts(slide) == ["App"]


def test_a_shape_without_outline_has_none() -> None:
    assert len(find(slide_of(rect("s/a", Box(0, 0, 9, 9))), "//p:spPr/a:ln/a:noFill")) == 1


def test_a_line_goes_the_way_it_was_drawn() -> None:
    slide = slide_of(Line(key="s/l", start=Point(50, 10), end=Point(20, 30), stroke=Stroke("rule", 0.75)))
    place = only(slide, "//p:cxnSp//a:xfrm")
    assert (place.get("flipH"), place.get("flipV")) == ("1", None)
    assert values(place, "a:off/@x|a:off/@y|a:ext/@cx|a:ext/@cy") == [str(n * PT) for n in (20, 10, 30, 20)]


def test_a_group_keeps_the_coordinates_of_its_children() -> None:
    inner = Group(key="s/g/in", shapes=(rect("s/g/in/a", Box(30, 40, 10, 10)),))
    slide = slide_of(Group(key="s/g", alt="Two boxes", shapes=(rect("s/g/a", Box(10, 20, 30, 10)), inner)))
    group = shape(slide, "s/g/in/a").getparent()
    assert group is not None
    outer = only(slide, "/p:sld/p:cSld/p:spTree/p:grpSp")
    place = only(outer, "p:grpSpPr/a:xfrm")
    assert values(place, "a:off/@x|a:off/@y|a:ext/@cx|a:ext/@cy") == [str(n * PT) for n in (10, 20, 30, 30)]
    assert values(place, "a:chOff/@x|a:chOff/@y|a:chExt/@cx|a:chExt/@cy") == [str(n * PT) for n in (10, 20, 30, 30)]
    assert values(outer, "p:nvGrpSpPr/p:cNvPr/@descr") == ["Two boxes"]


def test_decoration_is_marked_and_graphics_are_described() -> None:
    slide = slide_of(rect("s/deco", Box(0, 0, 9, 9), decorative=True), rect("s/pic", Box(9, 9, 9, 9), alt="A box"))
    deco, described = find(slide, "//p:cNvPr[@name!='']")
    assert deco.get("descr") == ""
    assert deco.xpath(".//*[local-name()='decorative']/@val") == ["1"]
    assert described.get("descr") == "A box"
    assert described.xpath(".//*[local-name()='decorative']") == []


def test_shapes_stand_in_reading_order_under_their_keys() -> None:
    slide = slide_of(
        rect("s/2", Box(0, 0, 9, 9)), sheet(key="s/1").fill("title", label("T")), rect("s/1", Box(0, 0, 9, 9))
    )
    assert values(slide, "//p:cNvPr[@name!='']/@name") == ["s/2", "Title (s/title)", "s/1"]


def test_two_shapes_of_one_key_are_never_written() -> None:
    with pytest.raises(ValueError, match="two shapes of a slide have the key 's/1'"):
        slide_of(rect("s/1", Box(0, 0, 9, 9)), rect("s/1", Box(9, 9, 9, 9)))


def cells(*words: str, bottom: Stroke | None = None) -> tuple[Cell, ...]:
    return tuple(Cell((sheet().set(label(word), "cell", 100),), 5, 3, bottom=bottom) for word in words)


def grid(**look: object) -> Table:
    rows = (Row(36, cells("a", "b", bottom=Stroke("text", 0.75))), Row(50, cells("c", "d")))
    return Table(key="s/table", at=Point(10, 20), columns_pt=(100, 200), rows=rows, **look)  # type: ignore[arg-type]


def attributes(node: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.attrib.items()}


def test_a_native_table_in_the_themes_style() -> None:
    slide = slide_of(grid(header=True, first_column=True, alt="What is what"), layout="content")
    assert values(slide, "//a:gridCol/@w") == [str(100 * PT), str(200 * PT)]
    assert values(slide, "//a:tr/@h") == [str(36 * PT), str(50 * PT)]
    assert attributes(only(slide, "//a:tblPr")) == {"firstRow": "1", "firstCol": "1"}
    assert only(slide, "//a:tableStyleId").text == style_id(paper())
    assert attributes(find(slide, "//a:tcPr")[0]) == {
        "marL": str(5 * PT), "marR": str(3 * PT), "marT": "0", "marB": "0", "anchor": "ctr",
    }  # fmt: skip
    assert values(slide, "//p:graphicFrame//p:cNvPr/@descr") == ["What is what"]


def test_both_cells_at_an_edge_say_the_same_line() -> None:
    slide = slide_of(grid())
    above, below = find(slide, "//a:tr[1]/a:tc[1]/a:tcPr/a:lnB"), find(slide, "//a:tr[2]/a:tc[1]/a:tcPr/a:lnT")
    assert values(above[0], "@w|a:solidFill/a:schemeClr/@val") == values(below[0], "@w|a:solidFill/a:schemeClr/@val")
    assert values(above[0], "@w") == [str(round(0.75 * PT))]


def test_an_edge_without_a_line_hides_the_styles() -> None:
    slide = slide_of(grid())
    assert len(find(slide, "//a:tr[1]/a:tc[1]/a:tcPr/a:lnT/a:noFill")) == 1
    assert len(find(slide, "//a:tr[2]/a:tc[1]/a:tcPr/a:lnB/a:noFill")) == 1


def test_a_table_fills_the_placeholder_of_its_layout() -> None:
    slide = slide_of(grid(placeholder="table"), layout="table")
    assert values(slide, "//p:graphicFrame//p:nvPr/p:ph/@type|//p:graphicFrame//p:nvPr/p:ph/@idx") == ["tbl", "1"]
    assert values(slide, "//p:graphicFrame//p:cNvPr/@name") == ["Table (s/table)"]


def test_cells_leave_to_the_table_style_what_it_says() -> None:
    table = grid(header=True, first_column=True)
    head = sheet().set(label("H"), "cell_head", 100)
    first = sheet().set(label("F"), "cell_first", 100)
    rows = (Row(36, (Cell((head,)), Cell((head,)))), Row(50, (Cell((first,)), *cells("d"))))
    slide = slide_of(replace(table, rows=rows))
    assert find(slide, "//a:rPr//a:schemeClr") == []
    assert values(slide, "//a:rPr/@b") == []
    assert values(slide, "//a:rPr/@sz") == ["1600", "1600", "1800", "1800"]


def test_no_element_of_a_talk_is_without_a_name_and_lasting_id() -> None:
    package = opened(written(every_kind()))
    for name in package.named("ppt/slides/"):
        for node in find(package.root(name), "//p:cNvPr[@id!='1']"):
            assert node.get("name")
            assert node.xpath("boolean(.//*[local-name()='creationId'])"), node.get("name")
