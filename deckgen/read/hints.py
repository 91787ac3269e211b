"""How to put right a value that is of another kind than it should be, in the author's own words."""

from __future__ import annotations

import re
from collections.abc import Collection

from deckgen.diagnostics import shortened
from deckgen.model.meant import LONG_LIST
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence


def number_hint(text: str) -> str:
    """How to write a number that is written otherwise."""
    if re.fullmatch(r"\d{1,3}([,' ]\d{3})+", text):
        return f"write it without signs between the digits: {re.sub('[^0-9]', '', text)}"
    if re.fullmatch(r"\d+,\d+", text):
        return f"write it with a point: {text.replace(',', '.')}"
    if found := re.match(r"\d+(\.\d+)?(?=\s*[^\d\s.,])", text):
        return f"write the number alone: {found[0]}"
    if re.fullmatch(r"\d+\.\d*", text):
        return f"write it without a point: {text.partition('.')[0]}"
    return "write it in digits"


def quote_hint(node: Node) -> str:
    """How to write as text what YAML has taken for something else."""
    match node:
        case Mapping(pairs=((key, Scalar(style="") as value), *_)) if not key.style:
            if key.column > node.column:
                return "text that begins with { or ? must stand in quotes"
            text = shortened(f"{key.value}: {value.value}".strip())
            return f'put the text in quotes, since the colon makes it a key: "{text}"'
        case Mapping(pairs=((key, Sequence()), *_)) if key.column == node.column:
            return f"nothing can stand under {shortened(key.value)!r} here: leave out the colon, or what is under it"
        case Sequence(items=(Scalar() as item,)):
            return f"write it without the list: {shortened(item.value)}; text that begins with [ must stand in quotes"
        case Sequence() | Mapping():
            return "text that begins with [ or { must stand in quotes"
    return ""


def mapping_hint(node: Node, known: Collection[str]) -> str:
    """How to write the keys of a record in place of what stands there."""
    whole_talk = "slides" in known
    if isinstance(node, Scalar):
        if re.match(r"[\w-]+:\S", node.value):
            return "put a space after the colon"
        if re.match(r"[\w-]+\uff1a", node.value):
            return "write the colon of the Latin alphabet and a space after it"
        if whole_talk:
            return "a source begins with the line 'deckgen: 1'; of a talk in Markdown, `deckgen import` makes one"
        if first := next(iter(known), ""):
            return f"write '{first}: {shortened(node.value)}'"
    if isinstance(node, Sequence) and whole_talk:
        return "put the list under 'slides:', and 'deckgen: 1' and 'title: ...' before it"
    return f"known keys: {', '.join(known)}" if 1 < len(known) <= LONG_LIST else ""


def list_hint(node: Node) -> str:
    """How to write a list in place of what stands there."""
    if isinstance(node, Scalar) and re.match(r"[-*][^\s-]", node.value):
        return "put a space after each dash"
    if isinstance(node, Mapping) and node.pairs:
        return f"begin each entry with '- ', as '- {shortened(node.pairs[0][0].value)}: ...'"
    return "begin each entry with '- ', or write [one, another]"


def to_add(name: str, description: str) -> str:
    """How to write a key that is missing."""
    if name == "deckgen":
        return "begin the file with the line 'deckgen: 1'"
    return f"add '{name}: ...'" + (f" ({description})" if description else "")
