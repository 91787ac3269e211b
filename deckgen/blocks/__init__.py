"""The kinds of block. `bullets:` in YAML is `Bullets` in `blocks/bullets.py`: the name is the registration."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from deckgen.model.block import Block


@cache
def kinds() -> frozenset[str]:
    """The keys by which a source names blocks."""
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


@cache
def block_class(kind: str) -> type[Block]:
    """The class of a kind. Errors: `ModuleNotFoundError` for a kind that does not exist."""
    name = "".join(word.title() for word in kind.split("_"))
    found: type[Block] = getattr(importlib.import_module(f"{__name__}.{kind}"), name)
    return found


def kind_of(block: Block) -> str:
    """The key by which a source names a block like this."""
    return type(block).__module__.rpartition(".")[2]
