"""A style sheet for pages that run from right to left: what it says of left and right, the other way round.

Themes and blocks write for languages that run from left to right. Code and formulas keep that direction.
"""

from __future__ import annotations

import re

KEPT = re.compile(r"\.(?:code|line)\b")
"""Selectors whose rules stay as they are."""
RULE = re.compile(r"(?P<selector>[^{}]*)\{[^{}]*\}")
DECLARATION = re.compile(r"(?P<name>[\w-]+)(?P<colon>\s*:\s*)(?P<value>[^;{}]*)(?=[;}])")
MARGIN_BOX = re.compile(r"(?<=@)(top|bottom)-(left|right)\b|(?<=@)(left|right)(?=-)")
WORD = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
"""A component of a value, with what stands in its brackets."""
FOUR = frozenset({"margin", "padding", "inset", "border-width", "border-color", "border-style"})
"""Properties whose four values are those of top, right, bottom and left."""
SIDED = frozenset({"float", "clear", "text-align"})
OTHER = {"left": "right", "right": "left"}
DIRECTIONS = ":root{direction:rtl}\n.code,.equation,code,[dir=ltr]{direction:ltr}\n.code{text-align:left}\n"


def mirrored(css: str) -> str:
    """The style sheet for right-to-left pages; comments are left out."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return RULE.sub(lambda rule: rule[0] if KEPT.search(rule["selector"]) else turned(rule[0]), css) + DIRECTIONS


def turned(rule: str) -> str:
    found = DECLARATION.sub(lambda d: f"{other_name(d['name'])}{d['colon']}{other_value(d['name'], d['value'])}", rule)
    return MARGIN_BOX.sub(lambda name: re.sub("left|right", lambda side: OTHER[side[0]], name[0]), found)


def other_name(name: str) -> str:
    """`margin-left` for `margin-right`; a custom property keeps its name."""
    if name.startswith("--"):
        return name
    return "-".join(OTHER.get(part, part) for part in name.split("-"))


def other_value(name: str, value: str) -> str:
    words = WORD.findall(value)
    if name in SIDED:
        return " ".join(OTHER.get(word, word) for word in words)
    if name == "column-rule":  # WeasyPrint draws them left of all columns but the first: the last would be outside.
        return "none"
    if name in FOUR and len(words) == 4:
        return " ".join((words[0], words[3], words[2], words[1]))
    if name == "background" and "/" in words and words.index("/") >= 2:
        at = words.index("/")  # before it stand the places from the left and from the top
        return " ".join((*words[: at - 2], "right", words[at - 2], "top", words[at - 1], *words[at:]))
    return value
