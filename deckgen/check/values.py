"""Values in a theme's style sheet that the renderer of print does not know, as it says when it lays a handout out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Span, warning

IGNORED = re.compile(r"Ignored `([\w-]+):(.*?)` at \d+:\d+, (.*?)\.?$", re.MULTILINE | re.DOTALL)
"""What WeasyPrint writes of a declaration."""


def unknown_values(messages: str, file: str, css: str) -> Iterator[Diagnostic]:
    """A warning for each declaration of a style sheet that the renderer's messages name, at its place in the file."""
    for name, value, reason in dict.fromkeys(IGNORED.findall(messages)):
        words = r"\s+".join(map(re.escape, value.split()))
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}\s*:\s*{words}(?=\s*[;}}!])", css):
            line, start = css.count("\n", 0, found.start()) + 1, css.rfind("\n", 0, found.start())
            where = Span(file, line, found.start() - start)
            yield warning(where, f"print leaves out {' '.join(found[0].split())!r}: {reason}", "correct its value")
