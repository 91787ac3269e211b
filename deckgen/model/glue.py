"""Where lines hold on to shapes."""

from __future__ import annotations

from typing import Literal, NamedTuple

Side = Literal["top", "left", "bottom", "right"]


class Glue(NamedTuple):
    """Where a connector holds on to a shape: the middle of one of its sides."""

    key: str
    side: Side
