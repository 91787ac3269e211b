"""LaTeX formulas as MathML trees (latex2mathml), in few and plain forms; what LaTeX says wrongly is a `Fault`.

The trees have no namespace. Their elements are `math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup
munder mover munderover mtable mtr mtd mstyle mphantom menclose`. A pair of delimiters that grow is a row whose first
child is `<mo form="prefix">` and whose last is `<mo form="postfix">`; one that shows nothing has no text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from deckgen.typeset.tex_rules import Fault, known_commands, similar, wrong_sign

MAX_COST = 60_000
"""How much work a formula may be: each part doubles what stands in it, since it is laid out twice."""
ENVIRONMENTS = {"aligned": "align*", "align": "align*", "split": "align*", "gathered": "matrix", "gather": "matrix"}
ENVIRONMENTS |= {"alignedat": "align*", "dcases": "cases"}
PAIRS = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "∣": "∣", "∥": "∥"}
BIG = frozenset("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆")
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""How many parts an element has."""
LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "lim sup", "lim inf", "arg max", "arg min"))
"""Names that have their limits under them in display."""
WIDE = {"^": "\u0302", "~": "\u0303"}
"""Accents that stretch over what stands under them."""
PLAINER = {"\u00b7": "\u22c5", "~": "\u223c", "\u27c2": "\u22a5"}
"""Signs that more fonts have, and which are operators there."""
NARROW = {"^": "\u02c6", "~": "\u02dc"}
"""Accents over a single letter."""
MESSAGES = {
    "NumeratorNotFoundError": "a fraction lacks its numerator",
    "DenominatorNotFoundError": "a fraction lacks its denominator",
    "ExtraLeftOrMissingRightError": r"\left and \right don't pair",
    "MissingSuperScriptOrSubscriptError": "nothing is written after ^ or _",
    "DoubleSubscriptsError": "two subscripts follow each other",
    "DoubleSuperscriptsError": "two superscripts follow each other",
    "NoAvailableTokensError": "a command lacks what it applies to",
    "MissingEndError": r"\begin has no \end",
    "InvalidAlignmentError": "columns are aligned by l, c and r",
    "InvalidWidthError": "this is no width",
    "LimitsMustFollowMathOperatorError": r"\limits must follow an operator such as \sum",
}
HINTS = {
    "DoubleSubscriptsError": "put braces around the first part: {x_1}_2",
    "DoubleSuperscriptsError": "put braces around the first part: {x^2}^3",
    "NoAvailableTokensError": r"write it behind in braces, as in \sqrt{x}",
}
UNCLEAR = "compare its braces and commands with the formulas in the documentation"
TWO = re.compile(r"\\(?:[cdt]?frac|[dt]?binom|overset|underset|stackrel|genfrac)(?![a-zA-Z])")
BARE_SCRIPT = re.compile(r"[\^_]\s*(?=$|[}&^_])")


TOO_DEEP = Fault(0, "the formula nests too deep", "divide it in two")


class Formula(NamedTuple):
    """A formula as a tree, or what is wrong with it."""

    tree: Element
    fault: Fault | None = None


@lru_cache(4096)
def read_latex(latex: str, display: bool) -> Formula:
    """The tree of a LaTeX formula. Don't change it: it is kept. Takes bounded time, whatever the text."""
    if fault := wrong_sign(latex):
        return Formula(Element("math"), fault)
    try:
        raw = converted(latex, display)
        if any(len(node) < PARTS.get(node.tag, 0) for node in raw.iter()):
            hint = "give it all its arguments in braces, such as {a}{b}"
            return Formula(Element("math"), Fault(last_command(latex), "a command lacks what it applies to", hint))
        tree = made("math", row(raw, display), display="block" if display else "inline")
        return Formula(tree, wrong_leaf(latex, tree) or too_deep(tree))
    except RecursionError:
        return Formula(Element("math"), TOO_DEEP)
    except Exception as problem:  # The library raises many kinds, also by accident: all mean broken LaTeX.
        message = MESSAGES.get(type(problem).__name__, "the formula can't be understood")
        bare = BARE_SCRIPT.search(latex)
        where = bare.start() if bare and "after ^ or _" in message else 0
        return Formula(Element("math"), Fault(where, message, HINTS.get(type(problem).__name__, UNCLEAR)))


def mathml(latex: str, display: bool) -> Element:
    """The tree of a formula that has no fault."""
    return read_latex(latex, display).tree


def last_command(latex: str) -> int:
    """Where the last of the commands stands that want two arguments: most likely it is the one that lacks one."""
    found = [match.start() for match in TWO.finditer(latex)]
    return found[-1] if found else 0


def converted(latex: str, display: bool) -> Element:
    """What latex2mathml makes of it, entities resolved."""
    from latex2mathml.converter import Converter  # Loads a table of all symbols.

    raw = Converter(display="block" if display else "inline").convert_to_element(rewritten(latex))
    for node in raw.iter():
        node.text = html.unescape(node.text or "")
    return raw


def rewritten(latex: str) -> str:
    """The same formula in the words that latex2mathml knows."""
    latex = re.sub(
        r"\\(begin|end)\s*\{(\w+\*?)\}",
        lambda found: f"\\{found[1]}{{{ENVIRONMENTS.get(found[2].rstrip('*'), found[2])}}}",
        latex,
    )
    latex = re.sub(r"\\begin\{align\*\}\s*\{\d+\}", r"\\begin{align*}", latex)
    # Without braces, a script would hang on the closing bracket of a matrix alone.
    latex = latex.replace("\\begin{", "{\\begin{")
    latex = re.sub(r"(\\end\{\w+\*?\})", r"\1}", latex)
    # A font for one letter would be taken for a symbol of its own, and \mathrm{d} for an italic one.
    return re.sub(r"\\(mathrm|mathit|mathsf|mathtt)\{", r"\\\1 {", latex)


def row(parent: Element, display: bool) -> list[Element]:
    """The children of an element, each in its plain form, delimiters paired."""
    return paired([plain for child in parent for plain in tidy(child, display)])


def tidy(node: Element, display: bool) -> Iterator[Element]:
    """The element in its plain form; a row without meaning of its own gives its children."""
    match node.tag:
        case "mi" | "mn" | "mo" | "mtext" | "mspace" if not len(node):
            yield from leaf(node)
        case "mrow" | "mpadded" | "math" | "mi" | "mo":
            children = row(node, display)
            if len(children) == 1:
                yield children[0]
            elif children or node.tag == "mrow":
                yield made("mrow", children)
        case "mstyle":
            style = node.get("displaystyle")
            children = row(node, display if style is None else style == "true")
            if style is None:
                yield made("mrow", children) if len(children) != 1 else children[0]
            else:
                yield made("mstyle", children, displaystyle=style)
        case "msqrt" | "mphantom" | "menclose" | "mtd":
            kept = {name: value for name, value in node.items() if name in ("notation", "columnalign")}
            yield made(node.tag, row(node, display), **kept)
        case "mtable" | "mtr":
            yield made(node.tag, [plain for child in node for plain in tidy(child, display)], **table_look(node))
        case _:
            yield scripted(node, display)


def leaf(node: Element) -> Iterator[Element]:
    """A token: text in its kind of element, with the few attributes that matter."""
    text = node.text or ""
    if node.tag == "mspace":
        if not node.get("linebreak"):
            yield made("mspace", width=node.get("width", "0em"))
        else:
            yield made("mi", text="\\\\")
        return
    if not text and not node.get("form"):
        return
    kept = {name: value for name, value in node.items() if name in ("mathvariant", "form", "minsize", "maxsize")}
    tag = node.tag
    if node.get("stretchy") == "false" or (tag == "mo" and not text.strip() and not node.get("form")):
        kept["stretchy"] = "false"
    text = PLAINER.get(text, text)
    if node.get("fence") == "true" and not node.get("form"):  # \middle
        kept["form"] = "infix"
    if text == "mod":
        tag, kept = ("mo", {"lspace": "0.222em", "rspace": "0.222em"}) if tag == "mo" else ("mtext", {})
    elif tag == "mo" and len(text) > 1 and text[:1].isalpha():
        tag, kept = "mi", {}
    elif tag == "mi" and len(text) == 1 and unicodedata.category(text)[0] in "PS" and text not in "′″‴⁗∞∂∅∇":
        tag, kept = "mo", {"stretchy": "false"}
    yield made(tag, (), text.replace("\u2006", " ").replace("\u2009", " ") if tag == "mi" else text, **kept)


def scripted(node: Element, display: bool) -> Element:
    """Fractions, roots and scripts: elements of a fixed number of parts, each part one element."""
    tag = node.tag
    if tag == "mover" and node[1].text in WIDE:
        narrow = node.get("accent") == "true" or node[1].get("stretchy") == "false"
        node[1].text = (NARROW if narrow else WIDE)[node[1].text]
    parts = [single([*tidy(child, display)]) for child in node]
    more = len(parts) - PARTS[tag]
    if more > 0:  # A base of several elements, such as a binomial, that the library did not gather.
        parts = [single(paired(parts[: more + 1])), *parts[more + 1 :]]
    if display and takes_limits(parts[0]):
        tag = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}.get(tag, tag)
    kept = {"linethickness": "0"} if node.get("linethickness", "").startswith("0") else {}
    return made(tag, parts, **kept)


def takes_limits(base: Element) -> bool:
    """Whether an operator has its limits over and under it in display."""
    return (base.text or "") in (LIMITS if base.tag == "mi" else BIG if base.tag == "mo" else ())


def single(nodes: list[Element]) -> Element:
    return nodes[0] if len(nodes) == 1 else made("mrow", nodes)


def table_look(node: Element) -> dict[str, str]:
    kept = {name: value for name, value in node.items() if name in ("columnlines", "rowlines", "columnspacing")}
    if "columnspacing" in kept:
        kept["columnspacing"] = "0em 1em"
    return kept


def paired(nodes: list[Element]) -> list[Element]:
    """The elements of a row, with delimiters that grow gathered into rows of their own."""
    if len(nodes) >= 2 and is_open(nodes[0]) and is_close(nodes[-1]):
        return [made("mrow", nodes)]
    if len(nodes) == 2 and is_open(nodes[0]) and nodes[1].tag == "mtable":
        return [made("mrow", [*nodes, made("mo", form="postfix")])]
    found: list[Element] = []
    for node in nodes:
        if found and found[-1].text == STROKE and node.tag == "mo":
            found.pop()
            node = made("mo", text=unicodedata.normalize("NFC", f"{node.text}\u0338"))
        found.append(node)
        body = found[-2] if len(found) > 2 else None
        if body is not None and (body.tag == "mtable" or body.get("linethickness") == "0") and fits(found[-3], node):
            opening = made("mo", text=found[-3].text or "", form="prefix")
            found[-3:] = [made("mrow", [opening, body, made("mo", text=node.text or "", form="postfix")])]
    return found


STROKE = "\u29f8"
"""What `\\not` gives before the sign that it strikes out."""


def fits(opening: Element, closing: Element) -> bool:
    """Whether two operators are the delimiters that latex2mathml puts round a matrix or a binomial."""
    grow = all(mo.tag == "mo" and "stretchy" not in mo.attrib for mo in (opening, closing))
    return grow and PAIRS.get(opening.text or "") == closing.text


def is_open(node: Element) -> bool:
    return node.tag == "mo" and node.get("form") == "prefix"


def is_close(node: Element) -> bool:
    return node.tag == "mo" and node.get("form") == "postfix"


def made(tag: str, children: Iterable[Element] = (), text: str = "", **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.text = text
    element.extend(children)
    return element


def wrong_leaf(latex: str, tree: Element) -> Fault | None:
    """A token that shows that a command was not understood."""
    for node in tree.iter():
        text = node.text or ""
        if text.startswith("\\") and len(text) > 1:
            at = re.search(re.escape(text) + r"(?![a-zA-Z])", latex)
            where = at.start() if at else 0
            if text == "\\\\":
                return Fault(where, r"\\ can't break a line here", r"write \begin{aligned} ... \\ ... \end{aligned}")
            if text.startswith("\\begin") or text[1:] in ENVIRONMENTS:
                return Fault(where, f"unknown environment {text!r}", "")
            return Fault(where, f"unknown command {text}", similar(text, known_commands()))
    return None


def too_deep(tree: Element) -> Fault | None:
    return TOO_DEEP if cost(tree) > MAX_COST else None


def cost(node: Element) -> int:
    return 1 + 2 * sum(cost(child) for child in node)
