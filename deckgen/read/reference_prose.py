"""What the reference of the source format says before its tables."""

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
| `[words](#id)` | a link to a slide or section of the talk; in the handout its page stands behind the words |
| `[](#id)` | a link whose words are made: *slide 7* or *Figure 3* in the deck, *page 6* in the handout |
| `{handout}`, `{handout#id}` | the page of this slide, or of another place: *handout p. 6*, in print *page 6* |
| `\\*` | the sign itself |
| `words^[a note]`, `words[^1]` | a footnote, on slides and in handout text; the second needs a line `[^1]: a note` |
| `[@key]`, `[@key, p. 12]`, `[@one; @two]` | a citation of works in the talk's `bibliography` |
| `$x^2$` | a formula in the line |
| `((term))`, `(((main, sub)))` | a term for the handout's index; the second shows nothing where it stands |
| `{{blank: the answer}}`, `{{blank}}` | a blank to fill in, in handout text only; style `instructor` shows the answer |
| `{{ name }}`, `{{ sales.count }}` | a value of the talk's `data` or `parameters`, see [data.md](data.md) |

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

In PowerPoint a formula is one of PowerPoint's own, which can be edited. Programs that don't know these show a
drawing, and for a formula in text a plain form such as `a/b`. In print it is drawn. A screen reader gets the LaTeX.
In speaker notes of the deck a formula stands as LaTeX; the presenter's copy draws it. A formula is never broken: one
that is too wide for its slide gets smaller, down to 30 pt, and is an error if that is not enough. In text it is an
error if it is wider or higher than the line.
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

`cheat: true` on a slide or beside a block puts it on the cheat sheet, a style of handout of one page, as well.

Blocks that print numbers, which are figures, tables, listings and equations, may have an `id` beside them or among
their keys: links lead to it, and `[](#id)` says the number, which then stands on its slide, too. `spill: handout` lets
such a block stand in the handout alone if its slide has no room for it; the slide says where:

```yaml
body:
  - bullets: ["[](#commands) lists them all"]
  - table: {file: commands.csv}
    id: commands
    spill: handout
```

A `page` between slides is for print alone, too: the page of a handout that can be taken out.

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
