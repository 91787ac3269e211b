"""Connectors that hold on to shapes, so that they follow when somebody moves these in PowerPoint."""

from __future__ import annotations

from deckgen.model.drawing import Connector, Glue
from deckgen.units import Box, Point
from deckgen.write.pptx.canvas import Canvas
from deckgen.write.pptx.geometry import outline, placed, preset
from deckgen.write.pptx.markup import attributes

SITES = {"top": 0, "left": 1, "bottom": 2, "right": 3}
"""Connection sites in the order of the shape definitions (ECMA-376 20.1.9, `presetShapeDefinitions.xml`)."""
SITES_ON_ELLIPSE = 2
"""An ellipse has a site on each diagonal, too."""
QUARTER_TURN = 5_400_000
FULL = 100_000


def connector(shape: Connector, canvas: Canvas) -> str:
    ends = glue("a:stCxn", shape.start, canvas) + glue("a:endCxn", shape.end, canvas)
    look = route(shape.points) + outline(shape.stroke, canvas.pen, arrow=shape.arrow)
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{canvas.identity(shape)}<p:cNvCxnSpPr>{ends}</p:cNvCxnSpPr>{canvas.properties}"
        f"</p:nvCxnSpPr><p:spPr>{look}</p:spPr></p:cxnSp>"
    )


def glue(name: str, held: Glue | None, canvas: Canvas) -> str:
    if held is None:
        return ""
    site = SITES[held.side] * (SITES_ON_ELLIPSE if canvas.ids.geometries.get(held.key) == "ellipse" else 1)
    return f"<{name}{attributes(id=canvas.ids.of(held.key), idx=site)}/>"


def route(points: tuple[Point, ...]) -> str:
    """Place and form. An elbow that begins upright is a level one, turned by a quarter and mirrored as need be."""
    first, last = points[0], points[-1]
    width, height = abs(last.x - first.x), abs(last.y - first.y)
    upright = points[0].x == points[1].x
    box = Box(min(first.x, last.x), min(first.y, last.y), width, height)
    if len(points) == 2 or not (width and height):
        return placed(box, flip=flips(last.x < first.x, last.y < first.y)) + preset("straightConnector1")
    if upright:
        middle_x, middle_y = box.x + width / 2, box.y + height / 2
        box = Box(middle_x - height / 2, middle_y - width / 2, height, width)
        place = placed(box, flip=f' rot="{QUARTER_TURN}"{flips(last.y < first.y, last.x > first.x)}')
    else:
        place = placed(box, flip=flips(last.x < first.x, last.y < first.y))
    if len(points) == 3:
        return place + preset("bentConnector2")
    along = (points[1].y - first.y) / (last.y - first.y) if upright else (points[1].x - first.x) / (last.x - first.x)
    return place + preset("bentConnector3", adj1=round(along * FULL))


def flips(level: bool, upright: bool) -> str:
    return (' flipH="1"' if level else "") + (' flipV="1"' if upright else "")
