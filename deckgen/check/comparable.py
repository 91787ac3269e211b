"""Texts in the form in which they are compared with what was read back from a file."""

from __future__ import annotations

import re
import unicodedata

from deckgen.model.text import Run
from deckgen.typeset.latex import mathml

LEFT_OUT = frozenset(("Mn", "Sk", "Lm", "Zs", "Cf", "Pd"))
"""Categories of characters that don't count in formulas."""
UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\-\u2010]+")


def comparable(text: str) -> str:
    """A text for comparison with what was read: without white space and hyphens, characters in one form.

    That form is NFKD, in which a mark stays itself beside the letters of another run.
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKD", text))


def formula(characters: str) -> str:
    """A formula among text: between marks, and its characters by code point, since files differ in their order.

    Accents, arrows, which may be accents, and spaces are left out.
    """
    plain = unicodedata.normalize("NFKD", characters)
    kept = sorted(c for c in plain if unicodedata.category(c) not in LEFT_OUT and c not in "→←↔")
    return f"\ue000{''.join(kept)}\ue001"


def told(run: Run) -> str:
    """What an output must say of a run."""
    return formula(characters(run.text)) if run.math else run.text


def characters(latex: str) -> str:
    """All characters that a formula shows."""
    return "".join(node.text or "" for node in mathml(latex, True).iter())
