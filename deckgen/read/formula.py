"""Formulas of the source: LaTeX that can be set, or an error where it can't."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.diagnostics import Span
from deckgen.model.text import Run, Text
from deckgen.read.reader import BAD, Places, Reader, concerning
from deckgen.read.yaml import Node, Scalar
from deckgen.typeset.formula import missing_characters

IN_SINGLE = "put the formula in single quotes, or after a | on the line below"
LETTERS = {"\t": "t", "\n": "n", "\r": "r", "\x85": "N", "\u2028": "L", "\u2029": "P"}
"""What YAML makes of a backslash and a letter in double quotes, where that is no control character."""
ESCAPED = re.compile(f"[{''.join(LETTERS)}]")


@concerning("formula")
def check_formula(reader: Reader, latex: str, place: Callable[[int], Span], display: bool) -> bool:
    """Whether a formula can be set; what is wrong with it is an error at its `place`."""
    from deckgen.typeset.latex import read_latex

    fault = read_latex(latex, display).fault
    if fault:
        reader.error(place(fault.offset), fault.message, fault.hint)
        return False
    if missing := missing_characters(latex):
        at = min(latex.find(character) for character in missing)
        names = ", ".join(repr(character) for character in missing[:3])
        reader.error(place(max(at, 0)), f"the maths font has no {names}", "write the words outside of the formula")
        return False
    return True


def read_formula(reader: Reader, node: Node) -> Text:
    """A value that is a formula."""
    if not isinstance(node, Scalar):
        return reader.expected("a formula in LaTeX", node, IN_SINGLE)  # type: ignore[no-any-return]
    if node.style == '"' and (found := ESCAPED.search(node.value)):
        message = f"in double quotes, \\{LETTERS[found[0]]} is no part of a command"
        return reader.error(node, message, IN_SINGLE)  # type: ignore[no-any-return]
    value, places = node, Places(reader.source, node)

    def place(offset: int) -> Span:
        before = value.value[:offset]
        return places.at(before.count("\n"), offset - (before.rfind("\n") + 1))

    if not check_formula(reader, value.value, place, display=True):
        return BAD  # type: ignore[no-any-return]
    start = len(value.value) - len(value.value.lstrip())
    return (Run(value.value.strip(), math=True, span=place(start)),)
