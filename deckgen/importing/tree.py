"""Markdown as other programs write it: CommonMark with HTML, tables, formulas, footnotes and fenced divisions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from deckgen.read.citations import citation_rule
from deckgen.read.document import Element, elements

FENCE = re.compile(r":{3,}\s*(\{[^}]*\}|[\w-]+)?\s*:*\s*$")
SLOT = re.compile(r"::([\w-]+(\{.*\}|::)?)?")
ATTRIBUTE = re.compile(r'\.([\w-]+)|#([\w-]+)|([\w-]+)=(?:"([^"]*)"|(\S+))')
BRACES = re.compile(r"\s*\{([^{}]*[.#=][^{}]*|-)\}\s*$")


@cache
def markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin, move_to_end=False, always_match_refs=True).use(sub_plugin).use(
        superscript_plugin
    )
    parser.use(dollarmath_plugin, allow_labels=True, allow_space=False, allow_digits=False, double_inline=True)
    parser.inline.ruler.before("link", "citation", citation_rule)
    parser.block.ruler.before("fence", "division", division, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.before("paragraph", "slot", slot, {"alt": ["paragraph"]})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def tree(text: str) -> list[Element]:
    """The blocks of a text; a division is an element `division` with its class names as `info`."""
    found: dict[str, Any] = {}
    tokens = markdown().parse(text, found)
    notes = found.get("footnotes", {}).get("list", {})
    for token in (child for outer in tokens for child in outer.children or ()):
        if token.type == "footnote_ref" and "label" not in token.meta:
            token.meta["content"] = notes.get(token.meta["id"], {}).get("content", "")
    return elements(tokens)


def division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for Pandoc's fenced divisions: `::: {.class}` or `::: class`, up to the bare fence that belongs to it."""
    opened = FENCE.match(line_of(state, start))
    if not opened or not opened[1]:
        return False
    if silent:
        return True
    depth, last = 1, start + 1
    while last < end and depth:
        if found := FENCE.match(line_of(state, last)):
            depth += 1 if found[1] else -1
        last += 1
    inner_end = last - 1 if not depth else last
    token = state.push("division_open", "div", 1)
    token.info, token.map, token.block = opened[1].strip("{}"), [start, last], True
    old_end, state.lineMax = state.lineMax, inner_end
    state.md.block.tokenize(state, start + 1, inner_end)
    state.lineMax = old_end
    state.push("division_close", "div", -1).block = True
    state.line = last
    return True


def slot(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for Slidev's lines between colons: `::right::`, `::component`, and `::` that ends one."""
    written = line_of(state, start).strip()
    if not SLOT.fullmatch(written):
        return False
    if not silent:
        token = state.push("slot", "", 0)
        token.content, token.map, token.block = written, [start, start + 1], True
        state.line = start + 1
    return True


def line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def attributes(written: str) -> tuple[set[str], dict[str, str]]:
    """The classes of `.class #id key=value`, and its keys, the id as `id`; a bare word is a class."""
    classes, keys = set(), {}
    for name, own, key, quoted, bare in ATTRIBUTE.findall(written):
        if name:
            classes.add(name)
        elif own:
            keys["id"] = own
        else:
            keys[key] = quoted or bare
    if not classes and not keys:
        classes = set(written.split())
    return classes, keys


def without_attributes(text: str) -> tuple[str, str]:
    """A heading's text and what stands in braces at its end."""
    found = BRACES.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def written(element: Element) -> str:
    """The inline Markdown of a paragraph or heading."""
    inline = next((child.token for child in element.children if child.type == "inline"), None)
    return inline.content if inline else ""
