"""QR codes as outlines (ISO/IEC 18004), their modules found by segno."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from deckgen.model.drawing import AnyShape, AutoShape, Freeform
from deckgen.model.path import Segment
from deckgen.model.words import Words
from deckgen.units import Box, Point

QUIET = 4
"""Modules of empty ground that a code needs at each side."""
MOST_CHARACTERS = 800
"""Longer addresses make modules too small to be told apart."""
Corner = tuple[int, int]


@lru_cache(64)
def modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, True for dark; a quarter of the code may be unreadable where that costs no room."""
    import segno

    code = segno.make(address, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def code(address: str, box: Box, key: str, alt: str, ink: str, ground: str = "") -> tuple[AnyShape, ...]:
    """The code of an address with its quiet zone, in a square box; on a field, if the slide's own ground is dark."""
    rows = modules(address)
    unit = box.width / (len(rows) + 2 * QUIET)
    path = tuple(
        segment
        for loop in outlines(rows)
        for segment in closed([Point(box.x + (x + QUIET) * unit, box.y + (y + QUIET) * unit) for x, y in loop])
    )
    shape = Freeform(key=key, alt=alt, path=path, fill=ink)
    field = AutoShape(key=f"{key}/field", box=box, fill=ground, decorative=True)
    return (field, shape) if ground else (shape,)


def described(address: str, words: Words) -> str:
    """What a person who can't see a code has to know."""
    return words.say("{label}: {text}", label=words.say("QR code"), text=address)


def closed(points: Sequence[Point]) -> Iterator[Segment]:
    yield Segment("move", (points[0],))
    yield from (Segment("line", (point,)) for point in points[1:])
    yield Segment("close")


def svg(address: str) -> str:
    """The code as an SVG with its quiet zone, black on white."""
    rows = modules(address)
    side = len(rows) + 2 * QUIET
    path = "".join("M" + "L".join(f"{x + QUIET} {y + QUIET}" for x, y in loop) + "Z" for loop in outlines(rows))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'>"
        f"<path d='M0 0H{side}V{side}H0Z' fill='#fff'/><path d='{path}'/></svg>"
    )


def outlines(rows: Sequence[Sequence[bool]]) -> list[list[Corner]]:
    """The borders of the dark areas as loops of corners: clockwise around an area, the other way around a hole.

    One outline for touching modules, since between two shapes renderers leave a hairline.
    """
    ends: dict[Corner, list[Corner]] = {}
    for start, end in edges(rows):
        ends.setdefault(start, []).append(end)
    loops = []
    while ends:
        first = min(ends)
        loop, here, before = [first], first, first
        while True:
            there = turn(before, here, ends[here])
            ends[here].remove(there)
            if not ends[here]:
                del ends[here]
            before, here = here, there
            if here == first:
                break
            loop.append(here)
        loops.append(straight(loop))
    return loops


def edges(rows: Sequence[Sequence[bool]]) -> Iterator[tuple[Corner, Corner]]:
    """The sides where dark meets light, the dark on the right hand."""

    def dark(x: int, y: int) -> bool:
        return 0 <= y < len(rows) and 0 <= x < len(rows[y]) and rows[y][x]

    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            if module:
                sides = (
                    ((x, y - 1), (x, y), (x + 1, y)),
                    ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                    ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                    ((x - 1, y), (x, y + 1), (x, y)),
                )
                yield from ((start, end) for beside, start, end in sides if not dark(*beside))


def turn(before: Corner, here: Corner, ends: Sequence[Corner]) -> Corner:
    """Where a border goes on; where two areas meet at a corner, to the right, so that each keeps its own."""
    dx, dy = here[0] - before[0], here[1] - before[1]
    right = (here[0] - dy, here[1] + dx)
    return right if right in ends else ends[0]


def straight(loop: list[Corner]) -> list[Corner]:
    """The loop without the corners at which it goes straight on."""
    around = zip([loop[-1], *loop[:-1]], loop, [*loop[1:], loop[0]], strict=True)
    return [b for a, b, c in around if (b[0] - a[0]) * (c[1] - b[1]) != (b[1] - a[1]) * (c[0] - b[0])]
