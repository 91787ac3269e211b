"""What Slidev writes beside Markdown: the settings of a slide, and what its layouts make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.diagnostics import shortened
from deckgen.importing.kinds import transition
from deckgen.importing.pictures import aside, behind, is_file

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

PLAIN = frozenset(("default", "none", "two-cols", "two-cols-header", "image", "image-left", "image-right"))
"""Layouts that need nothing more: what is on the slide tells them."""
SENTENCES = {"statement": ("text", "support"), "fact": ("text", "support"), "quote": ("text", "source")}
"""Layouts of a sentence, and the keys of the block for it and for the line under it."""
QUOTES = "\"'\u201c\u201d\u201e\u00ab\u00bb"


def settings(builder: SlideBuilder, first: bool) -> None:
    """Do what the settings of a slide ask; what can't be done is said, for the first slide with those of the file."""
    front = builder.raw.front
    for key, value in front.items():
        path = value if isinstance(value, str) else ""
        if key == "layout" and value in ("two-cols", "two-cols-header"):
            builder.columns = [{}] if value == "two-cols" else []
        elif key == "layout" and (value in PLAIN or value in SENTENCES):
            continue
        elif key == "background" and is_file(path):
            behind(builder, path, "", builder.raw.line)
        elif key in ("hide", "disabled"):
            builder.keys |= {"hidden": True} if value else {}
        elif key == "image" and is_file(path):
            side = str(front.get("layout", "")).removeprefix("image-")
            aside(builder, path, "", side if side in ("left", "right") else "", {}, builder.raw.line)
        elif key == "title" and path:
            builder.title = builder.title or path
        elif key == "transition" and first:
            continue  # It is that of the talk.
        elif key == "transition" and transition(value):
            builder.keys["transition"] = transition(value)
        elif key == "src":
            builder.log.remark(builder.raw.line, f"the slides of {path} are left out: import that file, too")
        elif not first:
            message = f"the setting {key!r} of the slide is left out: {shortened(str(value))}"
            builder.log.remark(builder.raw.line, message)


def as_layout(builder: SlideBuilder) -> None:
    """The sentence of a slide that is laid out for one, as a block of its own."""
    layout = str(builder.raw.front.get("layout", ""))
    if layout not in SENTENCES:
        return
    under = [block.get("paragraph") for block in builder.blocks]
    if not builder.title or len(under) > 1 or not all(under):
        builder.log.remark(builder.raw.line, f"the setting 'layout' of the slide is left out: {layout}")
        return
    text, support = SENTENCES[layout]
    words = builder.title.strip(QUOTES) if layout == "quote" else builder.title
    block = {text: words, **({support: under[0]} if under else {})}
    builder.title, builder.blocks = "", [{"quote" if layout == "quote" else "statement": block}]
