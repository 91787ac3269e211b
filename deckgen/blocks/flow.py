"""Boxes and arrows: what leads to what. The layout is made from the arrows.

- flow:
    edges:
      - Client -> API
      - API -> Database: reads
      - API -> Cache & Queue
    hot: API
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise, product
from typing import ClassVar, Literal, NamedTuple

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.block import key, runs
from deckgen.model.drawing import AnyShape, AutoShape, Connector, Drawing
from deckgen.model.glue import Glue
from deckgen.model.text import Run, Text, plain
from deckgen.model.words import Words
from deckgen.typeset.boxes import SIZES, Boxes, Rank, Type, Wording, common_size, draw_box, size_in
from deckgen.typeset.columns import line_width
from deckgen.typeset.diagram import Diagram
from deckgen.typeset.icons import unknown_icon
from deckgen.typeset.layered import Gaps, layered
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.routes import Link, Plan
from deckgen.typeset.sheet import Sheet
from deckgen.units import Inches, Size

MOST_NODES = 20
MOST_LINKS = 40
ARROW = "->"
TIGHTER = (1.0, 0.75, 0.55)
"""Shares of the theme's gaps, tried one after the other."""
NARROW, TIGHTEST = 0.6, 0.4
"""The last resort: words in more lines, of this share of the theme's width, and gaps of this share."""
DOWN_SHARE = 0.5
"""Arrows that go down need not hold a label's length."""
LABEL_ROOM_PT, LEAST_LABEL_ROOM_PT = 24.0, 14.0
"""Beside a label on an arrow between neighbours: the arrowhead, and air."""


@frozen(kw_only=True)
class Look:
    """A flow in a theme."""

    boxes: Boxes
    least: Size
    """Boxes are no smaller than this."""
    most_width: Inches
    """Words that are wider than this are broken into lines."""
    layer_gap: Inches
    node_gap: Inches


@frozen(kw_only=True)
class Node:
    """A box."""

    name: Text = key("What it is")
    text: Text = key("A few words under the name", ())
    id: str = key("How arrows call it, if not by its name", "")
    shape: Literal["box", "round", "diamond", "cylinder"] = key(
        "The shape: a diamond for decisions, a cylinder for data", "box"
    )
    icon: str = key("An icon beside the name, by its name at lucide.dev", "", names="icons")
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def call(self) -> str:
        return self.id or plain(self.name)


@frozen(kw_only=True)
class Edge:
    """One arrow, or several in a row: `A -> B`, `A -> B -> C`, `A -> B & C`; with a label `A -> B: label`."""

    PAIR: ClassVar[bool] = True

    path: str = key("The boxes that the arrow joins, by name or id")
    label: Text = key("What stands at the arrow; at the first of several", ())
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def stations(self) -> list[list[str]]:
        """The names along the path; those in one list stand side by side."""
        return [[name.strip() for name in part.split("&")] for part in self.path.split(ARROW)]


class Arrow(NamedTuple):
    """From one box to another, both by their places in the list of boxes."""

    source: int
    target: int
    label: Text
    branches: int
    """How many arrows from the source the label tells of."""
    span: Span


@frozen(kw_only=True)
class Flow(Diagram):
    """A graph of at most twenty boxes, laid out in layers."""

    edges: tuple[Edge, ...] = key("The arrows")
    nodes: tuple[Node, ...] = key("The boxes, if they need more than a name; all of them are listed then", ())
    hot: str = key("The name of the box that matters", "")
    direction: Literal["right", "down"] = key("Where the arrows lead", "right")

    LOOK = Look

    def all_nodes(self) -> tuple[Node, ...]:
        """The boxes: those that are listed, or else those that the arrows name, in their order."""
        if self.nodes:
            return self.nodes
        named = {name: edge.span for edge in reversed(self.edges) for part in edge.stations() for name in part}
        order = dict.fromkeys(name for edge in self.edges for part in edge.stations() for name in part if name)
        return tuple(Node(name=(Run(name, span=named[name]),), span=named[name]) for name in order)

    def arrows(self) -> tuple[Arrow, ...]:
        """Every single arrow; those whose boxes are unknown are left out (see `problems`)."""
        place = {node.call: i for i, node in reversed(list(enumerate(self.all_nodes())))}
        found = []
        for edge in self.edges:
            words = edge.label
            stations = edge.stations()
            for one, other in pairwise(stations):
                for source, target in ((a, b) for a in one for b in other):
                    if source in place and target in place:
                        found.append(Arrow(place[source], place[target], words, len(other), edge.span))
                        words = ()
        return tuple(found)

    def problems(self) -> Iterator[Diagnostic]:
        names = [node.call for node in self.all_nodes()]
        wrong = [problem for edge in self.edges for problem in wrong_path(edge, names)]
        yield from wrong
        for i, node in enumerate(self.all_nodes()):
            yield from unknown_icon(node.icon, node.span)
            if node.call in names[:i] and self.nodes:
                yield error(node.span, f"two boxes are called {node.call!r}", "give one of them an `id`")
        if self.hot and self.hot not in names:
            message = f"`hot` names {self.hot!r}, and there is no such box"
            yield error(self.span, message, near(self.hot, names), key="hot")
        for what, found, most in (("boxes", len(names), MOST_NODES), ("arrows", len(self.arrows()), MOST_LINKS)):
            if found > most:
                message = f"the flow has {found} {what}, and the limit is {most}"
                yield error(self.span, message, "divide it in two, or draw groups of boxes as one", key="edges")
        ends = [(arrow.source, arrow.target) for arrow in self.arrows()]
        for i, node in enumerate(self.all_nodes()):
            if not wrong and not any(i in pair for pair in ends):
                yield error(node.span, f"no arrow joins the box {node.call!r} to another", "add one to `edges`")
        for i, arrow in enumerate(self.arrows()):
            if arrow.source == arrow.target:
                yield error(arrow.span, f"the arrow leads from {names[arrow.source]!r} to itself", "leave it out")
            elif (arrow.source, arrow.target) in ends[:i]:
                pair = f"{names[arrow.source]} {ARROW} {names[arrow.target]}"
                yield error(arrow.span, f"the arrow {pair!r} is written twice", "join them, with one label")

    def shown(self) -> Iterator[Run]:
        for node in self.all_nodes():
            yield from runs((node.name, node.text))
        for arrow in self.arrows():
            yield from arrow.label

    def figure(self, sheet: Sheet) -> Drawing:
        """The largest type and widest gaps with which the whole keeps to the sheet."""
        last = ((SIZES[-1], False, tighter, words) for words in (1, NARROW) for tighter in (*TIGHTER, TIGHTEST))
        for size, roomy, tighter, words in (*product(SIZES, (True, False), TIGHTER, (1,)), *last):
            plan = self.plan(size, roomy, tighter, words, sheet)
            if plan.size.width <= sheet.box.width and plan.size.height <= sheet.box.height:
                break
        shapes = self.shapes(plan.moved(sheet.box.x, sheet.box.y), size, sheet)
        return Drawing(plan.size, (self.group(shapes, sheet),))

    def plan(self, size: Type, roomy: bool, tighter: float, words: float, sheet: Sheet) -> Plan:
        """The layout with shares of the theme's gaps and of its width for words; `roomy` boxes have its least size."""
        look: Look = sheet.look("flow")
        sizes = self.sizes(size, look.least if roomy else Size(0, 0), look.most_width * words, sheet)
        down = self.direction == "down"
        links = list(self.links(size, sheet))
        layer_gap = look.layer_gap * tighter * (DOWN_SHARE if down else 1)
        room = LABEL_ROOM_PT if tighter > TIGHTEST else LEAST_LABEL_ROOM_PT
        return layered(sizes, links, Gaps(layer_gap, look.node_gap * tighter, room), down=down)

    def links(self, size: Type, sheet: Sheet) -> Iterator[Link]:
        """The arrows, each with what its label takes, and whether that stands for all that part from its source."""
        parting = Counter(arrow.source for arrow in self.arrows())
        for arrow in self.arrows():
            label = self.label_size(arrow.label, size, sheet)
            yield Link(arrow.source, arrow.target, label, bool(label) and 1 < arrow.branches == parting[arrow.source])

    def sizes(self, size: Type, least: Size, most_width: float, sheet: Sheet) -> list[Size]:
        """Boxes of one rank are alike; other shapes are as much larger as their words need."""
        look: Look = sheet.look("flow")
        words = [Wording(node.name, node.text, node.icon) for node in self.all_nodes()]
        common = common_size(words, size, most_width, look.boxes, sheet)
        common = Size(max(least.width, common.width), max(least.height, common.height))
        return [
            size_in(node.shape, node_words, common, size, look.boxes, sheet)
            for node, node_words in zip(self.all_nodes(), words, strict=True)
        ]

    def label_size(self, text: Text, size: Type, sheet: Sheet) -> Size | None:
        """What the label of an arrow takes; labels are never broken."""
        if not text:
            return None
        width = line_width(text, sheet.theme.style(size.edge), sheet) / SAFE_SHARE + 1
        return Size(math.ceil(width), sheet.theme.style(size.edge).leading_pt)

    def shapes(self, plan: Plan, size: Type, sheet: Sheet) -> Iterator[AnyShape]:
        """The boxes, then the arrows with their labels."""
        look: Look = sheet.look("flow")
        keys = [f"{sheet.key}/{i}" for i in range(1, len(plan.nodes) + 1)]
        for node, name, box, rank in zip(self.all_nodes(), keys, plan.nodes, self.ranks(), strict=True):
            words = Wording(node.name, node.text, node.icon)
            yield from draw_box(name, words, box, size, rank, look.boxes, sheet, node.shape)
        out: Literal["bottom", "right"] = "bottom" if self.direction == "down" else "right"
        into: Literal["top", "left"] = "top" if self.direction == "down" else "left"
        for arrow, route in zip(self.arrows(), plan.routes, strict=True):
            source, target = keys[arrow.source], keys[arrow.target]
            name = f"{sheet.key}/{arrow.source + 1}-{arrow.target + 1}"
            yield Connector(
                key=name, points=route, stroke=look.boxes.arrow, start=Glue(source, out), end=Glue(target, into),
                decorative=True,
            )  # fmt: skip
        for arrow, place in zip(self.arrows(), plan.labels, strict=True):
            if place:
                text = sheet.set(arrow.label, size.edge, place.width, align="center")
                name = f"{sheet.key}/{arrow.source + 1}-{arrow.target + 1}/label"
                yield AutoShape(key=name, box=place, fill="bg", text=(text,))

    def ranks(self) -> list[Rank]:
        """Where nothing leads on, in several places, the flow ends."""
        sources = {arrow.source for arrow in self.arrows()}
        ends = [i for i in range(len(self.all_nodes())) if i not in sources]
        return [
            "hot" if node.call == self.hot else "end" if i in ends and len(ends) > 1 else "plain"
            for i, node in enumerate(self.all_nodes())
        ]

    def told(self, _words: Words) -> str:
        """The arrows in words."""
        names = [plain(node.name) for node in self.all_nodes()]
        told = (
            f"{names[arrow.source]} → {names[arrow.target]}" + (f" ({plain(arrow.label)})" if arrow.label else "")
            for arrow in self.arrows()
        )
        return "; ".join(told)


def wrong_path(edge: Edge, names: Sequence[str]) -> Iterator[Diagnostic]:
    """An error if the path is none, or names boxes that there are not."""
    stations = edge.stations()
    if ": " in edge.path:
        hint = "leave the quotes out, so that the colon parts the arrow from its label"
        yield error(edge.span, f"{edge.path!r} is no arrow", hint)
        return
    if len(stations) < 2 or not all(name for part in stations for name in part):
        yield error(edge.span, f"{edge.path.strip()!r} is no arrow", "write A -> B, A -> B -> C, or A -> B & C")
        return
    for name in (name for part in stations for name in part):
        if name not in names:
            yield error(edge.span, f"no box is called {name!r}", near(name, names))


def near(name: str, names: Sequence[str]) -> str:
    found = difflib.get_close_matches(name, names, 1)
    return f"did you mean {found[0]!r}?" if found else f"there are: {', '.join(dict.fromkeys(names))}"
