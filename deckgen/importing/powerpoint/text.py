"""Paragraphs of a text -> inline Markdown, lists and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Literal, NamedTuple

from lxml import etree

from deckgen.frozen import frozen
from deckgen.importing.inline import WEB, escaped
from deckgen.importing.powerpoint.formulas import latex
from deckgen.importing.powerpoint.package import Relation
from deckgen.importing.powerpoint.shapes import chosen, count
from deckgen.namespaces import MC, A, M, R
from deckgen.read.parser import markdown
from deckgen.typeset.formula import missing_characters
from deckgen.typeset.latex import read_latex

Mark = Literal["bullet", "number", "none"]
CODE = re.compile(r"courier|consolas|mono|menlo|monaco|lucida console|source code|cascadia|fira code|\bcode\b", re.I)
SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
OWN = re.compile(r"(\{(?=\{|handout[#}])|\((?=\()|&(?=#?\w+;))")
"""What the source format, or CommonMark, reads as more than signs, beside those of `escaped`."""

TYPED = re.compile(r"\s*[•●▪■◦○‣➢➤]\s+")
"""A bullet that somebody typed."""


class Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    script: str = ""
    code: bool = False
    link: str = ""
    formula: bool = False


@frozen
class Piece:
    text: str
    look: Look


@frozen
class Paragraph:
    pieces: tuple[Piece, ...]
    level: int = 0
    mark: Mark = "none"
    start: int = 1

    @property
    def plain(self) -> str:
        """Its words, whose line breaks stay."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def code(self) -> bool:
        """Whether all of it is in a font for code."""
        return all(piece.look.code for piece in self.pieces if piece.text.strip()) and bool(self.plain.strip())


@frozen
class Setting:
    """What a text stands in: where its links lead, and whom to tell what is left out."""

    relations: Mapping[str, Relation]
    targets: Mapping[str, str]
    """The part of a slide -> its id in the source."""
    remark: Callable[[str], None]


def paragraphs(body: etree._Element, setting: Setting, marks: Callable[[etree._Element], Mark]) -> list[Paragraph]:
    """The paragraphs of a text body; `marks` tells what stands before one."""
    return [read(node, setting, marks(node)) for node in body.iterfind(f"{A}p")]


def read(node: etree._Element, setting: Setting, mark: Mark = "none") -> Paragraph:
    properties = node.find(f"{A}pPr")
    level, start = 0, 1
    if properties is not None:
        level = count(properties.get("lvl"), 0)
        number = properties.find(f"{A}buAutoNum")
        start = 1 if number is None else count(number.get("startAt"), 1)
    found = tuple(merged(pieces(node, setting)))
    if mark == "none" and found and (typed := TYPED.match(found[0].text)):
        mark, found = "bullet", (replace(found[0], text=found[0].text[typed.end() :]), *found[1:])
    return Paragraph(found, level, mark, start)


def pieces(node: etree._Element, setting: Setting) -> Iterator[Piece]:
    for child in node:
        if child.tag in (f"{A}r", f"{A}fld"):
            yield Piece(child.findtext(f"{A}t") or "", look(child.find(f"{A}rPr"), setting))
        elif child.tag == f"{A}br":
            yield Piece("\n", Look(code=True))
        elif child.tag == f"{MC}AlternateContent":
            yield from pieces(chosen(child), setting) if chosen(child) is not child else ()
        elif child.tag in (f"{M}oMathPara", f"{M}oMath") or str(child.tag).endswith("}m"):
            formulas = [child] if child.tag == f"{M}oMath" else list(child.iter(f"{M}oMath"))
            for formula in formulas:
                found, unknown = latex(formula)
                for name in unknown:
                    setting.remark(f"the formula {found!r} has a part that is left out ({name})")
                if found and not read_latex(found, True).fault and not missing_characters(found):
                    yield Piece(found, Look(formula=True))
                else:
                    plain = "".join(text.text or "" for text in formula.iter(f"{M}t"))
                    setting.remark(f"a formula is set as plain text, write it in LaTeX: {plain}")
                    yield Piece(plain, Look())


def look(properties: etree._Element | None, setting: Setting) -> Look:
    if properties is None:
        return Look()
    baseline = properties.get("baseline", "0")
    script = "" if baseline.strip("-0%") == "" else "~" if baseline.startswith("-") else "^"
    if properties.get("strike", "noStrike") != "noStrike":
        setting.remark("struck-through text is set as other text")
    if properties.get("u", "none") != "none" and properties.find(f"{A}hlinkClick") is None:
        setting.remark("underlined text is set as other text")
    if properties.find(f"{A}hlinkMouseOver") is not None:
        setting.remark("what happens under the mouse is left out")
    font = properties.find(f"{A}latin")
    code = font is not None and bool(CODE.search(font.get("typeface", "")))
    bold, italic = (properties.get(key) in ("1", "true") for key in ("b", "i"))
    return Look(bold, italic, script, code, link(properties.find(f"{A}hlinkClick"), setting))


def link(node: etree._Element | None, setting: Setting) -> str:
    """Where a link leads, as the source writes it; empty where it can't."""
    if node is None:
        return ""
    relation = setting.relations.get(node.get(f"{R}id", ""))
    if relation and not relation.external and relation.target in setting.targets:
        return f"#{setting.targets[relation.target]}"
    if relation and relation.external and WEB.fullmatch(relation.target) and not re.search(r"[<>\s]", relation.target):
        return relation.target.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
    where = relation.target if relation and relation.external else node.get("action", "").rpartition("/")[2]
    setting.remark(
        f"a link that leads neither to the web nor to a slide keeps its words alone ({where or 'to nothing'})"
    )
    return ""


def merged(found: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces of one look in one; a line break takes the look of what stands before it."""
    known: list[Piece] = []
    for piece in found:
        if piece.text == "\n" and known:
            known.append(replace(piece, look=known[-1].look._replace(formula=False)))
        elif piece.text:
            known.append(piece)
    for own, group in groupby(known, key=lambda piece: piece.look):
        yield Piece("".join(piece.text for piece in group), own)


def inline(paragraph: Paragraph, setting: Setting) -> str:
    """A paragraph as inline Markdown, each of whose words means itself."""
    wanted = words("".join(piece.text for piece in paragraph.pieces))
    written = words("".join(map(styled, paragraph.pieces)))
    if shown(written) == wanted:
        return written
    setting.remark(f"the look of parts of {shortened(wanted)!r} is left out")
    plain = words(written_plain(wanted))
    return plain if shown(plain) == wanted else SIGNS.sub(r"\\\1", wanted)


def words(text: str) -> str:
    """Text in one line, without signs that YAML has no place for. Spaces that don't break stay."""
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+", " ", text).strip()


def shortened(text: str) -> str:
    return text if len(text) < 40 else text[:37] + "..."


def shown(written: str) -> str:
    """The words that a reader sees of inline Markdown."""
    tokens = markdown().parseInline(written)[0].children or []
    return words("".join(token.content if token.content else "" for token in tokens))


def written_plain(text: str) -> str:
    return OWN.sub(r"\\\1", escaped(text))


def styled(piece: Piece) -> str:
    text, own = piece.text, piece.look
    stripped = text.strip()
    if not stripped:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if own.formula:
        return f"${stripped}$"
    if own.code:
        ticks = "`" * (1 + max(map(len, re.findall("`+", stripped)), default=0))
        pad = " " if stripped.startswith("`") or stripped.endswith("`") else ""
        made = f"{ticks}{pad}{stripped}{pad}{ticks}"
    else:
        made = written_plain(stripped)
    script = own.script if own.script and not re.search(r"\s", stripped) else ""
    sign = "*" * (2 * own.bold + own.italic)
    made = f"{script}{made}{script}"
    made = f"{sign}{made}{sign}"
    return before + (f"[{made}]({own.link})" if own.link else made) + after
