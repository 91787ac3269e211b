"""Boxes and connectors that people drew -> `flow`, or a list of their words."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from deckgen.importing.powerpoint.shapes import Shape, count
from deckgen.importing.powerpoint.text import Setting, words, written_plain
from deckgen.importing.result import Data
from deckgen.namespaces import DGM, A, P

MOST_BOXES = 16


def drawing(boxes: Sequence[tuple[Shape, str]], connectors: Sequence[Shape], setting: Setting) -> Data:
    """The block of boxes with their words; a `flow` if connectors join all of them."""
    texts = dict.fromkeys(text for _, text in boxes)
    names = {shape.named("id"): text for shape, text in boxes}
    edges = [edge for connector in connectors if (edge := joined(connector, names))]
    if edges and {name for edge in edges for name in edge} == {*texts} and 1 < len(texts) <= MOST_BOXES:
        setting.remark("boxes and arrows are set as `flow`, in a layout of its own")
        numbers = {text: f"box-{number}" for number, text in enumerate(texts, start=1)}
        nodes = [{"name": text, "id": numbers[text]} for text in texts]
        return {"flow": {"edges": [f"{numbers[one]} -> {numbers[other]}" for one, other in edges], "nodes": nodes}}
    setting.remark("the words of a drawing are set as a list: draw it as `flow`, `layers` or another diagram")
    return {"bullets": list(texts)}


def joined(connector: Shape, names: dict[str, str]) -> tuple[str, str] | None:
    """The boxes that a connector leads from and to."""
    ends = [connector.node.find(f"*/{P}cNvCxnSpPr/{A}{end}") for end in ("stCxn", "endCxn")]
    found = [names.get(end.get("id", ""), "") for end in ends if end is not None]
    if len(found) < 2 or not all(found) or found[0] == found[1]:
        return None
    line = connector.node.find(f"{P}spPr/{A}ln")
    heads = [None if line is None else line.find(f"{A}{end}") for end in ("headEnd", "tailEnd")]
    backward, forward = (head is not None and head.get("type", "none") != "none" for head in heads)
    return (found[1], found[0]) if backward and not forward else (found[0], found[1])


def smart_art(tree: etree._Element) -> Data | None:
    """The words of a SmartArt as a list of two levels."""
    texts = {
        point.get("modelId", ""): words(" ".join(run.text or "" for run in point.iter(f"{A}t")))
        for point in tree.iter(f"{DGM}pt")
        if point.get("type", "node") in ("node", "asst")
    }
    links = sorted(
        (
            (count(node.get("srcOrd"), 0), node)
            for node in tree.iter(f"{DGM}cxn")
            if node.get("type", "parOf") == "parOf"
        ),
        key=lambda pair: pair[0],
    )
    below: dict[str, list[str]] = {}
    for _, node in links:
        below.setdefault(node.get("srcId", ""), []).append(node.get("destId", ""))
    inner = {child for parent, children in below.items() if parent in texts for child in children}
    roots = [child for parent, children in below.items() if parent not in texts for child in children if child in texts]
    seen: set[str] = set()
    items: list[str | dict[str, list[str]]] = []
    for root in [*roots, *(name for name in texts if name not in inner and name not in roots)]:
        own = flat(root, below, texts, seen)
        if own:
            first, *rest = own
            items.append({first: rest} if rest else first)
    items += [written_plain(text) for name, text in texts.items() if text and name not in seen]
    return {"bullets": items} if items else None


def flat(root: str, below: dict[str, list[str]], texts: dict[str, str], seen: set[str]) -> list[str]:
    """The words of a point and of all under it."""
    found, waiting = [], [root]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in texts:
            continue
        seen.add(name)
        found += [written_plain(texts[name])] if texts[name] else []
        waiting += reversed(below.get(name, []))
    return found
