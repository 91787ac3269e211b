"""One slide in Markdown -> one slide of the source format, or several where a block needs a slide for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from deckgen.importing.arrange import entries, side_by_side
from deckgen.importing.divide import Dialect, Raw
from deckgen.importing.divisions import take_division, take_slot
from deckgen.importing.html import REVEALED, take_html
from deckgen.importing.inline import Inline
from deckgen.importing.kinds import alert, definitions, formula, table, transition
from deckgen.importing.listing import listing
from deckgen.importing.marp import as_statement, direct, directives, marp_picture
from deckgen.importing.pictures import behind, is_file, picture, tagged
from deckgen.importing.result import Data, Files, Log
from deckgen.importing.slidev import as_layout, settings
from deckgen.importing.spoken import listed, prose, start_of
from deckgen.importing.tree import attributes, tree, without_attributes, written
from deckgen.importing.write import plain_yaml
from deckgen.read.document import Element
from deckgen.read.ids import slug

NOTE = re.compile(r"Notes?:\s*", re.IGNORECASE)
CAPTION = re.compile(r"(Table)?:\s+")
FRAGMENTS = ("*", ")")
"""Signs of lists whose items Marp shows one by one."""
FIGURE = re.compile(r"!\[[^\]]+\]\([^()]*\)(\{[^{}]*\})?")
"""A picture by itself, whose words Pandoc sets under it."""
CLICK = re.compile(r"\[click(:\d+)?\]")
SNIPPET = re.compile(r"<<< *(\S+).*")
"""Slidev's way to take in code of a file."""
AS_TEXT = (
    (re.compile(r"\(?([a-z]|[ivxlc]+|[A-Z](?=\))|#)[.)]\s+\S|\(@[\w-]*\)\s"), "a list with such marks"),
    (re.compile(r"\|\s"), "a block of lines"),
    (re.compile(r".*\\(begin\{|[a-z]+\{|pause\b)", re.DOTALL), "LaTeX outside of formulas"),
    (re.compile(r".*\{\{<", re.DOTALL), "a shortcode"),
)
"""What paragraphs are to Pandoc and Quarto, beside text."""


class SlideBuilder:
    """Takes the elements of a slide one after the other."""

    def __init__(
        self, raw: Raw, dialect: Dialect, log: Log, targets: Mapping[str, str], notes: Mapping[str, str],
        files: Files, running: Data,
    ) -> None:  # fmt: skip
        self.raw, self.dialect, self.log = raw, dialect, log
        self.targets, self.footnotes, self.files = targets, notes, files
        self.running = running
        """What holds for this slide and those after it; all builders share it."""
        self.title = ""
        self.keys: Data = {}
        self.blocks: list[Data] = []
        self.notes: list[str] = []
        self.columns: list[Data] = []
        self.noting = False
        self.divisions = 0
        """How many `div`s of columns are open."""
        self.fit = 0
        """The line of a heading that Marp makes as large as the slide."""
        self.later: list[Element] = []
        """What comes under the columns."""

    def slides(self, first: bool = False) -> Iterator[Data]:
        """The slide's entries in the source; the first has the settings of the file."""
        self.begin(first)
        for element in self.raw.elements:
            self.take(element)
        self.end_columns()
        as_layout(self)
        as_statement(self)
        yield from entries(self.title, self.keys, self.blocks, self.notes, self.log, self.raw.line)

    def begin(self, first: bool = False) -> None:
        self.keys |= {key: value for key, value in self.running.items() if value}
        settings(self, first)

    def take(self, element: Element) -> None:
        line = self.raw.first + element.line
        match element.type:
            case "heading":
                self.heading(element, line)
            case "paragraph":
                self.paragraph(element, line)
            case "bullet_list" | "ordered_list":
                self.take_list(element, line)
            case "fence" | "code_block":
                if block := listing(element, line, self.log):
                    self.add(block)
            case "table":
                self.add(table(self, element, line))
            case "math_block" | "math_block_label":
                self.add(formula(element.token.content.strip(), line, self.log))
            case "dl":
                self.add(definitions(self, element, line))
            case "blockquote":
                self.quote(element, line)
            case "division":
                take_division(self, element, line)
            case "slot" if self.dialect == "slidev":
                take_slot(self, element.token.content, line)
            case "slot":
                self.add({"paragraph": element.token.content})
            case "html_block":
                take_html(self, element.token.content, line)
            case "footnote_reference" | "hr":
                pass
            case _:
                self.log.remark(line, f"something that can't be carried over is left out ({element.type})")

    @property
    def held(self) -> list[Data]:
        """The blocks of the column, or of the slide, so far."""
        return self.columns[-1].get("body", []) if self.columns else self.blocks

    def add(self, block: Data) -> None:
        if not self.noting:
            (self.columns[-1].setdefault("body", []) if self.columns else self.blocks).append(block)

    def heading(self, element: Element, line: int) -> None:
        words, braces = without_attributes(self.inline(element, line, attributes=True))
        classes, keys = attributes(braces) if braces else (set(), {})
        if self.title or (self.columns and any(self.columns)):
            self.add({"paragraph": f"**{words.replace('**', '')}**"})
            return
        self.title = words
        if keys.get("id"):
            self.keys["id"] = slug(keys["id"])
        self.heading_keys(classes, keys, line)

    def heading_keys(self, classes: set[str], keys: dict[str, str], line: int) -> None:
        """The attributes of the heading, but for its id."""
        left = {*keys, *classes} - {"id", "unnumbered", "-"}
        for name in ("background-image", "data-background-image"):
            if is_file(keys.get(name, "")):
                behind(self, keys[name], "", line)
                left -= {name}
        if known := transition(keys.get("transition", "")):
            self.keys["transition"] = known
            left -= {"transition"}
        for name in sorted(left):
            self.log.remark(line, f"the attribute {name!r} of the heading is left out")

    def paragraph(self, element: Element, line: int) -> None:
        source = written(element).strip()
        if self.noting or (not self.columns and NOTE.match(source) and self.dialect == "plain"):
            self.noting = True
            self.notes.append(NOTE.sub("", self.inline(element, line), 1))
        elif re.fullmatch(r"\. \. \.", source):
            self.keys.setdefault("reveal", "by-block")
        elif self.dialect == "slidev" and (found := SNIPPET.fullmatch(source)):
            self.log.remark(line, f"the code of {found[1]} is left out: write it as `code: {{file: ...}}`")
        elif (found := CAPTION.match(source)) and self.held and "table" in self.held[-1]:
            self.held[-1]["table"]["caption"] = self.inline(element, line)[found.end() :]
        else:
            self.said_as_text(source, line)
            words = self.lines(element, line)
            last = self.held[-1].get("picture") if self.held else None
            if self.dialect == "pandoc" and last and not words and FIGURE.fullmatch(source):
                last.setdefault("caption", last["alt"])
            for text in words:
                self.add({"paragraph": text})

    def said_as_text(self, source: str, line: int) -> None:
        for pattern, what in AS_TEXT:
            if self.dialect in ("pandoc", "plain") and pattern.match(source):
                self.log.remark(line, f"{what} is left as text")

    def take_list(self, element: Element, line: int) -> None:
        if self.noting:
            self.notes.append(listed(self.items(element, line), start_of(element)))
            return
        items = self.items(element, line)
        if not items:
            return
        if self.dialect == "marp" and element.token.markup in FRAGMENTS:
            self.keys["reveal"] = "by-item"
        if element.type == "bullet_list":
            self.add({"bullets": items})
            return
        start = start_of(element)
        self.add({"numbered": {"items": items, "start": start} if start != 1 else items})

    def items(self, element: Element, line: int) -> list[Any]:
        found: list[Any] = []
        for entry in element.children:
            words, below = self.item(entry, line)
            found.append({words: below} if below else words)
        return [item for item in found if item]

    def item(self, entry: Element, line: int) -> tuple[str, list[str]]:
        """The text of an item, and of all items under it; what else stands in it becomes blocks after the list."""
        texts, below = [], list[str]()
        for child in entry.children:
            if child.type == "paragraph":
                texts.append(self.inline(child, self.raw.first + child.line))
            elif child.type in ("bullet_list", "ordered_list"):
                if child.type == "ordered_list":
                    self.log.remark(self.raw.first + child.line, "items of the second level have no numbers")
                for sub in child.children:
                    words, deeper = self.item(sub, line)
                    below.append(words)
                    if deeper:
                        self.log.remark(self.raw.first + sub.line, "items of the third level stand on the second")
                        below += deeper
            else:
                self.log.remark(self.raw.first + child.line, "what stands in an item beside text comes before its list")
                self.take(child)
        if len(texts) > 1:
            self.log.remark(line, "an item of several paragraphs is one text")
        return " ".join(filter(None, texts)), [words for words in below if words]

    def quote(self, element: Element, line: int) -> None:
        first = element.children[0] if element.children else None
        if first and first.type.endswith("_list"):
            self.keys["reveal"] = "by-item"
            for child in element.children:
                self.take(child)
            return
        texts = prose(self, element.children)
        words = " ".join(texts)
        if made := alert(words):
            self.add(made)
        elif not self.title and len(texts) <= 2 and len(self.raw.elements) == 1:
            source = re.sub(r"^(—|–|--?)\s*", "", texts[1]) if len(texts) == 2 else ""
            self.add({"quote": {"text": texts[0], **({"source": source} if source else {})}})
        elif words:
            self.log.remark(line, "the quotation is set as a paragraph in italics")
            self.add({"paragraph": f"*{words.replace('*', '')}*"})

    def comment(self, text: str, line: int) -> None:
        """A comment: directives of Marp, or notes."""
        found = directives(plain_yaml(text)) if self.dialect == "marp" else []
        if found:
            direct(self, found, line)
        elif text == "fit":
            self.fit = line
        elif REVEALED[2] in text:
            self.keys["reveal"] = "by-item"
        elif text:
            if self.dialect == "slidev" and CLICK.search(text):
                self.log.remark(line, "the marks [click] in the notes are left as text")
            self.notes += prose(self, tree(text))

    def inline(self, element: Element, line: int, attributes: bool = False) -> str:
        """The text of an element as one line; its pictures become blocks."""
        lines = self.lines(element, line, attributes)
        if len(lines) > 1:
            self.log.remark(line, "a line break in a text is left out")
        return " ".join(lines)

    def lines(self, element: Element, line: int, attributes: bool = False) -> list[str]:
        """The lines of an element's text; its pictures become blocks."""
        inline = next((child.token for child in element.children if child.type == "inline"), None)
        writer = Inline(self.log, line, self.footnotes, self.targets, self.dialect == "marp")
        text = writer.text(inline.children or [], attributes) if inline else ""
        for comment in writer.comments:
            self.comment(comment, line)
        for source, alt, title in writer.images:
            if self.dialect == "marp":
                marp_picture(self, source, alt, title, line)
            else:
                picture(self, source, alt, title, line)
        for image in writer.tags:
            tagged(self, image, line)
        return [words for words in text.split("\n") if words]

    def end_columns(self) -> None:
        columns, self.columns = [column for column in self.columns if column.get("body")], []
        if len(columns) == 1:
            self.blocks += columns[0]["body"]
        elif columns:
            self.blocks += side_by_side(columns, self.log, self.raw.line)
        later, self.later = self.later, []
        for element in later:
            self.take(element)
