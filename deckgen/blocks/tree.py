"""A tree from an outline: an organisation, a taxonomy, a breakdown.

- tree:
    root:
      Platform:
        - Build:
            - Compilers
            - Caches
        - Run:
            - Cluster
            - Network
    hot: Run
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import ClassVar, Literal

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AnyShape, Connector, Drawing, Group
from deckgen.model.glue import Glue, Side
from deckgen.model.text import Text, plain
from deckgen.model.words import Words
from deckgen.typeset.boxes import SIZES, Boxes, Rank, Type, Wording, common_size, draw_box
from deckgen.typeset.diagram import Diagram, alone
from deckgen.typeset.glue import middle
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

MOST = 30
TIGHTER = (1.0, 0.6, 0.35)
"""Shares of the theme's gaps, tried one after the other."""


@frozen(kw_only=True)
class Look:
    """A tree in a theme."""

    boxes: Boxes
    most_width: Inches
    gap: Inches
    """Between boxes side by side."""
    layer_gap: Inches


@frozen(kw_only=True)
class Branch:
    """A box with those under it."""

    OUTLINE: ClassVar[bool] = True

    text: Text = key("What it is")
    items: tuple[Branch, ...] = key("The branches under it", ())

    def all(self) -> Iterator[Branch]:
        """The branch and all under it, each before its own."""
        yield self
        for item in self.items:
            yield from item.all()


@frozen(kw_only=True)
class Tree(Diagram):
    """A tree of at most thirty boxes."""

    root: Branch = key("The outermost box, with the branches under it")
    hot: str = key("The name of the box that matters", "")
    direction: Literal["down", "right"] = key("Where the branches grow", "down")

    LOOK = Look

    def problems(self) -> Iterator[Diagnostic]:
        branches = list(self.root.all())
        if len(branches) > MOST:
            message = f"the tree has {len(branches)} boxes, and the limit is {MOST}"
            yield error(self.span, message, "leave the finest branches out, or divide it in two")
        if self.hot and self.hot not in (plain(branch.text) for branch in branches):
            message = f"`hot` names {self.hot!r}, and there is no such box"
            yield error(self.span, message, "write it as in the tree", key="hot")

    def figure(self, sheet: Sheet) -> Drawing:
        """The tree in the largest type and with the widest gaps with which it keeps to the sheet."""
        for size, across, along in product(SIZES, TIGHTER, TIGHTER):
            group = self.spread(size, across, along, sheet)
            if group.box.width <= sheet.box.width and group.box.height <= sheet.box.height:
                break
        return alone(group)

    def spread(self, size: Type, across: float, along: float, sheet: Sheet) -> Group:
        look: Look = sheet.look("tree")
        branches = list(self.root.all())
        box = common_size([Wording(branch.text) for branch in branches], size, look.most_width, look.boxes, sheet)
        boxes = [
            place.moved(sheet.box.x, sheet.box.y)
            for place in self.places(box, look.gap * across, look.layer_gap * along)
        ]
        shapes: list[AnyShape] = []
        for i, (branch, place) in enumerate(zip(branches, boxes, strict=True), start=1):
            name = f"{sheet.key}/{i}"
            shapes += draw_box(name, Wording(branch.text), place, size, self.rank(branch), look.boxes, sheet)
        shapes += self.joints(boxes, look, sheet)
        return self.group(shapes, sheet)

    def rank(self, branch: Branch) -> Rank:
        if self.hot and plain(branch.text) == self.hot:
            return "hot"
        return "plain" if branch.items else "end"

    def places(self, box: Size, gap: float, layer_gap: float) -> list[Box]:
        """A place for each branch: leaves side by side, the others over the middle of what is under them."""
        down = self.direction == "down"
        across = (box.width if down else box.height) + gap
        along = (box.height if down else box.width) + layer_gap
        found: list[Box] = []
        leaves = 0

        def place(branch: Branch, depth: int) -> float:
            """Place a branch and those under it; returns where it stands across."""
            nonlocal leaves
            number = len(found)
            found.append(Box(0, 0, 0, 0))
            under = [place(item, depth + 1) for item in branch.items]
            if not under:
                leaves += 1
            at = (under[0] + under[-1]) / 2 if under else (leaves - 1) * across
            found[number] = Box(at, depth * along, *box) if down else Box(depth * along, at, *box)
            return at

        place(self.root, 0)
        return found

    def joints(self, boxes: list[Box], look: Look, sheet: Sheet) -> Iterator[Connector]:
        """A line from each box to each under it, all parting in the middle of the gap."""
        numbers = {id(branch): i for i, branch in enumerate(self.root.all())}
        sides: tuple[Side, Side] = ("bottom", "top") if self.direction == "down" else ("right", "left")
        for branch in self.root.all():
            for item in branch.items:
                one, other = numbers[id(branch)], numbers[id(item)]
                start, end = middle(boxes[one], sides[0]), middle(boxes[other], sides[1])
                points: tuple[Point, ...] = (start, end)
                if start.x != end.x and start.y != end.y:
                    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
                    down = self.direction == "down"
                    bends = (Point(start.x, y), Point(end.x, y)) if down else (Point(x, start.y), Point(x, end.y))
                    points = (start, *bends, end)
                glue = [Glue(f"{sheet.key}/{n + 1}", side) for n, side in zip((one, other), sides, strict=True)]
                name = f"{sheet.key}/{one + 1}-{other + 1}"
                stroke = look.boxes.arrow
                yield Connector(
                    key=name, points=points, stroke=stroke, arrow="", start=glue[0], end=glue[1], decorative=True
                )

    def told(self, words: Words) -> str:
        """Each box that has others under it, with their names."""
        told = (
            f"{plain(branch.text)}: {words.listed([plain(item.text) for item in branch.items])}"
            for branch in self.root.all()
            if branch.items
        )
        return "; ".join(told) or plain(self.root.text)
