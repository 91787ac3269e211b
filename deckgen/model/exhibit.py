"""What print numbers: figures, tables, listings and equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, Self

from deckgen.frozen import frozen
from deckgen.model.block import Block, key
from deckgen.model.text import Run, Text, label
from deckgen.model.words import Words


@frozen(kw_only=True)
class Exhibit(Block):
    """A block with a number in print, under the word that its kind is `NUMBERED` with."""

    id: str = key("A name for links; `[](#id)` says its number, which stands on its slide then", "")
    spill: Literal["", "handout"] = key(
        "`handout`: if it does not fit its slide, the slide tells its number and the page where print has it", ""
    )

    def with_number(self, number: int, words: Words) -> Self:
        """The block as a slide shows it that others refer to: with its number."""
        found = words.numbered(self.NUMBERED, number)
        caption: Text = getattr(self, "caption", ())
        changed: dict[str, Any] = {"caption": before(found, caption)}
        return replace(self, **changed)


def before(number: str, text: Text) -> Text:
    """A text with a number before it."""
    return (*label(number, bold=True), *(label(" · ") if text else ()), *text)


def each_exhibit(node: Any, change: Callable[[Exhibit], Exhibit]) -> Any:
    """A tuple of blocks, or a block that holds others, with its exhibits changed; itself if none is."""
    if isinstance(node, Exhibit):
        return change(node)
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        new = tuple(each_exhibit(part, change) for part in node)
        return node if all(a is b for a, b in zip(new, node, strict=True)) else new
    if is_dataclass(node) and not isinstance(node, (type, Run)):
        values = ((f.name, getattr(node, f.name)) for f in fields(node) if f.name != "span")
        changed = {name: new for name, old in values if (new := each_exhibit(old, change)) is not old}
        return replace(node, **changed) if changed else node
    return node
