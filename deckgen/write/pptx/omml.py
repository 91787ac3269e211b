"""MathML -> OMML, PowerPoint's own formulas (ISO/IEC 29500-1, 22.1), which people can edit."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from deckgen.frozen import frozen
from deckgen.write.pptx.grouping import bracketed, flat, is_bare_script, is_fenced, is_operator, limits, reach
from deckgen.write.pptx.markup import attributes, element, text
from deckgen.write.pptx.tokens import Token, is_function, operator, token_of

FONT = "Cambria Math"
"""The only maths font that every PowerPoint has."""
INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
EMPTY = "\u200b"
"""Stands where OMML needs something: PowerPoint would show a dotted box."""
ACCENTS = {
    "\u02c6": "\u0302", "\u02dc": "\u0303", "\u00af": "\u0305", "\u00b4": "\u0301", "`": "\u0300", "\u02d9": "\u0307",
    "\u00a8": "\u0308", "\u02c7": "\u030c", "\u02d8": "\u0306", "\u02da": "\u030a", "→": "\u20d7", "←": "\u20d6",
    "↔": "\u20e1", "\u20db": "\u20db", "\u20dc": "\u20dc", "\u0302": "\u0302", "\u0303": "\u0303",
}  # fmt: skip
"""The sign over a letter -> the combining character by which OMML names it."""
BRACES = "⏞⏟⎴⎵⏜⏝"
BAR = "\u2015"


@frozen
class Ink:
    """How a formula is set: the attributes of its character properties, and their fill."""

    attrs: str
    fill: str

    def properties(self, style: str = "i") -> str:
        """`a:rPr` for a style of OMML: plain, bold, italic or both."""
        look = attributes(b=1 if "b" in style else 0, i=1 if "i" in style else 0)
        font = f"<a:latin{attributes(typeface=FONT)}/><a:ea{attributes(typeface=FONT)}/>"
        return f"<a:rPr{self.attrs}{look}>{self.fill}{font}</a:rPr>"

    def control(self) -> str:
        return f"<m:ctrlPr>{self.properties()}</m:ctrlPr>"


def omml(tree: Element, ink: Ink) -> str:
    """`m:oMath` for a tree as `typeset.latex` makes them."""
    return f"<m:oMath>{Converter(ink).row(list(tree))}</m:oMath>"


@frozen
class Converter:
    ink: Ink

    def row(self, nodes: Sequence[Element]) -> str:
        """The elements of a row; operators take the element after them as their own, tokens of one look one run."""
        nodes = bracketed(flat(nodes))
        parts: list[str] = []
        tokens: list[Token] = []
        i = 0
        while i < len(nodes):
            end = reach(nodes, i)
            token = token_of(nodes[i]) if end == i + 1 else None
            if token:
                tokens.append(token)
            else:
                parts += [self.runs(tokens), self.taking(nodes[i], nodes[i + 1 : end])]
                tokens = []
            i = end
        return "".join([*parts, self.runs(tokens)])

    def taking(self, node: Element, body: Sequence[Element]) -> str:
        """An element with those after it that belong to it."""
        if sign := operator(node):
            return self.n_ary(node, sign, body)
        if is_bare_script(node) and body:
            return self.pre_scripts(node, body)
        if is_function(node) and body:
            return self.made("func", "", self.row_in("fName", [node]) + self.row_in("e", body))
        return self.one(node)

    def one(self, node: Element) -> str:
        """An element on its own."""
        match node.tag:
            case "mrow" | "mstyle" | "math":
                children = list(node)
                return self.delimited(children) if is_fenced(children) else self.row(children)
            case "mfrac":
                look = '<m:type m:val="noBar"/>' if node.get("linethickness") == "0" else ""
                return self.made("f", look, self.row_in("num", node[:1]) + self.row_in("den", node[1:]))
            case "msqrt":
                return self.made("rad", '<m:degHide m:val="1"/>', "<m:deg/>" + self.row_in("e", list(node)))
            case "mroot":
                return self.made("rad", "", self.row_in("deg", node[1:]) + self.row_in("e", node[:1]))
            case "msub" | "msup" | "msubsup":
                return self.scripts(node)
            case "mover" | "munder" | "munderover":
                return self.stacked(node)
            case "mtable":
                return self.table(node)
            case "mphantom":
                return self.made("phant", '<m:show m:val="0"/>', self.row_in("e", list(node)))
            case "menclose":
                return self.made("borderBox", frame(node.get("notation", "box")), self.row_in("e", list(node)))
            case _:
                return self.row([node])

    def runs(self, tokens: Sequence[Token]) -> str:
        """`m:r` for each stretch of tokens in one look."""
        found: list[Token] = []
        for token in tokens:
            if found and found[-1][1:] == token[1:]:
                token = token._replace(text=found.pop().text + token.text)
            found.append(token)
        return "".join(map(self.run, found))

    def run(self, token: Token) -> str:
        script = f'<m:scr m:val="{token.alphabet}"/>' if token.alphabet else ""
        style = f'<m:sty m:val="{token.style}"/>' if token.style else ""
        look = (
            element("m:rPr", "", "<m:nor/>" if token.words else script + style) if token[1:] != ("", "", False) else ""
        )
        space = ' xml:space="preserve"' if token.text != token.text.strip() else ""
        italic = "p" if token.words else token.style or "i"
        return f"<m:r>{look}{self.ink.properties(italic)}<m:t{space}>{text(token.text)}</m:t></m:r>"

    def made(self, name: str, properties: str, children: str) -> str:
        return f"<m:{name}><m:{name}Pr>{properties}{self.ink.control()}</m:{name}Pr>{children}</m:{name}>"

    def named(self, name: str, content: str) -> str:
        return f"<m:{name}>{content or self.runs([Token(EMPTY)])}</m:{name}>"

    def row_in(self, name: str, nodes: Sequence[Element]) -> str:
        return self.named(name, self.row(nodes))

    def n_ary(self, node: Element, sign: str, body: Sequence[Element]) -> str:
        """A big operator with its limits and what it stands before."""
        below, above = limits(node)
        hidden = "" if below is not None else '<m:subHide m:val="1"/>'
        hidden += "" if above is not None else '<m:supHide m:val="1"/>'
        place = "subSup" if node.tag.startswith("msu") or (len(node) == 0 and sign in INTEGRALS) else "undOvr"
        look = f'<m:chr{attributes_m(val=sign)}/><m:limLoc m:val="{place}"/><m:grow m:val="1"/>{hidden}'
        sub = self.row_in("sub", [below]) if below is not None else "<m:sub/>"
        sup = self.row_in("sup", [above]) if above is not None else "<m:sup/>"
        return self.made("nary", look, sub + sup + self.row_in("e", body))

    def delimited(self, children: Sequence[Element]) -> str:
        """Brackets that grow with what stands between them; bars in the middle part it."""
        first, *inner, last = children
        cells: list[list[Element]] = [[]]
        parting = ""
        for node in inner:
            if node.tag == "mo" and node.get("form") == "infix":
                parting = node.text or ""
                cells.append([])
            else:
                cells[-1].append(node)
        look = f"<m:begChr{attributes_m(val=first.text or '')}/>"
        look += f"<m:sepChr{attributes_m(val=parting)}/>" if parting else ""
        look += f"<m:endChr{attributes_m(val=last.text or '')}/>"
        return self.made("d", look, "".join(self.row_in("e", cell) for cell in cells))

    def scripts(self, node: Element) -> str:
        name, parts = {
            "msub": ("sSub", ("e", "sub")), "msup": ("sSup", ("e", "sup")), "msubsup": ("sSubSup", ("e", "sub", "sup")),
        }[node.tag]  # fmt: skip
        return self.made(name, "", "".join(self.row_in(p, [child]) for p, child in zip(parts, node, strict=True)))

    def pre_scripts(self, node: Element, base: Sequence[Element]) -> str:
        below, above = limits(node)
        parts = [self.row_in(name, [n] if n is not None else []) for name, n in (("sub", below), ("sup", above))]
        return self.made("sPre", "", "".join(parts) + self.row_in("e", base))

    def stacked(self, node: Element) -> str:
        """Something over or under a base: an accent, a bar, a brace, or a limit."""
        base, *others = node
        over = node.tag == "mover"
        sign = others[0].text or "" if others[0].tag == "mo" else ""
        if len(others) == 2:
            upper = self.made("limUpp", "", self.row_in("e", [base]) + self.row_in("lim", [others[1]]))
            return self.made("limLow", "", self.named("e", upper) + self.row_in("lim", [others[0]]))
        body = self.row_in("e", [base])
        if sign == BAR:
            return self.made("bar", f'<m:pos m:val="{"top" if over else "bot"}"/>', body)
        if over and sign in ACCENTS and not is_operator(base):
            return self.made("acc", f"<m:chr{attributes_m(val=ACCENTS[sign])}/>", body)
        if sign and sign in BRACES:
            place = ("top", "bot") if over else ("bot", "top")
            look = f'<m:chr{attributes_m(val=sign)}/><m:pos m:val="{place[0]}"/><m:vertJc m:val="{place[1]}"/>'
            return self.made("groupChr", look, body)
        return self.made("limUpp" if over else "limLow", "", body + self.row_in("lim", others))

    def table(self, node: Element) -> str:
        """Rows of cells. Aligned lines are cells, too: not every program knows `m:eqArr` with its marks."""
        sides = [cell.get("columnalign", "center") for cell in max(node, key=len)]
        columns = "".join(
            f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{side}"/></m:mcPr></m:mc>' for side in sides
        )
        rows = ""
        for line in node:
            cells = [*line, *[None] * (len(sides) - len(line))]
            rows += element("m:mr", "", "".join(self.row_in("e", [] if c is None else list(c)) for c in cells))
        return self.made("m", f'<m:plcHide m:val="1"/><m:mcs>{columns}</m:mcs>', rows)


def frame(notation: str) -> str:
    """`m:borderBoxPr` for a box, or for lines that strike something out."""
    strikes = {"updiagonalstrike": "strikeBLTR", "downdiagonalstrike": "strikeTLBR", "horizontalstrike": "strikeH"}
    found = [mark for name, mark in strikes.items() if name in notation.split()]
    hidden = ["hideTop", "hideBot", "hideLeft", "hideRight"] if found else []
    order = ("hideTop", "hideBot", "hideLeft", "hideRight", "strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
    return "".join(f'<m:{name} m:val="1"/>' for name in order if name in (*hidden, *found))


def attributes_m(**values: str) -> str:
    """Attributes in OMML's own namespace."""
    return "".join(attributes(**{name: value}).replace(f" {name}=", f" m:{name}=", 1) for name, value in values.items())
