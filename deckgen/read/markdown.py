"""Block Markdown -> blocks. What the model has no block for is an error with its place, never left out."""

from __future__ import annotations

import re
from dataclasses import replace

from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.code import Code
from deckgen.blocks.equation import Equation
from deckgen.blocks.heading import Heading
from deckgen.blocks.numbered import LARGEST, Numbered
from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.quote import Quote
from deckgen.blocks.table import Table
from deckgen.diagnostics import NOWHERE, Span
from deckgen.model.block import Block
from deckgen.model.tabular import row_of
from deckgen.model.text import Run, Text
from deckgen.read.document import Element, Markdown
from deckgen.read.formula import check_formula
from deckgen.read.inline import BLANK, INLINE_SIGN, SPACE, read_inline
from deckgen.read.reader import Places, Reader, concerning
from deckgen.read.yaml import Scalar

BLOCK_SIGN = re.compile(r"^[ \t]*(?:[-+#>|=:]|\d+[.)]|```|~~~|\$\$)|^ {4}|^ *\t|\[\^", re.MULTILINE)
"""Text without any of these is paragraphs, and has no footnotes by label."""
PARAGRAPH = re.compile(r"[^ \t\n].*(?:\n[ \t]*[^ \t\n].*)*")
DEEPEST_HEADING = 2
SOURCE_MARK = re.compile("(?:—|–|--) *")
"""A quotation's last paragraph that begins with this names its source."""


def only_paragraphs(reader: Reader, scalar: Scalar, footnotes: bool) -> list[tuple[Text, Span]] | None:
    """The paragraphs of a text that has nothing else, and their places; None if it may have more.

    Needs no block parser.
    """
    if BLOCK_SIGN.search(scalar.value):
        return None
    places = Places(reader.source, scalar)
    return [paragraph(reader, scalar.value, found, places, footnotes) for found in PARAGRAPH.finditer(scalar.value)]


def paragraph(reader: Reader, text: str, found: re.Match[str], places: Places, footnotes: bool) -> tuple[Text, Span]:
    start = found.start()
    first, indent = text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1
    where = places.at(first, indent)
    if not INLINE_SIGN.search(found[0]):
        words = SPACE.sub(" ", found[0]).rstrip(" ")
        return (Run(words, span=where),) if not BLANK.fullmatch(words) else (), where
    lines = found[0].split("\n")
    indents = [indent, *(len(line) - len(line.lstrip(" \t")) for line in lines[1:])]

    def place(line: int, column: int) -> Span:
        return places.at(first + line, indents[line] + column)

    content = "\n".join([lines[0], *(line.lstrip(" \t") for line in lines[1:])]).rstrip(" \t")
    return read_inline(reader, content, place, {} if footnotes else None), where


@concerning("markdown")
def read_blocks(reader: Reader, scalar: Scalar, footnotes: bool) -> tuple[Block, ...]:
    """A Markdown text as blocks; `footnotes` tells whether it may have any."""
    texts = only_paragraphs(reader, scalar, footnotes)
    if texts is not None:
        return tuple(Paragraph(text=text, span=span) for text, span in texts if text)
    document = Markdown(reader, scalar, footnotes)
    blocks = [read_block(document, element) for element in document.top]
    document.check_footnotes()
    return risen(tuple(block for block in blocks if block is not None))


def risen(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, headings of the second level on the first where no heading of that stands before them.

    No level may be left out (PDF/UA-1, 7.4.2).
    """
    heads = [i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    first = heads[0] if heads else len(blocks)
    return tuple(
        replace(block, level=1) if isinstance(block, Heading) and i < first else block for i, block in enumerate(blocks)
    )


def read_block(document: Markdown, element: Element) -> Block | None:
    span = document.span(element)
    match element.type:
        case "paragraph":
            text = document.text(element)
            return Paragraph(text=text, span=span) if text else None
        case "heading":
            return read_heading(document, element)
        case "bullet_list":
            return Bullets(items=read_items(document, element), span=span)
        case "ordered_list":
            return Numbered(items=read_items(document, element), start=first_number(document, element), span=span)
        case "fence" | "code_block":
            return read_code(document, element)
        case "math_block":
            return read_equation(document, element)
        case "blockquote":
            return read_quote(document, element)
        case "table":
            return read_table(document, element)
        case _:
            document.unsupported(element, "here")
            return None


def read_heading(document: Markdown, element: Element) -> Block | None:
    level = int(element.token.tag[1:])
    text = document.text(element)
    if level > DEEPEST_HEADING:
        document.error(element, f"headings have {DEEPEST_HEADING} levels here, # and ##", "write ## or bold words")
        return None
    if not text:
        document.error(element, "this heading is empty", r"write \# for the sign itself")
        return None
    return Heading(text=text, level=level, span=document.span(element))


def first_number(document: Markdown, element: Element) -> int:
    """The number that a list begins with."""
    start = int(element.token.attrs.get("start", 1))
    if not 1 <= start <= LARGEST:
        hint = rf"write '{start}\.' where the number is part of the text"
        document.error(element, f"a numbered list begins with 1. to {LARGEST}.", hint)
        return 1
    return start


def read_items(document: Markdown, element: Element) -> tuple[Item, ...]:
    items = []
    for entry in element.children:
        text, *rest = entry.children or [Element("", entry.token, [])]
        if text.type != "paragraph":
            document.error(entry, "an item of a list begins with its text", "write text after its dash or number")
            continue
        below: tuple[Text, ...] = ()
        for child in rest:
            if child.type == "bullet_list":
                below += tuple(sub_item(document, item) for item in child.children)
            else:
                hint = "an item holds one paragraph, and under it a list that begins with '-'"
                document.unsupported(child, "in an item of a list", hint)
        if words := document.text(text):
            items.append(Item(text=words, items=tuple(item for item in below if item)))
    return tuple(items)


def sub_item(document: Markdown, entry: Element) -> Text:
    text, *rest = entry.children or [Element("", entry.token, [])]
    if text.type != "paragraph":
        document.error(entry, "an item of a list begins with its text", "write text after its dash or number")
        return ()
    for child in rest:
        document.unsupported(child, "in an item of the second level", "lists have two levels")
    return document.text(text)


def read_code(document: Markdown, element: Element) -> Block | None:
    language, *more = element.token.info.split() or ["text"]
    if more:
        message = f"only a language can stand after the backticks, found {' '.join(more)!r}"
        document.error(element, message, "leave it out, or write a block `code:` with the keys that you need")
    text = element.token.content.rstrip("\n").expandtabs(4)
    if not text.strip():
        document.error(element, "there is no code here", "write lines between the backticks, or leave them out")
        return None
    first = document.places.at(element.line + (element.type == "fence"), 0) if document.places.exact else NOWHERE
    return Code(text=text, language=language, span=document.span(element), text_place=first)


def read_equation(document: Markdown, element: Element) -> Block | None:
    """A formula between `$$`, on one line or with the signs on lines of their own."""
    latex = element.token.content
    first = element.line
    row = document.lines[first]
    opened = row.index("$$") + 2

    def place(offset: int) -> Span:
        down = latex.count("\n", 0, offset)
        start = opened + len(row[opened:]) - len(row[opened:].lstrip()) if not down else 0
        return document.places.at(first + down, start + offset - (latex.rfind("\n", 0, offset) + 1))

    latex = latex if row[opened:].strip() == "" else latex.lstrip()
    span = document.span(element)
    if not check_formula(document.reader, latex, place, display=True):
        return None
    return Equation(latex=(Run(latex.strip(), math=True, span=span),), span=span)


def read_quote(document: Markdown, element: Element) -> Block | None:
    for child in element.children:
        if child.type != "paragraph":
            document.unsupported(child, "in a quotation")
            return None
    texts = [document.text(child) for child in element.children]
    source: Text = ()
    if len(texts) == 2 and texts[1] and (found := SOURCE_MARK.match(texts[1][0].text)):
        first = texts[1][0]
        source = (replace(first, text=first.text[found.end() :]), *texts[1][1:])
    elif len(texts) != 1:
        document.error(element, "a quotation is one paragraph", "under it may stand its source: '— ' and the name")
        return None
    return Quote(text=texts[0], source=source, span=document.span(element)) if texts[0] else None


def read_table(document: Markdown, element: Element) -> Block | None:
    rows = [row for part in element.children for row in part.children]
    width = len(rows[0].children)
    for row in rows:
        written = document.lines[row.line].strip().removeprefix("|")
        count = len(re.findall(r"(?<!\\)\|", re.sub(r"(?<!\\)\|$", "", written))) + 1
        if count > width:
            hint = r"leave cells out, or write \| for a bar inside of a cell"
            document.error(row, f"this row has {count} cells, and the table {width} columns", hint)
    header, *body = [tuple(document.text(cell) for cell in row.children) for row in rows]
    if not body:
        document.error(element, "the table has no rows under its header", "write one under the line of dashes")
        return None
    cells = tuple(row_of(*row) for row in body)
    return Table(rows=cells, header=(row_of(*header),), span=document.span(element))
