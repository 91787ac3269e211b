"""The fonts of a PDF: what their codes show."""

from __future__ import annotations

import re

import pikepdf

from deckgen.frozen import frozen

STRING = re.compile(rb"<([0-9A-Fa-f]+)>")
MAPPING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@frozen
class Codes:
    """The characters of a font's codes, each of which is written with `digits` hexadecimal digits."""

    digits: int
    letters: dict[bytes, str]

    def decode(self, array: bytes) -> list[str]:
        """What each glyph of a `TJ` array shows. Raises KeyError for a code that the font does not map."""
        codes = b"".join(STRING.findall(array)).lower()
        return [self.letters[codes[i : i + self.digits]] for i in range(0, len(codes), self.digits)]


class Fonts:
    """How the fonts of a document's resources map codes to characters; read once for each font."""

    def __init__(self) -> None:
        self._resources: dict[tuple[int, int], dict[bytes, Codes]] = {}
        self._codes: dict[tuple[int, int], Codes] = {}

    def of(self, resources: pikepdf.Object) -> dict[bytes, Codes]:
        """The codes of each font by its name in `resources`."""
        found = self._resources.get(resources.objgen)
        if found is None:
            named = resources.get("/Font", pikepdf.Dictionary()).items()
            found = {name[1:].encode(): self._read(font) for name, font in named}
            self._resources[resources.objgen] = found
        return found

    def _read(self, font: pikepdf.Object) -> Codes:
        if font.objgen not in self._codes:
            digits = 4 if font.Subtype == "/Type0" else 2
            pairs = MAPPING.findall(font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2])
            letters = {code.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
            self._codes[font.objgen] = Codes(digits, letters)
        return self._codes[font.objgen]
