"""Markdown: inline text, handout text and notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.code import Code
from deckgen.blocks.heading import Heading
from deckgen.blocks.numbered import Numbered
from deckgen.blocks.paragraph import Paragraph as ParagraphBlock
from deckgen.blocks.quote import Quote
from deckgen.blocks.table import Table
from deckgen.model.block import Block, runs
from deckgen.model.tabular import row_of
from deckgen.model.text import Paragraph, Run, Text, plain
from deckgen.read.line import read_text
from deckgen.read.markdown import read_blocks
from deckgen.read.notes import read_notes
from deckgen.read.reader import Reader
from deckgen.read.source import Source
from deckgen.read.yaml import Scalar
from deckgen.world import MemoryWorld


def reader_of(source: str) -> tuple[Reader, Scalar]:
    lines = ("key: |", *(f"  {line}" for line in source.split("\n")))
    return Reader(Source("a.yaml", "\n".join(lines), lines), MemoryWorld()), Scalar(source, "|", 1, 6, len(lines))


def inline(source: str) -> Text:
    reader, scalar = reader_of(source)
    text = read_text(reader, scalar)
    assert reader.diagnostics == []
    return text


def blocks(source: str) -> tuple[Block, ...]:
    reader, scalar = reader_of(source)
    found = read_blocks(reader, scalar, footnotes=True)
    assert reader.diagnostics == []
    return found


def notes(source: str) -> tuple[Paragraph, ...]:
    reader, scalar = reader_of(source)
    found = read_notes(reader, scalar)
    assert reader.diagnostics == []
    return found


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("plain text", (Run("plain text"),)),
        ("**b** *i* ***bi***", (Run("b", bold=True), Run(" "), Run("i", italic=True), Run(" "), Run("bi", True, True))),
        ("a `x * y` b", (Run("a "), Run("x * y", code=True), Run(" b"))),
        ("H~2~O, x^2^", (Run("H"), Run("2", script="sub"), Run("O, x"), Run("2", script="super"))),
        ("[a **b**](#c)", (Run("a ", link="#c"), Run("b", bold=True, link="#c", refer="after"))),
        ("see [](#c)", (Run("see "), Run("[](#c)", link="#c", refer="name"))),
        (
            r"{handout#c}, `{handout}`, \{handout}",
            (
                Run("{handout#c}", link="#c", refer="handout"),
                Run(", "),
                Run("{handout}", code=True),
                Run(", {handout}"),
            ),
        ),
        ("<https://example.org>", (Run("https://example.org", link="https://example.org"),)),
        ("[m](mailto:a@example.org)", (Run("m", link="mailto:a@example.org"),)),
        ("<br> & <b>x</b> &amp; 1 < 2", (Run("<br> & <b>x</b> & 1 < 2"),)),
        (r"\*no\* \_list\_ 2 * 3 snake_case", (Run("*no* _list_ 2 * 3 snake_case"),)),
        ("soft\nbreak  \nand  more", (Run("soft break and more"),)),
        ("no\u00a0break", (Run("no\u00a0break"),)),
        ('"quotes" -- stay...', (Run('"quotes" -- stay...'),)),
        ("> 5 GB", (Run("> 5 GB"),)),
        ("1. is a number", (Run("1. is a number"),)),
        ("[Note]: stays", (Run("[Note]: stays"),)),
        ("~5 to ~6, 2^10 or 2^12", (Run("~5 to ~6, 2^10 or 2^12"),)),
    ],
)
def test_inline(source: str, wanted: Text) -> None:
    assert inline(source) == wanted


def test_blocks_of_every_kind() -> None:
    source = """
A paragraph
in two lines.

# Heading

## Below

- one
  - under it
- two

1. first
2. second

> Words.
>
> — Somebody

```python
x = 1
\ty
```

| a | b |
|---|--:|
| **1** | x \\| y |
"""
    assert blocks(source) == (
        ParagraphBlock(text=(Run("A paragraph in two lines."),)),
        Heading(text=(Run("Heading"),), level=1),
        Heading(text=(Run("Below"),), level=2),
        Bullets(items=(Item(text=(Run("one"),), items=((Run("under it"),),)), Item(text=(Run("two"),)))),
        Numbered(items=(Item(text=(Run("first"),)), Item(text=(Run("second"),)))),
        Quote(text=(Run("Words."),), source=(Run("Somebody"),)),
        Code(text="x = 1\n    y", language="python"),
        Table(header=(row_of((Run("a"),), (Run("b"),)),), rows=(row_of((Run("1", bold=True),), (Run("x | y"),)),)),
    )


def test_footnotes_hang_on_the_words_before_them() -> None:
    [block] = blocks("The kernel[^1] and *more* ^[a *note*].\n\n[^1]: What all\n    share.\n")
    assert block == ParagraphBlock(
        text=(
            Run("The kernel", note=(Run("What all share."),)),
            Run(" and "),
            Run("more", italic=True, note=(Run("a "), Run("note", italic=True))),
            Run("."),
        )
    )


def test_notes_are_paragraphs_with_levels() -> None:
    assert notes("# Start\n\nAsk *them*.\n\n- one\n  1. a\n  2. b\n\n  still one\n- two") == (
        Paragraph((Run("Start", bold=True),)),
        Paragraph((Run("Ask "), Run("them", italic=True), Run("."))),
        Paragraph((Run("one"),), 0, "bullet"),
        Paragraph((Run("a"),), 1, "number", 1, 1),
        Paragraph((Run("b"),), 1, "number", 2, 1),
        Paragraph((Run("still one"),), 0),
        Paragraph((Run("two"),), 0, "bullet"),
    )


def test_numbered_lists_begin_where_they_say() -> None:
    """As CommonMark has it: the first number counts, and those after it follow."""
    numbered, _, other = blocks("3. c\n7. d\n\nBetween\n\n2) b")
    assert isinstance(numbered, Numbered) and isinstance(other, Numbered)
    assert (numbered.start, len(numbered.items), other.start) == (3, 2, 2)
    said = notes("3. c\n\n   and more\n4. d\n   - below\n5. e")
    assert [(plain(p.text), p.number, p.first) for p in said] == [
        ("c", 3, 3),
        ("and more", 0, 0),
        ("d", 4, 4),
        ("below", 0, 0),
        ("e", 5, 4),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "\n  First line\nsecond line.\n\n\nAnother\tparagraph.\n",
        "First *line* \n  with `code`  \n  and more.\n\n  [Another](#x)\n\n\\*",
    ],
)
def test_paragraphs_and_the_block_parser_agree(source: str) -> None:
    quick = blocks(source)
    parsed = blocks(source + "\n\n# Heading")[:-1]
    assert quick == parsed
    assert [b.span for b in quick] == [b.span for b in parsed]


WORDS = st.text(st.sampled_from("ab *_`[](){}<>#-+>|~^!\\&;:1.\n\t"), max_size=60)


@given(WORDS)
def test_no_letter_is_lost(source: str) -> None:
    """Letters and digits of a text stand in the blocks, in order, or there is an error."""
    reader, scalar = reader_of(source)
    found = read_blocks(reader, scalar, footnotes=True)
    for diagnostic in reader.diagnostics:
        assert 2 <= diagnostic.span.line <= len(reader.source.lines)
    if not reader.diagnostics and not any(run.link or run.note for run in runs(found)):
        kept = "".join(letters_of(block) for block in found)
        assert kept == "".join(c for c in source if c in "ab") or "```" in source or "~~~" in source


def letters_of(block: Block) -> str:
    words = block.text if isinstance(block, Code) else "".join(plain((run,)) for run in table_order(block))
    return "".join(c for c in words if c in "ab")


def table_order(block: Block) -> tuple[Run, ...]:
    if isinstance(block, Table):
        return (*runs(block.header), *runs(block.rows))
    return tuple(runs(block))


@given(WORDS)
def test_notes_never_raise(source: str) -> None:
    reader, scalar = reader_of(source)
    read_notes(reader, scalar)
    read_text(reader, scalar)
