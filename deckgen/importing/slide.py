"""One slide in Markdown -> one slide of the source format, or several where a block needs a slide for itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from deckgen.diagnostics import shortened
from deckgen.importing.arrange import entries, side_by_side
from deckgen.importing.divide import Dialect, Raw
from deckgen.importing.inline import WEB, Inline
from deckgen.importing.kinds import alert, callout, definitions, formula, table
from deckgen.importing.listing import listing
from deckgen.importing.result import Data, Files, Log
from deckgen.importing.spoken import listed, prose, start_of
from deckgen.importing.tree import attributes, tree, without_attributes, written
from deckgen.importing.write import plain_yaml
from deckgen.read.document import Element
from deckgen.read.ids import slug

SLOT = re.compile(r"::(\w+)::")
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^>]*>")
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
NOTE = re.compile(r"Notes?:\s*", re.IGNORECASE)
DIRECTIVES = {
    "class", "paginate", "header", "footer", "backgroundColor", "backgroundImage", "backgroundPosition",
    "backgroundRepeat", "backgroundSize", "color", "theme", "style", "headingDivider", "size", "transition", "fit",
}  # fmt: skip
CAPTION = re.compile(r"(Table)?:\s+")
REVEALED = ("<v-click", "</v-click", '.element: class="fragment')


class SlideBuilder:
    """Takes the elements of a slide one after the other."""

    def __init__(
        self, raw: Raw, dialect: Dialect, log: Log, targets: Mapping[str, str], notes: Mapping[str, str], files: Files
    ) -> None:
        self.raw, self.dialect, self.log = raw, dialect, log
        self.targets, self.footnotes, self.files = targets, notes, files
        self.title = ""
        self.keys: Data = {}
        self.blocks: list[Data] = []
        self.notes: list[str] = []
        self.columns: list[Data] = []
        self.noting = False

    def slides(self) -> Iterator[Data]:
        """The slide's entries in the source."""
        self.settings()
        for element in self.raw.elements:
            self.take(element)
        self.end_columns()
        yield from entries(self.title, self.keys, self.blocks, self.notes, self.log, self.raw.line)

    def settings(self) -> None:
        """Slidev's settings of one slide."""
        for key, value in self.raw.front.items():
            if key == "layout" and value in ("two-cols", "two-cols-header"):
                self.columns = [{}] if value == "two-cols" else []
            elif key == "background" and isinstance(value, str) and not WEB.fullmatch(value):
                self.background(value)
            elif key in ("hide", "disabled"):
                self.keys |= {"hidden": True} if value else {}
            elif key == "image" and isinstance(value, str) and not WEB.fullmatch(value):
                side = str(self.raw.front.get("layout", "")).removeprefix("image-")
                place = {"place": side} if side in ("left", "right") else {}
                self.blocks.append({"picture": {"file": self.files.place(value), "decorative": True, **place}})
            elif key == "title" and isinstance(value, str):
                self.title = self.title or value
            elif self.raw.line > 1 and key not in ("layout", "class", "transition", "level"):
                self.log.remark(self.raw.line, f"the setting {key!r} of the slide is left out: {shortened(str(value))}")

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
                self.division(element, line)
            case "html_block":
                self.html(element.token.content, line)
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
        if (image := keys.get("background-image")) and not WEB.fullmatch(image):
            self.background(image)
        for name in sorted({*keys, *classes} - {"id", "background-image", "unnumbered"}):
            self.log.remark(line, f"the attribute {name!r} of the heading is left out")

    def paragraph(self, element: Element, line: int) -> None:
        source = written(element)
        if self.noting or (not self.columns and NOTE.match(source) and self.dialect == "plain"):
            self.noting = True
            self.notes.append(NOTE.sub("", self.inline(element, line), 1))
        elif found := SLOT.fullmatch(source.strip()):
            self.columns = [{}] if not any(self.columns) and found[1] != "right" else [*self.columns, {}]
        elif re.fullmatch(r"\. \. \.", source.strip()):
            self.keys["reveal"] = "by-block"
        elif (found := CAPTION.match(source)) and self.held and "table" in self.held[-1]:
            self.held[-1]["table"]["caption"] = self.inline(element, line)[found.end() :]
        elif words := self.inline(element, line):
            self.add({"paragraph": words})

    def take_list(self, element: Element, line: int) -> None:
        if self.noting:
            self.notes.append(listed(self.items(element, line), start_of(element)))
            return
        items = self.items(element, line)
        if not items:
            return
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

    def division(self, element: Element, line: int) -> None:
        classes, keys = attributes(element.token.info)
        if "notes" in classes:
            self.notes += prose(self, element.children)
        elif "columns" in classes and self.columns:
            self.log.remark(line, "columns in a column stand under each other")
            for child in element.children:
                for inner in child.children if child.type == "division" else [child]:
                    self.take(inner)
        elif "columns" in classes:
            for child in element.children:
                if child.type == "division":
                    width = attributes(child.token.info)[1].get("width", "")
                    share = round(float(width.rstrip("%")) / 10, 1) if re.fullmatch(r"[\d.]+%", width) else 0.0
                    self.columns.append({"width": int(share) if share.is_integer() else share} if share else {})
                    for inner in child.children:
                        self.take(inner)
            self.end_columns()
        elif made := callout(self, classes, keys, element):
            self.add(made)
        else:
            if classes & {"incremental"}:
                self.keys["reveal"] = "by-item"
            elif classes - {"nonincremental", "column"}:
                self.log.remark(line, f"the division {sorted(classes)[0]!r} is left out, its content stays")
            for child in element.children:
                self.take(child)

    def html(self, markup: str, line: int) -> None:
        """Comments are notes or settings; of the rest the words stay."""
        for comment in COMMENT.findall(markup):
            self.comment(comment.strip(), line)
        rest = COMMENT.sub("", markup)
        if UNSEEN.search(rest):
            self.log.remark(line, "style sheets and scripts are left out")
            rest = UNSEEN.sub("", rest)
        if any(sign in rest for sign in REVEALED):
            self.keys |= {} if "</" in rest else {"reveal": "by-item"}
        elif tags := TAG.findall(rest):
            self.log.remark(line, f"the tag {tags[0].split()[0].rstrip('>')}> is left out, its words stay")
        words = " ".join(TAG.sub(" ", rest).split())
        if text := " ".join(prose(self, tree(words))):
            self.add({"paragraph": text})

    def comment(self, text: str, line: int) -> None:
        found = plain_yaml(text)
        named = {str(key).lstrip("_$"): value for key, value in found.items()} if isinstance(found, dict) else {}
        if named and named.keys() <= DIRECTIVES:
            if "invert" in str(named.pop("class", "")).split():
                self.keys["background"] = "dark"
            for key in sorted(named.keys() - {"paginate"}):
                self.log.remark(line, f"the directive {key!r} is left out: {shortened(str(named[key]))}")
        elif REVEALED[2] in text:
            self.keys["reveal"] = "by-item"
        elif text and text != "fit":
            self.notes += prose(self, tree(text))

    def background(self, path: str) -> None:
        self.keys["background"] = {"image": self.files.place(path), "ground": "dark", "shade": 60}

    def inline(self, element: Element, line: int, attributes: bool = False) -> str:
        """The text of an element; its pictures become blocks."""
        inline = next((child.token for child in element.children if child.type == "inline"), None)
        writer = Inline(self.log, line, self.footnotes, self.targets)
        text = writer.text(inline.children or [], attributes) if inline else ""
        for comment in writer.comments:
            self.comment(comment, line)
        for source, alt, title in writer.images:
            self.picture(source, alt, title, line)
        return text

    def picture(self, source: str, alt: str, title: str, line: int) -> None:
        words = alt.split()
        if WEB.fullmatch(source):
            self.log.remark(line, f"the picture {source} is on the web: save it beside the source")
            return
        if self.dialect == "marp" and "bg" in words:
            side = next((word.partition(":")[0] for word in words if word.partition(":")[0] in ("left", "right")), "")
            if not side:
                self.background(source)
                return
            self.add({"picture": {"file": self.files.place(source), "decorative": True, "place": side}})
            return
        if self.dialect == "marp":
            alt = " ".join(word for word in words if not re.fullmatch(r"[wh](idth|eight)?:\S+|fit|contain|cover", word))
        block: Data = {"file": self.files.place(source), "alt": alt}
        if not alt:
            self.log.remark(line, f"the picture {source} has no alternative text: say what it shows in `alt`")
            block["alt"] = posixpath.basename(source)
        if title:
            block["caption"] = title
        self.add({"picture": block})

    def end_columns(self) -> None:
        columns, self.columns = [column for column in self.columns if column.get("body")], []
        if len(columns) == 1:
            self.blocks += columns[0]["body"]
        elif columns:
            self.blocks += side_by_side(columns, self.log, self.raw.line)
