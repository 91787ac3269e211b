"""What a slide shows, in digests that stay when PowerPoint saves the deck again, and not when somebody edits it.

Places and looks don't count: words, numbers, pictures and their descriptions do. PowerPoint divides runs anew, writes
numbers of charts to their last digit, gives fields their values of the day, and has its own letters for formulas.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from deckgen.namespaces import MC, P14, A, C, M, P, R

Element = etree._Element
NAME = re.compile(r"(?:[\w ]+ \()?(?P<slide>[a-z0-9]+(?:-+[a-z0-9]+)*)/(?P<role>[\w/-]+)\)?")
"""Of a shape that deckgen made: its slide, and what it is to it."""
REPEATED = re.compile(r"section_number|section_name|number|slide_number|page_number|footer|\d+/numbers")
"""What deckgen makes itself: numbers follow when somebody moves slides."""
REPEATS = "*"
"""The part of a slide that these are."""
SHOWN = (f"{A}t", f"{M}t", f"{C}v", f"{C}chart")
MEDIA = re.compile(r"/ppt/media/([0-9a-f]{16})-(\d+|clip)\.\w+")
"""The name of a part with a picture or clip, after the author's file."""
HOLDING = {f"{P}cSld", f"{P}spTree", f"{P}grpSp", f"{MC}AlternateContent", f"{MC}Choice"}
"""What shapes stand in, without what is for programs that know less."""
SHAPES = {f"{P}sp", f"{P}pic", f"{P}graphicFrame"}
FORMULA_SIGNS = {
    ord("-"): "\u2212", ord("*"): "\u2217", ord("\u210e"): "h", **dict.fromkeys((0x200B, *range(0x2061, 0x2065))),
}  # fmt: skip
"""What PowerPoint makes of signs in a formula; what it needs and nobody sees is nothing."""


class Stored(NamedTuple):
    """A part of the package."""

    name: str
    data: bytes


def trace(tree: Element, charts: Mapping[str, Element]) -> dict[str, str]:
    """What each part of a slide shows: `title`, `takeaway`, `body`, `1` for the first block, and so on.

    A digest for each of its shapes, divided by spaces; after a full stop one of its description. `charts` are those of
    the slide's relationships. What other programs added is under an empty name, what every slide has under `REPEATS`.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part, shown, about in pieces(tree, charts):
        found[part].append(f"{short(shown, 8)}.{short(about, 4)}" if about else short(shown, 8))
    return {part: " ".join(sorted(own)) for part, own in found.items()}


def short(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def pieces(node: Element, charts: Mapping[str, Element]) -> Iterator[tuple[str, str, str]]:
    """The part, the content and the description of each shape with words, and of each picture."""
    for child in node:
        if child.tag in SHAPES:
            shape = next(child.iter(f"{P}cNvPr"), None)
            own, about = ("", "") if shape is None else (role(shape.get("name", "")), shape.get("descr", ""))
            shown = "".join("".join(words(child, charts)).split())
            if shown or child.tag == f"{P}pic":
                part = REPEATS if REPEATED.fullmatch(own) else own.partition("/")[0]
                yield part, shown, " ".join(about.split())
        elif child.tag in HOLDING:
            yield from pieces(child, charts)


def role(shape: str) -> str:
    """What a shape of this name is to its slide, such as `takeaway` or `1/caption`; slides that morph are not named."""
    found = NAME.fullmatch(shape)
    return shape[2:] if shape.startswith("!!") else found["role"] if found else ""


def pictures(slides: Mapping[str, tuple[Element, Mapping[str, Stored]]]) -> dict[str, list[tuple[str, str, str]]]:
    """By the digest of a file, what shows it, the largest first: the names of slide and shape, and what stands there.

    `slides` are trees with the parts that their relationships lead to. Names of shapes stay when PowerPoint saves a
    deck, and those of media don't.
    """
    found: defaultdict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for slide, (tree, parts) in slides.items():
        for pic in tree.iter(f"{P}pic"):
            name = next(pic.iter(f"{P}cNvPr")).get("name", "")
            for node in pic.iter(f"{A}blip", f"{P14}media"):
                part = parts.get(node.get(f"{R}embed", ""))
                if part and (own := MEDIA.fullmatch(part.name)):
                    width = 0 if own[2] == "clip" else int(own[2])
                    found[own[1]].append((-width, slide, name, content_digest(part.data)))
    return {digest: [place[1:] for place in sorted(places)] for digest, places in found.items()}


def content_digest(data: bytes) -> str:
    """Of a picture or clip as it stands in the deck."""
    return hashlib.sha256(data).hexdigest()[:12]


def words(node: Element, charts: Mapping[str, Element]) -> Iterator[str]:
    """The words and numbers under a node, without those that are for programs that know less, and without fields."""
    for child in node.iter(*SHOWN):
        if child.tag == f"{C}chart":
            yield from words(charts[child.get(f"{R}id", "")], {}) if child.get(f"{R}id", "") in charts else ()
        elif next(child.iterancestors(f"{MC}Fallback", f"{A}fld"), None) is None:
            yield as_shown(str(child.tag), child.text or "")


def as_shown(tag: str, text: str) -> str:
    """A text as it is whichever program saves it."""
    if tag == f"{C}v":
        return number(text)
    return "".join(map(plain, text)).translate(FORMULA_SIGNS) if tag == f"{M}t" else text


def number(text: str) -> str:
    """A number of a chart with the digits that it has in earnest: PowerPoint writes 0.1 as 0.10000000000000001."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:.14g}" if math.isfinite(value) else text


def plain(sign: str) -> str:
    """A letter of a formula: its usual italic ones are signs of their own to PowerPoint, such as U+1D465."""
    italic = "MATHEMATICAL ITALIC" in unicodedata.name(sign, "")
    return unicodedata.normalize("NFKC", sign) if italic else sign
