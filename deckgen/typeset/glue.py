"""Connectors that are glued to the middles of shapes' sides."""

from __future__ import annotations

from typing import Any

from deckgen.model.drawing import AutoShape, Connector, Stroke
from deckgen.model.glue import Glue, Side
from deckgen.units import Box, Point


def glued(key: str, one: AutoShape, out: Side, other: AutoShape, into: Side, stroke: Stroke, **more: Any) -> Connector:
    """A straight connector from a side of one shape to a side of another; `more` holds further fields."""
    ends = middle(one.box, out), middle(other.box, into)
    return Connector(key=key, points=ends, stroke=stroke, start=Glue(one.key, out), end=Glue(other.key, into), **more)


def middle(box: Box, side: Side) -> Point:
    """The middle of a side."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    places = {"top": (x, box.y), "left": (box.x, y), "bottom": (x, box.bottom), "right": (box.right, y)}
    return Point(*places[side])
