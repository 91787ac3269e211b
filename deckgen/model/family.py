"""A font family of a theme, and where its files come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deckgen.frozen import frozen


@frozen(kw_only=True)
class FontFamily:
    """A family cut from the font files of a package, or of the theme's own folder."""

    family: str
    """The name that PowerPoint shows and looks for."""
    package: str = ""
    """The import name of the package that carries the font files; empty: they lie in the theme's folder."""
    files: tuple[str, ...] = ()
    """The files in the theme's folder; of a package those that begin with these names, empty for all."""
    number: int = 0
    """Which font of a collection (`.ttc`), counted from 0."""
    axes: Mapping[str, float] = field(default_factory=dict)
    """Fixed positions on axes other than weight, such as the optical size `opsz`."""
    regular: int = 400
    """The weight of text that is not bold."""
    bold: int = 700
    fallback: str = "sans-serif"
    """What CSS falls back to."""
    languages: tuple[str, ...] = ()
    """The languages that a fallback family is made for: text in them asks it first."""
    extra: str = ""
    """The extra of deckgen's own package that installs the family's package."""
