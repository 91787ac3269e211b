"""OMML, PowerPoint's own formulas (ISO/IEC 29500-1, 22.1) -> LaTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxml import etree

from deckgen.namespaces import A, M

SIGNS = {
    "−": "-", "×": r"\times ", "·": r"\cdot ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "±": r"\pm ", "∞": r"\infty ",
    "→": r"\to ", "≈": r"\approx ", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "∬": r"\iint ", "∮": r"\oint ",
    "⋃": r"\bigcup ", "⋂": r"\bigcap ", "∂": r"\partial ", "∇": r"\nabla ", "∈": r"\in ", "∀": r"\forall ",
    "∃": r"\exists ", "∪": r"\cup ", "∩": r"\cap ", "⊂": r"\subset ", "⊆": r"\subseteq ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ", "…": r"\ldots ", "⋯": r"\cdots ",
    "\u2061": "", "\u200b": "", "\xa0": " ",
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "^": r"\hat{}", "~": r"\sim ",
}  # fmt: skip
GREEK = re.compile("GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)")
SAME = frozenset(
    ("Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa", "Mu", "Nu", "Rho", "Tau", "Chi", "omicron")
)
"""Greek letters without a command of theirs."""
FUNCTIONS = frozenset((
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "log", "ln", "lg",
    "exp", "lim", "max", "min", "sup", "inf", "det", "gcd",
))  # fmt: skip
ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0307": "dot", "\u0308": "ddot",
    "\u030c": "check", "\u20d7": "vec", "\u0301": "acute", "\u0300": "grave", "\u0306": "breve",
}  # fmt: skip
FENCES = {"{": r"\{", "}": r"\}", "": ".", "⟨": r"\langle ", "⟩": r"\rangle ", "‖": r"\|", "⌊": r"\lfloor ",
          "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil "}  # fmt: skip
KNOWN_FENCES = frozenset("()[]|/")
ALPHABETS = {"double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak"}


def latex(node: etree._Element) -> tuple[str, tuple[str, ...]]:
    """A formula in one line, and the names of elements whose sense is left out; their content stays."""
    unknown: list[str] = []
    return " ".join(row(node, unknown).split()), tuple(dict.fromkeys(unknown))


def row(node: etree._Element | None, unknown: list[str]) -> str:
    return "" if node is None else "".join(one(child, unknown) for child in node)


def one(node: etree._Element, unknown: list[str]) -> str:
    def of(name: str) -> str:
        return row(node.find(f"{M}{name}"), unknown)

    match name := etree.QName(node).localname if isinstance(node.tag, str) else "":
        case "r":
            return run(node)
        case "f":
            bare = value(node, "fPr", "type", "bar") == "noBar"
            return rf"\{'binom' if bare else 'frac'}{{{of('num')}}}{{{of('den')}}}"
        case "rad":
            degree = of("deg")
            return (rf"\sqrt[{degree}]" if degree else r"\sqrt") + f"{{{of('e')}}}"
        case "sSup" | "sSub" | "sSubSup" | "sPre":
            marks = scripts(of("sub"), of("sup"))
            return f"{{}}{marks}{group(of('e'))}" if name == "sPre" else f"{group(of('e'))}{marks}"
        case "nary":
            sign = value(node, "naryPr", "chr", "∫")
            return f"{signs(sign).strip()}{scripts(of('sub'), of('sup'))} {of('e')}"
        case "d":
            return fenced(node, unknown)
        case "func":
            return f"{of('fName')} {of('e')}"
        case "limLow" | "limUpp":
            inside, limit = of("e").strip(), of("lim")
            mark = "_" if name == "limLow" else "^"
            if inside.startswith("\\") and inside[1:].isalpha():
                return f"{inside}{mark}{{{limit}}}"
            return rf"\{'underset' if name == 'limLow' else 'overset'}{{{limit}}}{{{inside}}}"
        case "acc":
            return rf"\{ACCENTS.get(value(node, 'accPr', 'chr', chr(0x302)), 'hat')}{{{of('e')}}}"
        case "bar":
            return rf"\{'overline' if value(node, 'barPr', 'pos', 'bot') == 'top' else 'underline'}{{{of('e')}}}"
        case "groupChr":
            return rf"\{'overbrace' if value(node, 'groupChrPr', 'pos', 'bot') == 'top' else 'underbrace'}{{{of('e')}}}"
        case "m":
            rows = [[row(cell, unknown) for cell in line.iterfind(f"{M}e")] for line in node.iterfind(f"{M}mr")]
            return table("matrix", (" & ".join(cells) for cells in rows))
        case "eqArr":
            return table("aligned", (row(line, unknown).replace(r"\&", "&") for line in node.iterfind(f"{M}e")))
        case "borderBox" | "box" | "phant":
            unknown += [name] if name != "box" else []
            return of("e")
        case "oMath" | "e" | "oMathPara":
            return row(node, unknown)
        case "" | "ctrlPr" | "oMathParaPr" | "argPr":
            return ""
        case _:
            if name.endswith("Pr"):
                return ""
            unknown.append(name)
            return row(node, unknown) or signs("".join(text for text in node.itertext() if isinstance(text, str)))


def scripts(below: str, above: str) -> str:
    return "".join(f"{mark}{group(part)}" for mark, part in (("_", below), ("^", above)) if part)


def group(part: str) -> str:
    """A part in braces, where it needs them."""
    return part if len(part.strip()) == 1 and part.strip().isalnum() else f"{{{part}}}"


def run(node: etree._Element) -> str:
    text = "".join(part.text or "" for part in node if part.tag in (f"{M}t", f"{A}t"))
    if node.find(f"{M}rPr/{M}nor") is not None and text.strip():
        return rf"\text{{{text.translate(str.maketrans('', '', '{}$%&#_^~' + chr(92)))}}}"
    if text.strip() in FUNCTIONS:
        return rf"\{text.strip()} "
    found, style = signs(text), value(node, "rPr", "sty", "i")
    if alphabet := ALPHABETS.get(value(node, "rPr", "scr", "")):
        return rf"\{alphabet}{{{found}}}"
    if style in ("b", "bi"):
        return rf"\mathbf{{{found}}}"
    return rf"\mathrm{{{found}}}" if style == "p" and len(text.strip()) > 1 and text.strip().isalpha() else found


def signs(text: str) -> str:
    return "".join(SIGNS.get(sign) or greek(sign) for sign in text if SIGNS.get(sign) != "")


def greek(sign: str) -> str:
    """The command of a Greek letter; another sign as it is."""
    found = GREEK.fullmatch(unicodedata.name(sign, "")) if not sign.isascii() else None
    if found is None:
        return sign
    name = found[2].lower().replace("lamda", "lambda").replace("epsilon", "varepsilon").replace("phi", "varphi")
    name = name if found[1] == "SMALL" else found[2].title().replace("Lamda", "Lambda")
    return sign if name in SAME else rf"\{name} "


def value(node: etree._Element, group: str, name: str, missing: str) -> str:
    found = node.find(f"{M}{group}/{M}{name}")
    return missing if found is None else found.get(f"{M}val", missing)


def fenced(node: etree._Element, unknown: list[str]) -> str:
    opening, closing = value(node, "dPr", "begChr", "("), value(node, "dPr", "endChr", ")")
    parts = [row(part, unknown) for part in node.iterfind(f"{M}e")]
    inside = signs(value(node, "dPr", "sepChr", "|")).join(parts)
    if (opening, closing) == ("{", "") and r"\begin{aligned}" in inside:
        return inside.replace("aligned}", "cases}")
    return rf"\left{fence(opening, unknown)}{inside}\right{fence(closing, unknown)}"


def fence(sign: str, unknown: list[str]) -> str:
    if sign not in FENCES and sign not in KNOWN_FENCES:
        unknown.append(f"the bracket {sign}")
        return "."
    return FENCES.get(sign, sign)


def table(name: str, rows: Iterable[str]) -> str:
    lines = r" \\ ".join(rows)
    return rf"\begin{{{name}}}{lines}\end{{{name}}}"
