"""What holds for every theme: each kind of block draws in it, and both outputs say what the talk says."""

from __future__ import annotations

import pytest

from deckgen.blocks import block_class, kinds
from deckgen.build import Options, build
from deckgen.typeset.fonts import default_folder
from deckgen.world import MemoryWorld
from tests.test_cases import source

THEMES = MemoryWorld().themes()
DRAWN = sorted(kind for kind in kinds() if not block_class(kind).PRINT_ONLY)


def test_there_are_three_themes() -> None:
    assert THEMES == ("night", "paper", "signal")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", DRAWN)
def test_every_kind_draws_in_every_theme(kind: str, theme: str) -> None:
    world = MemoryWorld({"case.yaml": source(kind).encode()}, default_folder())
    made = build(world, "case.yaml", Options(theme=theme, only="deck", slides_pdf=True))
    assert made.diagnostics == ()
    assert [output.suffix for output in made.outputs] == [".pptx", "-slides.pdf"]
