"""The handout made ready for printers: sheets, and pages away from the fold, as independent readers see them."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest

from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.paragraph import Paragraph
from deckgen.check.greyscale import check_greyscale
from deckgen.diagnostics import has_errors
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.manifest import manifest_of
from deckgen.model.production import Binding, Print
from deckgen.model.text import label
from deckgen.read.deck import read_deck
from deckgen.typeset.slides import typeset
from deckgen.units import PT_PER_MM
from deckgen.world import MemoryWorld
from deckgen.write.handout.render import write_handout
from deckgen.write.production import booklet as imposing
from deckgen.write.production.duplex import away_from_fold
from deckgen.write.production.order import sides
from tests.builders import STAMP, deck_of, faces, paper
from tests.pages_builders import handout, poppler

LONG = "".join(
    f'<section style="break-before:page"><h1>Leaf {i}</h1><p><a href="#end">To the end</a></p></section>'
    for i in range(1, 14)
)


@cache
def thirteen() -> bytes:
    """A handout of thirteen pages, each with its number as a word."""
    return handout(f"{LONG}<p id=end>End</p>", {})


def booklet(pdf: bytes, wanted: Print, right_to_left: bool = False) -> bytes:
    return imposing.booklet(pdf, wanted, right_to_left)[0]


def halves(pdf: bytes) -> list[tuple[int, int]]:
    """The pages that stand left and right on each side of a sheet, 0 for none, as Poppler reads them."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.pages)
        width, height = (int(float(v)) for v in opened.pages[0].mediabox[2:])
    found = []
    for number in range(1, count + 1):
        texts = [
            poppler("pdftotext", pdf, *f"-f {number} -l {number} -x {x} -y 0 -W {width // 2} -H {height}".split())
            for x in (0, width // 2)
        ]
        left, right = (int(text.partition("Leaf ")[2].split()[0]) if "Leaf " in text else 0 for text in texts)
        found.append((left, right))
    return found


def test_folded_sheets_read_on() -> None:
    assert halves(booklet(thirteen(), Print())) == [
        (0, 1), (2, 0), (0, 3), (4, 13), (12, 5), (6, 11), (10, 7), (8, 9)
    ]  # fmt: skip


def test_signatures_are_folded_one_after_the_other() -> None:
    assert halves(booklet(thirteen(), Print(signature=8))) == [
        (8, 1), (2, 7), (6, 3), (4, 5), (0, 9), (10, 0), (0, 11), (12, 13)
    ]  # fmt: skip


def test_a_cover_lies_around_the_rest() -> None:
    found = halves(booklet(thirteen(), Print(cover=True)))
    assert found[:4] == [(0, 1), (0, 0), (13, 2), (3, 12)]


def test_what_reads_from_the_right_is_folded_at_the_right() -> None:
    assert halves(booklet(thirteen(), Print(), right_to_left=True))[:4] == [(1, 0), (0, 2), (3, 0), (13, 4)]
    moved = away_from_fold(thirteen(), 5, right_to_left=True)
    assert leftmost(moved, "1") - leftmost(thirteen(), "1") == pytest.approx(-5 * PT_PER_MM, abs=0.01)


def test_piles_of_cut_sheets_read_on() -> None:
    found = halves(booklet(thirteen(), Print(binding="stack")))
    left = [n for i, side in enumerate(found) for n in [side[i % 2]]]
    right = [n for i, side in enumerate(found) for n in [side[1 - i % 2]]]
    assert left + right == [*range(1, 14), 0, 0, 0]


def test_two_pages_side_by_side() -> None:
    assert halves(booklet(thirteen(), Print(binding="two-up"))) == [
        (1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12), (13, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("binding", ["saddle", "stack", "two-up"])
@pytest.mark.parametrize("pages", [1, 4, 5, 31, 32, 33, 64, 97])
def test_every_page_stands_on_one_side_only(binding: Binding, pages: int) -> None:
    for signature, cover in ((4, False), (16, True), (32, False)):
        shown = [leaf for side in sides(pages, binding, signature, cover) for leaf in (side.left, side.right)]
        assert sorted(leaf for leaf in shown if leaf is not None) == list(range(pages))


@pytest.mark.parametrize("pages", [4, 13, 40])
@pytest.mark.parametrize("signature", [4, 8, 32])
def test_a_page_and_the_next_stand_back_to_back_or_face_to_face(pages: int, signature: int) -> None:
    """Turned over its short edge, a sheet has the left half of its back behind the right half of its front."""
    found = sides(pages, "saddle", signature, False)
    backs = {(front.right, back.left) for front, back in zip(found[::2], found[1::2], strict=True)}
    assert all(right is None or left is None or left == right + 1 for right, left in backs)
    assert [side.label for side in found[:3]] == (["1a", "1b", "2a"] if len(found) > 2 else ["1a", "1b"])


def test_sheets_are_twice_as_wide_and_labelled() -> None:
    with pikepdf.open(io.BytesIO(booklet(thirteen(), Print()))) as pdf, pikepdf.open(io.BytesIO(thirteen())) as whole:
        single = [float(v) for v in whole.pages[0].trimbox]
        for page in pdf.pages:
            assert [float(v) for v in page.trimbox] == pytest.approx([0, 0, 2 * single[2], single[3]], abs=0.01)
        assert [page.label for page in pdf.pages] == ["1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"]


def test_a_wide_page_is_made_to_fit_in_the_middle() -> None:
    wide = "@page wide{size:A4 landscape;margin:0}"
    body = '<p>Leaf 1</p><p style="page:wide;break-before:page;margin:0">Leaf 2</p>'
    sheets = booklet(handout(body, {}, css=wide), Print(binding="two-up"))
    assert halves(sheets) == [(1, 2)]
    line = next(line for line in poppler("pdftotext", sheets, "-bbox").splitlines() if ">2</word>" in line)
    left, top = (float(line.partition(f'{name}="')[2].partition('"')[0]) for name in ("xMin", "yMin"))
    assert 595 < left < 630 and top == pytest.approx(841.9 / 4, abs=8)


def leftmost(pdf: bytes, word: str) -> float:
    line = next(line for line in poppler("pdftotext", pdf, "-bbox").splitlines() if f">{word}</word>" in line)
    return float(line.partition('xMin="')[2].partition('"')[0])


def test_inner_sheets_creep_toward_the_fold() -> None:
    flat, thick = (booklet(thirteen(), Print(paper_mm=mm)) for mm in (0, 0.2))
    assert leftmost(thick, "9") - leftmost(flat, "9") == pytest.approx(-3 * 0.2 * PT_PER_MM, abs=0.05), (
        "right, innermost"
    )
    assert leftmost(thick, "8") - leftmost(flat, "8") == pytest.approx(3 * 0.2 * PT_PER_MM, abs=0.05), "left, innermost"
    assert leftmost(thick, "1") == pytest.approx(leftmost(flat, "1"), abs=0.05), "outermost"


def failures(pdf: bytes, profile: str, folder: Path) -> list[str]:
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0
    return [
        f"{finding.rule_id}: {finding.message}"
        for finding in validator.validate_pdf(str(path), profile=profile).failures
    ]


@pytest.mark.parametrize("wanted", [Print(), Print(cover=True, signature=4), Print(binding="stack")])
def test_a_booklet_is_pdf_a(wanted: Print, tmp_path: Path) -> None:
    assert failures(booklet(thirteen(), wanted), "3b", tmp_path) == []


def test_pages_move_away_from_the_fold(tmp_path: Path) -> None:
    moved = away_from_fold(thirteen(), 5)
    for number, expected in ((1, 5), (2, -5), (13, 5)):
        found = leftmost(moved, str(number)) - leftmost(thirteen(), str(number))
        assert found == pytest.approx(expected * PT_PER_MM, abs=0.01)
    for profile in ("ua1", "3a"):
        assert failures(moved, profile, tmp_path) == []


def test_colour_at_the_edge_moves_with_no_white_line() -> None:
    body = (
        '<div style="position:absolute;left:-500pt;top:-75pt;width:2000pt;height:150pt;background:#203040">Panel</div>'
    )
    moved = away_from_fold(handout(body, {}), 8)
    with pypdfium2.PdfDocument(moved) as document:
        picture = document[0].render().to_pil().convert("RGB")
    assert picture.crop((0, 20, picture.width, 21)).getcolors() == [(picture.width, (0x20, 0x30, 0x40))]


def test_the_same_bytes_twice() -> None:
    assert booklet(thirteen(), Print()) == booklet(thirteen(), Print())
    assert away_from_fold(thirteen(), 5) == away_from_fold(thirteen(), 5)


def printed(value: str) -> tuple[Print | None, list[str]]:
    source = f"deckgen: 1\ntitle: A talk\nprint: {value}\nslides:\n  - title: One\n    bullets: [a]\n"
    deck, found = read_deck(MemoryWorld({"talk.yaml": source.encode()}), "talk.yaml")
    assert (deck is None) == has_errors(found)
    return (deck.print if deck else None), [f"{d.span.line}:{d.span.column} {d.message}" for d in found]


def test_a_profile_a_list_or_all_keys() -> None:
    for value, expected in (
        ("booklet", Print(profiles=("booklet",))),
        ("[screen, press, screen]", Print(profiles=("screen", "press"))),
        ("{profiles: booklet, signature: 16, cover: true}", Print(profiles=("booklet",), signature=16, cover=True)),
        ("{gutter_mm: 4}", Print(gutter_mm=4)),
    ):
        assert printed(value) == (expected, [])


def test_what_cannot_be_printed_is_said() -> None:
    assert printed("leaflet")[1] == ["3:8 expected office, screen, press or booklet, found the text 'leaflet'"]
    assert printed("{signature: 6}")[1] == ["3:20 a signature of 6 pages can't be folded"]
    assert printed("{gutter_mm: 90}")[1] == ["3:20 gutter_mm is 90 mm"]


def sectioned(**keys: object) -> Deck:
    """Four sections, in two parts that are laid out apart; the first is longer than a page."""
    sentence = "Every section has something to say, and some of them say it at length. " * 18
    slides: list[Section | Slide] = []
    for i in range(1, 5):
        slides.append(Section(section=label(f"Part {i}"), id=f"s{i}"))
        for k in range(1, 5):
            body = (Bullets(items=(Item(text=label("A point")),)),)
            said = (Paragraph(text=label(sentence)),) * (i == 1)
            slides.append(Slide(title=label(f"Slide {i}.{k}"), id=f"s{i}-{k}", body=body, handout=said))
    return replace(deck_of(*slides), **keys)  # type: ignore[arg-type]


def made_of(deck: Deck) -> bytes:
    show = typeset(deck, paper(), faces())
    return write_handout(deck, show, paper(), faces(), manifest_of(deck), STAMP)


def test_sections_begin_on_right_pages(tmp_path: Path) -> None:
    pdf = made_of(sectioned(print=Print(sections="right")))
    pages = poppler("pdftotext", pdf, "-layout").split("\f")[:-1]
    begins = [number for number, page in enumerate(pages, start=1) if re.search(r"Slide \d\.1$", page, re.MULTILINE)]
    assert len(begins) == 4 and all(number % 2 for number in begins)
    blank = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    assert blank and all(number % 2 == 0 for number in blank), "nothing stands on a blank page, not even its number"
    assert re.findall(r"Part \d.* (\d+)$", pages[0], re.MULTILINE) == [str(number) for number in begins]
    assert f"{begins[-1]} of {len(pages)}" in pages[begins[-1] - 1]
    for profile in ("ua1", "3a"):
        assert failures(pdf, profile, tmp_path) == []


def test_sections_follow_each_other_if_nothing_is_said() -> None:
    assert Print().sections == "any"
    flowing, right = (made_of(sectioned(print=Print(sections=sections))) for sections in ("any", "right"))
    assert poppler("pdftotext", flowing).count("\f") < poppler("pdftotext", right).count("\f")


def test_marks_are_seen_in_grey() -> None:
    assert list(check_greyscale(paper())) == []
    pale = replace(paper(), print_colours={**paper().print_colours, "quiet": "#6E6E6E", "muted": "#111111"})
    (problem,) = check_greyscale(pale)
    assert problem.severity == "warning" and str(problem.span) == "themes/paper/theme.yaml"
    assert problem.message.startswith("accent and quiet print as the same grey (38 and 46 of 100)")
