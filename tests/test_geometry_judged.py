"""Every kind of shape, as LibreOffice draws it from the deck, looks as our own pages draw it."""

from __future__ import annotations

import math
from pathlib import Path

from deckgen.model.drawing import (
    AnyShape,
    Arrow,
    AutoShape,
    Cell,
    Connector,
    Freeform,
    Geometry,
    Line,
    Row,
    Stroke,
    Table,
)
from deckgen.model.glue import Glue, Side
from deckgen.model.path import Segment
from deckgen.model.show import Show
from deckgen.model.text import label
from deckgen.units import Box, Point
from deckgen.write.pages.slides import write_slides_pdf
from tests.builders import STAMP, deck_of, faces, one_page, paper, sheet, written
from tests.judges.libreoffice import to_pdf
from tests.judges.similarity import alike, pictures

GEOMETRIES: tuple[Geometry, ...] = ("rect", "round", "ellipse", "diamond", "chevron", "pentagon")
ARROWS: tuple[Arrow, ...] = ("", "end", "start", "both")
LEAST = 0.97


def forms() -> list[AnyShape]:
    """All geometries, filled and outlined, with a text in each."""
    found: list[AnyShape] = []
    for i, geometry in enumerate(GEOMETRIES):
        box = Box(60 + i * 140, 40, 120, 80)
        text = (sheet().set(label("Label"), "label_bold", 120, align="center"),)
        found.append(AutoShape(key=f"f/{i}", box=box, geometry=geometry, measure_pt=20, fill="surface2", text=text))
        below = box.moved(0, 110)
        found.append(AutoShape(key=f"o/{i}", box=below, geometry=geometry, measure_pt=20, stroke=Stroke("accent", 3)))
    circles = [Box(100 + i * 90, 300, 150, 150) for i in range(3)]
    found += [
        AutoShape(key=f"c/{i}", box=box, geometry="ellipse", fill=fill, opacity=0.5)
        for i, (box, fill) in enumerate(zip(circles, ("accent", "accent2", "quiet"), strict=True))
    ]
    star = [
        Point(600 + math.sin(a) * r, 380 - math.cos(a) * r)
        for i in range(10)
        for a, r in [(i * math.pi / 5, 90 if i % 2 == 0 else 40)]
    ]
    path = (Segment("move", (star[0],)), *(Segment("line", (p,)) for p in star[1:]), Segment("close"))
    found.append(Freeform(key="star", path=path, fill="accent", stroke=Stroke("text", 2, rounded=True)))
    wave = (
        Segment("move", (Point(720, 400),)),
        Segment("curve", (Point(760, 300), Point(800, 500), Point(840, 400))),
    )
    found.append(Freeform(key="wave", path=wave, stroke=Stroke("accent2", 4, dashed=True)))
    return found


def links() -> list[AnyShape]:
    """Lines with all arrows, and connectors from every side to every other."""
    found: list[AnyShape] = [
        Line(key=f"l/{i}", start=Point(60, 40 + i * 20), end=Point(300, 50 + i * 20), stroke=Stroke("text", 2), arrow=a)
        for i, a in enumerate(ARROWS)
    ]
    for row, (dx, dy) in enumerate(((120, 60), (-120, 60), (120, -60), (-120, -60))):
        for column, route in enumerate(("level", "upright", "corner", "upright corner")):
            found += held(f"{row}-{column}", route, Point(140 + column * 220, 190 + row * 95), dx, dy)
    return found


def held(name: str, route: str, middle: Point, dx: float, dy: float) -> list[AnyShape]:
    """Two small boxes whose middles are `dx` and `dy` apart, and a connector that holds on to them."""
    (x, y), half = middle, 10
    a, b = Point(x - dx / 2, y - dy / 2), Point(x + dx / 2, y + dy / 2)
    right: Side = "right" if dx > 0 else "left"
    left: Side = "left" if dx > 0 else "right"
    down: Side = "bottom" if dy > 0 else "top"
    up: Side = "top" if dy > 0 else "bottom"
    sides: tuple[Side, Side] = {
        "level": (right, left), "upright": (down, up), "corner": (right, up), "upright corner": (down, left),
    }[route]  # fmt: skip
    start, end = (at(p, side, half) for p, side in zip((a, b), sides, strict=True))
    points = {
        "level": (start, Point(x, start.y), Point(x, end.y), end),
        "upright": (start, Point(start.x, y), Point(end.x, y), end),
        "corner": (start, Point(end.x, start.y), end),
        "upright corner": (start, Point(start.x, end.y), end),
    }[route]
    ends = [
        AutoShape(key=f"{name}/{i}", box=Box(p.x - half, p.y - half, 2 * half, 2 * half), fill="surface2")
        for i, p in enumerate((a, b))
    ]
    glue = [Glue(f"{name}/{i}", side) for i, side in enumerate(sides)]
    line = Connector(key=name, points=points, stroke=Stroke("accent", 1.5), start=glue[0], end=glue[1])
    return [*ends, line]


def at(middle: Point, side: Side, half: float) -> Point:
    dx, dy = {"left": (-half, 0), "right": (half, 0), "top": (0, -half), "bottom": (0, half)}[side]
    return middle.moved(dx, dy)


def merged() -> list[AnyShape]:
    def cell(words: str, **look: object) -> Cell:
        text = (sheet().set(label(words), "cell", 100),)
        return Cell(text, 6, 6, bottom=Stroke("rule", 0.75), **look)  # type: ignore[arg-type]

    gone = Cell((), covered=True, bottom=Stroke("rule", 0.75))
    rows = (
        Row(50, (cell("tall", rows=2, fill="surface2"), cell("wide", columns=2, fill="surface"), gone)),
        Row(50, (gone, cell("a"), cell("b"))),
        Row(50, (cell("c"), cell("big", columns=2, rows=2, fill="accent_soft"), gone)),
        Row(50, (cell("d"), gone, gone)),
    )
    return [Table(key="t", at=Point(100, 100), columns_pt=(160, 180, 200), rows=rows)]


def glued() -> list[AnyShape]:
    """A box and a circle, held together."""
    box = AutoShape(key="one", box=Box(120, 100, 140, 80), fill="surface2")
    circle = AutoShape(key="two", box=Box(460, 220, 140, 80), geometry="ellipse", fill="accent_soft")
    points = (Point(260, 140), Point(360, 140), Point(360, 260), Point(460, 260))
    stroke = Stroke("text", 1.5)
    return [
        box,
        circle,
        Connector(key="held", points=points, stroke=stroke, start=Glue("one", "right"), end=Glue("two", "left")),
    ]


def winding() -> list[AnyShape]:
    """Connectors that go round the boxes between their ends, back to where another one began."""
    boxes = [Box(200 + i * 180, 200, 100, 60) for i in range(3)]
    found: list[AnyShape] = [AutoShape(key=f"w/{i}", box=box, fill="surface2") for i, box in enumerate(boxes)]
    above = [Point(660, 230), Point(680, 230), Point(680, 160), Point(180, 160), Point(180, 230), Point(200, 230)]
    under = [Point(480, 230), Point(500, 230), Point(500, 300), Point(180, 300), Point(180, 230), Point(200, 230)]
    for source, route in ((2, above), (1, under)):
        ends = Glue(f"w/{source}", "right"), Glue("w/0", "left")
        stroke = Stroke("text", 1.5)
        found.append(Connector(key=f"w/{source}-0", points=tuple(route), stroke=stroke, start=ends[0], end=ends[1]))
    return found


def test_libreoffice_draws_all_shapes_as_our_pages_do(tmp_path: Path) -> None:
    slides = {"forms": forms(), "links": links(), "merged": merged(), "glued": glued(), "winding": winding()}
    pages = tuple(one_page(*shapes, page_id=name) for name, shapes in slides.items())
    show = Show(pages)
    deck = tmp_path / "shapes.pptx"
    deck.write_bytes(written(deck_of(), show))
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(write_slides_pdf(deck_of(), show, paper(), faces(), STAMP))
    theirs = pictures(to_pdf(deck, paper(), tmp_path))
    found = {name: alike(a, b) for name, a, b in zip(slides, pictures(ours), theirs, strict=True)}
    assert all(value > LEAST for value in found.values()), found
