"""Blanks of exercises in handout text: `{{blank: the answer}}`, or `{{blank}}` without one."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from deckgen.diagnostics import Span
from deckgen.model.text import Run, Text
from deckgen.read.reader import Reader

STAND_IN = "____"
"""A blank where its text is told in words, such as in a list of changes."""
OPENING = re.compile(r"\{\{[ \t]*blank[ \t]*(?=:|\}\})")
ANSWER = re.compile(r"(?::\s*((?:[^}`$\\]|\\.|`[^`]*`|\$[^$]*\$|[`$]|\}(?!\}))*))?\}\}", re.DOTALL)
"""All of a blank after its name. Two braces end it, but not in code or in a formula."""


def blank_rule(state: StateInline, silent: bool) -> bool:
    """A rule for the parser of inline Markdown: a blank becomes a token of its own.

    One that has no end takes all of the text, so that nothing of its answer is shown as text.
    """
    opening = OPENING.match(state.src, state.pos, state.posMax)
    if not opening:
        return False
    found = ANSWER.match(state.src, opening.end(), state.posMax)
    end = found.end() if found else state.posMax
    if not silent:
        token = state.push("blank", "", 0)
        token.markup, token.meta = state.src[state.pos : end], {"closed": found is not None}
        token.content = (found[1] or "").strip() if found else ""
    state.pos = end
    return True


def read_blank(reader: Reader, token: Token, span: Span, answer: Callable[[], Text]) -> Run:
    """A blank with what belongs on it."""
    found: Text = ()
    if not token.meta["closed"]:
        reader.error(span, "this blank has no end", "write {{blank: the answer}}")
    elif not reader.blanks:
        hint = r"it can in 'handout' text; write \{{ for the signs themselves"
        reader.error(span, "a blank can't stand here", hint)
    elif token.content:
        found = answer()
    if any(run.link or run.cite or run.refer or run.blank for run in found):
        reader.error(span, "an answer can't have links, citations or blanks", "it is words, code and formulas")
    return Run(STAND_IN, blank=True, answer=found, span=span)
