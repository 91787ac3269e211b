"""Terms for the index: `((term))` in the text, or `(((main, sub)))`, which shows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from deckgen.diagnostics import Span
from deckgen.model.text import Run, Term, Text
from deckgen.read.reader import Reader

Look = tuple[bool, bool, Literal["", "sub", "super"], str]
"""Bold, italic, script and link."""
MOST_TERMS = 5_000
WORDS = r"[^()\[\]{}<>=|;\n]{1,100}"
HIDDEN = re.compile(rf"\(\(\(({WORDS})\)\)\)(?![\w)])")
SEEN = re.compile(rf"\(\(({WORDS})\)\)(?![\w)])")
LETTER = re.compile(r"[^\W\d_]")


def use_terms(parser: MarkdownIt) -> None:
    """Let the parser know terms."""
    parser.inline.add_terminator_char("(")
    parser.inline.ruler.before("link", "term", term_rule)


def term_rule(state: StateInline, silent: bool) -> bool:
    """A rule for the parser of inline Markdown: a term becomes a token of its own.

    It stands after a space or a sign, never after a letter, a digit or a bracket, as in `f((x))`; it has a letter, and
    no brackets or signs of comparison; and no space inside of its brackets.
    """
    before = state.src[state.pos - 1] if state.pos else " "
    if state.src[state.pos] != "(" or before.isalnum() or before in "_()":
        return False
    found = HIDDEN.match(state.src, state.pos, state.posMax) or SEEN.match(state.src, state.pos, state.posMax)
    if not found or found[1] != found[1].strip() or not LETTER.search(found[1]):
        return False
    if not silent:
        token = state.push("term", "", 0)
        token.content, token.markup, token.meta = found[1], found[0], {"hidden": found[0].startswith("(((")}
    state.pos = found.end()
    return True


def levels(token: Token) -> list[tuple[int, str]]:
    """The main entry and the one under it, each with its place in the token's text."""
    start = token.markup.index(token.content)
    if not token.meta["hidden"]:
        return [(start, token.content)]
    main, comma, sub = token.content.partition(",")
    below = [(start + len(main) + 1 + len(sub) - len(sub.lstrip()), sub.strip())]
    return [(start, main.strip()), *(below if comma and sub.strip() else [])]


def read_term(reader: Reader, token: Token, span: Span, look: Look, read: Callable[[str, int], Text]) -> Iterator[Run]:
    """What a term shows where it stands, in the look of the text around it; the first run has the entry."""
    if not reader.terms:
        hint = r"the index is made of what is printed; write \(( for the signs themselves"
        reader.error(span, "a term for the index can't stand in notes", hint)
    reader.marked += 1
    if reader.marked == MOST_TERMS + 1:
        reader.error(span, f"the talk has more than {MOST_TERMS:,} terms for the index", "mark those that matter")
    term = tuple(read(words, start) for start, words in levels(token))
    if any(run.link or run.cite or run.refer or run.blank or run.math for text in term for run in text):
        reader.error(span, "a term can't have links, citations, formulas or blanks", "it is words and code")
    bold, italic, script, link = look
    for i, run in enumerate((Run("", span=span),) if token.meta["hidden"] else term[0]):
        terms = () if i else (term,)
        yield replace(
            run, bold=bold or run.bold, italic=italic or run.italic, script=script or run.script, link=link, terms=terms
        )


def held(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs that show something; terms that stand between them belong to the run after them, or to the last."""
    before: Run | None = None
    waiting: tuple[Term, ...] = ()
    for run in runs:
        waiting += run.terms
        if run.text:
            if before:
                yield before
            before, waiting = replace(run, terms=waiting) if waiting else run, ()
    if before:
        yield replace(before, terms=(*before.terms, *waiting)) if waiting else before
