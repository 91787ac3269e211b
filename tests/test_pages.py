"""Drawings as PDF pages, seen through Poppler, PDFium and pikepdf."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest

from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Line, Stroke, TextBox
from deckgen.model.setting import Bullet
from deckgen.model.text import Run, Text
from deckgen.units import Box, Point
from deckgen.write.pages.slides import write_slides_pdf
from tests.builders import faces, paper
from tests.pages_builders import DECK, STAMP, diagram, poppler, sheet, show_of, slide, table, words

PLACE = Box(300, 200, 400, 120)


def pdf_of(*shapes: AnyShape) -> bytes:
    return write_slides_pdf(DECK, show_of(("one", words("One"), slide(*shapes))), paper(), faces(), STAMP)


def text_box(text: Text, style: str = "body", box: Box = PLACE, anchor: Any = "top", **look: Any) -> TextBox:
    return TextBox(key="text", box=box, paragraphs=(sheet().set(text, style, box.width, **look),), anchor=anchor)


def box_of_words(pdf: bytes) -> dict[str, tuple[float, ...]]:
    """Word -> left, top, right, bottom in points from the left upper corner, as PDFium sees the ink."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet_ = document[0]
        text, height = sheet_.get_textpage(), sheet_.get_height()
        found: dict[str, tuple[float, ...]] = {}
        letters = text.get_text_range()
        start = 0
        for word in letters.split():
            start = letters.index(word, start)
            corners = [text.get_charbox(i) for i in range(start, start + len(word))]
            left, right = min(c[0] for c in corners), max(c[2] for c in corners)
            found[word] = (left, height - max(c[3] for c in corners), right, height - min(c[1] for c in corners))
            start += len(word)
        return found


def pixel(pdf: bytes, x: float, y: float) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        colour = document[0].render(scale=2).to_pil().convert("RGB").getpixel((int(x * 2), int(y * 2)))
    return "#{:02X}{:02X}{:02X}".format(*colour)


def test_text_is_text() -> None:
    made = pdf_of(text_box((Run("An office for "), Run("all", bold=True), Run(" of us: "), Run("fi != fl", code=True))))
    assert "An office for all of us: fi != fl" in poppler("pdftotext", made)


def test_every_face_is_embedded_once_as_a_subset() -> None:
    runs = (Run("a "), Run("b ", bold=True), Run("c ", italic=True), Run("d", code=True))
    lines = poppler("pdffonts", pdf_of(text_box(runs), text_box(runs, "heading"))).splitlines()[2:]
    names = [line.split()[0].partition("+")[2] for line in lines]
    assert len(names) == len(set(names)) == 7
    assert all("Identity-H" in line and "yes yes yes" in line for line in lines)


def test_text_is_as_wide_as_it_was_measured() -> None:
    for style in ("body", "display", "kicker", "code"):
        first, last = (
            box_of_words(pdf_of(text_box(words(text), style, Box(20, 200, 900, 120))))["H"]
            for text in ("H", "AVAT offi H")
        )
        measured = sheet().set(words("AVAT offi H"), style, 900).lines[0].width_pt
        letter = sheet().set(words("H"), style, 900).lines[0].width_pt
        assert last[0] - first[0] == pytest.approx(measured - letter, abs=0.1)


def test_lines_stand_at_exact_leading_a_fifth_of_the_size_above_their_foot() -> None:
    box = text_box(words("Hone Htwo"), box=Box(300, 200, 60, 120))
    style = box.paragraphs[0].style
    places = box_of_words(pdf_of(box))
    assert [round(places[word][3], 1) for word in ("Hone", "Htwo")] == [
        round(200 + style.leading_pt * n - 0.2 * style.size_pt + 0.012 * style.size_pt, 1) for n in (1, 2)
    ]


def test_anchor_and_alignment() -> None:
    def place(**look: Any) -> tuple[float, ...]:
        return box_of_words(pdf_of(text_box(words("H"), **look)))["H"]

    top, middle, bottom = (place(anchor=anchor)[1] for anchor in ("top", "middle", "bottom"))
    leading = paper().style("body").leading_pt
    assert middle - top == pytest.approx((120 - leading) / 2, abs=0.05)
    assert bottom - top == pytest.approx(120 - leading, abs=0.05)
    left, center, right = (place(align=align)[0] for align in ("left", "center", "right"))
    assert abs((center - left) * 2 - (right - left)) < 0.1
    assert 385 < right - left < 400


def test_a_bullet_hangs_left_of_the_text_edge() -> None:
    places = box_of_words(pdf_of(text_box(words("Item"), indent_pt=30, bullet=Bullet("•", "accent", 20))))
    assert 310 <= places["•"][0] < 318
    assert 330 <= places["Item"][0] < 333


def test_scripts_leave_the_line() -> None:
    places = box_of_words(pdf_of(text_box((Run("H "), Run("2 ", script="super"), Run("3", script="sub")))))
    assert places["2"][3] < places["H"][3] - 4
    assert places["3"][3] > places["H"][3] + 3


def test_shapes_have_the_colours_of_their_roles() -> None:
    made = pdf_of(
        AutoShape(key="a", box=Box(100, 100, 50, 50), fill="accent"),
        AutoShape(key="b", geometry="ellipse", box=Box(200, 100, 50, 50), fill="accent2", stroke=Stroke("text", 4)),
        Line(key="c", start=Point(300, 100), end=Point(300, 150), stroke=Stroke("text", 6)),
    )
    colours = paper().colours
    assert pixel(made, 125, 125) == colours["accent"]
    assert pixel(made, 225, 125) == colours["accent2"]
    assert pixel(made, 200, 125) == colours["text"], "the stroke stands on the edge"
    assert pixel(made, 202, 102) == colours["bg"], "the corner of an ellipse is empty"
    assert pixel(made, 301, 125) == colours["text"]


def test_text_in_shapes_stands_in_the_middle() -> None:
    left, top, right, bottom = box_of_words(pdf_of(*diagram().shapes))["Hypervisor"]
    assert abs((left + right) / 2 - 338) < 1
    assert top > 210 and bottom < 237


def test_a_table_reads_row_by_row() -> None:
    lines = [line.split() for line in poppler("pdftotext", pdf_of(table()), "-layout").splitlines() if line.strip()]
    assert lines == [["Left", "1", "Right", "1"], ["Left", "2", "Right", "2"]]


def test_the_layouts_ground_is_drawn() -> None:
    made = pdf_of()
    line = paper().layouts["content"].marks[0]
    assert pixel(made, 10, 10) == paper().colours["bg"]
    assert pixel(made, line.box.x, 300) != paper().colours["bg"]


def three_slides() -> bytes:
    linked = text_box((Run("out", link="https://example.org/a?b=1"), Run(" in", link="#three"), Run("x", link="#gone")))
    drawings: list[Drawing] = [slide(), slide(linked), slide()]
    titles = [words(title) for title in ("Titel für alle", "Öffner", "Drei")]
    show = show_of(*zip(("one", "two", "three"), titles, drawings, strict=True))
    return write_slides_pdf(DECK, show, paper(), faces(), STAMP)


def test_the_document_is_described() -> None:
    made = three_slides()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Author"]) == "Presenter Näme"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    info = poppler("pdfinfo", made)
    assert "Understanding Docker" in info
    assert "960 x 540 pts" in info


def test_bookmarks_follow_the_sections() -> None:
    with pikepdf.open(io.BytesIO(three_slides())) as pdf, pdf.open_outline() as outline:
        found = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert found == [("Titel für alle", []), ("Öffner", ["Drei"])]


def test_links_lead_out_and_to_slides() -> None:
    with pikepdf.open(io.BytesIO(three_slides())) as pdf:
        out, inside = pdf.pages[1].obj.Annots
        assert str(out.A.URI) == "https://example.org/a?b=1"
        assert inside.Dest[0].objgen == pdf.pages[2].obj.objgen
        assert float(out.Rect[0]) == PLACE.x
        assert float(out.Rect[2]) <= float(inside.Rect[0]) + 0.01


def test_the_same_show_gives_the_same_bytes() -> None:
    assert three_slides() == three_slides()
