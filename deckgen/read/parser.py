"""The Markdown parser: CommonMark with formulas, sub- and superscript and footnotes; HTML is text."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from deckgen.diagnostics import Span
from deckgen.read.blanks import blank_rule
from deckgen.read.citations import citation_rule
from deckgen.read.handout_pages import reference_rule
from deckgen.read.reader import Reader
from deckgen.read.terms import use_terms
from deckgen.read.values import value_rule

MAX_LENGTH = 20_000
"""Characters of one text with Markdown signs; the parser's time grows with the square of a hostile text's length."""
MAX_NOTES = 100
"""Footnotes by `^[` in one text; where they nest, time grows with the square of their number."""
MAX_MARKUP = 1_000_000
"""Characters of all texts with Markdown signs in a source; the parser reads at least 40,000 a second."""


@cache
def markdown() -> MarkdownIt:
    """The parser for blocks and inline text. Rules that drop words of the text without a trace are off."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True).use(sub_plugin).use(superscript_plugin)
    # A price is no formula: its dollar stands before a digit, or the next one after a space or before a digit.
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    parser.inline.ruler.before("link", "citation", citation_rule)
    parser.inline.ruler.before("link", "handout_page", reference_rule)
    parser.inline.ruler.before("link", "blank", blank_rule)
    use_terms(parser)
    parser.inline.ruler.before("link", "value", value_rule)
    parser.disable(["reference", "text_join", "html_block", "html_inline"])
    # Every target passes here, so that a bad one is an error and not plain text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def parse(reader: Reader, text: str, where: Span, inline: bool = False) -> list[Token]:
    """The tokens of a Markdown text; none where it is too long or too nested to parse in bounded time."""
    if not affordable(reader, text, where):
        return []
    env = {"values": reader.values is not None}
    try:
        if not inline:
            return markdown().parse(text, env)
        tokens: list[Token] = []
        markdown().inline.parse(text, markdown(), env, tokens)
        return tokens
    except RecursionError:
        reader.error(where, "brackets nest too deep in this text", "a backslash before a bracket makes it text")
        return []


def affordable(reader: Reader, text: str, where: Span) -> bool:
    """Whether a text, and the source so far, can be parsed in bounded time; what can't be is an error."""
    if len(text) > MAX_LENGTH:
        reader.error(where, f"this Markdown text is too long: the limit is {MAX_LENGTH:,} characters", "split it")
        return False
    if text.count("^[") > MAX_NOTES:
        reader.error(where, f"this text has more than {MAX_NOTES} footnotes", r"write \^ for the sign itself")
        return False
    reader.markup += len(text)
    if reader.markup > MAX_MARKUP >= reader.markup - len(text):
        reader.error(where, f"all Markdown up to here has more than {MAX_MARKUP:,} characters", "split the talk")
    return reader.markup <= MAX_MARKUP
