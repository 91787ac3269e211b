"""A judge of decks for people who hear them: what PowerPoint's check of accessibility asks of slides."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from deckgen.namespaces import MC, A, M, P

SHAPES = (f"{P}sp", f"{P}pic", f"{P}graphicFrame", f"{P}cxnSp")
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
LISTS = re.compile(r"[\w-]+/\d+/((left|right)/)?table")
"""The names of lists that stand in cells: agendas, and the sides of comparisons."""
TITLES = ("title", "ctrTitle")


def findings(deck: bytes) -> list[str]:
    """Everything that a screen reader would stumble over."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        names = sorted(name for name in package.namelist() if re.fullmatch(r"ppt/slides/[^/]+\.xml", name))
        slides = {name: etree.fromstring(package.read(name)) for name in names}
    titles = {name: title(tree) for name, tree in slides.items()}
    counts = Counter(titles.values())
    twice = [f"{name}: another slide has the title {own!r}" for name, own in titles.items() if own and counts[own] > 1]
    return twice + [f"{name}: {fault}" for name, tree in slides.items() for fault in faults(tree)]


def title(tree: Any) -> str:
    return next((" ".join(words(node).split()) for node in told(tree) if holder(node) in TITLES), "")


def faults(tree: Any) -> Iterator[str]:
    if not title(tree):
        yield "no title"
    shapes = list(told(tree))
    first = next((i for i, node in enumerate(shapes) if holder(node) in TITLES), 0)
    if any(words(node) or node.tag == f"{P}graphicFrame" for node in shapes[:first]):
        yield "something is read before the title"
    for node in shapes:
        table = next(node.iter(f"{A}tblPr"), None)
        if table is not None:
            if not LISTS.fullmatch(named(node).get("name", "")) and not {"firstRow", "firstCol"} & {*table.keys()}:
                yield f"the table {named(node).get('name')!r} has no heads"
        elif not words(node) and not named(node).get("descr") and not described(node):
            yield f"{named(node).get('name')!r} has no description, and is no decoration"


def told(tree: Any) -> Iterator[Any]:
    """The shapes that are read out, in the order in which they are."""
    for node in tree.iter(*SHAPES):
        aside = next(node.iterancestors(f"{MC}Fallback"), None) is not None
        if not aside and next(named(node).iter(DECORATIVE), None) is None:
            yield node


def named(node: Any) -> Any:
    return node[0].find(f"{P}cNvPr")


def described(node: Any) -> bool:
    """Whether a group around a shape says what is seen, or is a decoration."""
    groups = [named(group) for group in node.iterancestors(f"{P}grpSp")]
    return any(group.get("descr") or next(group.iter(DECORATIVE), None) is not None for group in groups)


def holder(node: Any) -> str:
    found = node.find(f"*/{P}nvPr/{P}ph")
    return "" if found is None else found.get("type", "obj")


def words(node: Any) -> str:
    """Its words, where formulas count as such; lines are divided by spaces."""
    return "".join(
        " " if one.tag == f"{A}br" else one.text or "" for one in node.iter(f"{A}t", f"{A}br", f"{M}t")
    ).strip()
