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
from deckgen.model.drawing import AutoShape, Drawing, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.text import Run, Text, label
from deckgen.typeset.caption import caption_at
from deckgen.typeset.highlight import highlighted, known
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Inches, Size

LAST_LINE = 9999
"""Larger numbers of first lines leave no room for those of the lines after it."""
LINES = re.compile(r"\s*([0-9]{1,9})\s*(?:-\s*([0-9]{1,9})\s*)?")


@dataclass(frozen=True, kw_only=True)
class Look:
    """A listing in a theme: a ground with line numbers, code, and a bar at highlighted lines."""

    number_x: Inches
    number_width: Inches
    pad: Inches
    pad_bottom: Inches
    block_x: Inches
    block_width: Inches
    bar: Inches


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
        block = Box(look.block_x, sheet.box.y, look.block_width, 0)
        height = frame.box.y - block.y + len(lines) * style.leading_pt + look.pad_bottom
        ground = AutoShape(
            key=f"{sheet.key}/ground", box=block._replace(height=height), fill="code_ground", decorative=True
        )
        code = TextBox(
            key=f"{sheet.key}/code",
            box=frame.box,
            placeholder="code",
            paragraphs=tuple(sheet.set(line, style, frame.box.width) for line in lines),
        )
        numbers = self.line_numbers(len(lines), sheet)
        marks = self.highlights(block, frame.box.y, style.leading_pt, sheet)
        marked = self.marked()
        first = min((i for i, (n, _) in enumerate(self.numbered_lines()) if n in marked), default=0)
        caption = caption_at(self.caption, frame.box.y + first * style.leading_pt, sheet)
        # A line that wraps would not stand beside its number: no height is enough, so smaller type is tried.
        needed = math.inf if any(p.safe_lines > 1 for p in code.paragraphs) else height
        return Drawing(Size(block.width, needed), (ground, *marks, numbers, code, *caption))

    def line_numbers(self, count: int, sheet: Sheet) -> TextBox:
        look: Look = sheet.look("code")
        frame = sheet.frame("code")
        style = replace(sheet.theme.style(frame.levels[0].style), colour="code_lineno")
        marked = self.marked()
        paragraphs: list[SetParagraph] = []
        for number in range(self.first_line, self.first_line + count):
            ink = replace(style, colour="accent") if number in marked else style
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
                shapes.append(AutoShape(key=f"{name}/bar", box=bar, fill="accent", decorative=True))
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
