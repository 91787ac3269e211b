"""A theme's style sheet for print: all of it that the handout would be set without, and nobody would say so.

What it says about names is what the renderer knows; values are the renderer's own to judge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from deckgen.diagnostics import Diagnostic, Span, error, shortened
from deckgen.model.meant import suggestion
from deckgen.read.source import place

MARGIN_BOXES = frozenset(
    {f"{side}-{place}" for side in ("top", "bottom") for place in ("left-corner", "left", "center", "right")}
    | {f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")}
    | {"top-right-corner", "bottom-right-corner", "footnote", "note-area"}
)
"""What may stand in `@page`."""
RULES = frozenset(("page", "media", "layer", "counter-style", "color-profile"))
PSEUDO = frozenset(
    {"before", "after", "marker", "first-line", "first-letter", "footnote-call", "footnote-marker", "note-call"}
    | {"note-marker", "note-callback"}
)
UNITS = frozenset(
    ("vb", "ic", "cap", "rex", "rch", "ric", "rcap", "deg", "grad", "rad", "turn", "dpi", "dpcm", "dppx", "x", "fr",
     "px", "pt", "pc", "in", "cm", "mm", "q", "em", "ex", "ch", "rem", "lh", "rlh", "vw", "vh", "vmin", "vmax", "vi")
)  # fmt: skip
OURS = "deckgen "
"""Stands before the families of a theme's fonts, so that no font of the machine takes their places."""
MOST_FOUND = 100
"""Findings of one style sheet; looking for words that are alike takes time."""
FILES = "the handout reads no files but the theme's fonts"


@cache
def properties() -> frozenset[str]:
    """The properties that the renderer sets."""
    return frozenset((Path(__file__).parent / "print_properties.txt").read_text("utf-8").split())


@lru_cache(4)
def style_problems(file: str, text: str, families: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with a style sheet; `families` are the theme's fonts for print."""
    import tinycss2

    sheet = StyleSheet(file, {OURS + family for family in families})
    tokens = tinycss2.parse_component_value_list(f"{text}\n}}", skip_comments=True)
    closed = tokens[-1:] and tokens[-1].type == "error" and tokens[-1].source_line > text.count("\n") + 1
    rules = tinycss2.parse_stylesheet(tokens[:-1] if closed else tokens, skip_whitespace=True)
    if not closed:  # The brace that was put to the end closes something.
        begin = text.rfind("/*")
        if begin >= 0 and "*/" not in text[begin:]:
            where = place(file, text, begin)
            return (error(where, "a comment that begins here is never closed", "write */ at its end"),)
        sheet.error(rules.pop(), "a brace that begins here is never closed", "write } at its end")
    sheet.look_at(rules)
    return tuple(sorted(sheet.found[:MOST_FOUND], key=lambda found: found.span))


class StyleSheet:
    """Collects what is wrong with the rules of a style sheet."""

    def __init__(self, file: str, families: Collection[str]) -> None:
        self.file, self.families = file, families
        self.found: list[Diagnostic] = []
        self.waiting: deque[tuple[Any, str]] = deque()
        """Rules that are not looked at yet, and the name of the at-rule that each stands in."""

    def look_at(self, rules: Iterable[Any]) -> None:
        self.waiting = deque((rule, "") for rule in rules)
        while self.waiting and len(self.found) < MOST_FOUND:
            self.rule(*self.waiting.popleft())

    def error(self, node: Any, message: str, hint: str = "") -> None:
        self.found.append(error(Span(self.file, node.source_line, node.source_column), message, hint))

    def broken(self, node: Any) -> None:
        if node.kind in (")", "]", "}"):
            self.error(node, f"the {node.kind} closes nothing", "leave it out, or write what it closes")
        elif "string" in node.kind or "url" in node.kind:
            self.error(node, "the text that begins here is never closed", "write a quotation mark at its end")
        else:
            self.error(node, "this is no CSS", "expected 'property: value;', or 'selector { ... }'")

    def rule(self, rule: Any, within: str) -> None:
        match rule.type:
            case "error":
                self.broken(rule)
            case "declaration":
                self.declaration(rule)
            case "qualified-rule":
                self.selector(rule)
                self.inside(rule)
            case "at-rule":
                self.at_rule(rule, within)

    def at_rule(self, rule: Any, within: str) -> None:
        name = rule.lower_at_keyword
        known = MARGIN_BOXES if within == "page" else RULES
        if name == "import":
            self.error(rule, "a theme has one style sheet, so nothing is imported", FILES)
        elif name == "font-face":
            self.error(rule, "fonts are no part of the style sheet", "name them under `fonts` in theme.yaml")
        elif name not in known and not (name == "charset" and not within):
            self.error(rule, f"print knows no rule @{name}" + (" in @page" if within else ""), suggestion(name, known))
        elif name not in ("charset", "counter-style", "color-profile"):
            self.inside(rule, name)

    def inside(self, rule: Any, name: str = "") -> None:
        import tinycss2

        if rule.content is not None:
            parse = tinycss2.parse_rule_list if name in ("media", "layer") else tinycss2.parse_blocks_contents
            inner = parse(rule.content, skip_comments=True, skip_whitespace=True)
            self.waiting.extendleft((own, name) for own in reversed(inner))

    def selector(self, rule: Any) -> None:
        import cssselect2
        import tinycss2

        words = ""
        try:
            words = shortened(tinycss2.serialize(rule.prelude))
            # The sign & stands for the rule around it.
            selectors = [] if "&" in words else cssselect2.compile_selector_list(rule.prelude)
        except RecursionError:
            self.error(rule, "this selector is nested too deep", "divide it")
            return
        except cssselect2.SelectorError as problem:
            said = " ".join(part for part in problem.args if isinstance(part, str))
            self.error(rule, f"print knows no selector {words!r}", said)
            return
        for own in (selector.pseudo_element for selector in selectors):
            if own and own not in PSEUDO:
                self.error(rule, f"print knows no ::{own}", suggestion(own, PSEUDO))

    def declaration(self, own: Any) -> None:
        name = own.lower_name
        if not name.startswith("--") and name.removeprefix("-weasy-") not in properties():
            self.error(own, f"print knows no property {own.name!r}", suggestion(name, properties(), PROPERTIES))
        if all(token.type in ("whitespace", "comment") for token in own.value) and not name.startswith("--"):
            self.error(own, f"nothing is written for {own.name!r}", "write a value, or leave the line out")
        for token in tokens(own.value):
            self.token(token)

    def token(self, token: Any) -> None:
        if token.type == "dimension" and token.lower_unit not in UNITS:
            self.error(token, f"print knows no unit {token.unit!r}", suggestion(token.lower_unit, UNITS))
        elif token.type == "url" or (token.type == "function" and token.lower_name in ("url", "src")):
            self.error(token, "a style sheet can't name a file", FILES)
        elif token.type == "string" and token.value.startswith(OURS) and token.value not in self.families:
            self.error(
                token, f"the theme has no font {token.value!r} for print", suggestion(token.value, self.families)
            )
        elif token.type == "error":
            self.broken(token)


PROPERTIES = "a property is named as in CSS for print; a name of your own begins with --"


def tokens(values: Iterable[Any]) -> Iterator[Any]:
    """All tokens, with those in functions and brackets."""
    waiting = list(values)
    while waiting:
        token = waiting.pop()
        yield token
        waiting += getattr(token, "arguments", None) or getattr(token, "content", None) or ()
