"""Reads slides and their blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from deckgen.blocks import block_class, kind_of, kinds
from deckgen.blocks.columns import Column
from deckgen.blocks.heading import Heading
from deckgen.diagnostics import CODES, WARNINGS, shortened
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block, leaves
from deckgen.model.chart import Numbers
from deckgen.model.deck import Data, Entry, Footer, Parameters, PrintPage, Severities, Severity, Slide
from deckgen.model.formats import Format
from deckgen.model.grid import Grid
from deckgen.model.listing import Listing
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.tabular import Head, Row
from deckgen.model.text import Formula, Paragraph, Run
from deckgen.read.clip import read_clip
from deckgen.read.data import named_grid, read_data, read_parameters
from deckgen.read.formats import read_format
from deckgen.read.formula import read_formula
from deckgen.read.grid import read_grid
from deckgen.read.hints import quote_hint
from deckgen.read.image import read_image
from deckgen.read.include import read_entries
from deckgen.read.listing import read_listing
from deckgen.read.markdown import read_blocks, risen
from deckgen.read.notes import read_notes
from deckgen.read.numbers import read_names, read_numbers
from deckgen.read.production import read_print
from deckgen.read.reader import BAD, Read, Reader
from deckgen.read.scalars import one_of, scalar
from deckgen.read.schema import first_key, keys, make, read_as, read_mapping, read_short, read_value, required
from deckgen.read.styles import read_handouts
from deckgen.read.yaml import Hole, Mapping, Node, Scalar, Sequence

BODY = "body"
BESIDE = frozenset({"only", "reveal", "cheat", "id", "spill"})
"""Keys that may stand beside the kind: every kind has the first three, those with numbers in print the others."""
FOOTER_PARTS = ("title", "event", "date")
MAX_PROSE = 100_000
"""Characters of one Markdown text without signs; it costs little."""


def read_slide(reader: Reader, node: Node) -> Any:
    """A slide, with what must be true of its title and its blocks."""
    slide = read_contents(Slide, reader, node)
    if slide is not BAD and slide.span not in reader.incomplete:
        check_title(slide, node.get("title") if isinstance(node, Mapping) else None, reader)
        check_blocks(slide, reader)
    return slide


def read_page(reader: Reader, node: Node) -> Any:
    """A page for print; a heading that its text begins with is its title. Headings stand under a title."""
    page = read_mapping(PrintPage, reader, node)
    if page is BAD or page.title:
        return page
    heads = [block for block in page.page if isinstance(block, Heading)]
    if heads and heads[0] is page.page[0]:
        return replace(page, title=heads[0].text, page=risen(page.page[1:]))
    if heads:
        reader.error(heads[0].span, "the page has headings, and no title over them", "begin it with a line '# Title'")
    return page


def read_column(reader: Reader, node: Node) -> Any:
    """A column from its keys, or from its blocks alone."""
    if not isinstance(node, Mapping):
        node = Mapping(((Scalar(BODY, "", node.line, node.column, node.line), node),), node.line, node.column)
    return read_contents(Column, reader, node)


def read_contents(cls: Any, reader: Reader, node: Node) -> Any:
    """A slide or a column. A block that stands on it by its own name is short for a `body` of this one block."""
    if not isinstance(node, Mapping):
        return read_mapping(cls, reader, node)
    contents = [(name, value) for name, value in node.pairs if name.value == BODY or name.value in kinds()]
    for name, _ in contents[1:]:
        hint = f"put all blocks into {BODY!r}, each as an entry of the list"
        reader.error(name, f"{name.value!r} is a second content of the {cls.__name__.lower()}", hint)
        reader.incomplete.add(reader.span(node))
    pairs = [pair for pair in node.pairs if pair not in contents]
    pairs += [as_body(name, value) for name, value in contents[:1]]
    return read_mapping(cls, reader, node._replace(pairs=tuple(pairs)), further=kinds())


def check_title(slide: Slide, written: Node | None, reader: Reader) -> None:
    """A slide has one title: its own, or that of a block which takes its place. `written` is the value of its key."""
    titles = [block for block in slide.body if block.slide_title()]
    if slide.title and titles:
        hint = "leave out the title, or write the words as a paragraph"
        reader.error(
            titles[0].span, f"a {kind_of(titles[0])} takes the place of the title, and the slide has one", hint
        )
    elif not slide.title and not titles and written:
        hint = "write one sentence that says what the slide shows; text that begins with # must stand in quotes"
        reader.error(written, "nothing is written for 'title'", hint)
    elif not slide.title and not titles:
        what = "the slide has no title" if slide.body or slide.handout else "the slide is empty"
        reader.error(slide.span, what, "give it a title: one sentence that says what it shows")


def check_blocks(slide: Slide, reader: Reader) -> None:
    drawn = [block for _, block in leaves(slide.body) if block.NUMBERED == "figure"]
    for run in (run for block in drawn for run in block.shown() if run.note):
        reader.error(run.span, "a figure can't have a footnote", "hang it on the caption or on other text")
    shown = [block for block in slide.body if block.only != "handout"]
    for block in shown:
        name = kind_of(block)
        if block.PRINT_ONLY:
            hint = "write it in the slide's 'handout' text, or set 'only: handout' beside it"
            reader.error(block.span, f"{name!r} can stand in the handout only", hint)
        elif block.SOLE and len(shown) > 1:
            hint = "move the other blocks to a slide of their own, or set 'only: handout' beside them"
            reader.error(block.span, f"{name!r} needs the slide for itself", hint)
        for inner in block.inner():
            if inner.SOLE or inner.PRINT_ONLY:
                reader.error(inner.span, f"{kind_of(inner)!r} can't stand in a column", "give it a slide of its own")


def as_body(name: Scalar, value: Node) -> tuple[Scalar, Node]:
    if name.value == BODY:
        return name, value
    block = Mapping(((name, value),), name.line, name.column)
    return name._replace(value=BODY), Sequence((block,), name.line, name.column)


def read_markdown(read: Callable[[Reader, Scalar], Any], reader: Reader, node: Node) -> Any:
    value = scalar(reader, node, "text", MAX_PROSE)
    if value is None:
        return BAD
    before = len(reader.diagnostics)
    content = read(reader, value)
    return BAD if len(reader.diagnostics) > before else content


def read_prose(reader: Reader, node: Node) -> Any:
    """Handout text, the only one that may have blanks to fill in."""
    reader.blanks = True
    prose = read_markdown(partial(read_blocks, footnotes=True), reader, node)
    reader.blanks = False
    return prose


def read_body(reader: Reader, node: Node) -> Any:
    """A list of blocks, or a Markdown text."""
    if isinstance(node, Scalar):
        return read_markdown(partial(read_blocks, footnotes=True), reader, node)
    if not isinstance(node, Sequence):
        hint = "begin each block with '- '" if isinstance(node, Mapping) else ""
        return reader.expected("a list of blocks, or Markdown text", node, hint)
    reader.footnotes, before = True, reader.footnotes
    blocks = [read_block(reader, child) for child in node.items]
    reader.footnotes = before
    if BAD in blocks:
        reader.incomplete.add(reader.span(node))
    return BAD if blocks and all(b is BAD for b in blocks) else tuple(b for b in blocks if b is not BAD)


def read_block(reader: Reader, node: Node) -> Any:
    """`kind: value`, with `only:` or `reveal:` beside it if need be; text alone is a paragraph."""
    if isinstance(node, Scalar):
        if node.empty:
            return reader.error(node, "an entry of the list is empty", "delete its dash")
        return read_kind("paragraph", reader, node, node)
    if not isinstance(node, Mapping):
        return reader.expected("a block", node, "write '- bullets:' and the list under it, or another kind of block")
    beside = {name.value: value for name, value in node.pairs if name.value in BESIDE}
    named = [(name, value) for name, value in node.pairs if name.value not in beside]
    if len(named) != 1:
        return one_kind(reader, node, named)
    name, value = named[0]
    if name.value not in kinds():
        message = f"unknown kind of block {shortened(name.value)!r}"
        if isinstance(value, Scalar) and not name.value.islower():
            return reader.error(name, message, quote_hint(node))
        return reader.unknown(name, message, kinds())
    block = read_kind(name.value, reader, value, name)
    if not beside or block is BAD:
        return block
    if absent := [word for word in beside if word not in keys(block.__class__)]:
        where = next(key for key, _ in node.pairs if key.value == absent[0])
        hint = "figures, tables, listings and equations have one, and slides and sections an id"
        return reader.error(where, f"{name.value!r} has no number in print, and so no {absent[0]!r}", hint)
    if "id" in beside:
        reader.ids[block.span] = reader.span(beside["id"])
    more = {word: read_value(keys(block.__class__)[word], reader, value) for word, value in beside.items()}
    return BAD if BAD in more.values() else replace(block, **more)


def one_kind(reader: Reader, node: Node, named: list[tuple[Scalar, Node]]) -> Any:
    if not named:
        return reader.error(node, "the kind of block is missing", f"write one of: {', '.join(sorted(kinds()))}")
    second = named[1][0]
    if second.value in kinds():
        return reader.error(second, "a second block begins in the same entry", f"write '- {second.value}:'")
    hint = f"indent {shortened(second.value)!r} under {named[0][0].value!r} if it belongs to it"
    return reader.error(second, "an entry of 'body' holds one block, with 'only' or 'reveal' beside it", hint)


def read_kind(kind: str, reader: Reader, node: Node, name: Node) -> Any:
    """A block of a kind from its value. The block's place is that of its value, or of its name if that is empty."""
    cls: Any = block_class(kind)
    if isinstance(node, Hole):
        return BAD
    if isinstance(node, Scalar) and node.empty:
        if missing := ", ".join(sorted(required(cls))) or " or ".join(cls.EITHER):
            return reader.error(name, f"nothing is written for {kind!r}", f"write under it: {missing}")
        return make(cls, reader, name, {})
    if isinstance(node, Mapping) or required(cls) - {first_key(cls)}:
        return read_mapping(cls, reader, node)
    if set(keys(cls)) <= BESIDE:
        hint = f"leave out what stands after '{kind}:', since it is made from the deck itself"
        return reader.expected("nothing", node, hint)
    return read_short(cls, reader, node)


def read_head(reader: Reader, node: Node) -> Any:
    """The rows of a table's header; a list of cells is one row."""
    if isinstance(node, Sequence) and not any(isinstance(item, Sequence) for item in node.items):
        node = node._replace(items=(node,))
    return read_as(tuple[Row, ...], reader, node)


def read_footer(reader: Reader, node: Node) -> Any:
    """A list of what the footer shows, or one of it; `none` for nothing."""
    if isinstance(node, Scalar) and node.value == "none":
        return ()
    nodes = node.items if isinstance(node, Sequence) else (node,)
    parts = [one_of(FOOTER_PARTS, reader, part) for part in nodes]
    return BAD if BAD in parts else tuple(dict.fromkeys(parts))


def read_severities(reader: Reader, node: Node) -> Any:
    """How grave findings are, by their codes."""
    if not isinstance(node, Mapping):
        return reader.expected("codes, each with `off`, `warning` or `error`", node)
    found = []
    for name, value in node.pairs:
        if name.value in WARNINGS:
            found.append((name.value, read_as(Severity, reader, value)))
        elif name.value in CODES:
            reader.error(name, f"findings of the code {name.value!r} are always errors", "leave it out")
        else:
            reader.unknown(name, f"no finding has the code {shortened(name.value)!r}", WARNINGS)
    return tuple(pair for pair in found if pair[1] is not BAD)


DECK_TYPES: dict[Any, Read] = {
    Slide: read_slide,
    tuple[Entry, ...]: read_entries,
    PrintPage: read_page,
    Column: read_column,
    Grid: read_grid,
    Head: read_head,
    Listing: read_listing,
    Image: read_image,
    Clip: read_clip,
    tuple[Block, ...]: read_body,
    Annotated[tuple[Block, ...], "markdown"]: read_prose,
    Annotated[Numbers | Grid, "numbers"]: read_numbers,
    Annotated[tuple[Run, ...], "names"]: read_names,
    Formula: read_formula,
    Footer: read_footer,
    Severities: read_severities,
    Parameters: read_parameters,
    Data: read_data,
    Annotated[Grid | None, "data"]: named_grid,
    Annotated[Format | None, "format"]: read_format,
    Print: read_print,
    Handouts: read_handouts,
    tuple[Paragraph, ...]: partial(read_markdown, read_notes),
}
"""How the types of a deck are read that are more than records and values."""
