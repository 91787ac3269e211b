"""One readable case for each kind of block: its source, how it stands on the slide, how the handout sets it.

The square font makes widths countable. `UPDATE_CASES=1 pytest tests/test_cases.py` writes the cases anew; read them
before you commit them.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.blocks import block_class, kinds
from deckgen.diagnostics import has_errors
from deckgen.model.deck import Slide
from deckgen.model.drawing import (
    AnyShape,
    AutoShape,
    Chart,
    Connector,
    Equation,
    Freeform,
    Group,
    Line,
    Picture,
    Table,
    TextBox,
)
from deckgen.model.setting import SetParagraph
from deckgen.model.text import plain
from deckgen.read.deck import read_deck
from deckgen.read.theme import read_theme
from deckgen.typeset.slides import typeset
from deckgen.world import MemoryWorld
from deckgen.write.handout.html import block_html
from tests.pictures import EXAMPLE_FILES
from tests.square import SquareFaces

CASES = Path(__file__).parent / "cases"
HEAD = (
    "deckgen: 1\ntitle: Case\nslides:\n  - section: First part\n    summary: In short\n  - title: Case\n    id: case\n"
)
DATA = re.compile(r"data:[^\"]+")
MARKDOWN = {"heading": "# What a shared kernel is worth"}
"""Kinds that stand in handout text only, as their authors write them."""


BEFORE = {"references": "bibliography: refs.bib\nsubtitle: After [@smith2020, p. 12] and [@doe]\n"}
"""Keys of the talk that a kind needs."""
WORKS = b"""@article{smith2020, author={Smith, Jane}, title={On things}, journal={Things}, year=2020, volume=3}
@book{doe, author={Doe, John}, title={The book of machines}, publisher={ACME}, year=2019, url={https://example.org/}}"""
FILES = {"refs.bib": WORKS, **EXAMPLE_FILES}
"""What the examples name."""


def example(kind: str) -> str:
    """The example in the docstring of a kind."""
    doc = inspect.getdoc(sys.modules[block_class(kind).__module__]) or ""
    return textwrap.dedent(doc.partition("\n\n")[2]).strip()


def source(kind: str) -> str:
    if kind in MARKDOWN:
        return f"{HEAD}    handout: |\n{textwrap.indent(MARKDOWN[kind], '      ')}\n"
    title = "    title: Case\n" if kind not in ("quote", "statement") else ""
    head = HEAD.replace("  - title: Case\n    id: case\n", "  - id: case\n") + title
    head = head.replace("slides:\n", BEFORE.get(kind, "") + "slides:\n", 1)
    return f"{head}    body:\n{textwrap.indent(example(kind), '      ')}\n"


def lines(paragraphs: tuple[SetParagraph, ...]) -> str:
    return " | ".join(" / ".join(plain(line.text) for line in p.lines) for p in paragraphs)


def told(shape: AnyShape, indent: str = "") -> Iterator[str]:
    """A shape in words: its box in points, what it is, its lines parted by `/`."""
    x, y, width, height = shape.box if not isinstance(shape, Line) else (*shape.start, 0.0, 0.0)
    place = f"{indent}{x:7.1f} {y:7.1f} {width:7.1f} {height:7.1f} "
    match shape:
        case TextBox():
            yield f"{place} {shape.placeholder or 'text box'}: {lines(shape.paragraphs)}"
        case AutoShape():
            yield f"{place} {shape.geometry} {shape.fill}: {lines(shape.text)}".rstrip(": ")
        case Picture():
            crop = " ".join(f"{share:.3f}" for share in shape.crop)
            yield f"{place} {shape.placeholder or 'picture'}: {shape.image.name}, cut {crop}: {shape.alt}"
        case Line():
            yield f"{place} line"
        case Connector():
            ends = " to ".join(f"{end.key} {end.side}" for end in (shape.start, shape.end) if end)
            yield f"{place} connector {ends}"
        case Freeform():
            yield f"{place} freeform of {len(shape.path)} steps"
        case Equation():
            yield f"{place} equation of {shape.size_pt:g} pt in {shape.room.width:.1f} x {shape.room.height:.1f}"
        case Table():
            yield f"{place} table {' '.join(f'{width:.1f}' for width in shape.columns_pt)}"
            for row in shape.rows:
                yield f"{indent}    {row.height_pt:.1f}: " + " || ".join(lines(cell.paragraphs) for cell in row.cells)
        case Chart():
            yield f"{place} {shape.data.kind} chart: {shape.alt}"
            for child in shape.shapes:
                yield from told(child, indent + "  ")
        case Group():
            yield f"{place} group: {shape.alt}".rstrip(": ")
            for child in shape.shapes:
                yield from told(child, indent + "  ")


def case(kind: str) -> str:
    text = source(kind)
    world = MemoryWorld({"case.yaml": text.encode(), **FILES})
    deck, found = read_deck(world, "case.yaml")
    theme, _ = read_theme(world, "paper")
    assert deck and theme and not has_errors(found), found
    page = typeset(deck, theme, SquareFaces(theme)).pages[-1]
    [slide] = [entry for entry in deck.slides if isinstance(entry, Slide)]
    shapes = [line for shape in page.drawing.shapes for line in told(shape)]
    html = [DATA.sub("data:...", block_html(block, deck)) for block in (*slide.body, *slide.handout)]
    return "\n".join(["# source", text.rstrip(), f"# slide, layout {page.layout}", *shapes, "# handout", *html]) + "\n"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_case(kind: str) -> None:
    file = CASES / f"{kind}.txt"
    made = case(kind)
    if os.environ.get("UPDATE_CASES"):
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")
