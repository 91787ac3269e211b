"""Inline tokens -> inline Markdown of the source format; what it lacks is said, its words stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from deckgen.importing.result import Log

SIGNS = re.compile(r"([\\`*_\[\]<~^$])")
RISKY = re.compile(
    r"(`|\\(?=[^\w\s])|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|<(?=\w+:)|\[(?=@|[^\]]*\]\()"
    r"|[~^](?=\S)|\$(?=[^\s\d]))"
)
"""Signs that might be taken for Markdown where they stand."""
WEB = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
SPAN = re.compile(r"\{[^{}]*[.#=][^{}]*\}")
NAMED_SPAN = re.compile(r"\[([^\[\]]*)\](?=" + SPAN.pattern + ")")
EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class Inline:
    """Writes the inline tokens of one paragraph."""

    def __init__(self, log: Log, line: int, notes: Mapping[str, str], targets: Mapping[str, str]) -> None:
        self.log, self.line, self.notes, self.targets = log, line, notes, targets
        self.keeps = False
        """Whether attributes in braces stay."""
        self.images: list[tuple[str, str, str]] = []
        """Source, alternative text and title of each picture in the text."""
        self.comments: list[str] = []
        self.open: list[str] = []

    def text(self, tokens: Sequence[Token], attributes: bool = False) -> str:
        """The text of the tokens; `attributes` in braces at its end stay."""
        self.keeps = attributes
        written = "".join(self.one(token) for token in tokens)
        return re.sub(r"\s+", " ", written).strip()

    def one(self, token: Token) -> str:
        match token.type:
            case "text":
                return escaped(self.words(token.content))
            case "text_special":
                return SIGNS.sub(r"\\\1", token.content)
            case "code_inline":
                ticks = "`" * (1 + max(map(len, re.findall("`+", token.content)), default=0))
                pad = " " if token.content.startswith("`") or token.content.endswith("`") else ""
                return f"{ticks}{pad}{token.content}{pad}{ticks}"
            case "strong_open" | "strong_close":
                return "**"
            case "em_open" | "em_close":
                return "*"
            case "sub_open" | "sub_close":
                return "~"
            case "sup_open" | "sup_close":
                return "^"
            case "math_inline" | "math_inline_double":
                return f"${token.content.strip()}$"
            case "softbreak" | "hardbreak":
                return " "
            case "link_open":
                return self.open_link(str(token.attrs.get("href", "")))
            case "link_close":
                return self.open.pop()
            case "image":
                return self.image(token)
            case "html_inline":
                return self.html(token.content)
            case "footnote_ref":
                return self.footnote(token)
            case "citation":
                return token.markup
            case "s_open":
                self.log.remark(self.line, "struck-through text is set as other text")
                return ""
            case _:
                return ""

    def words(self, text: str) -> str:
        """Text without attributes in braces, and without the brackets of what they belong to."""
        for name in EMOJI.findall(text):
            self.log.remark(self.line, f"the name {name} of an emoji stays as it is: write the sign itself")
        if self.keeps:
            return text
        for found in SPAN.findall(text):
            self.log.remark(self.line, f"the attributes {found} are left out")
        return SPAN.sub("", NAMED_SPAN.sub(r"\1", text))

    def open_link(self, href: str) -> str:
        if href.startswith("#"):
            href = f"#{self.targets[href[1:]]}" if href[1:] in self.targets else ""
        if href.startswith("#") or WEB.fullmatch(href):
            self.open.append(f"]({href})")
            return "["
        self.log.remark(self.line, "a link that leads neither to the web nor to a slide keeps its words alone")
        self.open.append("")
        return ""

    def image(self, token: Token) -> str:
        alt = "".join(child.content for child in token.children or [])
        self.images.append((str(token.attrs.get("src", "")), alt, str(token.attrs.get("title", ""))))
        return ""

    def html(self, markup: str) -> str:
        if markup.startswith("<!--"):
            self.comments.append(markup[4:-3].strip())
            return ""
        if not BREAK.fullmatch(markup):
            self.log.remark(self.line, f"the tag {markup.split()[0].rstrip('>')}> is left out, its words stay")
        return " "

    def footnote(self, token: Token) -> str:
        note = token.meta.get("content") or self.notes.get(str(token.meta.get("label")), "")
        if not note:
            self.log.remark(self.line, "a footnote without a text is left out")
        return f"^[{note}]" if note else ""


def escaped(text: str) -> str:
    """Text whose signs mean themselves."""
    return RISKY.sub(r"\\\1", text)
