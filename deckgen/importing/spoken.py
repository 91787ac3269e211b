"""Elements of Markdown -> the paragraphs and lists of notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from deckgen.read.document import Element

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder


def prose(builder: SlideBuilder, elements: Sequence[Element]) -> list[str]:
    """Elements as paragraphs of notes."""
    found = []
    for element in elements:
        line = builder.raw.first + element.line
        if element.type == "paragraph":
            found += builder.lines(element, line)
        elif element.type == "heading":
            found.append(f"**{builder.inline(element, line)}**")
        elif element.type.endswith("_list"):
            found.append(listed(builder.items(element, line), start_of(element)))
        elif element.type in ("fence", "code_block", "html_block"):
            builder.log.remark(line, "notes hold paragraphs and lists: code in them is left as text")
            found.append(" ".join(element.token.content.split()))
        elif element.type == "table":
            builder.log.remark(line, "notes hold paragraphs and lists: a table in them is left as text")
            found += [", ".join(builder.inline(cell, line) for cell in row.children)
                      for part in element.children for row in part.children]  # fmt: skip
        else:
            found += prose(builder, element.children)
    return [text for text in found if text]


def start_of(element: Element) -> int:
    """The number that a list begins with; 0 for one without numbers."""
    return int(element.token.attrs.get("start", 1)) if element.type == "ordered_list" else 0


def listed(items: Sequence[Any], start: int) -> str:
    """Items as Markdown; `start` is the number of the first, 0 for none."""
    lines = []
    for number, item in enumerate(items, start=start):
        mark = f"{number}." if start else "-"
        [(words, below)] = item.items() if isinstance(item, dict) else [(item, [])]
        lines += [f"{mark} {words}", *(f"{' ' * (len(mark) + 1)}- {text}" for text in below)]
    return "\n".join(lines)
