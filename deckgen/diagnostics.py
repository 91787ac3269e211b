"""What went wrong, where, and how to put it right: errors are data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, NamedTuple

from deckgen.frozen import frozen


class Span(NamedTuple):
    """A place in a source file. Lines and columns count from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Span("")
"""The place of text that no author wrote: a label or number that deckgen adds itself."""


class Edit(NamedTuple):
    """A change of a source that puts a finding right: words on one line, and what they become."""

    span: Span
    """From where on the words stand on their line."""
    old: str
    """Empty for words that are put in at the place itself."""
    new: str


SURE = 0.75
"""How alike two words are, from 0 to 1, of which one is a misspelling of the other."""
CODES = {
    "agree": "A text of the source is missing in an output, or stands in the wrong one: a fault of deckgen",
    "alt-text": "Words for those who can't see a picture that say too little or too much",
    "blank": "Blanks of exercises, and the copy that shows what belongs on them",
    "channel": "What is written can't be seen in the output that it was written for",
    "citation": "A citation, the file of works, or the style of citations",
    "code": "The language of a listing",
    "content": "A block whose values don't go together",
    "contrast": "Text that is hard to read on its ground",
    "data": "A source of data, a parameter, or a value of them in text",
    "embedding": "A font that can't be put into the deck",
    "file": "A file that is missing, can't be read, or is of a kind that can't be shown",
    "fit": "Text that does not fit its place",
    "formula": "A formula that can't be set",
    "glyph": "A character that the theme's fonts lack",
    "greyscale": "Something that colour alone tells, in print without colours",
    "handout": "The handout could not be laid out",
    "id": "The id of a slide",
    "ignore": "A comment `deckgen: ignore` that ignores nothing",
    "ink": "Colours that a printer's inks can't show, or more ink than the paper takes",
    "limit": "More than deckgen makes of one source",
    "link": "A link or reference that leads nowhere",
    "markdown": "Markdown that can't stand where it stands",
    "minutes": "The time of the slides, and of the talk",
    "resolution": "A picture with too few pixels for its place",
    "schema": "A key that is unknown or missing, or a value of another kind",
    "slide": "A key of a slide or section whose value can't hold",
    "syntax": "The file is not YAML, or not text",
    "text-size": "Text too small to be read from afar",
    "theme": "The theme's own files",
    "title": "A slide with the title of another",
    "video": "A video or sound that some programs don't play",
    "words": "More words on a slide than are read while somebody speaks",
}
"""What the codes of findings mean. A code never changes its name."""
WARNINGS = frozenset(
    {"alt-text", "channel", "code", "greyscale", "ignore", "ink", "minutes", "resolution"}
    | {"text-size", "title", "video", "words"}
)
"""The codes whose findings a source may turn off, or into errors."""


@frozen
class Diagnostic:
    """One finding about a source. An `error` stops the build, a `warning` does not."""

    severity: Literal["error", "warning"]
    span: Span
    message: str
    hint: str = ""
    code: str = ""
    """Tells what the finding is about, one of `CODES`; the stage that collects findings gives it (see `coded`)."""
    fix: Edit | None = None
    """Where there is one mechanical way to put it right."""
    key: str = ""
    """The key that it is about, of the keys that begin at `span`; whoever collects findings moves them to its value."""

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}: {self.message}"


def error(
    span: Span, message: str, hint: str = "", code: str = "", fix: Edit | None = None, key: str = ""
) -> Diagnostic:
    return Diagnostic("error", span, message, hint, code, fix, key)


def warning(
    span: Span, message: str, hint: str = "", code: str = "", fix: Edit | None = None, key: str = ""
) -> Diagnostic:
    return Diagnostic("warning", span, message, hint, code, fix, key)


def coded(code: str, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, with a code where they have none."""
    return tuple(d if d.code else replace(d, code=code) for d in diagnostics)


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(d.severity == "error" for d in diagnostics)


def shortened(text: str, most: int = 40) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 3].rstrip()}..."
