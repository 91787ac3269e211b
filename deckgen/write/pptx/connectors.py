"""Connectors that hold on to shapes, so that they follow when somebody moves these in PowerPoint."""

from __future__ import annotations

from typing import Literal

from deckgen.model.drawing import Connector, Geometry
from deckgen.model.glue import Glue, Side
from deckgen.model.path import Segment
from deckgen.units import Box, Point, around
from deckgen.write.pptx.canvas import Canvas
from deckgen.write.pptx.geometry import custom, outline, placed, preset
from deckgen.write.pptx.markup import alternative, attributes

SITES: dict[Geometry | Literal[""], dict[Side, int]] = {
    "": {"top": 0, "left": 1, "bottom": 2, "right": 3},
    "ellipse": {"top": 0, "left": 2, "bottom": 4, "right": 6},
}
"""Connection sites in the order of the shape definitions (ECMA-376 20.1.9, `presetShapeDefinitions.xml`).

An ellipse has a site on each diagonal, too.
"""
QUARTER_TURN = 5_400_000
FULL = 100_000
LEAST_PT = 0.1
PLAIN_POINTS = 4
"""LibreOffice leads connectors with more bends its own way, through other shapes."""


def connector(shape: Connector, canvas: Canvas) -> str:
    made = held(shape, canvas)
    return made if len(shape.points) <= PLAIN_POINTS else alternative(made, loose(shape, canvas))


def held(shape: Connector, canvas: Canvas) -> str:
    """PowerPoint's own connector."""
    ends = glue("a:stCxn", shape.start, canvas) + glue("a:endCxn", shape.end, canvas)
    look = route(shape.points) + outline(shape.stroke, canvas.pen, arrow=shape.arrow)
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{canvas.identity(shape)}<p:cNvCxnSpPr>{ends}</p:cNvCxnSpPr>{canvas.properties}"
        f"</p:nvCxnSpPr><p:spPr>{look}</p:spPr></p:cxnSp>"
    )


def loose(shape: Connector, canvas: Canvas) -> str:
    """The same line as a form that holds on to nothing."""
    first, *others = shape.points
    path = (Segment("move", (first,)), *(Segment("line", (point,)) for point in others))
    box = around(shape.points)
    look = placed(box) + custom(box, path) + "<a:noFill/>" + outline(shape.stroke, canvas.pen, arrow=shape.arrow)
    return (
        f"<p:sp><p:nvSpPr>{canvas.identity(shape)}<p:cNvSpPr/>{canvas.properties}</p:nvSpPr>"
        f"<p:spPr>{look}</p:spPr></p:sp>"
    )


def glue(name: str, held: Glue | None, canvas: Canvas) -> str:
    if held is None:
        return ""
    geometry = canvas.ids.geometries.get(held.key, "rect")
    site = SITES.get(geometry, SITES[""])[held.side]
    return f"<{name}{attributes(id=canvas.ids.of(held.key), idx=site)}/>"


def route(points: tuple[Point, ...]) -> str:
    """Place and form. An elbow that begins upright is a level one, turned by a quarter and mirrored as need be."""
    first, last = points[0], points[-1]
    dx, dy = last.x - first.x, last.y - first.y
    if len(points) == 2:
        box = Box(min(first.x, last.x), min(first.y, last.y), abs(dx), abs(dy))
        return placed(box, flip=flips(dx < 0, dy < 0)) + preset("straightConnector1")
    # Bends are told in shares of width and height: neither may be nothing.
    dx, dy = dx or LEAST_PT, dy or LEAST_PT
    box = Box(min(first.x, first.x + dx), min(first.y, first.y + dy), abs(dx), abs(dy))
    upright = points[0].x == points[1].x
    if upright:
        middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
        box = Box(middle_x - box.height / 2, middle_y - box.width / 2, box.height, box.width)
        place = placed(box, flip=f' rot="{QUARTER_TURN}"{flips(dy < 0, dx > 0)}')
    else:
        place = placed(box, flip=flips(dx < 0, dy < 0))
    shares = [
        (point.y - first.y) / dy if upright == (number % 2 == 1) else (point.x - first.x) / dx
        for number, point in enumerate(points[1:-2], start=1)
    ]
    guides = {f"adj{number}": round(share * FULL) for number, share in enumerate(shares, start=1)}
    return place + preset(f"bentConnector{len(points) - 1}", **guides)


def flips(level: bool, upright: bool) -> str:
    return (' flipH="1"' if level else "") + (' flipV="1"' if upright else "")
