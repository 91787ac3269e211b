"""The tokens of MathML trees as the characters and looks that OMML has for them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from xml.etree.ElementTree import Element

N_ARY = frozenset("∑∏∐∫∬∭⨌∮∯∰⋃⋂⋁⋀⨁⨂⨀⨄⨆")
SPACES = ((0.12, "\u200a"), (0.2, "\u2009"), (0.26, "\u2005"), (0.4, "\u2004"), (0.75, "\u2002"), (1.5, "\u2003"))
"""Up to this width in ems, a space is this character; a wider one is two."""
ALPHABETS = (
    ("DOUBLE-STRUCK", "double-struck"), ("BLACK-LETTER", "fraktur"), ("FRAKTUR", "fraktur"), ("SCRIPT", "script"),
    ("SANS-SERIF", "sans-serif"), ("MONOSPACE", "monospace"),
)  # fmt: skip
VARIANTS = {
    "normal": ("p", ""), "bold": ("b", ""), "italic": ("i", ""), "bold-italic": ("bi", ""),
    "double-struck": ("p", "double-struck"), "script": ("p", "script"), "fraktur": ("p", "fraktur"),
    "sans-serif": ("p", "sans-serif"), "sans-serif-italic": ("i", "sans-serif"), "monospace": ("p", "monospace"),
}  # fmt: skip


class Token(NamedTuple):
    """Characters of one look."""

    text: str
    style: str = ""
    """`p`, `b`, `i` or `bi`; empty for what a formula's letters are by themselves."""
    alphabet: str = ""
    words: bool = False


def token_of(node: Element) -> Token | None:
    """The characters of a token; None for an element with parts, and for big operators."""
    content = node.text or ""
    if node.tag == "mspace":
        return Token(space(node.get("width", "")))
    if node.tag not in ("mi", "mn", "mo", "mtext") or operator(node):
        return None
    if node.tag == "mtext":
        return Token(content.replace("\u00a0", " "), words=True)
    if is_function(node):
        return Token(content, "p")
    if content == "mod":
        return Token("\u2005mod\u2005", "p")
    style, alphabet = VARIANTS.get(node.get("mathvariant", ""), ("", ""))
    if len(content) == 1 and ord(content) > 127 and not style:
        content, style, alphabet = letter(content)
    if not any(c.isalpha() for c in content):
        style, alphabet = "" if style in ("p", "i") else style, ""
    return Token(content, style, alphabet)


def letter(character: str) -> tuple[str, str, str]:
    """A letter of a mathematical alphabet as the plain letter, its style and its alphabet."""
    name = unicodedata.name(character, "") if character not in "ℓ℘ℜℑ" else ""
    plain = unicodedata.normalize("NFKD", character)
    alphabet = next((found for word, found in ALPHABETS if word in name), "")
    if not name.startswith("MATHEMATICAL") and not (alphabet and len(plain) == 1 and plain != character):
        return character, "", ""
    style = ("b" if "BOLD" in name else "") + ("i" if "ITALIC" in name else "") or "p"
    return (plain, style, alphabet) if plain.isalnum() else (character, "", "")


def space(width: str) -> str:
    """A space of a width, such as `0.167em`."""
    found = re.match(r"\d*\.?\d+", width)
    ems = float(found[0]) if found else {"thickmathspace": 0.278, "thinmathspace": 0.167}.get(width, 0.0)
    if ems <= 0:
        return ""
    return next((character for most, character in SPACES if ems <= most), "\u2003\u2003")


def operator(node: Element) -> str:
    """The sign of a big operator, with limits or without; empty for all else."""
    base = node[0] if node.tag in ("munder", "mover", "munderover", "msub", "msup", "msubsup") else node
    return base.text if base.tag == "mo" and base.text and base.text in N_ARY else ""


def is_function(node: Element) -> bool:
    """A name such as sin, with a script or limit or without."""
    while node.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover"):
        node = node[0]
    return node.tag == "mi" and len(node.text or "") > 1 and (node.text or "").replace(" ", "").isalpha()
