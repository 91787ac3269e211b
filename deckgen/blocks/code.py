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
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from deckgen.diagnostics import Diagnostic, error, warning
from deckgen.model.block import Block, key, out_of_range, runs
from deckgen.model.drawing import AnyShape, AutoShape, Drawing, Line, Stroke, TextBox, rounded
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Run, Text, label
from deckgen.typeset.highlight import highlighted, known
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Point, Size

TAB_RULE = Stroke("bg", 1.5)
LAST_LINE = 9999
"""Larger numbers of first lines leave no room for those of the lines after it."""
LINES = re.compile(r"\s*([0-9]{1,9})\s*(?:-\s*([0-9]{1,9})\s*)?")


@dataclass(frozen=True, kw_only=True)
class Note:
    """The caption in a theme, level with the first highlighted line."""

    box: Box
    style: str
    middle: bool = False
    """The middle of the note is level with the line, not its first line."""
    fill: str = ""
    pad: Inches = 0
    """How far the ground reaches out over the text."""
    joint: Stroke | None = None
    """From the listing to the note."""
    dot: Inches = 0
    """At the end of the joint."""


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class Code(Block):
    """A listing; every character stands as it was typed."""

    text: str = key("The code")
    language: str = key("Its language, by the name that Pygments knows it by, such as python, docker or bash", "text")
    highlight: tuple[str, ...] = key('Line numbers to mark, such as ["6", "9-11"]', ())
    caption: Text = key("What to see in it; beside the code on the slide, under its number in the handout", ())
    first_line: int = key("The number of the first line", 1)

    LAYOUT = "code"
    SOLE = True
    NUMBERED = "listing"
    LOOK = Look
    HTML = """{% set marked, lines = block.marked(), block.numbered_lines() -%}
      <pre class="code{% if lines | length > 40 %} long{% endif %}">{% for number, line in lines -%}
      <span class="line{% if number in marked %} hot{% endif %}"><i>{{ number }}</i>{{ line | tokens }}</span>
      {%- endfor %}</pre>"""
    CSS = """.code { break-inside: avoid; white-space: pre-wrap; overflow-wrap: anywhere; box-decoration-break: clone; }
      .code { background: var(--code-ground); color: var(--code-text); font-variant-ligatures: none; }
      .code.long { break-inside: auto; }
      .line { display: block; position: relative; }
      .line i { position: absolute; left: 0; text-align: right; font-style: normal; color: var(--code-lineno); }
      .line.hot { background: var(--code-highlight); }
      .line.hot i { color: var(--accent); }"""

    def code_lines(self) -> tuple[Text, ...]:
        return highlighted(self.text, self.language, self.span)

    def shown(self) -> Iterator[Run]:
        yield from runs(self.code_lines())

    def numbered_lines(self) -> tuple[tuple[int, Text], ...]:
        return tuple(enumerate(self.code_lines(), start=self.first_line))

    def marked(self) -> frozenset[int]:
        """The numbers of the highlighted lines; a range that is no range marks nothing (see `problems`)."""
        return frozenset(number for part in self.highlight for number in line_range(part))

    def problems(self) -> Iterator[Diagnostic]:
        if not self.text.strip():
            yield error(self.span, "there is no code here")
        yield from out_of_range("first_line", self.first_line, range(LAST_LINE + 1), self.span)
        if not known(self.language):
            hint = "the code stays plain"
            yield warning(self.span, f"no colours are known for the language {self.language!r}", hint)
        lines = range(self.first_line, self.first_line + self.text.count("\n") + 1)
        for part in self.highlight:
            marked = line_range(part)
            if not marked or marked[0] not in lines or marked[-1] not in lines:
                message = f"`highlight` names {part!r}, but the code has lines {lines[0]} to {lines[-1]}"
                yield error(self.span, message, 'write lines as ["6"] or ["3-5"]')

    def draw(self, sheet: Sheet) -> Drawing:
        look: Look = sheet.look("code")
        frame = sheet.frame("code")
        style = sheet.theme.style(frame.levels[0].style)
        lines = self.code_lines()
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
        numbers = self.line_numbers(len(lines), sheet)
        marks = self.highlights(block, frame.box.y, style.leading_pt, sheet)
        note = self.draw_note(block, style.leading_pt, sheet) if self.caption else ()
        # A line that wraps would not stand beside its number: no height is enough, so smaller type is tried.
        needed = math.inf if any(p.safe_lines > 1 for p in code.paragraphs) else bottom - sheet.box.y
        return Drawing(Size(block.width, needed), (ground, *self.tab(block, sheet), *marks, numbers, code, *note))

    def tab(self, block: Box, sheet: Sheet) -> tuple[AnyShape, ...]:
        """The language over a rule in the ground's upper part."""
        look: Look = sheet.look("code")
        if not look.tab:
            return ()
        y = block.y + look.tab
        key = f"{sheet.key}/tab"
        rule = Line(key=key, decorative=True, start=Point(block.x, y), end=Point(block.right, y), stroke=TAB_RULE)
        box = Box(block.x + look.tab_inset, block.y, block.width - 2 * look.tab_inset, look.tab)
        name = sheet.text_box("language", label(self.language), "code_tab", box, anchor="middle")
        return (rule, replace(name, decorative=True))

    def draw_note(self, block: Box, leading: float, sheet: Sheet) -> tuple[AnyShape, ...]:
        """The caption beside the first highlighted line, on the theme's ground and joined to the listing."""
        note: Note = sheet.look("code").note
        marked = self.marked()
        hot = [i for i, (number, _) in enumerate(self.numbered_lines()) if number in marked]
        level = sheet.frame("code").box.y + (min(hot, default=0) + 0.5) * leading
        style = sheet.theme.style(note.style)
        height = sheet.set(self.caption, style, note.box.width).safe_lines * style.leading_pt
        top = level - (height if note.middle else style.leading_pt) / 2
        top = max(note.box.y, min(top, note.box.bottom - height))
        box = note.box._replace(y=top, height=height if note.middle else note.box.bottom - top)
        text = sheet.text_box("caption", self.caption, style, box)
        key = f"{sheet.key}/caption"
        shapes: list[AnyShape] = []
        if note.fill:
            ground = Box(box.x - note.pad, top - note.pad, box.width + 2 * note.pad, height + 2 * note.pad)
            shapes.append(AutoShape(key=f"{key}/ground", box=ground, fill=note.fill, decorative=True))
        if note.joint and hot:
            end = Point(box.x - note.pad - note.dot, level)
            joint = Line(
                key=f"{key}/joint", start=Point(block.right, level), end=end, stroke=note.joint, decorative=True
            )
            dot = Box(end.x - note.dot / 2, level - note.dot / 2, note.dot, note.dot)
            shapes.append(joint)
            if note.dot:
                shapes.append(
                    AutoShape(key=f"{key}/dot", box=dot, geometry="ellipse", fill=note.joint.colour, decorative=True)
                )
        return (*shapes, text)

    def line_numbers(self, count: int, sheet: Sheet) -> TextBox:
        look: Look = sheet.look("code")
        frame = sheet.frame("code")
        style = replace(sheet.theme.style(frame.levels[0].style), colour="code_lineno")
        marked = self.marked()
        paragraphs: list[SetParagraph] = []
        for number in range(self.first_line, self.first_line + count):
            ink = replace(style, colour=look.bar_colour) if number in marked else style
            paragraphs.append(sheet.set(label(str(number)), ink, look.number_width, align="right"))
        box = Box(look.number_x, frame.box.y, look.number_width, count * style.leading_pt)
        return TextBox(key=f"{sheet.key}/numbers", box=box, paragraphs=tuple(paragraphs), decorative=True)

    def highlights(self, block: Box, top: float, leading: float, sheet: Sheet) -> tuple[AutoShape, ...]:
        look: Look = sheet.look("code")
        marked = self.marked()
        shapes: list[AutoShape] = []
        for i, (number, _) in enumerate(self.numbered_lines()):
            if number in marked:
                y = top + i * leading
                name = f"{sheet.key}/line-{number}"
                row = Box(block.x, y, block.width, leading)
                shapes.append(AutoShape(key=name, box=row, fill="code_highlight", decorative=True))
                bar = Box(block.x, y, look.bar, leading)
                shapes.append(AutoShape(key=f"{name}/bar", box=bar, fill=look.bar_colour, decorative=True))
        return tuple(shapes)

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        frame = sheet.frame("code")
        leading = sheet.theme.style(frame.levels[0].style).leading_pt
        most = int((sheet.box.bottom - sheet.look("code").pad_bottom - frame.box.y) / leading)
        lines = self.text.split("\n")
        if not 0 < most < len(lines):
            return None
        slides = -(-len(lines) // most)
        count = -(-len(lines) // slides)
        head = replace(self, text="\n".join(lines[:count]))
        tail = replace(self, text="\n".join(lines[count:]), first_line=self.first_line + count, caption=())
        return head, tail


def line_range(part: str) -> range:
    """The lines that "6" or "3-5" names; none if it names no lines."""
    found = LINES.fullmatch(part)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
