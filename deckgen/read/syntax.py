"""What libyaml says about text that is not YAML, in the words of somebody who writes a talk."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.diagnostics import Diagnostic, Edit, Span, error
from deckgen.read.trouble import ANY, MARKED, Trouble, in_quotes, other_quotes

MAX_DEPTH = 60
"""Levels of lists and mappings in each other; the parser of YAML itself gives up at 1,000."""
TOO_DEEP = f"lists and keys nest deeper than {MAX_DEPTH} levels"
IN_QUOTES = 'put the whole text in quotes: "..."'
KEY = re.compile(r"(\s*(?:- +)*)([\w-]+):(?:\s|$)")
ENTRY = re.compile(r"(\s*)- ")
TEXT_BELOW = re.compile(r"(\s*(?:- +)*)([\w-]+):\s+[|>][-+0-9]*\s*(?:#.*)?$")
"""A key whose text stands on the lines below."""
ALIGN = "begin it in the same column as the lines that it belongs to; use spaces"
NO_SPACE_HINT = "what stands there only looks like a space: type it again"
OPEN_QUOTE = "this quotation mark is never closed"
CLOSE = "write one at the end of the text, too, or leave this one out"


def explained(trouble: Trouble) -> Diagnostic:
    """The diagnostic for a syntax error."""
    for words, explain in EXPLANATIONS:
        if re.search(words, trouble.problem):
            return explain(trouble)
    return trouble.here(f"this line can't be read: {trouble.problem}", ALIGN)


def second_colon(trouble: Trouble) -> Diagnostic:
    if re.search(r"(:\s|^\s*-\s)\s*\S", trouble.before):
        hint = "put the text in quotes: a colon with a space after it makes what stands before it a key"
        return trouble.here("this colon stands in text without quotes", hint, in_quotes(trouble, trouble.line))
    return tight_colon(trouble, trouble.line - 1) or forgotten_colon(trouble) or indentation(trouble)


def tight_colon(trouble: Trouble, line: int) -> Diagnostic | None:
    """A key and its value without a space between them, which YAML takes for one word."""
    found = re.match(r"\s*(?:- +)?[\w-]+:(?=[^ \t])", trouble.text(line))
    if not found:
        return None
    where = Span(trouble.source.file, line + 1, found.end())
    odd = trouble.text(line)[found.end()].isspace()
    hint = NO_SPACE_HINT if odd else "write 'key: value'"
    return error(where, "there is no space after this colon", hint, fix=None if odd else Edit(where, ":", ": "))


def forgotten_colon(trouble: Trouble) -> Diagnostic | None:
    """The line above, where it is a word and its value without a colon between them."""
    above, line = re.sub(r"\s#.*", "", trouble.text(trouble.line - 1)), trouble.text(trouble.line)
    found = re.match(r"(\s*(?:- +)?)([\w-]+) +(\S.*)", above)
    if not found or re.search(r":(\s|$)", above) or len(found[1]) != len(line) - len(line.lstrip(" ")):
        return None
    where = Span(trouble.source.file, trouble.line, len(found[1]) + 1)
    return error(where, f"there is no colon after {found[2]!r}", f"write '{found[2]}: {found[3].rstrip()}'")


def strange_start(trouble: Trouble) -> Diagnostic:
    character = trouble.after[:1]
    if character == "\t":
        return tab(trouble)
    fix = in_quotes(trouble, trouble.line)
    return trouble.here(f"text without quotes can't begin with {character}", IN_QUOTES, fix)


def tab(trouble: Trouble) -> Diagnostic:
    return trouble.here("a tab indents this line", "put spaces in its place")


def marked_start(trouble: Trouble) -> Diagnostic:
    character = trouble.text(trouble.start_line)[trouble.start_column : trouble.start_column + 1]
    if not character:
        return trouble.here("a text is expected here")
    message = f"text without quotes can't begin with {character}"
    where = Span(trouble.source.file, trouble.start_line + 1, trouble.start_column + 1)
    if re.match(r"\s*\* ", trouble.text(trouble.start_line)):
        hint = "an entry of a list begins with '- '; put text that begins with * in quotes"
        return error(where, message, hint, fix=Edit(where, "*", "-"))
    return error(where, message, IN_QUOTES, fix=in_quotes(trouble, trouble.start_line, MARKED))


def open_quote(trouble: Trouble) -> Diagnostic:
    return trouble.start(OPEN_QUOTE, CLOSE)


def escape(trouble: Trouble) -> Diagnostic:
    hint = r"put the text in single quotes, where a backslash stands for itself, or write \\ for one"
    return trouble.here("this backslash begins no character that can stand in double quotes", hint)


def open_bracket(trouble: Trouble) -> Diagnostic:
    sign = trouble.after[:1]
    if sign in ("[", "{") and re.search(r"[\w.,;!?)] *$", trouble.before):
        hint = f'put the whole text in quotes: "...", since {sign} begins a list or a group between brackets'
        return trouble.here(f"text without quotes can't hold {sign} here", hint)
    bracket = trouble.text(trouble.start_line)[trouble.start_column : trouble.start_column + 1]
    what, end = ("list", "]") if bracket == "[" else ("group", "}")
    return trouble.start(
        f"the {what} that begins here with {bracket} does not end as it should",
        f"put commas between its entries and {end} at its end; text that begins with {bracket} must stand in quotes",
    )


def after_closing(trouble: Trouble) -> Diagnostic | None:
    """Text on the same line after a value that a bracket or a quotation mark has ended."""
    before = trouble.before.rstrip()
    if before.endswith(("]", "}")):
        fix = in_quotes(trouble, trouble.line, ANY) if "," not in before else None  # Else it may be meant as a list.
        return trouble.here("text goes on after a closing bracket", IN_QUOTES, fix)
    if not before.endswith(("'", '"')):
        return None
    if opened := opened_before(trouble, before):
        return opened
    message = "text goes on after the closing quotation mark"
    if fix := other_quotes(trouble):
        return trouble.here(message, f"put the whole text in the other quotes: {fix.new}", fix)
    twice = r"\"" if before.endswith('"') else "''"
    return trouble.here(message, f"put all of the text between the quotes, and write {twice} for {before[-1]} in it")


def opened_before(trouble: Trouble, before: str) -> Diagnostic | None:
    """The quotation mark that was left open on a line above, where the one at the place was meant to open, too."""
    mark = before[-1]
    if not re.search(rf"(?:^|[\[{{,]|[:-] )\s*{mark}$", before):
        return None
    for number in range(trouble.line - 1, -1, -1):
        if found := re.match(rf"\s*(?:- +)*(?:[\w-]+: +)?(?={mark}[^{mark}]*$)", trouble.text(number)):
            return error(Span(trouble.source.file, number + 1, found.end() + 1), OPEN_QUOTE, CLOSE)
    return None


def no_key(trouble: Trouble) -> Diagnostic:
    if found := after_closing(trouble):
        return found
    if re.match(r"-(\s|$)", trouble.after):
        dash = next((entry for line in trouble.above() if (entry := ENTRY.match(line))), None)
        hint = f"begin it in column {len(dash[1]) + 1}, under the dash of the entry before" if dash else ALIGN
        return trouble.here("this entry of a list does not begin under the one before", hint)
    return indentation(trouble)


def indentation(trouble: Trouble) -> Diagnostic:
    stripped = trouble.text(trouble.line)
    column = len(stripped) - len(stripped.lstrip(" "))
    hint = under(next(trouble.above(), ""))
    return trouble._replace(column=column).here("this line's indentation fits none of the lines above", hint)


def under(line: str) -> str:
    """The hint to begin in the column where a line has its key."""
    found = KEY.match(line)
    return f"begin it in column {len(found[1]) + 1}, under {found[2]!r}, if it belongs there" if found else ALIGN


def no_entry(trouble: Trouble) -> Diagnostic:
    if found := after_closing(trouble) or forgotten_colon(trouble):
        return found
    entry = " " * trouble.start_column + "- "
    hint = under(next((line for line in trouble.above() if line.startswith(entry)), ""))
    return trouble.here("this line stands among the entries of a list, and has no dash", hint)


def list_beside_key(trouble: Trouble) -> Diagnostic:
    hint = "begin the list on the next line; text that begins with a dash must stand in quotes"
    return trouble.here("a list can't begin on the line of its key", hint)


def no_colon(trouble: Trouble) -> Diagnostic:
    short = trouble._replace(line=trouble.start_line)
    return (
        tight_colon(trouble, trouble.start_line)
        or short_indent(short)
        or trouble.start(
            "there is no colon in this line",
            "write 'key: value', or put text that goes on over several lines in quotes",
        )
    )


def short_indent(trouble: Trouble) -> Diagnostic | None:
    """A line of a text under `key: |` that begins no further to the right than the key."""
    line = trouble.text(trouble.line)
    column = len(line) - len(line.lstrip(" "))
    for above in trouble.above():
        if (found := TEXT_BELOW.match(above)) and len(found[1]) >= column:
            message = f"this line is not indented enough for the text of {found[2]!r}"
            hint = f"begin it in column {len(found[1]) + 3}, as all lines of this text"
            return trouble._replace(column=column).here(message, hint)
        if len(above) - len(above.lstrip(" ")) <= column:
            return None
    return None


def no_content(trouble: Trouble) -> Diagnostic:
    character = trouble.after[:1]
    return trouble.here(f"a value can't begin with {character}" if character else "a value is missing", IN_QUOTES)


def tag(trouble: Trouble) -> Diagnostic:
    return trouble.start("text without quotes can't begin with !", IN_QUOTES)


def directive(trouble: Trouble) -> Diagnostic:
    return trouble.start("text without quotes can't begin with %", IN_QUOTES)


def too_deep(trouble: Trouble) -> Diagnostic:
    return trouble.here(TOO_DEEP)


def after_end(trouble: Trouble) -> Diagnostic:
    hint = "a source is made of 'key: value' lines; its main keys begin in column 1"
    return trouble.here("the source ends before this line", hint)


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
    (r"tag|'!'|'>'|URI|whitespace or line break", tag),
    (r"directive|incompatible YAML|version number|non-alphabetical|digit or", directive),
    (r"document start", after_end),
    (r"maximum nesting depth", too_deep),
)
