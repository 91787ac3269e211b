"""The article in two columns: what stands in them, what needs more width, and that nothing is lost."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest

from deckgen.build import Build, Options, build
from deckgen.styles import style_named
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.talks import problems_of, source

THEMES = ("paper", "night", "signal")
PARAGRAPH = "Words that fill a line of the text and go on to the next one, so that columns have enough of them. " * 4
SLIDES = "- section: One\n" + "".join(
    f"- title: Slide {i} has a title\n  id: slide-{i}\n  bullets: [first of {i}, second of {i}]\n"
    f"  handout: |\n    {PARAGRAPH}^[Note {i} says more.]\n\n    {PARAGRAPH}\n"
    for i in range(1, 6)
)
WIDE = (
    """
- title: A table with long cells
  table:
    header: [Name of the thing, What it does all day long, Why anybody wants it, When it was first made]
    rows: [[A first thing of these, It does what it is told, Nobody knows why that is, Long before all others]]
- title: A table with short cells
  table: {header: [a, b], rows: [[c, d]]}
  handout: |
    """
    + PARAGRAPH * 3
    + "\n"
)


@cache
def made(slides: str = SLIDES, theme: str = "", paper: str = "A4", language: str = "en") -> Build:
    text = source(slides, language).replace(
        "slides:", f"paper: {paper}\nhandout: {{article: {{columns: 2}}}}\nslides:", 1
    )
    options = Options(only="handout", theme=theme)
    found = build(MemoryWorld({"t.yaml": text.encode()}, default_folder()), "t.yaml", options)
    assert found.outputs, found.diagnostics
    return found


def words(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """Page by page, from the left and the top in points, what Poppler finds."""
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    pattern = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<')
    return [[(float(x), float(y), text) for x, y, text in pattern.findall(part)] for part in boxes.split("<page ")[1:]]


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_in_two_columns_over_the_full_width(theme: str) -> None:
    [found] = made(SLIDES, theme).outputs
    starts = [x for content in words(found.data)[1:] for x, _, text in content if text == "Words"]
    left = [x for x in starts if x < 60]
    right = [x for x in starts if 290 < x < 320]
    assert left and right
    assert sum(1 for x in starts if 170 < x < 280) < len(starts) / 2


def test_figures_and_tables_that_need_it_take_more_width() -> None:
    [found] = made(SLIDES + WIDE).outputs  # Its last paragraph runs over a column and a page.
    places = {text: x for content in words(found.data)[1:] for x, _, text in content}
    assert 190 < places["Name"] < 200 and places["anybody"] > 300


def test_footnotes_stand_at_the_end_of_their_slide() -> None:
    [found] = made().outputs
    text = subprocess.run(["pdftotext", "-", "-"], input=found.data, capture_output=True, check=True).stdout.decode()
    assert [int(number) for number in re.findall(r"Note (\d)", text)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("paper", "language"), [("A4", "en"), ("A5", "en"), ("Letter", "ar")])
def test_it_is_accessible_and_lasting(paper: str, language: str, tmp_path: Path) -> None:
    [found] = made(SLIDES + WIDE, "", paper, language).outputs
    (tmp_path / "t.pdf").write_bytes(found.data)
    for profile in ("ua1", "3a"):
        assert not page.validate_pdf(str(tmp_path / "t.pdf"), profile=profile).failures


def test_bookmarks_and_links_are_those_of_one_column() -> None:
    [found] = made().outputs
    with pikepdf.open(io.BytesIO(found.data)) as pdf, pdf.open_outline() as outline:
        [one] = [item for item in outline.root if item.title == "One"]
        assert len(one.children) == 5
        assert "at-slide-3" in list(map(str, pdf.Root.Names.Dests.Names))


def test_only_one_column_and_two_are_known() -> None:
    assert style_named("article-2") and not style_named("article-3")
    text = source("- title: T\n  bullets: [a]")
    world = MemoryWorld({"t.yaml": text.replace("slides:", "handout: {article: {columns: 3}}\nslides:").encode()})
    found = build(world, "t.yaml", Options())
    assert "an article can't have 3 columns" in found.diagnostics[0].message
    assert not problems_of("- title: T\n  bullets: [a]")
