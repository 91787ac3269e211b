"""What WeasyPrint does once in a process, done before there are copies of it, and while there is no job yet.

Cffi reads every C type that it is asked for with a parser of C in Python, which takes milliseconds. WeasyPrint asks for
a few dozen: also for arrays of as many numbers as a font has glyphs, where an array of any length would do.

Leans on names of types in WeasyPrint (`pdf.fonts` and `text`); the version is pinned.
"""

from __future__ import annotations

import re
from typing import Any

import weasyprint.pdf.fonts
from weasyprint.text.ffi import ffi

TYPES = (
    "FcChar8 **", "PangoFcFontMap *", "PangoLogAttr[]", "PangoRectangle *", "char[4]", "char[]", "hb_codepoint_t[]",
    "hb_tag_t[100]", "unsigned int *"
)  # fmt: skip
LENGTH = re.compile(r"\[\d+\]$")


class AnyLength:
    """Cffi, which takes the length of an array from what is to be in it."""

    def new(self, kind: str, content: Any = None) -> Any:
        return ffi.new(kind if content is None else LENGTH.sub("[]", kind), content)

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)


def warm_up() -> None:
    for name in TYPES:
        ffi.typeof(name)
    weasyprint.pdf.fonts.ffi = AnyLength()
