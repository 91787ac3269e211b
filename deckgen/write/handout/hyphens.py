"""Divide words by Pyphen's patterns, but no names, which begin with a capital letter; in German all nouns do.

Pyphen reads all patterns of a language before it divides the first word, which takes as long as a page (six in German).
A talk needs few of them, so here each is read when it is first looked for.

Leans on internals of Pyphen: `HyphDict.positions` looks into `patterns` with `get`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from weasyprint.text.line_break import pyphen

Pattern = tuple[int, tuple[int, ...]]
"""Where in the letters the values begin, and how good it is to divide at each place: well, if the value is odd."""
VALUE = re.compile("[1-9]")


class Patterns:
    """Letters -> their pattern, with points for the ends of a word."""

    def __init__(self, text: str) -> None:
        lines = pyphen.parse_hex(lambda found: chr(int(found[1], 16)), text).split("\n")[1:]
        kept = [line for line in map(str.strip, lines) if VALUE.search(line) and not line.startswith(pyphen.ignored)]
        letters = re.sub(r"\d", "", re.sub(r"/.*=.*", "", "\n".join(kept))).split("\n")
        self.written = dict(zip(letters, kept, strict=True))
        self._read: dict[str, Pattern] = {}

    def get(self, letters: str) -> Pattern | None:
        if letters in self.written and letters not in self._read:
            self._read[letters] = pattern(self.written[letters])
        return self._read.get(letters)


def pattern(line: str) -> Pattern:
    """A line of a dictionary such as `.ab1c2d`."""
    letters, change, alternative = line.partition("/") if "=" in line else (line, "", "")
    value = pyphen.AlternativeParser(letters, alternative) if change else int
    values = [value(digit or "0") for digit, _ in pyphen.parse(letters)]
    told = [i for i, value in enumerate(values) if value]
    return told[0], tuple(values[told[0] : told[-1] + 1])


class Dictionary(pyphen.HyphDict):  # type: ignore[misc]
    """The patterns of a language from its file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        encoding = "cp1251" if encoding.lower() == "microsoft-cp1251" else encoding
        self.patterns = Patterns(path.read_text(encoding))
        self.cache: dict[str, list[int]] = {}
        self.maxlen = max(map(len, self.patterns.written))


class Hyphenator(pyphen.Pyphen):  # type: ignore[misc]
    """Divides words, but no names."""

    def __init__(self, *arguments: object, lang: str, **options: object) -> None:
        path = pyphen.LANGUAGES[pyphen.language_fallback(lang)]
        if path not in pyphen.hdcache:
            pyphen.hdcache[path] = Dictionary(path)
        super().__init__(*arguments, lang=lang, **options)
        self._spares_names = not lang.startswith("de")

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        found: Iterator[tuple[str, str]] = super().iterate(word)
        return iter(()) if self._spares_names and word[:1].isupper() else found
