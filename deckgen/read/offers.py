"""The names that editors offer where a value names something: a layout, a colour, an icon. Others may be right, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckgen.diagnostics import Diagnostic
from deckgen.model.words import languages
from deckgen.read.bibliography import STYLES
from deckgen.read.source import decode
from deckgen.read.theme import SERIES, keys_of
from deckgen.read.yaml import Mapping as MappingNode
from deckgen.read.yaml import compose
from deckgen.typeset import icons
from deckgen.typeset.highlight import languages as code_languages
from deckgen.world import World

Offers = Mapping[str, tuple[str, ...]]
"""What names are of (`Key.names`), and those that are known."""
PARTS = ("colours", "styles", "frames", "layouts", "backgrounds")
"""Parts of a theme whose entries have names."""

MADE = {"title", "section"}
"""Layouts of slides that deckgen makes by itself."""


def offers(world: World) -> dict[str, tuple[str, ...]]:
    """All names that are known: those of the themes of a project and of ours, and of what every talk may name."""
    themes = world.themes()
    roots = [root for theme in themes if (root := root_of(world, theme))]
    found: dict[str, Any] = {part: set().union(*(keys_of(root.get(part)) for root in roots)) for part in PARTS}
    found["layouts"] -= MADE
    found["colours"] |= {f"series{i + 1}" for i in range(SERIES)}
    found |= {"themes": themes, "languages": languages(), "citation_styles": STYLES}
    found |= {"icons": icons.names(), "lexers": code_languages()}
    return {part: tuple(sorted(names)) for part, names in found.items()}


def root_of(world: World, theme: str) -> MappingNode | None:
    """A theme as it is written; None if it can't be read."""
    file = f"themes/{theme}/theme.yaml"
    data = world.read_theme(theme, "theme.yaml")
    source = data if isinstance(data, Diagnostic) else decode(file, data)
    root = None if isinstance(source, Diagnostic) else compose(source)[0]
    return root if isinstance(root, MappingNode) else None
