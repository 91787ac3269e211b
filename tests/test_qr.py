"""QR codes: what is drawn is what segno says, and what a reader finds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image as pil

from deckgen.check.pdf_text import read_pdf_text
from deckgen.model.show import Show
from deckgen.typeset import qr
from deckgen.units import Box
from deckgen.write.pages.slides import write_slides_pdf
from tests.builders import STAMP, deck_of, faces, one_page, paper, written
from tests.judges.libreoffice import to_pdf
from tests.judges.similarity import pictures
from tests.pairs import outcome

ADDRESSES = ("https://example.org/docker", "https://example.org/a?b=c&d=%C3%A4#" + "x" * 120, "http://a.example")


def inside(loop: list[tuple[int, int]], x: float, y: float) -> int:
    """How often a loop winds round a place."""
    turns = 0
    for (x1, y1), (x2, y2) in zip(loop, [*loop[1:], loop[0]], strict=True):
        if x1 == x2 and x1 > x and min(y1, y2) < y < max(y1, y2):
            turns += 1 if y2 > y1 else -1
    return turns


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_outlines_hold_exactly_the_dark_modules(address: str) -> None:
    matrix = segno.make(address, error="m", micro=False).matrix
    loops = qr.outlines(qr.modules(address))
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            assert sum(inside(loop, x + 0.5, y + 0.5) for loop in loops) == int(bool(dark))


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_can_be_read_from_pages_and_from_libreoffices_picture(address: str, tmp_path: Path) -> None:
    box = Box(600, 100, 150, 150)
    plain, on_dark = qr.code(address, box, "qr", "", "text"), qr.code(address, box, "qr", "", "text", "bg")
    for i, one in enumerate((Show((one_page(*plain),)), Show((one_page(*on_dark),)))):
        ours, deck = tmp_path / f"ours{i}.pdf", tmp_path / f"deck{i}.pptx"
        ours.write_bytes(write_slides_pdf(deck_of(), one, paper(), faces(), STAMP))
        deck.write_bytes(written(deck_of(), one))
        for page in (*pictures(ours), *pictures(to_pdf(deck, paper(), tmp_path))):
            found = zxingcpp.read_barcodes(pil.fromarray((page * 255).astype("uint8")))
            assert [code.text for code in found] == [address]


def test_the_svg_can_be_read() -> None:
    import resvg_py

    png = bytes(resvg_py.svg_to_bytes(svg_string=qr.svg(ADDRESSES[0]), width=300))
    [found] = zxingcpp.read_barcodes(pil.open(io.BytesIO(png)))
    assert found.text == ADDRESSES[0]


CLOSING = """deckgen: 1
title: T
slides:
  - title: Thank you
    closing:
      link: [Slides, "[example.org](https://example.org/slides)"]
"""


@pytest.mark.parametrize("theme", ["paper", "night", "signal"])
def test_the_closing_slide_and_the_cover_show_the_code_of_the_link(theme: str, tmp_path: Path) -> None:
    made = outcome(CLOSING, theme=theme)
    assert made.problems == () and made.talk, made.problems
    handout, slides = tmp_path / "handout.pdf", tmp_path / "slides.pdf"
    handout.write_bytes(made.handout)
    talk = made.talk
    slides.write_bytes(write_slides_pdf(talk.deck, talk.show, talk.theme, talk.faces, talk.stamp))
    for page in (pictures(slides)[-1], pictures(handout)[0]):
        [found] = zxingcpp.read_barcodes(pil.fromarray((page * 255).astype("uint8")))
        assert found.text == "https://example.org/slides"
    assert "QR code: https://example.org/slides" in read_pdf_text(made.handout).alternatives
    with zipfile.ZipFile(io.BytesIO(made.deck)) as package:
        assert 'descr="QR code: https://example.org/slides"' in package.read("ppt/slides/slide2.xml").decode()


def test_a_link_without_an_address_has_no_code_and_one_too_long_is_refused() -> None:
    made = outcome(CLOSING.replace('"[example.org](https://example.org/slides)"', "example.org"))
    assert not made.problems and not any("QR" in words for words in read_pdf_text(made.handout).alternatives)
    [found] = outcome(CLOSING.replace("/slides", "/" + "x" * 900)).found
    assert "too many for a QR code" in found.message and str(found.span) == "talk.yaml:6:7"
