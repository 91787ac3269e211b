"""What libyaml says about text that is not YAML, in the words of somebody who writes a talk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic, Edit, Span, error
from deckgen.read.source import Source

MAX_DEPTH = 60
"""Levels of lists and mappings in each other; the parser of YAML itself gives up at 1,000."""
TOO_DEEP = f"lists and mappings nest deeper than {MAX_DEPTH} levels"
IN_QUOTES = 'put the whole text in quotes: "..."'
VALUE = re.compile(r"(\s*(?:- +)*(?:[\w-]+: +|- +))([^\s'\"\[{|>&*!#](?:(?!\s#).)*?)\s*(?:\s#.*)?$")
"""A line with a value without quotes after a key, or after the dash of an entry; a comment may follow."""
ALIGN = "begin it in the same column as the lines that it belongs to; use spaces"


class Trouble(NamedTuple):
    """Where libyaml stopped, and where that which it was reading began. Lines and columns count from 0."""

    source: Source
    problem: str
    line: int
    column: int
    start_line: int
    start_column: int

    def text(self, line: int) -> str:
        return self.source.lines[line] if 0 <= line < len(self.source.lines) else ""

    def here(self, message: str, hint: str = "", fix: Edit | None = None) -> Diagnostic:
        return error(self.source.within(self.line + 1, self.column + 1), message, hint, fix=fix)

    def start(self, message: str, hint: str = "") -> Diagnostic:
        return error(self.source.within(self.start_line + 1, self.start_column + 1), message, hint)

    @property
    def before(self) -> str:
        """The line up to the place."""
        return self.text(self.line)[: self.column]

    @property
    def after(self) -> str:
        return self.text(self.line)[self.column :]


def explained(trouble: Trouble) -> Diagnostic:
    """The diagnostic for a syntax error."""
    for words, explain in EXPLANATIONS:
        if re.search(words, trouble.problem):
            return explain(trouble)
    return trouble.here(f"this is not YAML: {trouble.problem}")


def second_colon(trouble: Trouble) -> Diagnostic:
    if re.search(r"(:\s|^\s*-\s)\s*\S", trouble.before):
        hint = "put the text in quotes: a colon with a space after it makes what stands before it a key"
        return trouble.here("this colon stands in text without quotes", hint, in_quotes(trouble, trouble.line))
    return tight_colon(trouble, trouble.line - 1) or indentation(trouble)


def tight_colon(trouble: Trouble, line: int) -> Diagnostic | None:
    """A key and its value without a space between them, which YAML takes for one word."""
    found = re.match(r"\s*(?:- +)?[\w-]+:(?=\S)", trouble.text(line))
    if not found:
        return None
    where = Span(trouble.source.file, line + 1, found.end())
    return error(where, "there is no space after this colon", "write 'key: value'", fix=Edit(where, ":", ": "))


def strange_start(trouble: Trouble) -> Diagnostic:
    character = trouble.after[:1]
    if character == "\t":
        return tab(trouble)
    fix = in_quotes(trouble, trouble.line)
    return trouble.here(f"text without quotes can't begin with {character}", IN_QUOTES, fix)


def in_quotes(trouble: Trouble, line: int) -> Edit | None:
    """The edit that puts the value of a key, or of an entry of a list, in quotes, where it is all of its line."""
    found = VALUE.match(trouble.text(line))
    if not found:
        return None
    value = found[2].replace("\\", "\\\\").replace('"', '\\"')
    return Edit(Span(trouble.source.file, line + 1, len(found[1]) + 1), found[2], f'"{value}"')


def tab(trouble: Trouble) -> Diagnostic:
    return trouble.here("a tab indents this line", "use spaces: YAML knows no tabs there")


def marked_start(trouble: Trouble) -> Diagnostic:
    character = trouble.text(trouble.start_line)[trouble.start_column : trouble.start_column + 1]
    if not character:
        return trouble.here("a text is expected here")
    return trouble.start(f"text without quotes can't begin with {character}", IN_QUOTES)


def open_quote(trouble: Trouble) -> Diagnostic:
    return trouble.start("this quotation mark is never closed", "close it, or leave out both")


def escape(trouble: Trouble) -> Diagnostic:
    hint = r"in double quotes, write \\ for a backslash; in single quotes it stands for itself"
    return trouble.here("this backslash begins no character that YAML knows", hint)


def open_bracket(trouble: Trouble) -> Diagnostic:
    bracket = trouble.text(trouble.start_line)[trouble.start_column : trouble.start_column + 1]
    what = "list" if bracket == "[" else "mapping"
    return trouble.start(
        f"the {what} that begins here with {bracket} does not end as it should",
        f"part its entries with commas and close it; text that begins with {bracket} must stand in quotes",
    )


def no_key(trouble: Trouble) -> Diagnostic:
    before = trouble.before.rstrip()
    if before.endswith(("]", "}")):
        return trouble.here("text goes on after a closing bracket", IN_QUOTES)
    if before.endswith(("'", '"')):
        hint = f"put all of the text between the quotes; {before[-1]} inside of them is written twice"
        if before.endswith('"'):
            hint = r'put all of the text between the quotes; " inside of them is written \"'
        return trouble.here("text goes on after the closing quotation mark", hint)
    if re.match(r"-(\s|$)", trouble.after):
        return trouble.here("an entry of a list stands where a key is expected", ALIGN)
    return indentation(trouble)


def indentation(trouble: Trouble) -> Diagnostic:
    stripped = trouble.text(trouble.line)
    column = len(stripped) - len(stripped.lstrip(" "))
    return trouble._replace(column=column).here("this line's indentation fits none of the lines above", ALIGN)


def no_entry(trouble: Trouble) -> Diagnostic:
    hint = "begin it with '- ', or indent it under the entry that it belongs to"
    return trouble.here("this line stands among the entries of a list and is none", hint)


def list_beside_key(trouble: Trouble) -> Diagnostic:
    hint = "begin the list on the next line; text that begins with a dash must stand in quotes"
    return trouble.here("a list can't begin on the line of its key", hint)


def no_colon(trouble: Trouble) -> Diagnostic:
    return tight_colon(trouble, trouble.start_line) or trouble.start(
        "this is no key with a value", "write 'key: value', or put text that goes on in quotes"
    )


def no_content(trouble: Trouble) -> Diagnostic:
    character = trouble.after[:1]
    return trouble.here(f"a value can't begin with {character}" if character else "a value is missing", IN_QUOTES)


def tag(trouble: Trouble) -> Diagnostic:
    return trouble.start("YAML tags (!name) are not supported", "text that begins with ! must stand in quotes")


def directive(trouble: Trouble) -> Diagnostic:
    return trouble.start("YAML directives (%NAME) are not supported", "text that begins with % must stand in quotes")


def too_deep(trouble: Trouble) -> Diagnostic:
    return trouble.here(TOO_DEEP)


def after_end(trouble: Trouble) -> Diagnostic:
    return trouble.here("more text stands here than one value", "write 'key: value' lines, each beginning in column 1")


EXPLANATIONS: tuple[tuple[str, Callable[[Trouble], Diagnostic]], ...] = (
    (r"mapping (values|keys) are not allowed", second_colon),
    (r"tab character", tab),
    (r"cannot start any token", strange_start),
    (r"alphabetic or numeric character|comment or (a )?line break|chomping or indentation", marked_start),
    (r"unexpected end of stream|unexpected document indicator", open_quote),
    (r"escape (character|code)|hexdecimal", escape),
    (r"',' or '[]}]'", open_bracket),
    (r"expected key|expected <block end>", no_key),
    (r"expected '-' indicator", no_entry),
    (r"sequence entries are not allowed", list_beside_key),
    (r"expected ':'", no_colon),
    (r"node content", no_content),
    (r"tag|'!'|'>'|URI", tag),
    (r"directive|incompatible YAML|version number", directive),
    (r"document start", after_end),
    (r"maximum nesting depth", too_deep),
)
