"""Pictures in boxes: cut to fill them, fitted into them, or side by side in rows of one height."""

from __future__ import annotations

import math
from collections.abc import Sequence

from deckgen.model.asset import Crop, Image
from deckgen.units import PT_PER_INCH, Box, Point

CENTRE = Point(0.5, 0.5)
CALM = 1.25
"""How much the width of rows counts beside the area of their pictures."""
SHARP_PPI = 120.0
"""A picture is not enlarged beyond this, if the author does not ask for it: 1,600 pixels fill the width of a slide."""


def filling(image: Image, box: Box, focus: Point = CENTRE) -> Crop:
    """What to cut off of a picture that fills a box, so that the focus (in shares of it) comes as near to the middle
    as can be."""
    ratio = box.width / box.height
    width, height = min(1.0, ratio / image.ratio), min(1.0, image.ratio / ratio)
    left = min(max(focus.x - width / 2, 0.0), 1 - width)
    top = min(max(focus.y - height / 2, 0.0), 1 - height)
    return Crop(left, top, 1 - width - left, 1 - height - top)


def fitted(image: Image, box: Box, share: float = 1) -> Box:
    """The largest place for a whole picture from the left upper corner of a box, not larger than it is sharp.

    `share` of the box's width is used. A drawing is sharp at any size.
    """
    sharp = box.width if image.kind == "svg" else image.width / SHARP_PPI * PT_PER_INCH
    return shaped(image.ratio, box._replace(width=min(box.width * share, sharp)))


def shaped(ratio: float, box: Box) -> Box:
    """The largest box of a ratio, from the left upper corner of another."""
    width = min(box.width, box.height * ratio)
    return Box(box.x, box.y, width, width / ratio)


def rows(ratios: Sequence[float], box: Box, gap: float, row_gap: float) -> tuple[Box, ...]:
    """Places for pictures of these ratios (width through height) in rows, as large as the box allows.

    The pictures keep their order and shape, and all rows are equally wide.
    """
    best: tuple[Box, ...] = ()
    for count in range(1, len(ratios) + 1):
        placed = justified(divided(ratios, count), box, gap, row_gap)
        if not best or worth(placed, box) > worth(best, box):
            best = placed
    return best


def divided(ratios: Sequence[float], count: int) -> list[Sequence[float]]:
    """The ratios in `count` rows of about the same length, in order."""
    total, found, start, used = sum(ratios), [], 0, 0.0
    for row in range(1, count + 1):
        end = start
        rest = count - row
        while end < len(ratios) - rest and (end == start or used + ratios[end] / 2 < total * row / count or rest == 0):
            used += ratios[end]
            end += 1
        found.append(ratios[start:end])
        start = end
    return found


def justified(lines: Sequence[Sequence[float]], box: Box, gap: float, row_gap: float) -> tuple[Box, ...]:
    """The rows in the largest width, at most the box's, at which their heights fit it."""
    sums, gaps = [sum(line) for line in lines], [gap * (len(line) - 1) for line in lines]
    room = box.height - row_gap * (len(lines) - 1)
    lost = sum(parted / total for parted, total in zip(gaps, sums, strict=True))
    width = min(box.width, (room + lost) / sum(1 / total for total in sums))
    found, y = [], box.y
    for line, total, parted in zip(lines, sums, gaps, strict=True):
        x, height = box.x, (width - parted) / total
        for ratio in line:
            found.append(Box(x, y, ratio * height, height))
            x += ratio * height + gap
        y += height + row_gap
    return tuple(found)


def worth(places: Sequence[Box], box: Box) -> float:
    """Large pictures are good, and rows that fill the width are calm."""
    width = max(place.right for place in places) - box.x
    area = sum(place.width * place.height for place in places)
    return area * math.pow(width / box.width, CALM)
