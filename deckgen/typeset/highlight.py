"""Colour source code by its tokens (Pygments)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pygments.token import Token

from deckgen.diagnostics import SURE, Span
from deckgen.model.text import Run, Text

if TYPE_CHECKING:
    from pygments.lexer import Lexer

ROLES = {
    Token.Keyword: "code_keyword",
    Token.Name.Tag: "code_keyword",
    Token.Name.Function: "code_function",
    Token.Name.Class: "code_function",
    Token.Name.Decorator: "code_function",
    Token.Literal.String: "code_string",
    Token.Literal.Number: "code_number",
    Token.Comment: "code_comment",
    Token.Operator: "code_operator",
    Token.Punctuation: "code_operator",
    Token.Generic.Inserted: "code_string",
    Token.Generic.Deleted: "code_number",
    Token.Generic.Heading: "code_function",
    Token.Generic.Subheading: "code_function",
    Token.Generic.Prompt: "code_keyword",
    Token.Generic.Output: "code_comment",
}
"""Token type -> colour role; a type takes the role of its nearest parent."""
PATTERN = re.compile(r"[*?\]]")
"""What ends the last part of a pattern for names of files that is not written out."""


def known(language: str) -> bool:
    """Whether code in this language can be coloured."""
    return lexer_of(language) is not None


def nearest_language(language: str) -> str:
    """A hint with the language that was probably meant by a name that is none."""
    from pygments.lexers import get_all_lexers

    names = {alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}
    near = get_close_matches(language.lower(), sorted(names), 1, SURE)
    return f"did you mean {near[0]!r}?" if near else "the code stays without colours"


def languages() -> frozenset[str]:
    """The languages whose code can be coloured, each by the first of its names."""
    from pygments.lexers import get_all_lexers

    return frozenset(str(aliases[0]) for _, aliases, _, _ in get_all_lexers(plugins=False) if aliases)


@cache
def lexer_of(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def language_of(file: str) -> str:
    """The language of a file by its name, as Pygments calls it; `text` if the name tells none."""
    from pygments.lexers import get_all_lexers, get_lexer_for_filename

    name = PurePosixPath(file).name
    found = [aliases for _, aliases, patterns, _ in get_all_lexers(plugins=False) if matches(name, patterns)]
    # Pygments' own search, which can tell languages of one ending apart, compiles the endings of all.
    aliases = get_lexer_for_filename(file).aliases if len(found) > 1 else [*chain(*found)]
    return str(aliases[0]) if aliases else "text"


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether a file's name is like one of the patterns."""
    return any(name.endswith(PATTERN.split(pattern)[-1]) and fnmatchcase(name, pattern) for pattern in patterns)


@lru_cache(maxsize=64)
def highlighted(code: str, language: str) -> tuple[Text, ...]:
    """The lines of the code as coloured runs; an empty line is an empty text.

    A language that is not `known` stays uncoloured.
    """
    from pygments import lex

    lines: list[list[Run]] = [[]]
    lexer = lexer_of(language)
    tokens: Any = lex(code, lexer) if lexer else [(Token.Text, code)]
    for kind, value in tokens:
        for i, part in enumerate(value.split("\n")):
            if i:
                lines.append([])
            if part:
                add(lines[-1], Run(part, code=True, colour=role(kind)))
    return tuple(tuple(line) for line in lines[: code.count("\n") + 1])


@cache
def role(kind: Any) -> str:
    while kind is not None:
        if kind in ROLES:
            return ROLES[kind]
        kind = kind.parent
    return ""


def add(line: list[Run], run: Run) -> None:
    """Join the run to the one before it if they look the same: space has no colour of its own."""
    if line and (line[-1].colour == run.colour or not run.text.strip()):
        last = line.pop()
        run = Run(last.text + run.text, code=True, colour=last.colour)
    line.append(run)


def cut(line: Text, indent: int) -> Text:
    """The line without its first spaces."""
    runs: list[Run] = []
    for run in line:
        spaces = min(indent, len(run.text) - len(run.text.lstrip(" ")))
        indent = indent - spaces if spaces == len(run.text) else 0
        if spaces < len(run.text):
            runs.append(replace(run, text=run.text[spaces:]))
    return tuple(runs)


def placed(line: Text, place: Span) -> Text:
    return tuple(replace(run, span=place) for run in line)
