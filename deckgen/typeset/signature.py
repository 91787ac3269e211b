"""The talk's signature: a bar for each word of title and subtitle."""

from __future__ import annotations

from deckgen.model.drawing import AutoShape, Group
from deckgen.model.text import Text, plain
from deckgen.model.theme import Theme
from deckgen.units import Box


def signature(title: Text, subtitle: Text, theme: Theme) -> Group | None:
    """The bars as one decorative group; the last word of the title is hot. None without words."""
    plan = theme.signature
    own, more = plain(title).split(), plain(subtitle).split()
    words = (own + more)[: plan.max_words]
    if not words:
        return None
    unit = min(plan.unit, plan.max_width / max(len(word) for word in words))
    bars = tuple(
        AutoShape(
            key=f"title/signature/{i + 1}",
            box=Box(plan.right - len(word) * unit, plan.top + i * plan.pitch, len(word) * unit, plan.bar_height),
            fill=plan.hot if i == len(own) - 1 else plan.colour,
            decorative=True,
        )
        for i, word in enumerate(words)
    )
    return Group(key="title/signature", shapes=bars, decorative=True)
