"""What an editor writes when a kind of block is chosen: the start of its example, each value to be typed over."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

from deckgen.read.source import Source
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence, compose

MOST = 3
"""Entries of a list that are written, where it is not short."""
SHORT = 60
"""Characters of a list that stands whole, in brackets."""
INDENT = "    "
"""Deep enough for a key behind a dash, whose column editors don't count."""
NAMES = ("text", "name")


def snippet(kind: str, example: str) -> dict[str, Any]:
    """What VS Code's schemas hold for it, from an example, `- kind: value` in YAML; nothing for a kind without values.

    The body stands after the colon.
    """
    root, _ = compose(Source(kind, example, tuple(example.split("\n"))))
    assert isinstance(root, Sequence) and isinstance(root.items[0], Mapping)
    [(_, value)] = root.items[0].pairs
    numbers = count(1)
    lines = written(value, numbers)
    single = isinstance(value, Scalar) and len(lines) == 1
    body = f" {lines[0]}" if single else "".join(f"\n{INDENT}{line}" for line in lines)
    if not body.strip():
        return {}
    return {"defaultSnippets": [{"label": f"{kind}: an example", "body": body, "sortText": "~"}]}


def written(node: Node, numbers: count[int]) -> list[str]:
    """The lines of a value, in blocks; rows of a table in brackets."""
    match node:
        case Mapping(pairs):
            return [line for name, value in pairs for line in under(f"{spelled(name)}:", value, numbers)]
        case Sequence(items):
            return [line for item in alike(items) for line in entry(item, numbers)]
        case Scalar(value, "|"):
            return ["|", *(f"{INDENT}{place(line, numbers)}" for line in value.splitlines())]
        case Scalar():
            return [place(spelled(node), numbers) if node.value or node.style else ""]
    return []


def under(head: str, value: Node, numbers: count[int]) -> list[str]:
    if isinstance(value, Sequence) and fits(value):
        return [f"{head} {bracketed(value, numbers)}"]
    lines = written(value, numbers)
    if isinstance(value, Scalar):
        return [f"{head} {lines[0]}".rstrip(), *lines[1:]]
    return [head, *(f"{INDENT}{line}" for line in lines)]


def entry(item: Node, numbers: count[int]) -> list[str]:
    if isinstance(item, Sequence):
        return [f"- {bracketed(item, numbers)}"]
    first, *rest = written(item, numbers)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def fits(row: Sequence) -> bool:
    texts = [spelled(item) for item in row.items if isinstance(item, Scalar)]
    return len(texts) == len(row.items) and len("".join(texts)) <= SHORT and not re.search(r"[\[\]{},]", "".join(texts))


def bracketed(row: Sequence, numbers: count[int]) -> str:
    return f"[{', '.join(written(item, numbers)[0] for item in row.items)}]"


def alike(items: tuple[Node, ...]) -> list[Node]:
    """The first entries of a list, all of the shape of its first: what is special in an example is left out."""
    first = items[0]
    if isinstance(first, Scalar):
        return [plain(item) for item in items][:MOST]
    kept = [item for item in items if isinstance(item, type(first))][:MOST]
    return [Sequence(tuple(map(plain, x.items)), x.line, x.column) if isinstance(x, Sequence) else x for x in kept]


def plain(item: Node) -> Node:
    """What an entry with options or with entries under it says by itself."""
    if not isinstance(item, Mapping):
        return item
    return next((value for name, value in item.pairs if name.value in NAMES), item.pairs[0][0])


def spelled(scalar: Scalar) -> str:
    return json.dumps(scalar.value, ensure_ascii=False) if scalar.style else scalar.value


def place(text: str, numbers: count[int]) -> str:
    """A text that the Tab key leads to."""
    escaped = re.sub(r"([$}\\])", r"\\\1", text)
    return f"${{{next(numbers)}:{escaped}}}"
