"""Formulas as text on one line, in italics and small letters where that says enough: `x_i^2` is x with scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal
from xml.etree.ElementTree import Element

from deckgen.model.text import Run, Text
from deckgen.typeset.latex import mathml

SCRIPTS: dict[str, tuple[Literal["sub", "super"], ...]] = {
    "msub": ("sub",),
    "msup": ("super",),
    "msubsup": ("sub", "super"),
}
SPACED = frozenset("=<>≤≥≠≈≡∼∈∉⊂⊆→⇒⇔↦+−±∓×÷∪∩∧∨∝")
"""Signs with space around them."""


def linear(run: Run) -> Text:
    """A run that is a formula as runs of text."""
    return joined(parts(list(mathml(run.text, False)), replace(run, math=False, italic=False)))


def joined(runs: Iterator[Run]) -> Text:
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text=run.text) == run:
            run = replace(run, text=found.pop().text + run.text)
        text = run.text.lstrip(" ") if not found or found[-1].text[-1] in " (/" else run.text
        if text:
            found.append(replace(run, text=text))
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(run for run in found if run.text)


def parts(nodes: Sequence[Element], look: Run) -> Iterator[Run]:
    for node in nodes:
        yield from part(node, look)


def part(node: Element, look: Run) -> Iterator[Run]:
    """An element; what has no place on a line is written with brackets and signs."""
    text = node.text or ""
    match node.tag:
        case "mi":
            upright = len(text) > 1 or node.get("mathvariant") == "normal" or not text.isalpha()
            yield replace(look, text=f" {text} " if len(text) > 1 else text, italic=not upright)
        case "mo":
            spaced = text in SPACED and not look.script
            yield replace(look, text=f" {text} " if spaced else text)
        case "mn" | "mtext":
            yield replace(look, text=text.replace("\u00a0", " "))
        case "mspace":
            yield replace(look, text=" ")
        case "msub" | "msup" | "msubsup" if not look.script:
            function = len(node[0].text or "") > 1
            yield from [replace(run, text=run.text.rstrip(" ")) for run in part(node[0], look)]
            for script, child in zip(SCRIPTS[node.tag], node[1:], strict=True):
                yield from part(child, replace(look, script=script))
            yield replace(look, text=" " if function else "")
        case _:
            yield from written(node, look)


def written(node: Element, look: Run) -> Iterator[Run]:
    """An element with its parts one after the other, and the signs that part them."""
    signs: tuple[str, ...]
    match node.tag:
        case "mfrac":
            signs = ("", "/") if node.get("linethickness") != "0" else ("", " ")
        case "msqrt" | "mroot":
            signs = ("√", ", ")
        case "msub" | "munder":
            signs = ("", "_")
        case "msup":
            signs = ("", "^")
        case "msubsup" | "munderover":
            signs = ("", "_", "^")
        case "mtr":
            signs = ("", *[" "] * len(node))
        case "mtable":
            signs = ("", *["; "] * len(node))
        case _:
            signs = ("",) * len(node)
    children = [[*node]] if node.tag == "msqrt" else [[child] for child in node]
    for sign, child in zip(signs, children, strict=False):
        yield replace(look, text=sign)
        whole = len(list(parts(child, look))) > 1 and node.tag in ("mfrac", "msqrt", "mroot")
        yield replace(look, text="(" if whole else "")
        yield from parts(child, look)
        yield replace(look, text=")" if whole else "")
