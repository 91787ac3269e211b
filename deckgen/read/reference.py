"""Writes the reference of the source format: `python -m deckgen.read.reference docs/source-format.md`."""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
import types
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from deckgen.blocks import block_class, kinds
from deckgen.model.asset import Clip, Image
from deckgen.model.block import Block
from deckgen.model.chart import Numbers
from deckgen.model.deck import Background, Deck, Footer, Section, Slide
from deckgen.model.grid import Grid
from deckgen.model.listing import Listing
from deckgen.model.production import Print
from deckgen.model.style import Handouts
from deckgen.model.tabular import Head
from deckgen.model.text import Formula, Paragraph, Run, Text
from deckgen.read.body import BESIDE
from deckgen.read.schema import Key, keys
from deckgen.styles import style_class, styles

INTRODUCTION = """\
# The source format

A talk is one YAML file. This page is made from the program itself, by
`python -m deckgen.read.reference docs/source-format.md`.

```yaml
deckgen: 1
title: Understanding containers
author: Presenter Name
slides:
  - section: Basics
  - title: A container is a process with walls
    bullets:
      - It shares the **kernel** of its host
      - It has its own view of:
          - files and processes
          - the network
    notes: |
      Ask who has used one.
    handout: |
      A container isolates a process in user space. It shares the kernel of its host, so starting
      one takes no longer than starting a process.
```

## Values

| in the tables below | means |
|--|--|
| text | One line or paragraph of inline Markdown, see below |
| formula | LaTeX, see below; without dollar signs |
| Markdown | Paragraphs, lists, headings, quotations, code and tables in Markdown |
| plain text | Characters that are taken as they stand |
| whole number | Such as `3` |
| true or false | `true` or `false`, also `yes` and `no` |
| list of ... | Lines that begin with `- `, or `[one, another]` |

What a value is depends on its key, never on how it looks: a title may be `2026-11-24`, `1.10` or `No`, and stays as it
was written.

YAML takes some signs for its own. Put a text in quotes if there is a colon with a space after it in the text, ` #`
after a word, or if it begins with one of ``- ? : , [ ] { } # & * ! | > ' " % @ ` ``. In double quotes a backslash is
written twice. In a block after `|` or `>` no quotes are needed.

## Text

| written | means |
|--|--|
| `**bold**`, `*italic*` | **bold**, *italic* |
| `` `code` `` | code, exactly as typed |
| `H~2~O`, `x^2^` | subscript, superscript |
| `[words](https://example.org)` | a link; also `http:` and `mailto:` |
| `[words](#slide-id)` | a link to a slide of the talk |
| `\\*` | the sign itself |
| `words^[a note]`, `words[^1]` | a footnote, on slides and in handout text; the second needs a line `[^1]: a note` |
| `[@key]`, `[@key, p. 12]`, `[@one; @two]` | a citation of works in the talk's `bibliography` |
| `$x^2$` | a formula in the line |

HTML is text. Line ends count as spaces. Nothing is left out silently: what has no meaning here is an error.
"""
FORMULAS = """\
## Formulas

A formula is LaTeX: between dollar signs in text, between `$$` in a paragraph of its own of a Markdown text, and as the
block `equation`. Most commands of mathematics are known: letters and signs, scripts, fractions, roots, binomials,
accents, braces, sums and integrals with limits, functions, delimiters that grow (`\\left`, `\\right`), `\\text`, and
the environments `aligned`, `gathered`, `cases`, `array`, `matrix` and its kin. What is not known is an error at its
place. Refused are commands that define others (`\\newcommand`, `\\def`), that colour, move or resize parts, that number
(`\\tag`), and comments (`%`).

A dollar sign begins a formula if no letter or digit stands before it and no space after it; it ends one if no space
stands before it and no digit after it. So `$5 and $10` is text. `\\$` is always the sign itself.

In PowerPoint a formula is one of PowerPoint's own, which can be edited. Programs that don't know these show a drawing,
and for a formula in text a plain form such as `a/b`. In print it is drawn. A screen reader gets the LaTeX. In speaker
notes a formula stands as LaTeX. A formula is never broken: one that is too wide for its slide gets smaller, down to
30 pt, and is an error if that is not enough. In text it is an error if it is wider or higher than the line.
"""
CHANNELS = """\
## Where content stands

`notes` are for the speaker: they stand in PowerPoint's notes and never in the handout. `handout` is text for print and
never stands on a slide. All else stands in both outputs, unless `only: deck` or `only: handout` is written on a slide
or beside a block:

```yaml
body:
  - bullets: [A container shares the kernel]
    only: deck
```

In notes, Markdown may be paragraphs, lists and headings. In handout text it may be all of the kinds of block below that
Markdown can write. A quotation (`> words`) names its source in a last paragraph that begins with `— `.
"""


SHOWING = """\
## What comes when

`reveal: by-item` lets each item and paragraph of a slide's text come on with a click of its own, `reveal: by-block`
each block; the take-away comes last. Beside a block, `reveal` says it for that block. A diagram or a table comes on as
a whole. In print everything is there; `print_step: 2` shows the slide's picture as it is after two clicks.

```yaml
- title: One after the other
  reveal: by-item
  body:
    - bullets: [First, Second]
    - table: {rows: [[a, b]]}
      reveal: by-block
```

`minutes` of sections and slides are summed: each slide's notes begin with a line such as *3 min, 12 of 40 min so far*.
The talk's own `minutes` are the whole; a warning tells from which slide on there is not enough time.

`hidden: true` keeps a slide in reserve: PowerPoint passes over it, and links lead to it. It is numbered after the slide
before it (7a), so that the others count without gaps. The handout has it like any other slide, unless it says
`only: deck`; the PDF of the slides leaves it out.

A section with `appendix: true`, and all after it, are no part of the talk: they are lettered (A, A1, A2, B), stand in
the contents after the talk and in no agenda, and their `minutes` are not counted.

`transition: morph` moves what a slide and the one before it have in common, found by its place in the slide: the title,
the first block, the second layer. Older programs fade.

## Notes and sources

Footnotes are numbered on each slide and stand at its foot; in the handout they are numbered through and stand in the
margin. A work is cited by its key in a BibTeX or CSL-JSON file:

```yaml
bibliography: refs.bib
citation_style: numeric
slides:
  - title: Containers are not new
    bullets:
      - They were described early [@doe2019, ch. 3]^[And used before that.]
  - title: Sources
    references:
```

`citation_style` is `author-date`, `numeric`, or the path of a CSL file; both paths are relative to the source. Only
works that the talk cites are listed: on the slide with `references`, else at the end of the handout.
"""


FILES: dict[Any, str] = {
    Grid: "path of a CSV or TSV file",
    Listing: "path of a text file",
    Image: "path of a picture",
    Clip: "path of a video or sound",
    Annotated[Numbers, "file of numbers"]: "path of a CSV or TSV file",
    Annotated[Numbers, "numbers"]: "names and numbers",
    Handouts: "style, or list of styles",
    Print: "profile, list of profiles, or all keys",
    Footer: "list of `title`, `event`, `date`, or `none`",
    Annotated[tuple[Run, ...], "names"]: "name, or list of names",
}
"""Types that are written in ways of their own, most as the path of a file."""


def reference() -> str:
    """The whole page."""
    parts = [INTRODUCTION, FORMULAS, CHANNELS, SHOWING]
    records = {"The talk": Deck, "Print": Print, "Section": Section, "Slide": Slide, "Background": Background}
    parts += [record(title, cls) for title, cls in records.items()]
    parts.append(
        "## Handouts\n\nA style of `handout:`, or a list of them; what they look like: [handouts.md](handouts.md).\n"
    )
    parts += [style(name) for name in sorted(styles())]
    parts.append("## Blocks\n\nA slide holds blocks in its `body`, or one block directly, by its kind.\n")
    parts += [block(kind) for kind in sorted(kinds())]
    return "\n".join(parts)


def record(title: str, cls: Any) -> str:
    return f"## {title}\n\n{inspect.getdoc(cls)}\n\n{table(cls)}"


def style(name: str) -> str:
    """A style of handout: what it is, an example, and its keys."""
    cls: Any = style_class(name)
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    lines = [f"### `{name}`", "", words, "", "```yaml", textwrap.dedent(example).strip("\n"), "```", ""]
    return "\n".join([*lines, *([table(cls)] if keys(cls) else [])])


def block(kind: str) -> str:
    """A kind of block: what it is, an example, and its keys with those of its parts."""
    cls: Any = block_class(kind)
    words, _, example = (inspect.getmodule(cls).__doc__ or "").partition("\n")
    lines = [f"### `{kind}`", "", words, "", "```yaml", textwrap.dedent(example).strip("\n"), "```", ""]
    if cls.SOLE:
        lines += ["It needs a slide for itself.", ""]
    if cls.PRINT_ONLY:
        lines += ["It can stand in the handout only.", ""]
    lines.append(table(cls))
    for part in parts_of(cls):
        lines += [f"Each *{part.__name__.lower()}*: {inspect.getdoc(part)}", "", table(part)]
    return "\n".join(lines)


def table(cls: Any) -> str:
    """The keys of a class as a Markdown table. What stands beside every block is explained once, for all."""
    rows = [row(key) for key in keys(cls).values() if not (issubclass(cls, Block) and key.name in BESIDE)]
    return "\n".join(["| key | value | meaning |", "|--|--|--|", *rows, ""]) if rows else ""


def row(key: Key) -> str:
    default = "" if key.required or says_nothing(key.default) else f" (`{spelled(key.default)}` if missing)"
    value = f"{in_words(key.kind)}{', needed' if key.required else default}"
    return f"| `{key.name}` | {value} | {key.description.replace('|', chr(92) + '|')} |"


def says_nothing(value: Any) -> bool:
    """Whether a default is as good as none."""
    return value in ((), "", None) or is_dataclass(value) or (isinstance(value, float) and not value)


def spelled(value: Any) -> str:
    if isinstance(value, tuple):
        return str(list(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_words(kind: Any) -> str:
    """A type in the words of the page."""
    origin, arguments = get_origin(kind), get_args(kind)
    simple = {
        str: "plain text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        Text: "text",
        Head: "list of cells, or of rows",
    }
    if kind in simple or kind in FILES:
        return simple.get(kind) or FILES[kind]
    if kind == tuple[Block, ...]:
        return "list of blocks, or Markdown"
    if kind == Formula:
        return "formula"
    if kind == tuple[Paragraph, ...] or origin is Annotated:
        return "Markdown"
    if origin is Literal:
        return " or ".join(f"`{choice}`" for choice in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(member) for member in arguments if member is not type(None))
    if origin is tuple:
        return f"list of {plural(in_words(arguments[0]))}"
    return f"*{kind.__name__.lower()}*"


def plural(words: str) -> str:
    if words.startswith("list of"):
        return words.replace("list of", "lists of", 1)
    return {"text": "texts", "number": "numbers"}.get(words) or re.sub(r"(\w)\*( |$)", r"\1s*\2", words)


def parts_of(cls: Any) -> list[Any]:
    """The classes of the parts that a class is made of, each before its own parts."""
    found: list[Any] = []
    for key in keys(cls).values():
        for part in classes_in(key.kind):
            # A part may have parts of its own kind.
            found += [part, *(parts_of(part) if part is not cls else [])]
    return list(dict.fromkeys(found))


def classes_in(kind: Any) -> list[Any]:
    if kind == Text or kind in (str, int, float, bool) or kind in FILES:
        return []
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    if arguments:
        return [cls for argument in arguments for cls in classes_in(argument)]
    return [kind] if is_dataclass(kind) and kind is not Block and kind not in FILES else []


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
    else:
        sys.stdout.write(reference())
