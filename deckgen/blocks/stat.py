"""One to four numbers, large, each with what it counts.

- stat:
    figures:
      - {value: 48×, label: faster to start, text: "A container against a full VM: 1 s, not 48 s"}
      - {value: 10×, label: more per host, text: 240 containers or 24 VMs in the same 64 GB}
      - {value: 1, label: kernel to patch, text: Shared by every container on the host}
    caption: Illustrative figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Text
from deckgen.model.theme import scaled
from deckgen.typeset.caption import captioned
from deckgen.typeset.labels import fitted_all
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

MOST = 4
STEPS = (1.5, 1.0, 0.86, 0.68, 0.55, 0.45, 0.36)
"""Sizes of the numbers; the first is for a number that stands alone."""


@frozen(kw_only=True)
class Look:
    """Numbers in a theme: columns with a bar on top, or cards. Places are from the top of the block."""

    gap: Inches
    pad: Inches
    """Between the edges of a column and its text."""
    bar_y: Inches
    bar: Inches
    fill: str
    """Of the bars that are not marked."""
    value_x: Inches
    """How far the number stands out to the left of its label, so that both seem to begin level."""
    value_y: Inches
    label_gap: Inches
    text_gap: Inches
    card: str = ""
    """The colour of the cards; empty: no cards."""
    card_height: Inches = 0


@frozen(kw_only=True)
class Figure:
    """A number."""

    value: Text = key("The number with its unit or sign, such as 48×, 99.9 % or < 1 s")
    label: Text = key("What it counts", ())
    text: Text = key("A sentence on it", ())
    hot: bool = key("Mark the number as the one that matters; the first is marked if none is", False)


@frozen(kw_only=True)
class Stat(Block):
    """Numbers side by side. A number alone is drawn larger."""

    figures: tuple[Figure, ...] = key("The numbers, from left to right")
    caption: Text = key("Where the numbers come from; beside them on the slide, under them in the handout", ())

    LAYOUT = "stat"
    LOOK = Look
    HTML = """<div class="stat of-{{ block.figures | length }}">{% for figure in block.figures -%}
      <div{% if block.is_hot(loop.index0) %} class="hot"{% endif %}><p class="value">{{ figure.value | runs }}</p>
      {%- if figure.label %}<p class="label">{{ figure.label | prose }}</p>{% endif %}
      {%- if figure.text %}<p>{{ figure.text | prose }}</p>{% endif %}</div>{% endfor %}</div>
      {%- if block.caption %}<p class="remark">{{ block.caption | prose }}</p>{% endif %}"""
    # A fixed table: a flex container is laid out several times.
    CSS = """.stat { display: table; table-layout: fixed; width: calc(100% - 0.1mm); margin: 8pt 0; }
      .stat { break-inside: avoid; }
      .stat > div { display: table-cell; padding-right: 4mm; }
      .stat .value { border-top: 1.25pt solid var(--text); font: 26pt/34pt var(--head-font); white-space: nowrap; }
      .stat.of-4 .value { font-size: 19pt; line-height: 26pt; }
      .stat .hot .value { border-color: var(--accent); color: var(--accent); }
      .stat .label { font-weight: bold; }
      .remark { color: var(--muted); }"""

    def problems(self) -> Iterator[Diagnostic]:
        if len(self.figures) > MOST:
            hint = "leave some out, divide the slide in two, or write a table"
            yield error(self.span, f"a row has room for {MOST} numbers, and here are {len(self.figures)}", hint)
        if sum(figure.hot for figure in self.figures) > 1:
            yield error(self.span, "more than one number is marked as `hot`", "mark the one that matters most")

    def is_hot(self, index: int) -> bool:
        return self.figures[index].hot or (index == 0 and not any(figure.hot for figure in self.figures))

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption, sheet, self.set_in)

    def set_in(self, sheet: Sheet) -> Drawing:
        """The numbers alone."""
        look: Look = sheet.look("stat")
        columns = sheet.box.columns(len(self.figures), look.gap)
        width = columns[0].width - 2 * look.pad
        rows = self.rows(width, sheet)
        shapes: list[AnyShape] = []
        tops = self.tops(rows, look, sheet)
        for i, column in enumerate(columns):
            low = tops[-1] - sheet.box.y
            card = max(min(look.card_height, sheet.box.height), low + look.pad)
            height = card if look.card else low
            shapes += self.ground(i, column._replace(height=height), look, sheet)
            parts = zip(("value", "label", "text"), rows, tops[:-1], tops[1:], strict=True)
            for name, row, top, end in parts:
                if paragraph := row[i]:
                    out = look.value_x if name == "value" else 0
                    room = max(0.0, min(end, sheet.box.bottom) - top)
                    box = Box(column.x + look.pad - out, top, width + out, room)
                    shapes.append(TextBox(key=f"{sheet.key}/{i + 1}/{name}", box=box, paragraphs=(paragraph,)))
        return Drawing(Size(sheet.box.width, height), tuple(shapes))

    def rows(self, width: float, sheet: Sheet) -> tuple[list[SetParagraph | None], ...]:
        """Values, labels and texts, each kind in one size."""
        labels = [figure.label for figure in self.figures]
        tall = Size(width, 2 * sheet.theme.style("heading").leading_pt)
        texts = [sheet.set(figure.text, "cell_muted", width) if figure.text else None for figure in self.figures]
        headings = fitted_all(labels, ("heading", "node"), tall, sheet)
        return (
            list(self.values(width, sheet)),
            [paragraph if text else None for paragraph, text in zip(headings, labels, strict=True)],
            texts,
        )

    def values(self, width: float, sheet: Sheet) -> Sequence[SetParagraph]:
        """The numbers in the largest size in which each stays on one line."""
        style = sheet.theme.style("big")
        for step in STEPS[0 if len(self.figures) == 1 else 1 :]:
            size = style if step == 1 else scaled(style, step)
            found = [
                sheet.set(figure.value, replace(size, colour="accent") if self.is_hot(i) else size, width)
                for i, figure in enumerate(self.figures)
            ]
            if all(paragraph.safe_lines == 1 for paragraph in found):
                break
        return found

    def tops(self, rows: tuple[list[SetParagraph | None], ...], look: Look, sheet: Sheet) -> list[float]:
        """Where values, labels and texts begin, and where the texts end; the same in all columns."""
        tops = [sheet.box.y + look.value_y]
        for i, (row, gap) in enumerate(zip(rows, (look.label_gap, look.text_gap, 0), strict=True)):
            # A number has one line, and no more, so that one that is too wide is an error.
            heights = [(p.style.leading_pt if i == 0 else p.safe_height_pt) for p in row if p]
            tops.append(tops[-1] + max(heights, default=0) + (gap if heights else 0))
        return tops

    def ground(self, index: int, column: Box, look: Look, sheet: Sheet) -> Iterator[AutoShape]:
        """The card and the bar of a number."""
        name = f"{sheet.key}/{index + 1}"
        if look.card:
            yield AutoShape(key=f"{name}/card", box=column, fill=look.card, decorative=True)
        bar = column._replace(y=column.y + look.bar_y, height=look.bar)
        fill = "accent" if self.is_hot(index) else look.fill
        yield AutoShape(key=f"{name}/bar", box=bar, fill=fill, decorative=True)
