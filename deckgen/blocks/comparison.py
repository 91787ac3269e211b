"""Two things side by side, point by point.

- comparison:
    left:
      title: Virtual machine
      items: [Emulates a complete operating system, Runs on a hypervisor]
      best_for: Legacy applications
    right:
      title: Container
      items: [Isolates a process in user space, Runs on the host's kernel]
      best_for: Microservices
"""

from __future__ import annotations

from itertools import zip_longest
from math import inf

from deckgen.frozen import frozen
from deckgen.model.block import Block, key, runs
from deckgen.model.drawing import AnyShape, Cell, Drawing, Row, Stroke, Table
from deckgen.model.text import Run, Text, label
from deckgen.typeset.footnotes import overview
from deckgen.typeset.sheet import Sheet
from deckgen.units import Inches, Point


@frozen(kw_only=True)
class Look:
    """A comparison in a theme: two tables of one column, under their heads."""

    top: Inches
    row: Inches
    extra_line: Inches
    """What each further line of a point adds to its row, on both sides."""
    pad: Inches = 0
    """How far the rules reach out over the text, to the left."""
    pad_right: Inches = 0


@frozen(kw_only=True)
class Side:
    """One of the two."""

    title: Text = key("Its name")
    items: tuple[Text, ...] = key("What is to be said of it; the same number of points on both sides reads best")
    best_for: Text = key("What it suits best", ())


@frozen(kw_only=True)
class Comparison(Block):
    """Two sides with a row for each point."""

    left: Side = key("The first side")
    right: Side = key("The second side")

    LAYOUT = "comparison"
    SOLE = True
    LOOK = Look
    HTML = """<div class="comparison"><table><thead><tr>
      {%- for side in block.sides %}<th class="side" scope="col">{{ side.title | runs }}</th>{% endfor %}</tr></thead>
      {%- if block.has_rows %}<tbody>{% for row in block.points() %}<tr>
      {%- for text in row %}<td class="side">{{ text | prose if text }}</td>{% endfor %}</tr>{% endfor %}
      {%- if block.left.best_for or block.right.best_for %}<tr>{% for side in block.sides %}<td class="side best">
      {%- if side.best_for %}<b>{{ words.say("Best for") }}</b> {{ side.best_for | prose }}{% endif %}</td>
      {%- endfor %}</tr>{% endif %}</tbody>{% endif %}</table></div>"""
    # It keeps off the margin items by 0.1 mm less than the measure, since rounding must not push it below them. Space
    # parts the sides and so stands outside of them, too: the table is wider by that, in a context of its own.
    CSS = """.comparison { display: flow-root; width: calc(100% - 0.1mm); break-inside: avoid; }
      .comparison table { table-layout: fixed; border-collapse: separate; border-spacing: 6mm 0; }
      .comparison table { width: calc(100% + 12mm); margin: 0 -6mm; }
      .side { text-align: left; vertical-align: baseline; font-weight: normal; }
      th.side { border-top: 2.25pt solid var(--accent2); color: var(--accent2); }
      .side + th.side { border-color: var(--accent); color: var(--accent); }
      td.side { border-bottom: 0.35pt solid var(--rule); }
      .side:empty, .side.best { border-bottom: 0; }
      .side b { color: var(--accent2); }
      .side + .side b { color: var(--accent); }"""

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def has_rows(self) -> bool:
        return any(side.items or side.best_for for side in self.sides)

    def points(self) -> tuple[tuple[Text, Text], ...]:
        """The points in rows, those of both sides facing each other; an empty text where one side has no more."""
        return tuple(zip_longest(self.left.items, self.right.items, fillvalue=()))

    def strands(self) -> tuple[tuple[Run, ...], ...]:
        """Each side by itself: slides show them one after the other, print in rows."""
        return tuple(tuple(runs(side)) for side in self.sides)

    def print_width_pt(self) -> float:
        return inf

    def draw(self, sheet: Sheet) -> Drawing:
        shapes = (*self.draw_side("left", self.left, sheet), *self.draw_side("right", self.right, sheet))
        return Drawing(sheet.size, shapes)

    def draw_side(self, name: str, side: Side, sheet: Sheet) -> list[AnyShape]:
        look: Look = sheet.look("comparison")
        x, width = sheet.frame(f"{name}_title").box.x, sheet.frame(f"{name}_title").box.width
        rule = Stroke("rule", 0.75)
        rows = tuple(
            Row(height, (Cell((sheet.set(text, "cell", width),), look.pad, look.pad_right, bottom=rule),))
            for text, height in zip(side.items, self.heights(width, sheet), strict=False)
        )
        shapes: list[AnyShape] = [sheet.fill(f"{name}_title", side.title)]
        if rows:
            at, columns = Point(x - look.pad, look.top), (look.pad + width + look.pad_right,)
            alt = overview((side.title,))
            shapes.append(Table(key=f"{sheet.key}/{name}/table", alt=alt, at=at, columns_pt=columns, rows=rows))
        if side.best_for:
            shapes.append(sheet.fill(f"{name}_best", label(sheet.words.say("Best for")), side.best_for))
        return shapes

    def heights(self, width: float, sheet: Sheet) -> list[float]:
        """Row heights, the same on both sides so that the rules stay level."""
        look: Look = sheet.look("comparison")
        count = max(len(self.left.items), len(self.right.items))
        lines = [
            max(
                sheet.set(side.items[i], "cell", width).safe_lines
                for side in (self.left, self.right)
                if i < len(side.items)
            )
            for i in range(count)
        ]
        return [look.row + (n - 1) * look.extra_line for n in lines]
