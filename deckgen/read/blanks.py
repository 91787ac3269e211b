"""Blanks of exercises in handout text: `{{blank: the answer}}`, or `{{blank}}` without one."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

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
