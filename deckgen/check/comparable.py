"""Texts in the form in which they are compared with what was read back from a file."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff\-\u2010]+")


def comparable(text: str) -> str:
    """A text for comparison with what was read: without white space and hyphens, characters in one form.

    That form is NFKD, in which a mark stays itself beside the letters of another run.
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKD", text))
