"""What a slide shows, in digests that stay when another program saves the deck again, and not when somebody edits it.

Places and looks don't count: words, numbers, pictures and their descriptions do.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from deckgen.namespaces import MC, A, C, M, P, R

Element = etree._Element
NAME = re.compile(r"(?:[\w ]+ \()?(?P<slide>[a-z0-9]+(?:-+[a-z0-9]+)*)/(?P<role>[\w/-]+)\)?")
"""Of a shape that deckgen made: its slide, and what it is to it."""
REPEATED = re.compile(r"section_number|section_name|number|slide_number|page_number|footer|\d+/numbers")
"""What deckgen makes itself: numbers follow when somebody moves slides."""
SHOWN = (f"{A}t", f"{M}t", f"{C}v", f"{C}chart")
SHAPES = {f"{P}sp", f"{P}pic", f"{P}graphicFrame"}


def trace(tree: Element, charts: Mapping[str, Element]) -> dict[str, str]:
    """A digest for each part of a slide: `title`, `takeaway`, `body`, `1` for the first block, and so on.

    `charts` are those of the slide's relationships. What other programs added is under an empty name.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part, shown in pieces(tree, charts):
        found[part].append(shown)
    return {part: hashlib.sha256("\n".join(sorted(own)).encode()).hexdigest()[:12] for part, own in found.items()}


def pieces(node: Element, charts: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """The part and the content of each shape with words, and of each picture."""
    for child in node:
        if child.tag in SHAPES:
            shape = next(child.iter(f"{P}cNvPr"), None)
            own, about = ("", "") if shape is None else (role(shape.get("name", "")), shape.get("descr", ""))
            if REPEATED.fullmatch(own):
                continue
            shown = "".join("".join(words(child, charts)).split())
            if shown or child.tag == f"{P}pic":
                yield own.partition("/")[0], f"{shown} {about}"
        elif child.tag != f"{MC}Fallback":
            yield from pieces(child, charts)


def role(shape: str) -> str:
    """What a shape of this name is to its slide, such as `takeaway` or `1/caption`; slides that morph are not named."""
    found = NAME.fullmatch(shape)
    return shape[2:] if shape.startswith("!!") else found["role"] if found else ""


def words(node: Element, charts: Mapping[str, Element]) -> Iterator[str]:
    """The words and numbers under a node, without those that are for programs that know less."""
    for child in node.iter(*SHOWN):
        if child.tag == f"{C}chart":
            yield from words(charts[child.get(f"{R}id", "")], {}) if child.get(f"{R}id", "") in charts else ()
        elif next(child.iterancestors(f"{MC}Fallback"), None) is None:
            yield child.text or ""
