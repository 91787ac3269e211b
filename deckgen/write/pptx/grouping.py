"""Which elements of a MathML row belong together: brackets, and operators with what they stand before."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from deckgen.write.pptx.tokens import is_function, operator

SCRIPTS = ("msub", "msup", "msubsup")


def flat(nodes: Sequence[Element]) -> list[Element]:
    """The elements with rows that have no delimiters opened."""
    found: list[Element] = []
    for node in nodes:
        if node.tag in ("mrow", "mstyle") and not is_fenced(list(node)):
            found += flat(list(node))
        else:
            found.append(node)
    return found


def bracketed(nodes: list[Element]) -> list[Element]:
    """The elements, with a script that hangs on a closing bracket put on all from the opening one."""
    found: list[Element] = []
    for node in nodes:
        sign = node[0].text if node.tag in SCRIPTS and node[0].tag == "mo" else None
        start = opening(found, sign) if sign in (")", "]", "}") else None
        if start is not None:
            group = Element("mrow")
            group.extend([*found[start:], node[0]])
            scripted = Element(node.tag)
            scripted.extend([group, *node[1:]])
            found[start:] = [scripted]
        else:
            found.append(node)
    return found


def opening(nodes: Sequence[Element], sign: str | None) -> int | None:
    """Where the bracket stands that `sign`, after the nodes, closes."""
    depth = 1
    for i in range(len(nodes) - 1, -1, -1):
        if nodes[i].tag == "mo":
            depth += {")": 1, "]": 1, "}": 1, "(": -1, "[": -1, "{": -1}.get(nodes[i].text or "", 0)
        if depth == 0:
            return i
    return None


def is_fenced(nodes: Sequence[Element]) -> bool:
    return len(nodes) > 1 and nodes[0].get("form") == "prefix" and nodes[-1].get("form") == "postfix"


def limits(node: Element) -> tuple[Element | None, Element | None]:
    """What stands below and above."""
    match node.tag:
        case "munder" | "msub":
            return node[1], None
        case "mover" | "msup":
            return None, node[1]
        case "munderover" | "msubsup":
            return node[1], node[2]
        case _:
            return None, None


def is_operator(node: Element) -> bool:
    return node.tag == "mo"


def is_bare_script(node: Element) -> bool:
    """Scripts without a base: they belong to what follows."""
    return node.tag in SCRIPTS and node[0].tag == "mrow" and len(node[0]) == 0


def reach(nodes: Sequence[Element], i: int) -> int:
    """The index after the element at `i` and what belongs to it: the next element to an operator or to scripts
    without a base, to a function also brackets with all that stands in them."""
    node, after = nodes[i], i + 1
    if after == len(nodes) or not (operator(node) or is_bare_script(node) or is_function(node)):
        return after
    if nodes[after].tag == "mi" and not is_function(nodes[after]) and after + 1 < len(nodes):
        return max(after + 1, closing(nodes, after + 1))  # f(x)
    if nodes[after].tag != "mo" or operator(nodes[after]):
        return reach(nodes, after)
    return closing(nodes, after) if is_function(node) else after


def closing(nodes: Sequence[Element], start: int) -> int:
    """The index after the bracket that closes the one at `start`; `start` if none does or none is there."""
    depth = 0
    for i in range(start, len(nodes)):
        if nodes[i].tag == "mo":
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(nodes[i].text or "", 0)
        if depth <= 0:
            return i + 1 if i > start and depth == 0 else start
    return start
