"""Source code, coloured, with line numbers.

- code:
    language: docker
    highlight: ["2"]
    caption: Dependencies are installed once, when the image is built.
    text: |
      FROM python:3.12-slim
      RUN pip install flask
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Self

from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.frozen import frozen
from deckgen.model.block import key, out_of_range, place_of, runs
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Line, Stroke, TextBox
from deckgen.model.exhibit import Exhibit
from deckgen.model.listing import MARK, Listing, line_range, shared_indent, spelled, within
from deckgen.model.outlines import rounded
from deckgen.model.text import Run, Text, Verbatim, label, plain
from deckgen.typeset.flow import UNBROKEN_PT
from deckgen.typeset.highlight import cut, highlighted, known, language_of, nearest_language, placed
from deckgen.typeset.lines import SAFE_SHARE
from deckgen.typeset.notes import Note, note_beside
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

SINK = 0.12
"""Text stands low in its line at exact leading, by this share of it."""
TAB_RULE = Stroke("bg", 1.5)
LAST_LINE = 9999
"""Larger numbers of first lines leave no room for those of the lines after it."""
LONGEST = 500
"""Characters of a line; one that wraps is refused anyway, and to measure it takes time."""


@frozen(kw_only=True)
class Look:
    """A listing in a theme: a ground with line numbers, code, and a bar at highlighted lines."""

    number_x: Inches
    number_width: Inches
    pad_bottom: Inches
    block: Point
    """The left upper corner of the ground."""
    block_width: Inches
    corner: Inches = 0
    tab: Inches = 0
    """The height of a strip over the code that names its language; 0: none."""
    tab_inset: Inches = 0
    bar: Inches
    bar_colour: str
    """Of the bar and the numbers of highlighted lines."""
    note: Note


PRINT_LETTER_PT, PRINT_MARGIN_PT = 5.1, 36.0
"""Of a letter in print, and beside the text with its line numbers."""
PRINT_LETTERS = 58
"""How many stand on a line of the article; a listing with longer lines is set in smaller type."""


@frozen(kw_only=True)
class Code(Exhibit):
    """A listing; every character stands as it was typed."""

    text: Verbatim = key("The code", "")
    file: Listing | None = key("A file that holds the code, in place of `text`", None)
    part: str = key("The part of the file between comments `deckgen: begin NAME` and `deckgen: end NAME`", "")
    lines: str = key('Which lines to show, by their numbers, such as "10-25", "7" or "40-"', "")
    language: str = key("Its language, as Pygments names it; that of the file or none if missing", "", names="lexers")
    highlight: tuple[str, ...] = key('Line numbers to mark, such as ["6", "9-11"]', ())
    caption: Text = key("What to see in it; beside the code on the slide, under its number in the handout", ())
    first_line: int = key("The number of the first line of `text`", 1)
    numbers: bool = key("Show line numbers", True)
    text_place: Span = place_of("text")
    dedent: int = key("How many spaces to leave out in front of each line; all that the lines share if missing", -1)

    LAYOUT = "code"
    EITHER = ("text", "file")
    SOLE = True
    NUMBERED = "listing"
    LOOK = Look
    HTML = """{% set marked, lines = block.marked(), block.numbered_lines -%}
      <pre class="code{% if lines | length > 40 %} long{% endif %}
      {%- if lines and lines[-1][0] > 999 %} far{% endif %}
      {%- if block.wide() %} dense{% endif %}">{% for number, line in lines -%}
      <span class="line{% if number in marked %} hot{% endif %}">{% if block.numbers %}<i>{{ number }}</i>{% endif %}
      {{- line | tokens }}</span>
      {%- endfor %}</pre>"""
    CSS = """.code { break-inside: avoid; white-space: pre-wrap; overflow-wrap: anywhere; box-decoration-break: clone; }
      .code { background: var(--code-ground); color: var(--code-text); font-variant-ligatures: none; }
      .code.long { break-inside: auto; }
      .line { display: block; position: relative; }
      .code.dense .line { font-size: 0.86em; }
      .line i { position: absolute; left: 0; text-align: right; font-style: normal; color: var(--code-lineno); }
      .code.far .line i { font-size: 0.72em; }
      .line.hot { background: var(--code-highlight); }
      .line.hot i { color: var(--accent); }"""

    def print_width_pt(self) -> float:
        return PRINT_MARGIN_PT + PRINT_LETTER_PT * max((len(plain(line)) for _, line in self.numbered_lines), default=0)

    def wide(self) -> bool:
        """Whether lines are too long for print in its usual type."""
        return self.print_width_pt() > PRINT_MARGIN_PT + PRINT_LETTER_PT * PRINT_LETTERS

    @property
    def name(self) -> str:
        """What the listing is called: the name of its file, or its language."""
        return self.file.file.rpartition("/")[2] if self.file else self.tongue

    @property
    def tongue(self) -> str:
        """The language that colours the code."""
        return self.language or (language_of(self.file.file) if self.file else "text")

    def source(self) -> tuple[int, tuple[str, ...]]:
        """The number of the first line, and all lines that there are."""
        return (1, self.file.lines) if self.file else (self.first_line, tuple(self.text.split("\n")))

    def chosen(self) -> range:
        """The numbers of the lines to show; none for a part that there is not (see `problems`)."""
        first, lines = self.source()
        all_lines = range(first, first + len(lines))
        if self.part:
            all_lines = self.file.parts().get(self.part, range(0)) if self.file else range(0)
        return within(all_lines, self.lines) if self.lines else all_lines

    def line_numbers(self) -> list[int]:
        """The numbers of the lines to show; marks of parts are left out, and empty lines before and after a part."""
        first, lines = self.source()
        if not self.part:
            return [*self.chosen()]
        inside = [n for n in self.chosen() if not MARK.search(lines[n - first])]
        written = [n for n in inside if lines[n - first].strip()]
        return [n for n in inside if written and written[0] <= n <= written[-1]]

    @cached_property
    def numbered_lines(self) -> tuple[tuple[int, Text], ...]:
        """The lines to show with their numbers; those of a file know their places."""
        first, lines = self.source()
        numbers = self.line_numbers()
        coloured = highlighted("\n".join(lines), self.tongue)
        indent = self.indent()
        return tuple((n, placed(cut(coloured[n - first], indent), self.place(n))) for n in numbers)

    def whole(self) -> Self:
        if not self.file or not self.numbered_lines:
            return self
        first, lines = self.numbered_lines[0][0], "\n".join(plain(line) for _, line in self.numbered_lines)
        return replace(self, file=None, part="", lines="", dedent=0, language=self.tongue, text=lines, first_line=first)

    def indent(self) -> int:
        """How many spaces in front of each line are left out."""
        first, lines = self.source()
        return self.dedent if self.dedent >= 0 else shared_indent(lines[n - first] for n in self.line_numbers())

    def place(self, number: int) -> Span:
        """Where a line stands: in the file or the source; that of the block where its lines are not to be told."""
        first = Span(self.file.file, 1, 1) if self.file else self.text_place
        return first._replace(line=first.line + number - self.source()[0]) if first.line else self.span

    def shown(self) -> Iterator[Run]:
        yield from runs(tuple(line for _, line in self.numbered_lines))

    def marked(self) -> frozenset[int]:
        """The numbers of the highlighted lines; a range that is no range marks nothing (see `problems`)."""
        return frozenset(number for part in self.highlight for number in line_range(part))

    def problems(self) -> Iterator[Diagnostic]:
        if self.text and self.file:
            yield error(self.span, "the code stands here and in a file", "write `text` or `file`, not both")
        elif not self.text.strip() and not self.file:
            yield error(self.span, "there is no code here", "write it under `text`, or name its `file`")
        yield from out_of_range("first_line", self.first_line, range(LAST_LINE + 1), self.span)
        if not known(self.tongue):
            message = f"no colours are known for the language {self.tongue!r}"
            yield warning(self.span, message, nearest_language(self.tongue), "code", key="language")
        yield from self.choice_problems()

    def choice_problems(self) -> Iterator[Diagnostic]:
        """Parts and lines that there are not."""
        if self.part and self.part not in (names := self.file.parts() if self.file else {}):
            hint = f"its parts are: {', '.join(names)}" if names else "a comment 'deckgen: begin NAME' begins a part"
            name = self.file.file if self.file else "text that stands here"
            yield error(self.span, f"{name} has no part {self.part!r}", hint, key="part")
            return
        first, source = self.source()
        for number in self.chosen():
            if len(source[number - first]) > LONGEST:
                message = f"line {number} has {len(source[number - first]):,} characters; a slide shows fewer than 100"
                yield error(self.place(number), message, "break the line, or show other lines")
                return
        there, shown = replace(self, lines="").chosen(), self.chosen()
        if self.lines and not shown:
            message = f"`lines` names {self.lines!r}, but the code has lines {spelled(there)}"
            yield error(self.span, message, 'write lines as "6" or "3-5"', key="lines")
            return
        for part in self.highlight:
            marked = line_range(part)
            if not marked or marked[0] not in shown or marked[-1] not in shown:
                message = f"`highlight` names {part!r}, but the code has lines {spelled(shown)}"
                yield error(self.span, message, 'write lines as ["6"] or ["3-5"]', key="highlight")
        if self.file and not any(run.text.strip() for run in self.shown()):
            yield error(self.span, "the lines to show are empty", "show others, or leave `lines` out", key="lines")

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("code")
        frame = sheet.frame("code")
        style = sheet.theme.style(frame.levels[0].style)
        lines = [line for _, line in self.numbered_lines]
        bottom = frame.box.y + len(lines) * style.leading_pt + look.pad_bottom
        block = Box(*look.block, look.block_width, bottom - look.block.y)
        ground = rounded(
            AutoShape(key=f"{sheet.key}/ground", box=block, fill="code_ground", decorative=True), look.corner
        )
        code = TextBox(
            key=f"{sheet.key}/code",
            box=frame.box,
            placeholder="code",
            paragraphs=tuple(sheet.set(line, style, frame.box.width) for line in lines),
        )
        numbers = (self.draw_numbers(sheet),) if self.numbers else ()
        marks = self.highlights(block, frame.box.y, style.leading_pt, sheet)
        note = self.draw_note(block, style.leading_pt, sheet)
        # A line that wraps would not stand beside its number: no height is enough, so smaller type is tried.
        needed = math.inf if any(p.safe_lines > 1 for p in code.paragraphs) else bottom - sheet.box.y
        return Drawing(Size(block.width, needed), (ground, *self.tab(block, sheet), *marks, *numbers, code, *note))

    def tab(self, block: Box, sheet: Sheet) -> tuple[AnyShape, ...]:
        """The name of the file, or the language, over a rule in the ground's upper part."""
        look: Look = sheet.look("code")
        if not look.tab:
            return ()
        y = block.y + look.tab
        key = f"{sheet.key}/tab"
        rule = Line(key=key, decorative=True, start=Point(block.x, y), end=Point(block.right, y), stroke=TAB_RULE)
        box = Box(block.x + look.tab_inset, block.y, block.width - 2 * look.tab_inset, look.tab)
        name = sheet.text_box("language", label(self.name), "code_tab", box, anchor="middle")
        return (rule, replace(name, decorative=True))

    def draw_note(self, block: Box, leading: float, sheet: Sheet) -> tuple[AnyShape, ...]:
        """The caption, level with the first highlighted line."""
        marked = self.marked()
        hot = next((i for i, (number, _) in enumerate(self.numbered_lines) if number in marked), None)
        level = sheet.frame("code").box.y + ((hot or 0) + 0.5 + SINK) * leading
        joined = Point(block.right, level) if hot is not None else None
        return note_beside(self.caption, level, leading, joined, sheet.look("code").note, sheet)

    def draw_numbers(self, sheet: Sheet) -> TextBox:
        look: Look = sheet.look("code")
        frame = sheet.frame("code")
        style = replace(sheet.theme.style(frame.levels[0].style), colour="code_lineno")
        marked = self.marked()
        widest = sheet.set(label(str(max(self.line_numbers(), default=0))), style, UNBROKEN_PT).lines[0].width_pt
        if widest > look.number_width * SAFE_SHARE:  # Long numbers get smaller, their lines don't.
            style = replace(style, size_pt=int(style.size_pt * look.number_width * SAFE_SHARE / widest * 2) / 2)
        inks = {True: replace(style, colour=look.bar_colour), False: style}
        paragraphs = tuple(
            sheet.set(label(str(number)), inks[number in marked], look.number_width, align="right")
            for number, _ in self.numbered_lines
        )
        box = Box(look.number_x, frame.box.y, look.number_width, len(paragraphs) * style.leading_pt)
        return TextBox(key=f"{sheet.key}/numbers", box=box, paragraphs=paragraphs, decorative=True)

    def highlights(self, block: Box, top: float, leading: float, sheet: Sheet) -> tuple[AutoShape, ...]:
        look: Look = sheet.look("code")
        marked = self.marked()
        shapes: list[AutoShape] = []
        for i, (number, _) in enumerate(self.numbered_lines):
            if number in marked:
                name, row = f"{sheet.key}/line-{number}", Box(block.x, top + (i + SINK) * leading, block.width, leading)
                shapes.append(AutoShape(key=name, box=row, fill="code_highlight", decorative=True))
                bar = row._replace(width=look.bar)
                shapes.append(AutoShape(key=f"{name}/bar", box=bar, fill=look.bar_colour, decorative=True))
        return tuple(shapes)

    def least_height(self, sheet: Sheet) -> float:
        return len(self.chosen()) * sheet.theme.style(sheet.frame("code").levels[0].style).leading_pt

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        frame = sheet.frame("code")
        leading = sheet.theme.style(frame.levels[0].style).leading_pt
        most = int((sheet.box.bottom - sheet.look("code").pad_bottom - frame.box.y) / leading)
        numbers = self.line_numbers()
        if not 0 < most < len(numbers):
            return None
        slides = -(-len(numbers) // most)
        last, first = numbers[-(-len(numbers) // slides) - 1 :][:2]
        chosen, indent = self.chosen(), self.indent()
        head = replace(self, lines=f"{chosen[0]}-{last}", dedent=indent)
        return head, replace(self, lines=f"{first}-{chosen[-1]}", dedent=indent, caption=())
