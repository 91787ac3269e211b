"""openxml-audit, a port of the Open XML SDK's validator, as a judge of decks."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

ALLOWED = ("lement 'rPr'", "/oMath[1]/")
"""Known false positive: PowerPoint itself writes `a:rPr` into the runs and the control properties of an equation; the
schema knows only Word's `w:rPr` there. A finding is let through if it holds all of these words."""


def findings(deck: Path) -> list[str]:
    """What the schema has against a deck."""
    result = OpenXmlValidator(max_errors=20_000).validate(str(deck))
    told = [f"{error.part_uri}: {error.description} {error.path or ''}".strip() for error in result.errors]
    return [line for line in told if not all(word in line for word in ALLOWED)]
