"""A formula in LaTeX, with the meaning of its symbols.

- equation:
    latex: S(n) = \\frac{1}{(1 - p) + \\frac{p}{n}}
    where:
      - S(n): how many times faster
      - p: share of the work that can be divided
      - n: number of processors
    caption: Amdahl's law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Self

from deckgen.diagnostics import Diagnostic, error
from deckgen.frozen import frozen
from deckgen.model.block import key, made
from deckgen.model.drawing import AnyShape, AutoShape, Cell, Drawing, Row, Stroke, TextBox
from deckgen.model.drawing import Equation as EquationShape
from deckgen.model.drawing import Table as TableShape
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Formula, Text, label, plain
from deckgen.model.words import Words
from deckgen.typeset.caption import captioned
from deckgen.typeset.footnotes import overview
from deckgen.typeset.formula import outline, placed
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

GAP_PT = 18.0
"""Between a formula and its symbols, where they stand one under the other."""
NUMBER_GAP_PT, SAFE = 14.0, 1.3
"""Between a formula and its number, and how much wider the number's box is than its text: fonts that a machine
has in place of ours are wider."""
PRINT_EM_PT = 12.6
MOST_EMS = 40.0
"""A wider formula would be set too small in the handout."""


@frozen(kw_only=True)
class Note:
    """A caption under the list of symbols."""

    gap: Inches
    style: str


@frozen(kw_only=True)
class Look:
    """An equation in a theme. Boxes count from the left upper corner of the body."""

    formula: Box
    """The formula stands at its left side, in the middle of its height."""
    size_pt: float
    least_pt: float
    """A formula that is too wide gets smaller, but never smaller than this."""
    field: Box | None = None
    """A plane under the formula."""
    fill: str = ""
    symbols: Box
    """The list of symbols; as high as its rows."""
    style: str
    """Of what the symbols mean."""
    symbol_width: Inches
    symbol_pt: float
    row: Inches
    rule_pt: float
    note: Note | None = None
    """How the caption stands under the symbols; without, it stands where the theme has captions."""


@frozen(kw_only=True)
class Symbol:
    """A symbol of the formula with what it means."""

    PAIR: ClassVar[bool] = True

    symbol: Formula = key("The symbol, in LaTeX")
    meaning: Text = key("What it stands for")


@frozen(kw_only=True)
class Equation(Exhibit):
    """A formula by itself."""

    latex: Formula = key("The formula")
    number: Text = made(())
    """Where others refer to it."""
    where: tuple[Symbol, ...] = key("The symbols and what they mean, each as `symbol: meaning`", ())
    caption: Text = key("What it says; beside the formula on the slide, under its number in the handout", ())

    LAYOUT = "equation"
    NUMBERED = "equation"
    LOOK = Look
    HTML = """<div class="equation"><p>{{ block.latex | display }}</p>
      {%- if block.where %}<table class="symbols"><tbody>{% for item in block.where -%}
      <tr><th scope="row">{{ item.symbol | runs }}</th><td>{{ item.meaning | runs }}</td></tr>
      {%- endfor %}</tbody></table>{% endif %}</div>"""
    CSS = """.equation { break-inside: avoid; margin: 3mm 0; }
      .numbered > .equation { margin: 0; }
      .equation > p { margin: 0; text-indent: 0; font-size: 1.2em; }
      .symbols { border-collapse: collapse; margin-top: 2.5mm; }
      .symbols th { font-weight: normal; text-align: left; padding: 0 5mm 0 0; vertical-align: baseline; }
      .symbols td { padding: 0; vertical-align: baseline; }"""

    def problems(self) -> Iterator[Diagnostic]:
        for run in self.latex:
            ems = outline(run.text, True).width
            if ems > MOST_EMS:
                hint = r"break it into lines: \begin{aligned} ... \\ ... \end{aligned}"
                yield error(run.span, f"the formula is {ems:.0f} ems wide, and the limit is {MOST_EMS:.0f}", hint)

    def with_number(self, number: int, words: Words) -> Self:
        return replace(self, number=label(f"({number})"))

    def print_width_pt(self) -> float:
        return outline(plain(self.latex), True).width * PRINT_EM_PT

    def draw(self, sheet: Sheet) -> Drawing:
        look = self.arranged(sheet)
        return captioned(() if look.note else self.caption, sheet, self.set_in)

    def arranged(self, sheet: Sheet) -> Look:
        """The theme's look for an equation that has the slide; beside other blocks, all stands one under the other."""
        look: Look = sheet.look("equation")
        if sheet.layout != self.LAYOUT:
            drawn = outline(plain(self.latex), True)
            size = max(look.least_pt, min(look.size_pt, sheet.box.width / drawn.width))
            formula = Box(0, 0, sheet.box.width, drawn.height * size)
            symbols = Box(0, formula.bottom + GAP_PT, sheet.box.width, 0)
            width = min(look.symbol_width, sheet.box.width / 3)
            return replace(look, formula=formula, field=None, symbols=symbols, symbol_width=width, note=None)
        if self.where or (look.note and self.caption) or not look.field:
            return look
        more = look.symbols.right - look.field.right
        return replace(look, formula=wider(look.formula, more), field=wider(look.field, more))

    def set_in(self, sheet: Sheet) -> Drawing:
        """The formula with its symbols, and the caption where it stands with these."""
        look = self.arranged(sheet)
        place = moved(look.formula, sheet)
        shapes: list[AnyShape] = []
        if look.field:
            box = moved(look.field, sheet)
            shapes.append(AutoShape(key=f"{sheet.key}/field", box=box, fill=look.fill, decorative=True))
        symbols = self.symbols(look, sheet)
        number = self.numbered(place, look.field or look.formula, look, sheet)
        room = number[0].box.x - NUMBER_GAP_PT - place.x if number else place.width
        shapes += [self.formula(place._replace(width=room), look, sheet), *number]
        shapes += [*symbols, *self.note(symbols, look, sheet)]
        bottom = max(place.bottom, *(shape.box.bottom for shape in shapes))
        return Drawing(Size(sheet.box.width, bottom - sheet.box.y), tuple(shapes))

    def numbered(self, place: Box, field: Box, look: Look, sheet: Sheet) -> tuple[TextBox, ...]:
        """The number at the right side of the formula's field, level with the formula."""
        if not self.number:
            return ()
        style = sheet.theme.style(look.style)
        width = sheet.set(self.number, style, sheet.box.width).lines[0].width_pt * SAFE
        text = sheet.set(self.number, style, width, align="right")
        right = moved(field, sheet).right - (NUMBER_GAP_PT if look.field else 0)
        box = Box(right - width, place.y + (place.height - style.leading_pt) / 2, width, style.leading_pt)
        return (TextBox(key=f"{sheet.key}/number", box=box, paragraphs=(text,)),)

    def note(self, symbols: tuple[TableShape, ...], look: Look, sheet: Sheet) -> tuple[TextBox, ...]:
        """The caption under the symbols, where the theme has it there."""
        if not (look.note and self.caption):
            return ()
        box = moved(look.symbols, sheet)
        top = symbols[0].box.bottom + look.note.gap if symbols else box.y
        text = sheet.set(self.caption, look.note.style, box.width)
        place = Box(box.x, top, box.width, text.safe_height_pt)
        return (TextBox(key=f"{sheet.key}/caption", box=place, paragraphs=(text,)),)

    def formula(self, place: Box, look: Look, sheet: Sheet) -> EquationShape:
        """The formula at the left side of its place, smaller if it is too wide or too high."""
        latex = plain(self.latex)
        drawn = outline(latex, True)
        fitting = min(look.size_pt, place.width / drawn.width, place.height / drawn.height)
        size = max(look.least_pt, int(fitting * 2) / 2)
        top = place.y + (place.height - drawn.height * size) / 2
        return EquationShape(
            key=f"{sheet.key}/formula",
            alt=latex,
            latex=latex,
            size_pt=size,
            colour="text",
            room=place,
            path=placed(drawn, size, Point(place.x, top + drawn.ascent * size)),
            span=self.latex[0].span,
        )

    def symbols(self, look: Look, sheet: Sheet) -> tuple[TableShape, ...]:
        if not self.where:
            return ()
        box = moved(look.symbols, sheet)
        columns = (look.symbol_width, box.width - look.symbol_width)
        style = sheet.theme.style(look.style)
        letters = replace(style, size_pt=look.symbol_pt, leading_pt=max(style.leading_pt, look.symbol_pt * 1.25))
        rows = []
        for item in self.where:
            meaning = sheet.set(item.meaning, style, columns[1])
            cells = (sheet.set(item.symbol, letters, columns[0]), meaning)
            height = max(look.row, meaning.safe_height_pt + style.leading_pt / 3)
            rule = Stroke("rule", look.rule_pt)
            rows.append(Row(height, tuple(Cell((cell,), bottom=rule) for cell in cells)))
        at = Point(box.x, box.y)
        key, alt = f"{sheet.key}/symbols", overview(item.symbol for item in self.where)
        return (TableShape(key=key, alt=alt, at=at, columns_pt=columns, rows=tuple(rows), first_column=True),)


def moved(box: Box, sheet: Sheet) -> Box:
    """A place of the look on the sheet."""
    return box.moved(sheet.box.x, sheet.box.y)


def wider(box: Box, more: float) -> Box:
    return box._replace(width=box.width + more)
