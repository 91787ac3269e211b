"""HTML in Markdown: comments are notes or settings, pictures are pictures; of the rest the words stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deckgen.importing.pictures import tagged
from deckgen.importing.spoken import prose
from deckgen.importing.tags import IMAGE, TAG, image_of, keys_of, tag_left_out
from deckgen.importing.tree import tree

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
DIV, DIV_END = re.compile(r"<div\b", re.IGNORECASE), re.compile(r"</div\s*>", re.IGNORECASE)
COLUMNS = re.compile(r"\b(col|grid|flex|split|two|row)", re.IGNORECASE)
"""Classes of what sets `div`s side by side."""
REVEALED = ("<v-click", "</v-click", '.element: class="fragment')


def take_html(builder: SlideBuilder, markup: str, line: int) -> None:
    """A block of HTML."""
    for comment in COMMENT.findall(markup):
        builder.comment(comment.strip(), line)
    rest = COMMENT.sub("", markup)
    if UNSEEN.search(rest):
        builder.log.remark(line, "style sheets and scripts are left out")
        rest = UNSEEN.sub("", rest)
    for tag in IMAGE.findall(rest):
        if image := image_of(tag):
            tagged(builder, image, line)
            rest = rest.replace(tag, " ", 1)
    tags = TAG.findall(rest)
    words = " ".join(TAG.sub(" ", rest).split())
    if not words and tags and in_columns(builder, tags):
        return
    if any(sign in rest for sign in REVEALED):
        builder.keys |= {} if "</" in rest else {"reveal": "by-item"}
        if how := sorted({key for tag in tags if tag[1] != "/" for key in keys_of(tag)}):
            builder.log.remark(line, f"clicks come in the order of the slide: {', '.join(how)} is left out")
    else:
        for tag in tags:
            tag_left_out(builder.log, line, tag)
    if text := " ".join(prose(builder, tree(words))):
        builder.add({"paragraph": text})


def in_columns(builder: SlideBuilder, tags: Sequence[str]) -> bool:
    """Whether tags begin, divide or end columns, as people write them in `div`s; then they have done so."""
    names = ["/div" if DIV_END.fullmatch(tag) else "div" if DIV.match(tag) else "" for tag in tags]
    beginning = not builder.divisions and COLUMNS.search(keys_of(tags[0]).get("class", "")) is not None
    if not all(names) or not (builder.divisions or (beginning and names[0] == "div")):
        return False
    for name in names:
        builder.divisions += 1 if name == "div" else -1
        if name == "div" and builder.divisions == 2:
            builder.columns.append({})
        elif builder.divisions <= 0:
            builder.divisions = 0
            builder.end_columns()
    return True
