"""PowerPoint's formulas: the same structure as Pandoc makes of the same LaTeX, and valid markup."""

from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from deckgen.typeset.latex import read_latex
from deckgen.write.pptx.omml import BRACES, Ink, omml
from deckgen.write.pptx.tokens import N_ARY

FORMULAS = (Path(__file__).parent / "formulas.txt").read_text("utf-8").splitlines()
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
ACCEPTED = {
    r"\cfrac{1}{1+\cfrac{1}{2}}": "Pandoc can't read it",
    r"\cancel{x}": "Pandoc can't read it",
    r"{}_a^b X": "scripts before a letter are sPre here, scripts of nothing in Pandoc",
    r"{}^{14}_{6}\mathrm{C}": "scripts before a letter are sPre here, scripts of nothing in Pandoc",
    r"x'_1": "prime and index stand over each other here, as TeX sets them",
    r"\tfrac{1}{2}x": "a small fraction keeps its bar here, and gets a slash in Pandoc",
    r"\boldsymbol{\alpha}": "bold letters stay italic here, as TeX has them",
}
"""Formulas whose structure differs from Pandoc's, and why that is right."""
PRIMES = ("′", "″", "‴")
SAME = str.maketrans({"\u203e": "\u0305", "∥": "‖", "∣": "|"})
"""Characters that look alike and mean the same."""


def ours(latex: str) -> Element:
    found = read_latex(latex, True)
    assert found.fault is None, (latex, found.fault)
    markup = omml(found.tree, Ink(' lang="en"', ""))
    return ElementTree.fromstring(markup.replace("<m:oMath>", f"<m:oMath {NAMESPACES}>", 1))


@pytest.fixture(scope="module")
def theirs() -> dict[str, Element]:
    """Every formula as Pandoc converts it, all in one call."""
    source = "\n\n".join(f"F{i} $${latex}$$" for i, latex in enumerate(FORMULAS))
    done = subprocess.run(
        ["pandoc", "-f", "markdown+tex_math_dollars", "-t", "docx", "-o", "-"],
        input=source.encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(done.stdout)).read("word/document.xml"))
    found: dict[str, Element] = {}
    latex = ""
    for node in document.iter():
        if node.tag == f"{W}t" and (node.text or "").startswith("F"):
            latex = FORMULAS[int((node.text or "").strip()[1:])]
        elif node.tag == f"{M}oMath":
            found[latex] = node
    return found


def structure(node: Element) -> list[Any]:
    """What a formula says, as nested lists: letters with their style, and the names of what holds them.

    Left out as matters of taste or of editing alone: where runs end; that brackets are a pair that grows; what
    stands in the argument of a function or big operator and what after it; the widths of spaces; placeholders for
    nothing; that a prime is a script.
    """
    name = node.tag.removeprefix(M)
    parts = {child.tag.removeprefix(M): child for child in node}

    def row(child: str) -> list[Any]:
        return children(parts[child]) if child in parts else []

    match name:
        case "r":
            return letters(node)
        case "d":
            cells = [children(child) for child in node if child.tag == f"{M}e"]
            inner = [item for i, cell in enumerate(cells) for item in ([look(node, "sepChr")] if i else []) + cell]
            return [c for c in (look(node, "begChr"), *inner, look(node, "endChr")) if c]
        case "func":
            return row("fName") + row("e")
        case "nary":
            scripts = (row("sub"), row("sup"))
            sign = look(node, "chr")
            return [(sign, *scripts) if any(scripts) else sign, *row("e")]
        case "limLow" | "limUpp":
            return [limit(name, row("e"), row("lim"))]
        case "sSup" if row("sup") and all(mark in PRIMES for mark in row("sup")):
            return row("e") + row("sup")
        case "m":
            sides = [value(side) for side in node.iter(f"{M}mcJc")]
            return [(name, sides, [[children(e) for e in line] for line in node.iter(f"{M}mr")])]
        case "f" | "acc" | "bar" | "groupChr":
            noted = [look(node, mark) for mark in ("type", "chr", "pos")]
            noted = ["" if mark == "bar" else mark for mark in noted]
            return [(name, *noted, *(children(child) for child in node if not child.tag.endswith("Pr")))]
        case _:
            return [(name, *(children(child) for child in node if not child.tag.endswith("Pr")))]


def children(node: Element) -> list[Any]:
    return [item for child in node if not child.tag.endswith("Pr") for item in structure(child)]


def limit(name: str, base: list[Any], lim: list[Any]) -> Any:
    """A limit; those of a big operator as its own, a bar or brace as what Pandoc has no better word for."""
    if len(base) == 1 and isinstance(base[0], str) and base[0] in N_ARY:
        return (base[0], lim, []) if name == "limLow" else (base[0], [], lim)
    if len(base) == 1 and isinstance(base[0], tuple) and base[0][0] in N_ARY:
        sign, low, high = base[0]
        return (sign, lim, high) if name == "limLow" else (sign, low, lim)
    if lim == ["_"]:
        return ("bar", "", "", "bot", base)
    if len(lim) == 1 and isinstance(lim[0], str) and lim[0] in BRACES:
        return ("groupChr", "", lim[0], "bot", base)
    return (name, base, lim)


def letters(run: Element) -> list[Any]:
    """The characters of a run, letters with the style that they have."""
    found: list[Any] = []
    style = "".join(value(mark) for mark in run.iter() if mark.tag in (f"{M}sty", f"{M}scr") and value(mark) != "p")
    upright = any(value(mark) == "p" for mark in run.iter(f"{M}sty")) or run.find(f"{M}rPr/{M}nor") is not None
    for character in "".join(text.text or "" for text in run.iter(f"{M}t")).translate(SAME):
        if character.isspace() or character == "\u200b":
            continue
        letterlike = "\u2100" <= character <= "\u214f"  # such as ℏ: they have one look
        if unicodedata.category(character)[0] != "L" or letterlike or not (style or upright):
            found.append(character)
        else:
            found.append((character, style or "upright"))
    return found


def look(node: Element, name: str) -> str:
    mark = next((mark for mark in node.find(f"{node.tag}Pr") or () if mark.tag == f"{M}{name}"), None)
    return "" if mark is None else value(mark).translate(SAME)


def value(node: Element) -> str:
    return node.get(f"{M}val", "")


def test_there_are_enough_formulas() -> None:
    assert len(set(FORMULAS)) >= 200
    assert set(ACCEPTED) <= set(FORMULAS)


def test_formulas_have_the_structure_that_pandoc_gives_them(theirs: dict[str, Element]) -> None:
    compared = [latex for latex in FORMULAS if latex not in ACCEPTED]
    pairs = {latex: (children(ours(latex)), children(theirs[latex])) for latex in compared}
    wrong = {latex: pair for latex, pair in pairs.items() if pair[0] != pair[1]}
    assert not wrong, "\n".join(f"{latex}\n  {mine}\n  {other}" for latex, (mine, other) in wrong.items())


def test_what_is_accepted_does_differ(theirs: dict[str, Element]) -> None:
    """No excuse stays longer than it is needed."""
    assert not [latex for latex in ACCEPTED if latex in theirs and children(ours(latex)) == children(theirs[latex])]


@pytest.mark.parametrize(
    ("latex", "path"),
    [
        (r"\left( x \right)", "m:d/m:e/m:r"),
        (r"\left\{ x \middle| y \right\}", "m:d/m:dPr/m:sepChr[@m:val='|']"),
        (r"\sin x", "m:func/m:fName/m:r/m:rPr/m:sty[@m:val='p']"),
        (r"\sin (x + y)", "m:func/m:e/m:r"),
        (r"\lim_{n \to \infty} a", "m:func/m:fName/m:limLow/m:lim"),
        (r"\sum_i x_i", "m:nary/m:naryPr/m:supHide[@m:val='1']"),
        (r"\int_0^1 x", "m:nary/m:naryPr/m:limLoc[@m:val='subSup']"),
        (r"\sum_{i=0}^n x", "m:nary/m:naryPr/m:limLoc[@m:val='undOvr']"),
        (r"\sqrt{x}", "m:rad/m:radPr/m:degHide[@m:val='1']"),
        (r"\sqrt[3]{x}", "m:rad/m:deg/m:r"),
        (r"{}_a^b X", "m:sPre/m:e/m:r"),
        (r"\mathbb{R}", "m:r/m:rPr/m:scr[@m:val='double-struck']"),
        (r"\mathbf{x}", "m:r/m:rPr/m:sty[@m:val='b']"),
        (r"\text{if}", "m:r/m:rPr/m:nor"),
        (r"\cancel{x}", "m:borderBox/m:borderBoxPr/m:strikeBLTR[@m:val='1']"),
        (r"\overline{AB}", "m:bar/m:barPr/m:pos[@m:val='top']"),
        (r"\underbrace{x}_{n}", "m:limLow/m:e/m:groupChr"),
        (r"(a + b)^2", "m:sSup/m:e/m:r"),
        (r"\frac{a}{b}", "m:f/m:fPr/m:ctrlPr/a:rPr/a:latin[@typeface='Cambria Math']"),
    ],
)
def test_what_powerpoint_needs(latex: str, path: str) -> None:
    names = dict(pair.split("=") for pair in NAMESPACES.replace('"', "").replace("xmlns:", "").split())
    assert ours(latex).find(path, names) is not None


@pytest.mark.parametrize(
    ("latex", "text"),
    [(r"a\,b", "a\u2009b"), (r"a\quad b", "a\u2003b"), (r"a\qquad b", "a\u2003\u2003b"), (r"a\!b", "ab")],
)
def test_spaces_are_characters_of_their_width(latex: str, text: str) -> None:
    assert "".join(node.text or "" for node in ours(latex).iter(f"{M}t")) == text


def test_neighbours_of_one_look_are_one_run() -> None:
    assert [node.text for node in ours("2abc = d").iter(f"{M}t")] == ["2abc=d"]
