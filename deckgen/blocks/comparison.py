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

from math import inf

from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import AnyShape, Cell, Drawing, Row, Stroke, Table
from deckgen.model.text import Text, label
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
    HTML = """<div class="comparison">{% for side in (block.left, block.right) -%}
      <div class="side"><p class="head">{{ side.title | runs }}</p>
      {%- if side.items %}<ul>{% for text in side.items %}<li>{{ text | prose }}</li>{% endfor %}</ul>{% endif %}
      {%- if side.best_for %}<p class="best"><b>{{ words.say("Best for") }}</b> {{ side.best_for | prose }}</p>
      {%- endif %}</div>{% endfor %}</div>"""
    # A fixed table: a flex container is laid out several times. It keeps off the margin items by 0.1 mm less than the
    # measure, since rounding must not push it below them.
    CSS = """.comparison { display: table; table-layout: fixed; width: calc(100% - 0.1mm); break-inside: avoid; }
      .side { display: table-cell; vertical-align: top; padding-right: 3mm; }
      .side + .side { padding: 0 0 0 3mm; }
      .side .head { border-top: 2.25pt solid var(--accent2); }
      .side + .side .head { border-color: var(--accent); }
      .side b, .side .head { color: var(--accent2); }
      .side + .side b, .side + .side .head { color: var(--accent); }
      .side ul { list-style: none; }
      .side li { border-bottom: 0.35pt solid var(--rule); }"""

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
            shapes.append(Table(key=f"{sheet.key}/{name}/table", at=at, columns_pt=columns, rows=rows))
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
