"""Lines that are divided better than WeasyPrint does it, which fills one after the other.

A style sheet asks for it by the custom property `--wrap`, which is inherited, after `text-wrap` of CSS Text 4, 6:

- `pretty`: a paragraph's last line is not one short word or the rest of a divided one, and no more than two lines in
  a row end in a hyphen. The lines above become a little shorter for it, which nobody sees in ragged text.
- `balance`: lines of about the same length, for headings.

Neither of the two makes more lines than there were. Text that isn't set ragged from its start is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes

Line = tuple[Any, Any]
"""A line, and where the next one begins."""
Lines = Callable[..., Iterator[Line]]

SHORT_LAST, SHORT_WORD, HYPHENS = 8, 20, 2
"""A last line has more letters than this, and more if it is one word; no more lines in a row than this are hyphened."""
STEPS, STEP_EM, LEAST = 10, 0.5, 0.7
"""How often, and by how much, lines are shortened; they keep this share of their length."""
BALANCING_STEPS = 8


def better(own: Lines) -> Lines:
    """WeasyPrint's `iter_line_boxes` with these rules."""

    chosen: dict[tuple[Any, str, float], float] = {}
    """How wide lines were set that were laid out before, as columns are while they are made even."""

    def lines(context: Any, box: Any, y: float, bottom: float, skip: Any, block: Any, *others: Any) -> Iterator[Line]:
        def set_in(width: float) -> list[Line]:
            with narrowed(block, width):
                return list(own(context, box, y, bottom, skip, block, *others))

        wrap = wrap_of(block)
        if not wrap:
            return own(context, box, y, bottom, skip, block, *others)
        here = (box, str(skip), block.width)
        if here in chosen:
            return iter(set_in(chosen[here]))
        first = set_in(block.width)
        chosen[here] = block.width
        if len(first) > 1 and all(map(plain, box.children)):
            for width in widths(wrap, first, block):
                tried = set_in(width)
                if len(tried) == len(first) and (wrap == "balance" or not faulty(tried)):
                    chosen[here] = width
                    return iter(tried)
        return iter(first)

    return lines


def wrap_of(block: Any) -> str:
    """How the lines of a block are to be divided; empty if nothing is asked for."""
    if block.style["text_align_all"] not in ("start", "right" if block.style["direction"] == "rtl" else "left"):
        return ""
    return next((token.value for token in block.style["__wrap"] if token.type == "ident"), "")


def plain(box: Any) -> bool:
    """Whether a box of a line may be laid out more than once."""
    if isinstance(box, boxes.TextBox | boxes.InlineReplacedBox | boxes.InlineBlockBox):
        return True
    return isinstance(box, boxes.InlineBox) and box.is_in_normal_flow() and all(map(plain, box.children))


def widths(wrap: str, lines: Sequence[Line], block: Any) -> Iterator[float]:
    """The widths to try, in this order."""
    if wrap == "balance":
        least = sum(line.width for line, _ in lines) / len(lines)
        step = (block.width - least) / BALANCING_STEPS
        yield from (least + i * step for i in range(1, BALANCING_STEPS))
    elif faulty(lines):
        step = STEP_EM * block.style["font_size"]
        yield from (block.width - i * step for i in range(1, STEPS + 1) if block.width - i * step > LEAST * block.width)


def faulty(lines: Sequence[Line]) -> bool:
    """Whether a paragraph ends in too little, or has too many hyphens in a row."""
    hyphened = [hyphenated(line) for line, _ in lines]
    last = text_of(lines[-1][0]).strip()
    runs = any(all(hyphened[i : i + HYPHENS + 1]) for i in range(len(hyphened) - HYPHENS))
    short = len(last) <= (SHORT_WORD if len(re.findall(r"\w+", last)) == 1 else SHORT_LAST)
    return hyphened[-2] or short or runs


def hyphenated(line: Any) -> bool:
    """Whether a line ends in a word that was divided."""
    last = next(reversed(list(parts(line))), None)
    return isinstance(last, boxes.TextBox) and last.text.endswith(last.style["hyphenate_character"])


SOLID = "x" * SHORT_WORD + "x"


def text_of(line: Any) -> str:
    """The text of a line; what stands in it as one box counts as a long word, whatever is in the box."""
    return "".join(box.text if isinstance(box, boxes.TextBox) else SOLID for box in parts(line))


def parts(box: Any) -> Iterator[Any]:
    """The texts of a line, and the boxes that stand in it as a whole."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            yield from parts(child)
        elif isinstance(child, boxes.TextBox | boxes.InlineReplacedBox | boxes.InlineBlockBox):
            yield child


@contextmanager
def narrowed(block: Any, width: float) -> Iterator[None]:
    """Let a block have less room meanwhile; its lines still begin where they did."""
    own_width, own_x = block.width, block.position_x
    if block.style["direction"] == "rtl":
        block.position_x += own_width - width
    block.width = width
    try:
        yield
    finally:
        block.width, block.position_x = own_width, own_x
