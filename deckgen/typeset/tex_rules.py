"""What LaTeX may stand in a formula: signs that pair, commands that are refused, and where each stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

MAX_LENGTH = 2000
"""Characters of one formula."""
MAX_DEPTH = 40
"""Braces and environments in each other."""
SIGN = re.compile(r"\\(?P<command>[a-zA-Z]+\*?|[\s\S]|$)|(?P<sign>[{}%#$&~])")
NAME = re.compile(r"\s*\{([^{}]*)\}")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEXTS = words("text textrm textbf textit textsf texttt textup textnormal textmd emph mbox hbox fbox")
"""Commands whose argument is words."""
KNOWN_ENVIRONMENTS = words(
    "aligned align align* alignedat split gathered gather gather* matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix"
    " smallmatrix array cases dcases"
)
PLACING = "parts of a formula can't be moved or resized by hand"
REFUSALS = (
    ("newcommand renewcommand providecommand def let gdef newenvironment renewenvironment",
     "formulas can't define commands", "write the formula out where it stands"),
    ("DeclareMathOperator", "formulas can't define commands", r"write \operatorname{name} where the name stands"),
    ("color textcolor colorbox fcolorbox", "a formula has the colour of the text around it", "leave the colour out"),
    ("tag tag* label ref eqref nonumber notag", "equations are numbered by themselves", "leave it out"),
    ("href url", "a formula can't hold a link", "put the link into the text"),
    ("class style unicode verb rule LaTeX TeX", "this is no mathematics", "leave it out"),
    ("raise lower moveleft moveright smash vcenter llap rlap clap mathllap mathrlap mathclap shoveleft shoveright"
     " hphantom vphantom sideset skew leftroot uproot hskip hspace kern mkern mskip mspace",
     PLACING, r"spaces are \, \: \; \quad and \qquad"),
    ("Huge huge LARGE Large large normalsize small footnotesize scriptsize tiny Tiny scriptstyle scriptscriptstyle",
     PLACING, "leave it out; a formula takes the size of its place"),
    ("displaylines eqalign eqalignno", "this is old TeX", r"use \begin{aligned}"),
    ("require input include usepackage", "a formula can't load anything", "leave it out"),
    ("[ ] ( )", "the formula needs no delimiters of its own", "leave them out"),
    ("hline hdashline hfil", "tables in formulas have no rules", "leave it out"),
)  # fmt: skip
REFUSED = {name: (message, hint) for names, message, hint in REFUSALS for name in names.split()}
"""Commands that LaTeX knows and a formula may not use, with the reason and what to do."""
UNESCAPED = {
    "%": r"a comment can't stand in a formula; write \% for the sign itself",
    "#": r"write \# for the sign itself",
    "$": r"a formula needs no dollar signs of its own; write \$ for the sign itself",
    "~": r"write \, or \quad for a space, \sim for the sign",
}


class Fault(NamedTuple):
    """What is wrong with a formula, and at which character of it."""

    offset: int
    message: str
    hint: str


class Opening(NamedTuple):
    """A brace, `\\left` or `\\begin` that waits for its end."""

    kind: str
    offset: int
    name: str = ""


def wrong_sign(latex: str) -> Fault | None:
    """The first sign or command of a formula that can't stand where it does."""
    if not latex.strip():
        return Fault(0, "the formula is empty", "write it in LaTeX, such as a^2 + b^2 = c^2")
    if len(latex) > MAX_LENGTH:
        hint = "divide it in several equations"
        return Fault(0, f"the formula has {len(latex):,} characters, and the limit is {MAX_LENGTH:,}", hint)
    return next(sign_faults(latex), None)


def sign_faults(latex: str) -> Iterator[Fault]:
    open_: list[Opening] = []
    position = 0
    while found := SIGN.search(latex, position):
        position = found.end()
        at = found.start()
        command, sign = found["command"], found["sign"]
        if command is not None:
            if command.rstrip("*") in TEXTS:
                yield from text_fault(latex, position, command)
                end = latex.find("}", position)
                position = end + 1 if end >= 0 else position
            else:
                yield from command_fault(latex, command, at, position, open_)
                if command in ("begin", "end") and (name := NAME.match(latex, position)):
                    position = name.end()
        elif sign == "{":
            open_.append(Opening("{", at, "substack" if latex[:at].rstrip().endswith(r"\substack") else ""))
        elif sign == "}":
            yield from closed(open_, "{", at, "}")
        elif sign == "&" and not in_lines(open_):
            yield Fault(at, "& stands outside of a matrix or aligned lines", r"write \& for the sign itself")
        elif sign in UNESCAPED:
            yield Fault(at, f"{sign} can't stand in a formula", UNESCAPED[sign])
        if len(open_) > MAX_DEPTH:
            yield Fault(at, "the formula nests too deep", "divide it in two")
    for opening in open_:
        shown = {"{": "{", "left": r"\left", "begin": rf"\begin{{{opening.name}}}"}[opening.kind]
        yield Fault(opening.offset, f"{shown} has no end", f"add {ENDS[opening.kind].format(opening.name)}")


ENDS = {"{": "}}", "left": r"\right and a bracket, such as \right)", "begin": r"\end{{{}}}"}


def command_fault(latex: str, command: str, at: int, end: int, open_: list[Opening]) -> Iterator[Fault]:
    """What is wrong with a command; brackets and environments are opened and closed."""
    if command in REFUSED:
        message, hint = REFUSED[command]
        yield Fault(at, f"\\{command}: {message}", hint)
    elif command == "begin" and re.match(r"\s*\{array\}\s*\{[^}]*\|", latex[end:]):
        yield Fault(at, "tables in formulas have no rules", "write the columns as letters alone, such as {cc}")
    elif not command:
        yield Fault(at, "a backslash ends the formula", "leave it out")
    elif command == "left":
        open_.append(Opening("left", at))
    elif command == "right":
        yield from closed(open_, "left", at, r"\right")
    elif command in ("begin", "end"):
        named = NAME.match(latex, end)
        name = named[1].strip() if named else ""
        if name not in KNOWN_ENVIRONMENTS:
            yield Fault(at, f"unknown environment {name!r}", similar(name, KNOWN_ENVIRONMENTS))
        elif command == "begin":
            open_.append(Opening("begin", at, name))
        else:
            yield from closed(open_, "begin", at, rf"\end{{{name}}}", name)
    elif command == "\\" and not in_lines(open_):
        yield Fault(at, r"\\ can't break a line here", r"write \begin{aligned} ... \\ ... \end{aligned}")


def closed(open_: list[Opening], kind: str, at: int, shown: str, name: str = "") -> Iterator[Fault]:
    if open_ and open_[-1].kind == kind and (kind != "begin" or open_[-1].name == name):
        open_.pop()
    else:
        what = {"{": "{", "left": r"\left", "begin": rf"\begin{{{name}}}"}[kind]
        yield Fault(at, f"{shown} has no {what} before it", "see that all brackets pair")


def in_lines(open_: list[Opening]) -> bool:
    """Whether something is open that has lines and cells."""
    return any(opening.kind == "begin" or opening.name == "substack" for opening in open_)


def text_fault(latex: str, position: int, command: str) -> Iterator[Fault]:
    """Words in a formula are plain: no maths and no braces in them."""
    opening = re.compile(r"\s*\{").match(latex, position)
    if not opening:
        yield Fault(position, f"\\{command} needs words in braces", f"write \\{command}{{words}}")
        return
    end = latex.find("}", opening.end())
    words = latex[opening.end() : end if end >= 0 else len(latex)]
    if found := re.search(r"[\\{$%#&~^_]", words):
        at = opening.end() + found.start()
        yield Fault(at, f"{found[0]} can't stand in the words of \\{command}", "close the words before it")


@cache
def known_commands() -> frozenset[str]:
    """The names that a formula may use after a backslash, as far as they are letters."""
    from latex2mathml import commands, symbols_parser

    names = {*symbols_parser.SYMBOLS, *commands.CONVERSION_MAP, *commands.FUNCTIONS, *commands.LOCAL_FONTS}
    return frozenset(name[1:] for name in names if re.fullmatch(r"\\[a-zA-Z]+", name) and name[1:] not in REFUSED)


def similar(name: str, known: frozenset[str]) -> str:
    """A hint with the nearest known name."""
    slash = "\\" if name.startswith("\\") else ""
    near = difflib.get_close_matches(name.removeprefix("\\"), sorted(known), 1, 0.7)
    return f"did you mean {slash}{near[0]}?" if near else "see 'Formulas' in the reference of the source format"
