"""The styles of handouts. `cheat-sheet` in YAML is `CheatSheet` in `styles/cheat_sheet.py`: the name registers it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import fields, replace
from functools import cache
from typing import Any

from deckgen.model.style import Style

DEFAULT = "article"
"""The reading document; its file is `<talk>-handout.pdf`."""
WITH_NUMBER = re.compile(r"(.+)-(\d{1,3})")
"""A style, and the value of its first key: `grid-6`."""


@cache
def styles() -> frozenset[str]:
    """The names by which a source asks for handouts."""
    return frozenset(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


@cache
def style_class(name: str) -> type[Style]:
    """The class of a style. Errors: `ModuleNotFoundError` for a style that does not exist."""
    word = "".join(part.title() for part in name.split("-"))
    found: type[Style] = getattr(importlib.import_module(f"{__name__}.{name.replace('-', '_')}"), word)
    return found


def style_named(name: str) -> Style | None:
    """The style of a name such as `notes` or `grid-6`; None if there is none."""
    if name in styles():
        return style_class(name)()
    found = WITH_NUMBER.fullmatch(name)
    if not found or found[1] not in styles():
        return None
    cls = style_class(found[1])
    first = next((f.name for f in fields(cls) if f.name != "span"), None)
    numbered: dict[str, Any] = {first: int(found[2])} if first else {}
    style = cls(**numbered) if first else None
    return None if style is None or any(style.problems()) else style


def default() -> tuple[Style, ...]:
    """The handouts of a talk that asks for none."""
    return (style_class(DEFAULT)(),)


def with_options(asked: Style, given: Style) -> Style:
    """A style as a name asks for it, with the options that a source gives it; the number in the name counts."""
    values = {f.name: (getattr(asked, f.name), f.default) for f in fields(asked) if f.compare}
    return replace(given, **{name: value for name, (value, usual) in values.items() if value != usual})
