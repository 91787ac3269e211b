"""Pages of the handout in text: `{handout}` for that of the slide itself, `{handout#id}` for another place's."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

REFERENCE = re.compile(r"\{handout(?:#([a-z0-9-]+))?\}")


def reference_rule(state: StateInline, silent: bool) -> bool:
    """A rule for the parser of inline Markdown: such a reference becomes a token of its own."""
    found = REFERENCE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content, token.markup = found[1] or "", found[0]
    state.pos = found.end()
    return True
