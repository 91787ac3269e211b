"""Inline tokens -> inline Markdown of the source format; what it lacks is said, its words stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from deckgen.importing.result import Log
from deckgen.importing.tags import Image, image_of, tag_left_out

SIGNS = re.compile(r"([\\`*_\[\]<~^$])")
RISKY = re.compile(
    r"(`|\\(?=[^\w\s])|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|<(?=\w+:)|\[(?=@|[^\]]*\]\()"
    r"|[~^](?=\S)|\$(?=[^\s\d]))"
)
"""Signs that might be taken for Markdown where they stand."""
WEB = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
SPAN = re.compile(r"(?<!\{)\{(?=[^{}]*(?:(?<=[{\s])[.#=][\w-]|[\w:-]+=))[^{}]*\}(?!\})")
"""Attributes: `{.class #id key=value}`."""
EXPRESSION = re.compile(r"\{\{[^<{}][^{}]*\}\}")
EMPTY_LINK = re.compile(r"(?<!\\)\[\s*\]\(([^()\s]*)\)")
NAMED_SPAN = re.compile(r"\[([^\[\]]*)\](?=" + SPAN.pattern + ")")
EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class Inline:
    """Writes the inline tokens of one paragraph."""

    def __init__(
        self, log: Log, line: int, notes: Mapping[str, str], targets: Mapping[str, str], breaks: bool = False
    ) -> None:
        self.log, self.line, self.notes, self.targets = log, line, notes, targets
        self.breaks = breaks
        """Whether a line of the source is a line of the text."""
        self.depth = 0
        """How many looks and links are open."""
        self.tags: list[Image] = []
        """Pictures that are written in HTML."""
        self.keeps = False
        """Whether attributes in braces stay."""
        self.images: list[tuple[str, str, str]] = []
        """Source, alternative text and title of each picture in the text."""
        self.comments: list[str] = []
        self.open: list[str] = []

    def text(self, tokens: Sequence[Token], attributes: bool = False) -> str:
        """The text of the tokens, its lines parted by `\\n`; `attributes` in braces at its end stay."""
        self.keeps = attributes
        written = "".join(self.nested(token) for token in tokens)
        for href in EMPTY_LINK.findall(written):
            self.log.remark(self.line, f"a link without words is left out: {href}")
        spaced = re.sub(r"[^\S\n]+", " ", EMPTY_LINK.sub("", written))
        return re.sub(r" ?\n\s*", "\n", spaced).strip()

    def nested(self, token: Token) -> str:
        self.depth += token.nesting
        return self.one(token)

    def new_line(self) -> str:
        """The end of a line; within a look or a link there is none."""
        if not self.depth:
            return "\n"
        self.log.remark(self.line, "a line break in a text is left out")
        return " "

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
            case "softbreak":
                return self.new_line() if self.breaks else " "
            case "hardbreak":
                return self.new_line()
            case "link_open":
                if token.attrs.get("title"):
                    self.log.remark(self.line, f"the title of a link is left out: {token.attrs['title']}")
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
        for found in EXPRESSION.findall(text):
            self.log.remark(self.line, f"the expression {found} is left as text")
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
        if image := image_of(markup):
            self.tags.append(image)
        elif BREAK.fullmatch(markup):
            return self.new_line()
        else:
            tag_left_out(self.log, self.line, markup)
        return " "

    def footnote(self, token: Token) -> str:
        note = token.meta.get("content") or self.notes.get(str(token.meta.get("label")), "")
        if not note:
            self.log.remark(self.line, "a footnote without a text is left out")
        return f"^[{' '.join(note.split())}]" if note else ""


def escaped(text: str) -> str:
    """Text whose signs mean themselves."""
    return RISKY.sub(r"\\\1", text)
