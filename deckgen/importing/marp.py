"""What Marp writes beside Markdown: directives in comments and front matter, words in the texts of pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.diagnostics import shortened
from deckgen.importing.divide import Document
from deckgen.importing.kinds import transition
from deckgen.importing.pictures import aside, backdrop, behind, picture
from deckgen.importing.write import plain_yaml

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

GLOBAL = frozenset(
    {"theme", "style", "headingDivider", "size", "math", "lang", "title", "author", "description", "keywords", "url"}
    | {"image", "marp"}
)
LOCAL = frozenset(
    {"class", "paginate", "header", "footer", "backgroundColor", "backgroundImage", "backgroundPosition"}
    | {"backgroundRepeat", "backgroundSize", "color", "transition"}
)
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
SIDE = re.compile(r"(left|right)(:\S+)?")
LOOK = re.compile(
    r"(w|width|h|height):\S+|auto|\d+(\.\d+)?%"
    r"|(blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(:\S+)?"
)
"""Sizes and filters."""
BEHIND = frozenset(("bg", "left", "right", "cover", "fit", "contain", "vertical"))
"""Words that mean something in the text of a picture behind the slide."""
WHOLE = frozenset(("fit", "contain"))
COLOUR = re.compile(r"#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\(.*\)", re.IGNORECASE)


class Directive(NamedTuple):
    name: str
    value: Any
    spot: bool
    """Of this slide alone, not of those after it."""


def directives(written: Any) -> list[Directive]:
    """The directives in a mapping; none if it has other keys."""
    if not isinstance(written, dict):
        return []
    found = [Directive(str(key).lstrip("_$"), value, str(key).startswith("_")) for key, value in written.items()]
    return found if all(name in GLOBAL | LOCAL for name, _, _ in found) else []


def with_globals(found: Document) -> Document:
    """The file with all that comments say of the whole talk in its front matter."""
    told = [one for comment in COMMENT.findall(found.text) for one in directives(plain_yaml(comment))]
    front = {key.lstrip("$"): value for key, value in found.front.items()}
    return found._replace(front=front | {name: value for name, value, _ in told if name in GLOBAL})


def of_front(front: Mapping[str, Any]) -> list[Directive]:
    """The directives of slides that stand in the front matter."""
    return [one for key, value in front.items() for one in directives({key: value}) if one.name in LOCAL]


def direct(builder: SlideBuilder, found: Sequence[Directive], line: int) -> None:
    """Do what directives ask of a slide, and of those after it; what can't be done is said."""
    for name, value, spot in found:
        change: dict[str, Any] | None = None
        address = ADDRESS.match(str(value)) if name == "backgroundImage" else None
        if name == "class":
            words = [str(word) for word in value] if isinstance(value, list) else str(value or "").split()
            change = {"background": "dark" if "invert" in words else ""}
            value = " ".join(word for word in words if word != "invert")
        elif address:
            change, value = {"background": backdrop(builder, address[1])}, ""
        elif name == "transition" and (known := transition(value)):
            change, value = {"transition": known}, ""
        elif name == "paginate" and value is True:
            value = ""
        if change is not None:
            builder.keys = {key: word for key, word in (builder.keys | change).items() if word}
            if not spot:
                builder.running.update(change)
        if name not in GLOBAL and value not in ("", None):
            builder.log.remark(line, f"the directive {name!r} is left out: {shortened(str(value))}")


def marp_picture(builder: SlideBuilder, source: str, text: str, title: str, line: int) -> None:
    """A picture in the text, at a side, or behind the slide; its looks are the theme's."""
    words = text.split()
    back = "bg" in words
    side = next((found[1] for word in words if back and (found := SIDE.fullmatch(word))), "")
    look = [word for word in words if LOOK.fullmatch(word)]
    if back:
        own = [word for word in words if SIDE.fullmatch(word) and ":" in word]
        look += [*own, *(word for word in words if word == "vertical" or (word in WHOLE and not side))]
    said = " ".join(word for word in words if word not in look and not (back and word in BEHIND))
    if COLOUR.fullmatch(source):
        what = "background" if back else "text"
        builder.log.remark(line, f"the colour {source} of the {what} is left out: it is the theme's")
        return
    if look:
        builder.log.remark(line, f"the picture {source} takes the theme's size and look: {', '.join(look)} is left out")
    if back and not side:
        behind(builder, source, said, line)
    elif back:
        fit = {"fit": "contain"} if WHOLE.intersection(words) else {}
        aside(builder, source, said, side, fit, line)
    else:
        picture(builder, source, said, title, line)


def as_statement(builder: SlideBuilder) -> None:
    """A heading that fills its slide is a statement; beside more it has the size of the theme."""
    if builder.fit and builder.title and not builder.blocks:
        builder.title, builder.blocks = "", [{"statement": {"text": builder.title}}]
    elif builder.fit:
        builder.log.remark(builder.fit, "the heading has the theme's size: fit is left out")
