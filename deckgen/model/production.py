"""How the handout is printed: the profiles of a source or of the command line, and what a theme says about inks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from deckgen.diagnostics import NOWHERE, Span
from deckgen.frozen import frozen
from deckgen.model.block import key, made

Profile = Literal["office", "screen", "press", "booklet"]
PROFILES: tuple[Profile, ...] = ("office", "screen", "press", "booklet")
Binding = Literal["saddle", "stack", "two-up"]
"""Folded sheets, one in the other; sheets that are cut, and the halves laid on each other; two pages side by side."""
SIGNATURE_PAGES = (4, 32)
MOST_GUTTER_MM = 15.0
MOST_PAPER_MM = 1.0


@frozen(kw_only=True)
class Print:
    """The handout's PDFs. A profile, or a list of profiles, is short for `profiles` alone."""

    profiles: tuple[Profile, ...] = key(
        "What to make: `office` or `screen` (the handout itself), `press` (PDF/X-4), `booklet` (sheets to fold)",
        ("office",),
    )
    sections: Literal["any", "right"] = key(
        "Let every section begin on a right page, after a blank one if need be", "any"
    )
    gutter_mm: float = key(
        "`office`: how far pages move away from the fold, right pages to the right, left to the left", 0.0
    )
    binding: Binding = key(
        "`booklet`: `saddle` (folded and stapled or sewn), `stack` (cut, then one pile on the other) or `two-up`",
        "saddle",
    )
    signature: int = key("`booklet`: the most pages that are folded together, from 4 to 32", 32)
    cover: bool = key(
        "`booklet`: the first page becomes a cover around all others, blank inside and at the back", False
    )
    paper_mm: float = key("`booklet`: the thickness of a sheet; inner pages move toward the fold by as much", 0.1)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen(kw_only=True)
class Press:
    """What a theme says about four-colour print; all of it may be missing."""

    profile: str = ""
    """An ICC profile (CMYK) in the theme's folder; empty: the built-in one for coated paper, FOGRA39."""
    condition: str = "FOGRA39"
    """The name of the printing condition in the ICC's registry."""
    ink_limit: float = 300
    """The most ink in one place, in per cent: all four together are 400."""
    cmyk: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Role -> cyan, magenta, yellow and black in per cent, for colours that are not to be calculated."""
    data: bytes = made(b"")
    """The bytes of the profile; empty for the built-in one."""
